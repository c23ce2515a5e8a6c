/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exchange-window.h"

#include <glib/gi18n.h>

#include "bal-backup-dialog.h"
#include "bal-transient.h"

/* More are in the saved report; nobody reads them here. */
#define MOST_NOTES 1000

typedef struct
{
  /* owned */
  BalStore       *store;
  GPtrArray      *blogs;
  GCancellable   *cancellable;   /* NULL: nothing runs */
  char           *report_name;

  /* borrowed */
  AdwComboRow    *blog_row;      /* of the kind's page */
  BalNotes       *notes;         /* of the kind's report; NULL: none */

  gboolean        stays;         /* until what runs has told what is done */
  gboolean        is_closing;

  /* template children */
  GtkStack       *stack;
  AdwBin         *choose_bin;
  GtkLabel       *wait_title;
  GtkProgressBar *progress;
  GtkLabel       *wait_count;
  GtkWidget      *stop_button;
  GtkLabel       *report_title;
  GtkLabel       *report_summary;
  GtkLabel       *report_place;
  GtkWidget      *notes_window;
  GtkListView    *notes_view;
  GtkWidget      *save_button;
  AdwBin         *actions_bin;
} BalExchangeWindowPrivate;

enum { PROP_0, PROP_CHOOSE_PAGE, PROP_REPORT_ACTIONS, PROP_REPORT_NAME, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BalExchangeWindow, bal_exchange_window, ADW_TYPE_WINDOW)

#define PRIVATE(self) ((BalExchangeWindowPrivate *) bal_exchange_window_get_instance_private (self))

/* ---- the report ---- */

typedef struct
{
  BalNotes      *notes;
  GtkStringList *list;
} Listing;

static void
add_note (guint       kind,
          const char *name,
          const char *reason,
          gpointer    data)
{
  Listing *listing = data;
  g_autofree char *line = *name != '\0'
                            ? g_strdup_printf ("%s: %s\n%s", bal_notes_get_label (listing->notes, kind), name, reason)
                            : g_strdup (reason);

  gtk_string_list_append (listing->list, line);
}

static void
list_notes (BalExchangeWindowPrivate *priv)
{
  Listing listing = { priv->notes, gtk_string_list_new (NULL) };
  g_autoptr(GtkSelectionModel) model = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (listing.list)));
  guint n_notes = priv->notes != NULL ? bal_notes_get_n (priv->notes) : 0;

  if (n_notes > 0)
    bal_notes_foreach (priv->notes, MOST_NOTES, add_note, &listing, NULL);
  if (n_notes > MOST_NOTES)
    gtk_string_list_append (listing.list, _("There are more; a saved report has them all."));
  gtk_list_view_set_model (priv->notes_view, model);
  gtk_widget_set_visible (priv->notes_window, n_notes > 0);
  gtk_widget_set_visible (priv->save_button, n_notes > 0);
}

static void
setup_note_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_end (label, 12);
  gtk_widget_set_margin_top (label, 6);
  gtk_widget_set_margin_bottom (label, 6);
  gtk_list_item_set_child (item, label);
}

static void
bind_note_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)),
                      gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

void
bal_exchange_window_show_report (BalExchangeWindow *self,
                                 const char        *title,
                                 const char        *summary,
                                 const char        *place,
                                 BalNotes          *notes)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);
  g_autofree char *text = NULL;

  g_return_if_fail (BAL_IS_EXCHANGE_WINDOW (self));

  text = g_strchomp (g_strdup (summary));
  priv->notes = notes;
  list_notes (priv);
  gtk_label_set_text (priv->report_title, title);
  gtk_label_set_text (priv->report_summary, text);
  gtk_label_set_text (priv->report_place, place != NULL ? place : "");
  gtk_widget_set_visible (GTK_WIDGET (priv->report_place), place != NULL);
  gtk_stack_set_visible_child_name (priv->stack, "report");
}

static void
save_cb (BalExchangeWindow    *self,
         int                   response,
         GtkFileChooserNative *chooser)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);
  g_autoptr(GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_autofree char *summary = g_strconcat (gtk_label_get_text (priv->report_summary), "\n", NULL);
  g_autoptr(GError) error = NULL;

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && !bal_notes_save (priv->notes, file, summary, &error))
    bal_backup_dialog_tell (GTK_WINDOW (self), _("The Report Was Not Saved"), error);
  g_object_unref (chooser);
}

