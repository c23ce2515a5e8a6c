/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-conflict-row.h"

#include <glib/gi18n.h>

#include "bal-document-diff.h"
#include "bal-label-layout.h"
#include "bal-safe-text.h"

/* Of a long stretch that is the same on both sides its ends are shown, and of a whole side this much. */
#define SAME_CHARS 240
#define SIDE_CHARS 800

struct _BalConflictRow
{
  GtkListBoxRow   parent_instance;

  GtkWidget      *cards[2];     /* mine, theirs */
  GtkCheckButton *buttons[2];
};

enum { CHOSEN, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalConflictRow, bal_conflict_row, GTK_TYPE_LIST_BOX_ROW)

/* ---- the text of a side ---- */

typedef struct
{
  GString       *text;
  PangoAttrList *marks;
} Marked;

/* Seen in both styles, and not by its colour alone. */
static void
mark (Marked *marked,
      guint   start)
{
  PangoAttribute *attributes[] = {
    pango_attr_underline_new (PANGO_UNDERLINE_SINGLE),
    pango_attr_background_new (0xffff, 0xa000, 0),
    pango_attr_background_alpha_new (0x5000),
  };

  for (guint i = 0; i < G_N_ELEMENTS (attributes); i++)
    {
      attributes[i]->start_index = start;
      attributes[i]->end_index = (guint) marked->text->len;
      pango_attr_list_insert (marked->marks, attributes[i]);
    }
}

/* No more than a side: a text may be all small pieces. */
static void
append (Marked     *marked,
        const char *text)
{
  glong length = g_utf8_strlen (marked->text->str, -1);
  g_autofree char *part = length < SIDE_CHARS ? bal_safe_text_part (text, SIDE_CHARS - length + 1) : NULL;

  if (part != NULL)
    g_string_append (marked->text, part);
}

static void
add_same (Marked     *marked,
          const char *text)
{
  glong length = g_utf8_strlen (text, -1);

  if (length <= SAME_CHARS)
    {
      append (marked, text);
    }
  else
    {
      g_autofree char *head = g_utf8_substring (text, 0, SAME_CHARS / 2);

      append (marked, head);
      g_string_append (marked->text, " … ");
      append (marked, g_utf8_offset_to_pointer (text, length - SAME_CHARS / 2));
    }
}

static void
add_other (Marked     *marked,
           const char *text)
{
  guint start = (guint) marked->text->len;
  glong left = SIDE_CHARS - g_utf8_strlen (marked->text->str, -1);

  if (left <= 0)
    return;
  if (g_utf8_strlen (text, -1) <= left)
    {
      append (marked, text);
    }
  else
    {
      g_autofree char *beginning = g_utf8_substring (text, 0, left);

      append (marked, beginning);
      if (!g_str_has_suffix (marked->text->str, "…"))
        g_string_append (marked->text, "…");
    }
  mark (marked, start);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_layout_manager (label, bal_label_layout_new ());
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static GtkWidget *
new_side_label (const BalPoint *point,
                BalSide         side)
{
  g_autoptr(GPtrArray) pieces = bal_text_diff (point->sides[BAL_SIDE_MINE], point->sides[BAL_SIDE_THEIRS]);
  BalDifference own = side == BAL_SIDE_MINE ? BAL_DIFFERENCE_REMOVED : BAL_DIFFERENCE_ADDED;
  Marked marked = { g_string_new (NULL), pango_attr_list_new () };
  GtkWidget *label;

  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->change == BAL_DIFFERENCE_SAME)
        add_same (&marked, piece->text);
      else if (piece->change == own)
        add_other (&marked, piece->text);
    }

  if (*point->sides[side] == '\0')
    label = new_label (_("Nothing"), "dim-label");
  else
    label = new_label (marked.text->str, NULL);
  gtk_label_set_attributes (GTK_LABEL (label), marked.marks);
  g_string_free (marked.text, TRUE);
  pango_attr_list_unref (marked.marks);
  return label;
}

/* ---- what can be done ---- */

static void
show_choice (BalConflictRow *self)
{
  for (guint i = 0; i < 2; i++)
    if (gtk_check_button_get_active (self->buttons[i]))
      gtk_widget_add_css_class (self->cards[i], "chosen");
    else
      gtk_widget_remove_css_class (self->cards[i], "chosen");
}

static void
toggled_cb (BalConflictRow *self,
            GtkCheckButton *button)
{
  show_choice (self);
  if (gtk_check_button_get_active (button))
    g_signal_emit (self, signals[CHOSEN], 0, (guint) bal_conflict_row_get_choice (self));
}

static void
pressed_cb (GtkGesture     *gesture,
            int             n_press,
            double          x,
            double          y,
            GtkCheckButton *button)
{
  gtk_check_button_set_active (button, TRUE);
}

/* ---- parts ---- */

