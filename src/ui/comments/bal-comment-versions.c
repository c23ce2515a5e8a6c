/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-versions.h"

#include "bal-comment-text.h"
#include "bal-desk.h"
#include "bal-label-layout.h"
#include "bal-toast.h"
#include "bal-words.h"

#include <glib/gi18n.h>

#define MAX_CHARS 2000

struct _BalCommentVersions
{
  GtkWidget      parent_instance;

  BalStore      *store;
  BalComment    *comment;
  gboolean       can_restore;

  /* template children */
  GtkWidget     *button;
  GtkPopover    *popover;
  GtkBox        *box;
};

G_DEFINE_FINAL_TYPE (BalCommentVersions, bal_comment_versions, GTK_TYPE_WIDGET)

typedef struct
{
  gint64     comment_id;
  gint64     revision_id;    /* to be put back */
  GPtrArray *revisions;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->revisions, g_ptr_array_unref);
  g_free (job);
}

/* ---- putting one back ---- */

static gboolean
restore_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Job *job = data;

  return bal_desk_restore_comment_version (transaction, job->comment_id, job->revision_id, error);
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(BalCommentVersions) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    bal_toast_error (GTK_WIDGET (self), error);
}

static void
restore_clicked_cb (BalCommentVersions *self,
                    GtkWidget          *button)
{
  Job *job = g_new0 (Job, 1);

  job->comment_id = bal_comment_get_id (self->comment);
  job->revision_id = *(gint64 *) g_object_get_data (G_OBJECT (button), "bal-revision");
  gtk_popover_popdown (self->popover);
  bal_store_write_async (self->store, restore_work, job, job_free, NULL, restored_cb, g_object_ref (self));
}

/* ---- showing them ---- */

static GtkWidget *
make_label (const char *text,
            const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
append_version (BalCommentVersions *self,
                const BalRevision  *revision,
                gboolean            is_first)
{
  g_autofree char *time = bal_words_full_time (revision->created);
  /* Translators: %s is a date and time */
  g_autofree char *heading = g_strdup_printf (is_first ? _("Original, until %s") : _("Until %s"), time);
  g_autoptr(BalCommentText) text = bal_comment_text_new (revision->html, MAX_CHARS);
  GtkWidget *words = make_label (text->text, NULL);
  GtkWidget *restore = gtk_button_new_with_label (_("Restore"));

  gtk_label_set_attributes (GTK_LABEL (words), text->attributes);
  gtk_label_set_selectable (GTK_LABEL (words), TRUE);
  /* A stranger's text may take long to lay out: once, and at the width that there is. */
  gtk_widget_set_layout_manager (words, bal_label_layout_new ());
  gtk_widget_set_halign (restore, GTK_ALIGN_START);
  gtk_widget_set_sensitive (restore, self->can_restore);
  gtk_widget_set_tooltip_text (restore, self->can_restore ? _("Put this text in the place of the present one")
                                                          : _("You can’t edit comments on this blog"));
  g_object_set_data_full (G_OBJECT (restore), "bal-revision", g_memdup2 (&revision->id, sizeof revision->id), g_free);
  g_signal_connect_object (restore, "clicked", G_CALLBACK (restore_clicked_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, make_label (heading, "caption-heading"));
  gtk_box_append (self->box, words);
  gtk_box_append (self->box, restore);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Job *job = data;

  job->revisions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, job->comment_id, error);
  return job->revisions != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalCommentVersions) self = user_data;
  g_autoptr(GError) error = NULL;
  Job *job = bal_store_get_work_data (result);
  gboolean done = bal_store_read_finish (BAL_STORE (source), result, &error);
  GtkWidget *child;

  if (self->button == NULL)
    return;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  if (!done)
    {
      bal_toast_error (GTK_WIDGET (self), error);
      return;
    }
  for (guint i = job->revisions->len; i-- > 0;)
    append_version (self, g_ptr_array_index (job->revisions, i), i + 1 == job->revisions->len);
  gtk_popover_popup (self->popover);
}

/* It opens with all that is in it: what came in later would not fit. */
static void
clicked_cb (BalCommentVersions *self)
{
  Job *job;

  if (self->comment == NULL)
    return;

  job = g_new0 (Job, 1);
  job->comment_id = bal_comment_get_id (self->comment);
  bal_store_read_async (self->store, read_work, job, job_free, NULL, read_cb, g_object_ref (self));
}

/* ---- the object ---- */

/* GTK 4.8 never lets go of a popover that is open when its window goes, nor of what it leads to. */
static void
bal_comment_versions_unmap (GtkWidget *widget)
{
  gtk_popover_popdown (BAL_COMMENT_VERSIONS (widget)->popover);

  GTK_WIDGET_CLASS (bal_comment_versions_parent_class)->unmap (widget);
}

static void
bal_comment_versions_dispose (GObject *object)
{
  BalCommentVersions *self = BAL_COMMENT_VERSIONS (object);

  g_clear_pointer ((GtkWidget **) &self->popover, gtk_widget_unparent);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  g_clear_object (&self->store);
  g_clear_object (&self->comment);

  G_OBJECT_CLASS (bal_comment_versions_parent_class)->dispose (object);
}

static void
bal_comment_versions_class_init (BalCommentVersionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_comment_versions_dispose;
  widget_class->unmap = bal_comment_versions_unmap;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-comment-versions.ui");
  gtk_widget_class_bind_template_child (widget_class, BalCommentVersions, button);
  gtk_widget_class_bind_template_child (widget_class, BalCommentVersions, popover);
  gtk_widget_class_bind_template_child (widget_class, BalCommentVersions, box);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
bal_comment_versions_init (BalCommentVersions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->popover), GTK_WIDGET (self));
}

void
bal_comment_versions_set_comment (BalCommentVersions *self,
                                  BalStore           *store,
                                  BalComment         *comment)
{
  g_return_if_fail (BAL_IS_COMMENT_VERSIONS (self));

  g_set_object (&self->store, store);
  g_set_object (&self->comment, comment);
  g_object_bind_property (comment, "edited", self, "visible", G_BINDING_SYNC_CREATE);
}

void
bal_comment_versions_set_can_restore (BalCommentVersions *self,
                                      gboolean            can_restore)
{
  g_return_if_fail (BAL_IS_COMMENT_VERSIONS (self));

  self->can_restore = can_restore;
}
