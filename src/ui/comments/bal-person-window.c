/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-window.h"

#include <glib/gi18n.h>

#include "bal-comment-list.h"
#include "bal-error.h"
#include "bal-label-layout.h"
#include "bal-list-row.h"
#include "bal-moderation.h"
#include "bal-person-acts.h"
#include "bal-person-key.h"
#include "bal-person-names.h"
#include "bal-person-note.h"
#include "bal-toast.h"
#include "bal-transient.h"
#include "bal-words.h"

struct _BalPersonWindow
{
  AdwWindow         parent_instance;

  BalStore         *store;
  gint64            person_id;
  GCancellable     *cancellable;
  BalCommentList   *comments;
  GArray           *waiting;       /* ids of those that wait for a decision */
  gboolean          reading;
  gboolean          read_again;
  gboolean          filling;       /* what the widgets show now is not the person's doing */
  guint             reveal_id;     /* the bar is to come or to go */

  /* template children */
  AdwToastOverlay  *toasts;
  AdwViewStack     *stack;
  AdwViewStackPage *comments_page;
  AdwViewSwitcherTitle *switcher;
  AdwViewSwitcherBar   *switcher_bar;
  AdwAvatar        *avatar;
  GtkLabel         *name_label;
  GtkLabel         *address_label;
  GtkLabel         *first_label;
  GtkLabel         *last_label;
  GtkLabel         *approved_label;
  GtkLabel         *pending_label;
  GtkLabel         *spam_label;
  GtkLabel         *trash_label;
  GtkWidget        *unfinished_row;
  GtkCheckButton   *neutral_check;
  GtkCheckButton   *trusted_check;
  GtkCheckButton   *blocked_check;
  GtkWidget        *automatic_row;
  GtkSwitch        *automatic_switch;
  GtkButton        *waiting_button;
  BalPersonNote    *note;
  BalPersonNames   *names;
  GtkStack         *list_stack;
  GtkListView      *list;
};

enum { OPEN_COMMENT, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalPersonWindow, bal_person_window, ADW_TYPE_WINDOW)

/* ---- trust ---- */

static BalPersonTrust
get_trust (BalPersonWindow *self)
{
  if (gtk_check_button_get_active (self->trusted_check))
    return BAL_PERSON_TRUSTED;

  return gtk_check_button_get_active (self->blocked_check) ? BAL_PERSON_BLOCKED : BAL_PERSON_NEUTRAL;
}

/* Of a group two are toggled: the one that is active now says it. */
static void
trust_toggled_cb (BalPersonWindow *self,
                  GtkCheckButton  *check)
{
  if (!self->filling && gtk_check_button_get_active (check))
    bal_person_act_trust (GTK_WIDGET (self->toasts), self->store, self->person_id, get_trust (self), FALSE);
}

static void
automatic_cb (BalPersonWindow *self)
{
  if (!self->filling)
    bal_person_act_trust (GTK_WIDGET (self->toasts), self->store, self->person_id, BAL_PERSON_TRUSTED,
                          gtk_switch_get_active (self->automatic_switch));
}

static void
waiting_clicked_cb (BalPersonWindow *self)
{
  BalTriage triage = get_trust (self) == BAL_PERSON_BLOCKED ? BAL_TRIAGE_TRASH : BAL_TRIAGE_APPROVE;

  bal_moderation_act (GTK_WIDGET (self->toasts), self->store, triage,
                      (const gint64 *) (gpointer) self->waiting->data, self->waiting->len);
}

/* An e-mail address is known to the commenter alone; what else there is, anybody can sign with. */
static gboolean
is_known_by_mail_alone (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    {
      const BalPerson *name = g_ptr_array_index (names, i);

      if (bal_person_key_get_kind (name->key) != BAL_PERSON_KEY_EMAIL)
        return FALSE;
    }
  return TRUE;
}

