/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-spam-note.h"

#include <glib/gi18n.h>

#include "bal-safe-text.h"
#include "bal-spam-signs.h"
#include "bal-spam-table.h"

/* Of each side: what comes behind them hardly weighs. */
#define MAX_REASONS 6

struct _BalSpamNote
{
  GtkWidget      parent_instance;

  BalStore      *store;
  BalComment    *comment;
  GCancellable  *cancellable;    /* of the present question; NULL: there is none */

  /* template children */
  GtkMenuButton *button;
  GtkPopover    *popover;
  GtkBox        *reasons;
};

G_DEFINE_FINAL_TYPE (BalSpamNote, bal_spam_note, GTK_TYPE_WIDGET)

/* ---- why ---- */

typedef struct
{
  gint64              id;
  BalSpamExplanation *explanation;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->explanation, bal_spam_explanation_free);
  g_free (question);
}

static gboolean
explain_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Question *question = data;

  question->explanation = bal_spam_help_explain (transaction, question->id, error);
  return question->explanation != NULL;
}

static void
clear_reasons (BalSpamNote *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->reasons))) != NULL)
    gtk_box_remove (self->reasons, child);
}

static void
append (BalSpamNote *self,
        const char  *text,
        const char  *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (self->reasons, label);
}

static void
append_side (BalSpamNote *self,
             const char  *heading,
             GPtrArray   *reasons,
             double       side)
{
  guint n = 0;

  for (guint i = 0; i < reasons->len && n < MAX_REASONS; i++)
    {
      const BalSpamReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *text = NULL;
      g_autofree char *line = NULL;

      if (reason->weight * side <= 0)
        continue;
      if (n++ == 0)
        append (self, heading, "heading");
      text = bal_spam_sign_describe (reason->sign);
      line = bal_safe_text_name (text, 120);
      append (self, line, NULL);
    }
}

static void
explained_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(BalSpamNote) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *sentence = NULL;
  Question *question = bal_store_get_work_data (result);
  gboolean done = bal_store_read_finish (BAL_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->comment == NULL)
    return;

  clear_reasons (self);
  if (!done)
    {
      append (self, error->message, NULL);
      return;
    }

  sentence = bal_spam_explanation_describe (question->explanation);
  append (self, sentence, NULL);
  append_side (self, _("For spam:"), question->explanation->reasons, 1);
  append_side (self, _("Against it:"), question->explanation->reasons, -1);
}

static void
forget_question (BalSpamNote *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* Asked when it opens: what was learnt a moment ago counts. */
static void
ask_cb (BalSpamNote *self)
{
  Question *question;

  if (self->comment == NULL)
    return;

  forget_question (self);
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->id = bal_comment_get_id (self->comment);
  bal_store_read_async (self->store, explain_work, question, question_free, self->cancellable, explained_cb,
                        g_object_ref (self));
}

/* ---- the comment ---- */

static void
update (BalSpamNote *self)
{
  gboolean likely = self->comment != NULL &&
                    bal_comment_get_status (self->comment) == BAL_COMMENT_STATUS_PENDING &&
                    !bal_comment_get_mine (self->comment) &&
                    (bal_comment_get_person_marks (self->comment) & BAL_PERSON_MARK_TRUSTED) == 0 &&
                    bal_comment_get_spam_score (self->comment) >= BAL_SPAM_LIKELY;

  if (!likely)
    gtk_popover_popdown (self->popover);
  gtk_widget_set_visible (GTK_WIDGET (self), likely);
}

void
bal_spam_note_set_comment (BalSpamNote *self,
                           BalStore    *store,
                           BalComment  *comment)
{
  g_return_if_fail (BAL_IS_SPAM_NOTE (self));
  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (comment == NULL || BAL_IS_COMMENT (comment));

  forget_question (self);
  if (self->comment != NULL)
    g_signal_handlers_disconnect_by_func (self->comment, update, self);
  g_set_object (&self->store, store);
  g_set_object (&self->comment, comment);
  if (comment != NULL)
    {
      g_signal_connect_object (comment, "notify::spam-score", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (comment, "notify::person-marks", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (comment, "notify::status", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}

/* ---- the object ---- */

static void
bal_spam_note_dispose (GObject *object)
{
  BalSpamNote *self = BAL_SPAM_NOTE (object);

  forget_question (self);
  if (self->comment != NULL)
    g_signal_handlers_disconnect_by_func (self->comment, update, self);
  g_clear_object (&self->comment);
  g_clear_object (&self->store);
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_SPAM_NOTE);

  G_OBJECT_CLASS (bal_spam_note_parent_class)->dispose (object);
}

static void
bal_spam_note_class_init (BalSpamNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_spam_note_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-spam-note.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSpamNote, button);
  gtk_widget_class_bind_template_child (widget_class, BalSpamNote, popover);
  gtk_widget_class_bind_template_child (widget_class, BalSpamNote, reasons);
  gtk_widget_class_bind_template_callback (widget_class, ask_cb);
}

static void
bal_spam_note_init (BalSpamNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