static void
save_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalExchangeWindowPrivate *priv = PRIVATE (BAL_EXCHANGE_WINDOW (widget));
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save the Report"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SAVE,
                                         _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), priv->report_name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_cb), widget, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* ---- a run ---- */

void
bal_exchange_window_progress (double   fraction,
                              guint    n_reviews,
                              guint    n_comments,
                              gpointer self)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);
  g_autofree char *reviews = g_strdup_printf (ngettext ("%u review", "%u reviews", n_reviews), n_reviews);
  g_autofree char *comments = g_strdup_printf (ngettext ("%u comment", "%u comments", n_comments), n_comments);
  g_autofree char *count = g_strdup_printf ("%s · %s", reviews, comments);

  if (priv->is_closing)
    return;

  gtk_progress_bar_set_fraction (priv->progress, fraction);
  gtk_label_set_text (priv->wait_count, count);
}

gboolean
bal_exchange_window_is_running (BalExchangeWindow *self)
{
  g_return_val_if_fail (BAL_IS_EXCHANGE_WINDOW (self), FALSE);

  return PRIVATE (self)->cancellable != NULL;
}

GCancellable *
bal_exchange_window_begin (BalExchangeWindow *self,
                           const char        *title,
                           gboolean           stays)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);

  g_return_val_if_fail (BAL_IS_EXCHANGE_WINDOW (self), NULL);
  g_return_val_if_fail (priv->cancellable == NULL, NULL);

  gtk_label_set_text (priv->wait_title, title);
  gtk_label_set_text (priv->wait_count, "");
  gtk_progress_bar_set_fraction (priv->progress, 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "exchange.stop", TRUE);
  gtk_stack_set_visible_child_name (priv->stack, "wait");
  gtk_widget_grab_focus (priv->stop_button);

  /* What is at work ends as it should before the program does, an unfinished file or folder is removed. */
  g_application_hold (g_application_get_default ());
  priv->stays = stays;
  priv->cancellable = g_cancellable_new ();
  return priv->cancellable;
}

gboolean
bal_exchange_window_end (BalExchangeWindow *self)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);

  g_return_val_if_fail (BAL_IS_EXCHANGE_WINDOW (self), FALSE);

  g_clear_object (&priv->cancellable);
  g_application_release (g_application_get_default ());
  return !priv->is_closing;
}

void
bal_exchange_window_fail (BalExchangeWindow *self,
                          GtkWidget         *first,
                          const char        *heading,
                          const GError      *error)
{
  g_return_if_fail (BAL_IS_EXCHANGE_WINDOW (self));

  gtk_stack_set_visible_child_name (PRIVATE (self)->stack, "choose");
  gtk_widget_grab_focus (first);
  bal_backup_dialog_tell (GTK_WINDOW (self), heading, error);
}

static void
stop_action (GtkWidget  *widget,
             const char *action_name,
             GVariant   *parameter)
{
  BalExchangeWindowPrivate *priv = PRIVATE (BAL_EXCHANGE_WINDOW (widget));

  gtk_widget_action_set_enabled (widget, "exchange.stop", FALSE);
  g_cancellable_cancel (priv->cancellable);
}

/* ---- what is chosen ---- */

void
bal_exchange_window_set_blogs (BalExchangeWindow *self,
                               AdwComboRow       *row,
                               BalStore          *store,
                               GPtrArray         *blogs,
                               BalBlog           *blog,
                               const char        *besides)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);
  g_autoptr(GtkStringList) names = gtk_string_list_new (NULL);

  g_return_if_fail (BAL_IS_EXCHANGE_WINDOW (self));
  g_return_if_fail (priv->blogs == NULL && (blogs->len > 0 || besides != NULL));

  priv->store = g_object_ref (store);
  priv->blogs = g_ptr_array_new_with_free_func (g_object_unref);
  priv->blog_row = row;
  for (guint i = 0; i < blogs->len; i++)
    {
      BalBlog *one = g_ptr_array_index (blogs, i);

      g_ptr_array_add (priv->blogs, g_object_ref (one));
      gtk_string_list_append (names, bal_blog_get_name (one));
    }
  if (besides != NULL)
    gtk_string_list_append (names, besides);
  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  for (guint i = 0; i < blogs->len; i++)
    if (blog != NULL && bal_blog_get_id (g_ptr_array_index (blogs, i)) == bal_blog_get_id (blog))
      adw_combo_row_set_selected (row, i);
}