static void
fill_trust (BalPersonWindow *self,
            const BalPerson *person,
            GPtrArray       *names)
{
  GtkCheckButton *checks[] = {
    [BAL_PERSON_NEUTRAL] = self->neutral_check,
    [BAL_PERSON_TRUSTED] = self->trusted_check,
    [BAL_PERSON_BLOCKED] = self->blocked_check,
  };
  guint n = self->waiting->len;
  g_autofree char *offer = NULL;

  gtk_check_button_set_active (checks[person->trust], TRUE);
  gtk_switch_set_active (self->automatic_switch, person->automatic);
  gtk_widget_set_sensitive (self->automatic_row, person->trust == BAL_PERSON_TRUSTED);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->automatic_row),
    is_known_by_mail_alone (names)
      ? _("New comments are approved when they arrive")
      : _("New comments are approved when they arrive. Careful: not all of this person’s comments have an e-mail "
          "address, and anybody can sign with a name"));

  gtk_widget_set_visible (GTK_WIDGET (self->waiting_button), n > 0 && person->trust != BAL_PERSON_NEUTRAL);
  if (person->trust == BAL_PERSON_BLOCKED)
    offer = g_strdup_printf (ngettext ("Move %u Waiting Comment to the Trash", "Move %u Waiting Comments to the Trash", n),
                             n);
  else
    offer = g_strdup_printf (ngettext ("Approve %u Waiting Comment", "Approve %u Waiting Comments", n), n);
  gtk_button_set_label (self->waiting_button, offer);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->waiting_button))), TRUE);
}

/* ---- names ---- */

static void
split_cb (BalPersonWindow *self,
          gint64           alias_id)
{
  bal_person_act_split (GTK_WIDGET (self->toasts), self->store, alias_id);
}

static void
merge_cb (BalPersonWindow *self,
          gint64           other_id)
{
  bal_person_note_keep (self->note);
  bal_person_act_merge (GTK_WIDGET (self->toasts), self->store, self->person_id, other_id);
}

/* ---- figures ---- */

static void
show_time (GtkLabel *label,
           gint64    time)
{
  g_autofree char *day = time != 0 ? bal_words_day (time) : g_strdup ("–");
  g_autofree char *full = time != 0 ? bal_words_full_time (time) : NULL;

  gtk_label_set_text (label, day);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), full);
}

/* @rate: below 0: there is none */
static void
show_number (GtkLabel *label,
             guint     n,
             double    rate)
{
  g_autofree char *text = NULL;

  if (rate < 0)
    text = g_strdup_printf ("%u", n);
  else
    /* Translators: how many comments, and what part of those that were decided on: "12 (80 %)" */
    text = g_strdup_printf (_("%u (%.0f %%)"), n, 100 * rate);
  gtk_label_set_text (label, text);
}

static void
fill_figures (BalPersonWindow        *self,
              const BalPersonFigures *figures,
              gboolean                complete)
{
  guint n = bal_person_figures_count (figures);
  g_autofree char *title = NULL;
  gboolean decided = figures->approved + figures->spam + figures->trash > 0;

  show_time (self->first_label, figures->first);
  show_time (self->last_label, figures->last);
  show_number (self->approved_label, figures->approved, decided ? bal_person_figures_get_approval_rate (figures) : -1);
  show_number (self->pending_label, figures->pending, -1);
  show_number (self->spam_label, figures->spam, decided ? bal_person_figures_get_spam_rate (figures) : -1);
  show_number (self->trash_label, figures->trash, -1);
  gtk_widget_set_visible (self->unfinished_row, !complete);

  /* Translators: a tab with the number of comments in it */
  title = g_strdup_printf (_("Comments (%u)"), n);
  adw_view_stack_page_set_title (self->comments_page, title);
}

/* ---- reading ---- */

typedef struct
{
  gint64            id;
  BalPerson        *person;
  GPtrArray        *names;
  GArray           *waiting;
  BalPersonFigures  figures;
  gboolean          complete;
} Read;