static void
add_card (BalConflictRow *self,
          GtkFlowBox     *flow,
          const BalPoint *point,
          const char     *heading,
          BalSide         side)
{
  guint i = side == BAL_SIDE_MINE ? 0 : 1;
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *button = gtk_check_button_new_with_label (side == BAL_SIDE_MINE ? _("Mine") : _("The Blog’s"));
  GtkWidget *child = gtk_flow_box_child_new ();
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkWidget *label;
  g_autofree char *name = NULL;

  if (g_str_equal (point->field, "deleted") && side == BAL_SIDE_THEIRS)
    label = new_label (_("Deleted on the blog"), "dim-label");
  else
    label = new_side_label (point, side);

  /* Translators: what is to be chosen, then one of two choices: "Title: Mine" */
  name = g_strdup_printf (_("%s: %s"), heading, gtk_check_button_get_label (GTK_CHECK_BUTTON (button)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, gtk_label_get_text (GTK_LABEL (label)), -1);
  gtk_widget_set_tooltip_text (button, side == BAL_SIDE_MINE ? _("Take Mine (M)") : _("Take the Blog’s (T)"));
  gtk_box_append (GTK_BOX (card), button);
  /* So many letters must fit for both to stand next to each other. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 26);
  gtk_box_append (GTK_BOX (card), label);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "version");
  gtk_widget_set_size_request (card, 200, -1);
  g_signal_connect_object (gesture, "pressed", G_CALLBACK (pressed_cb), button, 0);
  gtk_widget_add_controller (card, GTK_EVENT_CONTROLLER (gesture));
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), card);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_insert (flow, child, -1);
  self->cards[i] = card;
  self->buttons[i] = GTK_CHECK_BUTTON (button);
}

static char *
describe (const BalPoint *point)
{
  if (point->n_numbers < 2)
    return g_strdup (bal_point_get_label (point));

  /* Translators: one of several places: "Text, 2 of 3" */
  return g_strdup_printf (_("%s, %u of %u"), bal_point_get_label (point), point->number, point->n_numbers);
}

static void
add_before (GtkBox         *box,
            const BalPoint *point)
{
  Marked marked = { g_string_new (NULL), NULL };
  g_autofree char *text = NULL;

  add_same (&marked, point->sides[BAL_SIDE_BASE]);
  /* Translators: what stood in a place before both sides changed it */
  text = g_strdup_printf (_("Before: %s"), marked.text->str);
  g_string_free (marked.text, TRUE);
  gtk_box_append (box, new_label (text, "dim-label"));
}

GtkWidget *
bal_conflict_row_new (const BalPoint *point)
{
  BalConflictRow *self = g_object_new (BAL_TYPE_CONFLICT_ROW, "activatable", FALSE, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *flow = gtk_flow_box_new ();
  g_autofree char *heading = describe (point);

  gtk_box_append (GTK_BOX (box), new_label (heading, "heading"));
  if (*point->sides[BAL_SIDE_BASE] != '\0' && !g_str_equal (point->field, "deleted"))
    add_before (GTK_BOX (box), point);
  g_object_set (flow, "selection-mode", GTK_SELECTION_NONE, "min-children-per-line", 1, "max-children-per-line", 2,
                "homogeneous", TRUE, "column-spacing", 12, "row-spacing", 12, NULL);
  add_card (self, GTK_FLOW_BOX (flow), point, heading, BAL_SIDE_MINE);
  add_card (self, GTK_FLOW_BOX (flow), point, heading, BAL_SIDE_THEIRS);
  gtk_check_button_set_group (self->buttons[1], self->buttons[0]);
  gtk_box_append (GTK_BOX (box), flow);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  bal_conflict_row_set_choice (self, point->choice);
  for (guint i = 0; i < 2; i++)
    g_signal_connect_object (self->buttons[i], "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

static void
bal_conflict_row_class_init (BalConflictRowClass *klass)
{
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
bal_conflict_row_init (BalConflictRow *self)
{
}

void
bal_conflict_row_set_choice (BalConflictRow *self,
                             BalSide         side)
{
  g_return_if_fail (BAL_IS_CONFLICT_ROW (self));

  gtk_check_button_set_active (self->buttons[side == BAL_SIDE_THEIRS ? 1 : 0], TRUE);
  show_choice (self);
}

void
bal_conflict_row_focus_choice (BalConflictRow *self)
{
  g_return_if_fail (BAL_IS_CONFLICT_ROW (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->buttons[bal_conflict_row_get_choice (self) == BAL_SIDE_THEIRS ? 1 : 0]));
}

BalSide
bal_conflict_row_get_choice (BalConflictRow *self)
{
  g_return_val_if_fail (BAL_IS_CONFLICT_ROW (self), BAL_SIDE_MINE);

  return gtk_check_button_get_active (self->buttons[1]) ? BAL_SIDE_THEIRS : BAL_SIDE_MINE;
}
