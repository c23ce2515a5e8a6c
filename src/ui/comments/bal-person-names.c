/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-names.h"

#include <glib/gi18n.h>

#include "bal-label-layout.h"
#include "bal-person-search.h"
#include "bal-safe-text.h"

#define MAX_CHARS 200
#define ROW_HEIGHT 50

struct _BalPersonNames
{
  GtkWidget            parent_instance;

  BalStore            *store;
  gint64               person_id;
  GPtrArray           *rows;       /* borrowed from the group */

  /* template children */
  AdwPreferencesGroup *group;
  GtkPopover          *popover;
  BalPersonSearch     *search;
};

enum { SPLIT, MERGE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalPersonNames, bal_person_names, GTK_TYPE_WIDGET)

char *
bal_person_names_dup_name (const BalPerson *person)
{
  g_autofree char *raw = bal_person_dup_name (person);

  return bal_safe_text_name (raw, MAX_CHARS);
}

char *
bal_person_names_dup_addresses (const BalPerson *person)
{
  g_autofree char *email = bal_safe_text_name (person->email, MAX_CHARS);
  g_autofree char *url = bal_safe_text_name (person->url, MAX_CHARS);

  if (*email != '\0' && *url != '\0')
    return g_strdup_printf ("%s · %s", email, url);
  if (*email == '\0' && *url == '\0')
    return g_strdup (_("No e-mail address and no web address"));

  return g_strdup (*email != '\0' ? email : url);
}

static void
split_clicked_cb (BalPersonNames *self,
                  GtkButton      *button)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "bal-person");

  g_signal_emit (self, signals[SPLIT], 0, *id);
}

static GtkWidget *
make_split_button (BalPersonNames  *self,
                   const BalPerson *person,
                   const char      *name)
{
  GtkWidget *button = gtk_button_new_with_label (C_("commenter", "Split"));
  /* Translators: on a button beside one of the names of a commenter */
  g_autofree char *label = g_strdup_printf (_("Split “%s”: this is somebody else"), name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "bal-person", g_memdup2 (&person->id, sizeof person->id), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (split_clicked_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
make_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_layout_manager (label, bal_label_layout_new ());
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

/* As an action row looks, which would lay out the names some hundred times. */
static GtkWidget *
make_row (BalPersonNames  *self,
          const BalPerson *person)
{
  g_autofree char *name = bal_person_names_dup_name (person);
  g_autofree char *addresses = bal_person_names_dup_addresses (person);
  GtkWidget *row = adw_preferences_row_new ();
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  GtkWidget *title = make_label (name);
  GtkWidget *subtitle = make_label (addresses);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  gtk_widget_set_size_request (GTK_WIDGET (grid), -1, ROW_HEIGHT);
  gtk_widget_set_margin_start (GTK_WIDGET (grid), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (grid), 12);
  gtk_grid_set_column_spacing (grid, 6);
  gtk_grid_set_row_spacing (grid, 3);
  gtk_widget_set_vexpand (title, TRUE);
  gtk_widget_set_valign (title, GTK_ALIGN_END);
  gtk_widget_set_vexpand (subtitle, TRUE);
  gtk_widget_set_valign (subtitle, GTK_ALIGN_START);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_grid_attach (grid, title, 0, 0, 1, 1);
  gtk_grid_attach (grid, subtitle, 0, 1, 1, 1);
  if (person->id != person->leader)
    gtk_grid_attach (grid, make_split_button (self, person, name), 1, 0, 1, 2);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (grid));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, addresses, -1);
  return row;
}

void
bal_person_names_show (BalPersonNames *self,
                       BalStore       *store,
                       GPtrArray      *names)
{
  g_return_if_fail (BAL_IS_PERSON_NAMES (self));
  g_return_if_fail (BAL_IS_STORE (store));

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);

  g_set_object (&self->store, store);
  for (guint i = 0; i < names->len; i++)
    {
      const BalPerson *person = g_ptr_array_index (names, i);
      GtkWidget *row = make_row (self, person);

      self->person_id = person->leader;
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
search_shown_cb (BalPersonNames *self)
{
  if (self->store != NULL)
    bal_person_search_begin (self->search, self->store, self->person_id);
}

static void
chosen_cb (BalPersonNames *self,
           gint64          other_id)
{
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[MERGE], 0, other_id);
}

static void
bal_person_names_dispose (GObject *object)
{
  BalPersonNames *self = BAL_PERSON_NAMES (object);

  g_clear_object (&self->store);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), BAL_TYPE_PERSON_NAMES);

  G_OBJECT_CLASS (bal_person_names_parent_class)->dispose (object);
}

static void
bal_person_names_class_init (BalPersonNamesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_person_names_dispose;
  signals[SPLIT] = g_signal_new ("split", BAL_TYPE_PERSON_NAMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[MERGE] = g_signal_new ("merge", BAL_TYPE_PERSON_NAMES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (BAL_TYPE_PERSON_SEARCH);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-person-names.ui");
  gtk_widget_class_bind_template_child (widget_class, BalPersonNames, group);
  gtk_widget_class_bind_template_child (widget_class, BalPersonNames, popover);
  gtk_widget_class_bind_template_child (widget_class, BalPersonNames, search);
  gtk_widget_class_bind_template_callback (widget_class, search_shown_cb);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
}

static void
bal_person_names_init (BalPersonNames *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
}