static void
read_free (gpointer data)
{
  Read *read = data;

  g_clear_pointer (&read->person, bal_person_free);
  g_clear_pointer (&read->names, g_ptr_array_unref);
  g_clear_pointer (&read->waiting, g_array_unref);
  g_free (read);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Read *read = data;

  return (read->person = bal_person_table_get (transaction, read->id, error)) != NULL &&
         (read->names = bal_person_table_list_aliases (transaction, read->id, error)) != NULL &&
         (read->waiting = bal_person_table_list_comments (transaction, read->id, BAL_COMMENT_STATUS_PENDING,
                                                          error)) != NULL &&
         bal_person_table_count (transaction, read->id, &read->figures, error) &&
         bal_person_table_is_complete (transaction, &read->complete, error);
}

static void
fill (BalPersonWindow *self,
      Read            *read)
{
  g_autofree char *name = bal_person_names_dup_name (read->person);
  g_autofree char *addresses = bal_person_names_dup_addresses (read->person);

  self->filling = TRUE;
  g_clear_pointer (&self->waiting, g_array_unref);
  self->waiting = g_array_ref (read->waiting);
  self->person_id = read->person->id;
  gtk_window_set_title (GTK_WINDOW (self), name);
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->address_label, addresses);
  fill_figures (self, &read->figures, read->complete);
  fill_trust (self, read->person, read->names);
  bal_person_note_show (self->note, self->store, self->person_id, read->person->note);
  bal_person_names_show (self->names, self->store, read->names);
  self->filling = FALSE;
}

static void read_person (BalPersonWindow *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(BalPersonWindow) self = data;
  g_autoptr(GError) error = NULL;
  Read *read = bal_store_get_work_data (result);

  self->reading = FALSE;
  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      /* With the last comment on a blog that was removed goes the commenter. */
      if (g_error_matches (error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
        gtk_window_close (GTK_WINDOW (self));
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        bal_toast_error (GTK_WIDGET (self->toasts), error);
      return;
    }

  fill (self, read);
  if (self->read_again)
    read_person (self);
}

static void
read_person (BalPersonWindow *self)
{
  Read *read;

  self->read_again = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  read = g_new0 (Read, 1);
  read->id = self->person_id;
  bal_store_read_async (self->store, read_work, read, read_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
changed_cb (BalStore        *store,
            BalChangeSet    *changes,
            BalPersonWindow *self)
{
  if (bal_change_set_is_everything (changes) || bal_change_set_touches (changes, BAL_ENTITY_PERSON) ||
      bal_change_set_touches (changes, BAL_ENTITY_COMMENT))
    read_person (self);
}

/* ---- the comments ---- */

static void
setup_cb (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  GtkWidget *row = bal_list_row_new ();

  bal_list_row_set_tells_status (BAL_LIST_ROW (row), TRUE);
  gtk_list_item_set_child (item, row);
}

static void
bind_cb (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  bal_list_row_set_item (BAL_LIST_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  bal_list_row_set_item (BAL_LIST_ROW (gtk_list_item_get_child (item)), NULL);
}

static void
activate_cb (BalPersonWindow *self,
             guint            position)
{
  g_autoptr(BalComment) comment = g_list_model_get_item (G_LIST_MODEL (self->comments), position);

  if (comment != NULL && bal_comment_get_loaded (comment))
    g_signal_emit (self, signals[OPEN_COMMENT], 0, bal_comment_get_review_id (comment), bal_comment_get_id (comment));
}

static void
items_changed_cb (BalPersonWindow *self)
{
  gboolean empty = g_list_model_get_n_items (G_LIST_MODEL (self->comments)) == 0;

  gtk_stack_set_visible_child_name (self->list_stack, empty ? "empty" : "list");
}

/* ---- actions ---- */

static void
undo_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalPersonWindow *self = BAL_PERSON_WINDOW (widget);

  bal_person_note_keep (self->note);
  bal_person_act_undo (GTK_WIDGET (self->toasts), self->store);
}

static void
show_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalPersonWindow *self = BAL_PERSON_WINDOW (widget);
  const char *name = g_variant_get_string (parameter, NULL);

  adw_view_stack_set_visible_child_name (self->stack, name);
  if (g_str_equal (name, "comments"))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
}

/* ---- object ---- */

static gboolean
bal_person_window_close_request (GtkWindow *window)
{
  bal_person_note_keep (BAL_PERSON_WINDOW (window)->note);

  return GTK_WINDOW_CLASS (bal_person_window_parent_class)->close_request (window);
}

static gboolean
reveal_cb (gpointer data)
{
  BalPersonWindow *self = data;

  self->reveal_id = 0;
  adw_view_switcher_bar_set_reveal (self->switcher_bar,
                                    adw_view_switcher_title_get_title_visible (self->switcher));
  return G_SOURCE_REMOVE;
}

/* It is told while the window is laid out: what is done to the bar then does not count, without animations, before
 * something else has the window laid out again, and its content may get a height of -1. */
static void
title_visible_cb (BalPersonWindow *self)
{
  if (self->reveal_id == 0)
    self->reveal_id = g_idle_add (reveal_cb, self);
}

static void
bal_person_window_dispose (GObject *object)
{
  BalPersonWindow *self = BAL_PERSON_WINDOW (object);

  if (self->note != NULL)
    bal_person_note_keep (self->note);
  g_clear_handle_id (&self->reveal_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->comments);

  G_OBJECT_CLASS (bal_person_window_parent_class)->dispose (object);
}

static void
bal_person_window_finalize (GObject *object)
{
  BalPersonWindow *self = BAL_PERSON_WINDOW (object);

  g_clear_object (&self->store);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->waiting, g_array_unref);

  G_OBJECT_CLASS (bal_person_window_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, comments_page);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, avatar);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, name_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, address_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, first_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, last_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, approved_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, pending_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, spam_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, trash_label);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, unfinished_row);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, neutral_check);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, trusted_check);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, blocked_check);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, automatic_row);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, automatic_switch);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, waiting_button);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, note);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, names);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, list_stack);
  gtk_widget_class_bind_template_child (widget_class, BalPersonWindow, list);
}

