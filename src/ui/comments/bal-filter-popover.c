/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-filter-popover.h"

#include "bal-comment-filter.h"
#include "bal-day-button.h"
#include "bal-time.h"

#include <glib/gi18n.h>

#define N_STATUSES (BAL_COMMENT_STATUS_TRASH + 1)

struct _BalFilterPopover
{
  GtkPopover      parent_instance;

  char           *line;
  guint           statuses;       /* where the line says nothing about it */
  gboolean        filling;

  /* template children */
  GtkEditable    *from_entry;
  GtkEditable    *review_entry;
  GtkEditable    *after_entry;
  GtkEditable    *before_entry;
  GtkCheckButton *status_buttons[N_STATUSES];
  GtkCheckButton *link_button;
  GtkCheckButton *unanswered_button;
  GtkWidget      *clear_button;
  GtkWidget      *save_button;
};

enum { CHANGED, SAVE, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalFilterPopover, bal_filter_popover, GTK_TYPE_POPOVER)

/* ---- from the line to the fields ---- */

static void
show_text (GtkEditable *entry,
           const char  *text)
{
  if (!g_str_equal (gtk_editable_get_text (entry), text))
    gtk_editable_set_text (entry, text);
}

static void
show_value (GtkEditable      *entry,
            BalCommentFilter *filter,
            BalFilterKind     kind)
{
  g_autofree char *value = bal_comment_filter_dup_value (filter, kind);

  show_text (entry, value);
}

static void
show_fault (GtkEditable   *entry,
            BalFilterKind  kind)
{
  g_autoptr(BalCommentFilter) nothing = bal_comment_filter_new ("");
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_with (nothing, kind, gtk_editable_get_text (entry));
  g_autofree char *fault = bal_comment_filter_dup_fault (filter);

  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (entry), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (entry), fault);
  gtk_accessible_update_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                               fault != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
update_buttons (BalFilterPopover *self)
{
  gboolean empty = *self->line == '\0';

  show_fault (self->after_entry, BAL_FILTER_AFTER);
  show_fault (self->before_entry, BAL_FILTER_BEFORE);
  gtk_widget_set_sensitive (self->clear_button, !empty);
  gtk_widget_set_sensitive (self->save_button, !empty);
}

static void
fill (BalFilterPopover *self)
{
  g_autoptr(BalCommentFilter) filter = bal_comment_filter_new (self->line);
  g_autoptr(GTimeZone) zone = g_time_zone_new_local ();
  BalFilterLimits limits;
  guint statuses;

  bal_comment_filter_resolve (filter, bal_time_now (), zone, &limits);
  statuses = limits.statuses != 0 ? limits.statuses : self->statuses;

  self->filling = TRUE;
  show_value (self->from_entry, filter, BAL_FILTER_FROM);
  show_value (self->review_entry, filter, BAL_FILTER_REVIEW);
  show_value (self->after_entry, filter, BAL_FILTER_AFTER);
  show_value (self->before_entry, filter, BAL_FILTER_BEFORE);
  for (guint i = 0; i < N_STATUSES; i++)
    gtk_check_button_set_active (self->status_buttons[i], (statuses & (1u << i)) != 0);
  gtk_check_button_set_active (self->link_button, limits.has_link == 1);
  gtk_check_button_set_active (self->unanswered_button, limits.unanswered == 1);
  self->filling = FALSE;
  update_buttons (self);
}

/* ---- from the fields to the line ---- */

static void
change (BalFilterPopover *self,
        BalFilterKind     kind,
        const char       *value)
{
  g_autoptr(BalCommentFilter) before = NULL;
  g_autoptr(BalCommentFilter) after = NULL;
  g_autofree char *line = NULL;

  if (self->filling)
    return;

  before = bal_comment_filter_new (self->line);
  after = bal_comment_filter_with (before, kind, value);
  line = bal_comment_filter_write (after);
  if (!g_str_equal (line, self->line))
    {
      g_free (self->line);
      self->line = g_steal_pointer (&line);
      g_signal_emit (self, signals[CHANGED], 0);
    }
  update_buttons (self);
}

static void
from_changed_cb (BalFilterPopover *self)
{
  change (self, BAL_FILTER_FROM, gtk_editable_get_text (self->from_entry));
}

