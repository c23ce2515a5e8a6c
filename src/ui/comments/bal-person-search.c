/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-search.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "bal-person-table.h"
#include "bal-safe-text.h"

#define MAX_FOUND 30
#define MAX_CHARS 80

struct _BalPersonSearch
{
  GtkWidget     parent_instance;

  BalStore     *store;
  gint64        without;
  GCancellable *cancellable;    /* of the present question */
  char         *shown;          /* what was asked for the list that is there */
  char         *wanted;         /* (nullable): what was typed when Enter came before its list */

  /* template children */
  GtkWidget      *box;
  GtkSearchEntry *entry;
  GtkListBox     *list;
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalPersonSearch, bal_person_search, GTK_TYPE_WIDGET)

typedef struct
{
  char      *text;
  GPtrArray *found;    /* (element-type BalPerson) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->text);
  g_clear_pointer (&question->found, g_ptr_array_unref);
  g_free (question);
}

static gboolean
search_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Question *question = data;
  BalPersonQuery query = { .trust = -1, .search = question->text, .limit = MAX_FOUND };

  question->found = bal_person_table_query (transaction, &query, error);
  return question->found != NULL;
}

static GtkWidget *
make_row (const BalPerson *person)
{
  g_autofree char *raw = bal_person_dup_name (person);
  g_autofree char *name = bal_safe_text_name (raw, MAX_CHARS);
  g_autofree char *address = bal_safe_text_name (person->email != NULL ? person->email : person->url, MAX_CHARS);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "activatable", TRUE, "title-lines", 1, "subtitle-lines", 1, NULL);
  gint64 *id = g_memdup2 (&person->id, sizeof person->id);

  /* In this order, and not together: a title that is there before is read as markup. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), address);
  g_object_set_data_full (G_OBJECT (row), "bal-person", id, g_free);
  return row;
}

static void
clear_list (BalPersonSearch *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL &&
         GTK_IS_LIST_BOX_ROW (child))
    gtk_list_box_remove (self->list, child);
}

static void
row_activated_cb (BalPersonSearch *self,
                  GtkListBoxRow   *row)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), "bal-person");

  g_signal_emit (self, signals[CHOSEN], 0, *id);
}

static void
take_first (BalPersonSearch *self)
{
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  g_clear_pointer (&self->wanted, g_free);
  if (first != NULL)
    row_activated_cb (self, first);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalPersonSearch) self = user_data;
  g_autoptr(GError) error = NULL;
  Question *question = bal_store_get_work_data (result);

  if (!bal_store_read_finish (BAL_STORE (source), result, &error) || self->list == NULL)
    return;

  clear_list (self);
  for (guint i = 0; i < question->found->len; i++)
    {
      const BalPerson *person = g_ptr_array_index (question->found, i);

      if (person->id != self->without)
        gtk_list_box_append (self->list, make_row (person));
    }
  g_free (self->shown);
  self->shown = g_strdup (question->text);
  if (g_strcmp0 (self->wanted, self->shown) == 0)
    take_first (self);
}

static void
search_changed_cb (BalPersonSearch *self)
{
  Question *question;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->store == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  bal_store_read_async (self->store, search_work, question, question_free, self->cancellable, found_cb,
                        g_object_ref (self));
}

/* Enter in the entry takes the first one of what is asked for there, not of what was before. */
static void
entry_activated_cb (BalPersonSearch *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));

  if (g_strcmp0 (text, self->shown) == 0)
    {
      take_first (self);
    }
  else
    {
      g_free (self->wanted);
      self->wanted = g_strdup (text);
      search_changed_cb (self);
    }
}

void
bal_person_search_begin (BalPersonSearch *self,
                         BalStore        *store,
                         gint64           without)
{
  g_return_if_fail (BAL_IS_PERSON_SEARCH (self));
  g_return_if_fail (BAL_IS_STORE (store));

  g_set_object (&self->store, store);
  self->without = without;
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->wanted, g_free);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  search_changed_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
bal_person_search_dispose (GObject *object)
{
  BalPersonSearch *self = BAL_PERSON_SEARCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->wanted, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAL_TYPE_PERSON_SEARCH);

  G_OBJECT_CLASS (bal_person_search_parent_class)->dispose (object);
}

static void
bal_person_search_class_init (BalPersonSearchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_person_search_dispose;
  signals[CHOSEN] = g_signal_new ("chosen", BAL_TYPE_PERSON_SEARCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_INT64);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-person-search.ui");
  gtk_widget_class_bind_template_child (widget_class, BalPersonSearch, box);
  gtk_widget_class_bind_template_child (widget_class, BalPersonSearch, entry);
  gtk_widget_class_bind_template_child (widget_class, BalPersonSearch, list);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
bal_person_search_init (BalPersonSearch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