static void
bind_callbacks (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, title_visible_cb);
  gtk_widget_class_bind_template_callback (widget_class, setup_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_cb);
  gtk_widget_class_bind_template_callback (widget_class, unbind_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, trust_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, automatic_cb);
  gtk_widget_class_bind_template_callback (widget_class, waiting_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, split_cb);
  gtk_widget_class_bind_template_callback (widget_class, merge_cb);
}

static void
bal_person_window_class_init (BalPersonWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_person_window_dispose;
  object_class->finalize = bal_person_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bal_person_window_close_request;

  signals[OPEN_COMMENT] = g_signal_new ("open-comment", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);

  g_type_ensure (BAL_TYPE_LABEL_LAYOUT);
  g_type_ensure (BAL_TYPE_PERSON_NAMES);
  g_type_ensure (BAL_TYPE_PERSON_NOTE);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-person-window.ui");
  bind_children (widget_class);
  bind_callbacks (widget_class);
  gtk_widget_class_install_action (widget_class, "person.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "person.show", "s", show_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "person.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_ALT_MASK, "person.show", "s", "person");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, GDK_ALT_MASK, "person.show", "s", "comments");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_person_window_init (BalPersonWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->waiting = g_array_new (FALSE, FALSE, sizeof (gint64));
}

GtkWidget *
bal_person_window_new (GtkWindow *parent,
                       BalStore  *store,
                       gint64     person_id)
{
  g_autoptr(GtkSelectionModel) selection = NULL;
  BalPersonWindow *self;

  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_PERSON_WINDOW, "transient-for", parent, NULL);
  bal_transient_watch (GTK_WINDOW (self));
  self->store = g_object_ref (store);
  self->person_id = person_id;
  self->comments = bal_comment_list_new (store);
  g_signal_connect_object (self->comments, "items-changed", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);
  selection = GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->comments))));
  gtk_list_view_set_model (self->list, selection);
  bal_comment_list_set_person (self->comments, person_id);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, 0);
  read_person (self);
  return GTK_WIDGET (self);
}

gint64
bal_person_window_get_id (BalPersonWindow *self)
{
  g_return_val_if_fail (BAL_IS_PERSON_WINDOW (self), 0);

  return self->person_id;
}