BalBlog *
bal_exchange_window_get_blog (BalExchangeWindow *self)
{
  BalExchangeWindowPrivate *priv = PRIVATE (self);
  guint selected = adw_combo_row_get_selected (priv->blog_row);

  g_return_val_if_fail (BAL_IS_EXCHANGE_WINDOW (self), NULL);

  return selected < priv->blogs->len ? g_ptr_array_index (priv->blogs, selected) : NULL;
}

BalStore *
bal_exchange_window_get_store (BalExchangeWindow *self)
{
  g_return_val_if_fail (BAL_IS_EXCHANGE_WINDOW (self), NULL);

  return PRIVATE (self)->store;
}

/* Closing stops what runs like the button does. */
static gboolean
bal_exchange_window_close_request (GtkWindow *window)
{
  BalExchangeWindowPrivate *priv = PRIVATE (BAL_EXCHANGE_WINDOW (window));

  g_cancellable_cancel (priv->cancellable);
  if (priv->cancellable != NULL && priv->stays)
    return TRUE;

  priv->is_closing = TRUE;
  return GTK_WINDOW_CLASS (bal_exchange_window_parent_class)->close_request (window);
}

static void
bal_exchange_window_set_property (GObject      *object,
                                  guint         prop_id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  BalExchangeWindowPrivate *priv = PRIVATE (BAL_EXCHANGE_WINDOW (object));

  switch (prop_id)
    {
    case PROP_CHOOSE_PAGE:
      adw_bin_set_child (priv->choose_bin, g_value_get_object (value));
      break;
    case PROP_REPORT_ACTIONS:
      adw_bin_set_child (priv->actions_bin, g_value_get_object (value));
      break;
    case PROP_REPORT_NAME:
      g_free (priv->report_name);
      priv->report_name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_exchange_window_dispose (GObject *object)
{
  BalExchangeWindowPrivate *priv = PRIVATE (BAL_EXCHANGE_WINDOW (object));

  priv->is_closing = TRUE;
  g_cancellable_cancel (priv->cancellable);

  G_OBJECT_CLASS (bal_exchange_window_parent_class)->dispose (object);
}

static void
bal_exchange_window_finalize (GObject *object)
{
  BalExchangeWindowPrivate *priv = PRIVATE (BAL_EXCHANGE_WINDOW (object));

  g_clear_object (&priv->store);
  g_clear_object (&priv->cancellable);
  g_clear_pointer (&priv->blogs, g_ptr_array_unref);
  g_free (priv->report_name);

  G_OBJECT_CLASS (bal_exchange_window_parent_class)->finalize (object);
}

static void
bal_exchange_window_class_init (BalExchangeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = bal_exchange_window_set_property;
  object_class->dispose = bal_exchange_window_dispose;
  object_class->finalize = bal_exchange_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = bal_exchange_window_close_request;

  properties[PROP_CHOOSE_PAGE] = g_param_spec_object ("choose-page", NULL, NULL, GTK_TYPE_WIDGET,
                                                      G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REPORT_ACTIONS] = g_param_spec_object ("report-actions", NULL, NULL, GTK_TYPE_WIDGET,
                                                         G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REPORT_NAME] = g_param_spec_string ("report-name", NULL, NULL, NULL,
                                                      G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-exchange-window.ui");
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, stack);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, choose_bin);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, wait_title);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, progress);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, wait_count);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, stop_button);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, report_title);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, report_summary);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, report_place);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, notes_window);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, notes_view);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, save_button);
  gtk_widget_class_bind_template_child_private (widget_class, BalExchangeWindow, actions_bin);
  gtk_widget_class_bind_template_callback (widget_class, setup_note_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_note_cb);

  gtk_widget_class_install_action (widget_class, "exchange.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "exchange.save-report", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
bal_exchange_window_init (BalExchangeWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  bal_transient_watch (GTK_WINDOW (self));
}