static void
review_changed_cb (BalFilterPopover *self)
{
  change (self, BAL_FILTER_REVIEW, gtk_editable_get_text (self->review_entry));
}

static void
after_changed_cb (BalFilterPopover *self)
{
  change (self, BAL_FILTER_AFTER, gtk_editable_get_text (self->after_entry));
}

static void
before_changed_cb (BalFilterPopover *self)
{
  change (self, BAL_FILTER_BEFORE, gtk_editable_get_text (self->before_entry));
}

/* Nothing is written where all is as in that place anyway; nor where nothing is left, which would never be found. */
static void
status_toggled_cb (BalFilterPopover *self)
{
  g_autoptr(GString) value = g_string_new (NULL);
  guint statuses = 0;

  for (guint i = 0; i < N_STATUSES; i++)
    if (gtk_check_button_get_active (self->status_buttons[i]))
      {
        statuses |= 1u << i;
        g_string_append_printf (value, "%s%s", value->len > 0 ? "," : "", bal_comment_status_to_nick (i));
      }

  if (statuses == BAL_FILTER_ALL_STATUSES)
    g_string_assign (value, "all");
  change (self, BAL_FILTER_STATUS, statuses != self->statuses ? value->str : NULL);
}

static void
link_toggled_cb (BalFilterPopover *self)
{
  change (self, BAL_FILTER_HAS, gtk_check_button_get_active (self->link_button) ? "link" : NULL);
}

static void
unanswered_toggled_cb (BalFilterPopover *self)
{
  change (self, BAL_FILTER_IS, gtk_check_button_get_active (self->unanswered_button) ? "unanswered" : NULL);
}

static void
clear_cb (BalFilterPopover *self)
{
  g_free (self->line);
  self->line = g_strdup ("");
  fill (self);
  g_signal_emit (self, signals[CHANGED], 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->from_entry));
}

static void
close_cb (BalFilterPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  BalFilterPopover *self = BAL_FILTER_POPOVER (widget);

  if (*self->line == '\0')
    return;

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[SAVE], 0);
}

/* ---- the object ---- */

static void
bal_filter_popover_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), BAL_TYPE_FILTER_POPOVER);

  G_OBJECT_CLASS (bal_filter_popover_parent_class)->dispose (object);
}

static void
bal_filter_popover_finalize (GObject *object)
{
  g_free (BAL_FILTER_POPOVER (object)->line);

  G_OBJECT_CLASS (bal_filter_popover_parent_class)->finalize (object);
}

static void
bal_filter_popover_class_init (BalFilterPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[N_STATUSES] = { "pending_button", "approved_button", "spam_button", "trash_button" };

  object_class->dispose = bal_filter_popover_dispose;
  object_class->finalize = bal_filter_popover_finalize;

  signals[CHANGED] = g_signal_new ("changed", BAL_TYPE_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[SAVE] = g_signal_new ("save", BAL_TYPE_FILTER_POPOVER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (BAL_TYPE_DAY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-filter-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, from_entry);
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, review_entry);
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, after_entry);
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, before_entry);
  for (guint i = 0; i < N_STATUSES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE,
                                               G_STRUCT_OFFSET (BalFilterPopover, status_buttons[i]));
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, link_button);
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, unanswered_button);
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, clear_button);
  gtk_widget_class_bind_template_child (widget_class, BalFilterPopover, save_button);
  gtk_widget_class_bind_template_callback (widget_class, from_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, review_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, after_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, before_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, link_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, unanswered_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, clear_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);

  gtk_widget_class_install_action (widget_class, "filter.save", NULL, save_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "filter.save", NULL);
}

static void
bal_filter_popover_init (BalFilterPopover *self)
{
  self->line = g_strdup ("");
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

void
bal_filter_popover_set_line (BalFilterPopover *self,
                             const char       *line,
                             guint             statuses)
{
  g_return_if_fail (BAL_IS_FILTER_POPOVER (self));
  g_return_if_fail (line != NULL);

  g_free (self->line);
  self->line = g_strdup (line);
  self->statuses = statuses;
  fill (self);
}

const char *
bal_filter_popover_get_line (BalFilterPopover *self)
{
  g_return_val_if_fail (BAL_IS_FILTER_POPOVER (self), NULL);

  return self->line;
}
