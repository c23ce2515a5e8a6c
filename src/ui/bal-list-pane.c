/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-list-pane-private.h"

#include "bal-list-row.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>

/* Characters of a search that are told again. */
#define MAX_LINE 60

enum { REVIEW_SELECTED, COMMENT_SELECTED, COMMENT_ACTIVATED, COMMENT_WRITE, WAITING_SELECTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalListPane, bal_list_pane, GTK_TYPE_WIDGET)

/* ---- rows ---- */

static void
setup_row_cb (GtkSignalListItemFactory *factory,
              GtkListItem              *item)
{
  gtk_list_item_set_child (item, bal_list_row_new ());
}

static void
bind_row_cb (GtkSignalListItemFactory *factory,
             GtkListItem              *item)
{
  bal_list_row_set_item (BAL_LIST_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_row_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item)
{
  bal_list_row_set_item (BAL_LIST_ROW (gtk_list_item_get_child (item)), NULL);
}

/* ---- nothing to show ---- */

static void
clear_search_cb (BalListPane *self)
{
  bal_filter_bar_clear (self->filter_bar);
  bal_list_pane_focus_list (self);
}

static void
make_status_page (BalListPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->status_page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->status_page), "compact");

  self->add_blog_button = gtk_button_new_with_mnemonic (_("_Add a Blog"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_blog_button), "win.add-blog");
  gtk_widget_add_css_class (self->add_blog_button, "pill");
  gtk_widget_add_css_class (self->add_blog_button, "suggested-action");
  gtk_widget_set_halign (self->add_blog_button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), self->add_blog_button);

  self->clear_button = gtk_button_new_with_mnemonic (_("_Clear the Search"));
  gtk_widget_add_css_class (self->clear_button, "pill");
  gtk_widget_set_halign (self->clear_button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->clear_button, "clicked", G_CALLBACK (clear_search_cb), self);
  gtk_box_append (GTK_BOX (box), self->clear_button);
  adw_status_page_set_child (self->status_page, box);

  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status_page), "empty");
}

/* (transfer full): what was looked for, and where. */
static char *
describe_search (BalListPane *self)
{
  g_autofree char *line = bal_safe_text_name (bal_filter_bar_get_line (self->filter_bar), MAX_LINE);
  g_autofree char *text = NULL;

  /* Translators: nothing was found for the first %s, which was typed, in the second, a place like “Pending” */
  text = g_strdup_printf (_("Nothing in “%2$s” is like “%1$s”."), line, bal_place_get_title (self->place));
  return g_markup_escape_text (text, -1);
}

static void
show_empty (BalListPane *self)
{
  gboolean searching = bal_filter_bar_is_changed (self->filter_bar);
  g_autofree char *looked_for = searching ? describe_search (self) : NULL;

  if (self->status_page == NULL)
    make_status_page (self);

  if (!self->has_blogs)
    {
      adw_status_page_set_icon_name (self->status_page, "io.github.balcony.Balcony-symbolic");
      adw_status_page_set_title (self->status_page, _("No Blog Yet"));
      adw_status_page_set_description (self->status_page,
                                       _("Add your blog, and its reviews and comments will come to this desk."));
    }
  else
    {
      adw_status_page_set_icon_name (self->status_page,
                                     searching ? "edit-find-symbolic" : bal_place_get_icon (self->place));
      adw_status_page_set_title (self->status_page,
                                 searching ? _("Nothing Found") : bal_place_get_empty_title (self->place));
      adw_status_page_set_description (self->status_page,
                                       looked_for);
    }
  gtk_widget_set_visible (self->add_blog_button, !self->has_blogs);
  gtk_widget_set_visible (self->clear_button, self->has_blogs && searching);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

/* The keys of the list still work where its last row has just gone. */
static void
keep_focus (BalListPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean lost = focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self->stack)) ||
                  gtk_widget_is_ancestor (focus, GTK_WIDGET (self->bulk_bar));

  show_empty (self);
  gtk_widget_set_focusable (GTK_WIDGET (self->stack), bal_place_has_comments (self->place));
  if (lost && bal_place_has_comments (self->place))
    gtk_widget_grab_focus (GTK_WIDGET (self->stack));
}

void
bal_list_pane_update_stack (BalListPane *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);

  if (model == NULL || self->place == NULL)
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    {
      gtk_stack_set_visible_child (self->stack, self->scrolled);
      gtk_widget_set_focusable (GTK_WIDGET (self->stack), FALSE);
    }
  else if (!bal_list_pane_is_loading (self))
    keep_focus (self);
}

/* ---- selection ---- */

static void
scroll_to (BalListPane *self,
           guint        position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static void
select_wanted (BalListPane *self)
{
  guint position;

  if (self->wanted_id == 0 || self->reviews == NULL)
    return;

  position = bal_review_list_find (self->reviews, self->wanted_id);
  if (position == G_MAXUINT)
    return;

  self->told_id = self->wanted_id;
  self->wanted_id = 0;
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->review_selection), position);
  scroll_to (self, position);
}

void
bal_list_pane_items_changed (BalListPane *self)
{
  bal_list_pane_tell_count (self);
  bal_list_pane_update_stack (self);
  select_wanted (self);
  if (self->triage != NULL && bal_place_has_comments (self->place))
    bal_triage_list_refresh (self->triage);
}

void
bal_list_pane_review_selected (BalListPane *self)
{
  guint position = gtk_single_selection_get_selected (GTK_SINGLE_SELECTION (self->review_selection));
  gint64 id;

  if (position == GTK_INVALID_LIST_POSITION)
    return;

  /* Rows above it came or went: the position is another, the review is not. */
  id = bal_review_list_get_id (self->reviews, position);
  if (id == self->told_id)
    return;

  self->wanted_id = 0;
  self->told_id = id;
  g_signal_emit (self, signals[REVIEW_SELECTED], 0, id);
}

void
bal_list_pane_waiting_selected (BalListPane *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->waiting_selection);
  g_autoptr(BalWaitingItem) item = NULL;

  if (gtk_bitset_get_size (selected) != 1)
    return;

  item = g_list_model_get_item (G_LIST_MODEL (self->waiting), gtk_bitset_get_minimum (selected));
  g_signal_emit (self, signals[WAITING_SELECTED], 0, item);
}

static void
tell_comment (BalListPane *self,
              BalComment  *comment)
{
  gint64 id = bal_comment_get_id (comment);

  if (id == self->told_id || !bal_comment_get_loaded (comment))
    return;

  self->told_id = id;
  g_signal_emit (self, signals[COMMENT_SELECTED], 0, comment);
}

static void
loaded_cb (BalListPane *self,
           GParamSpec  *property,
           BalComment  *comment)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->comment_selection);

  /* Another one may be selected by now. */
  if (gtk_bitset_get_size (selected) == 1 &&
      bal_comment_list_get_id (self->comments, gtk_bitset_get_minimum (selected)) == bal_comment_get_id (comment))
    tell_comment (self, comment);
}

void
bal_list_pane_comments_selected (BalListPane *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->comment_selection);
  guint n_selected = gtk_bitset_get_size (selected);

  bal_list_pane_update_bulk (self, n_selected);

  if (n_selected == 1)
    {
      g_autoptr(BalComment) comment = g_list_model_get_item (G_LIST_MODEL (self->comments),
                                                             gtk_bitset_get_minimum (selected));

      /* GTK 4.8's selection may be behind its model while that is replaced. */
      if (comment == NULL)
        return;
      if (bal_comment_get_loaded (comment))
        tell_comment (self, comment);
      else
        g_signal_connect_object (comment, "notify::loaded", G_CALLBACK (loaded_cb), self, G_CONNECT_SWAPPED);
    }
}

void
bal_list_pane_write_comment (BalListPane *self,
                             gint64       comment_id,
                             gboolean     edit)
{
  g_signal_emit (self, signals[COMMENT_WRITE], 0, comment_id, edit);
}

static void
activate_cb (BalListPane *self,
             guint        position)
{
  g_autoptr(GObject) item = g_list_model_get_item (G_LIST_MODEL (gtk_list_view_get_model (self->list)), position);

  if (BAL_IS_COMMENT (item))
    g_signal_emit (self, signals[COMMENT_ACTIVATED], 0, bal_comment_get_id (BAL_COMMENT (item)),
                   bal_comment_get_review_id (BAL_COMMENT (item)));
}

/* ---- the object ---- */

static void
bal_list_pane_dispose (GObject *object)
{
  BalListPane *self = BAL_LIST_PANE (object);

  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  g_clear_object (&self->triage);
  g_clear_object (&self->review_selection);
  g_clear_object (&self->comment_selection);
  g_clear_object (&self->waiting_selection);
  g_clear_object (&self->reviews);
  g_clear_object (&self->comments);
  g_clear_object (&self->waiting);
  g_clear_object (&self->store);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->list = NULL;

  G_OBJECT_CLASS (bal_list_pane_parent_class)->dispose (object);
}

static void
bal_list_pane_finalize (GObject *object)
{
  g_clear_pointer (&BAL_LIST_PANE (object)->place, bal_place_free);

  G_OBJECT_CLASS (bal_list_pane_parent_class)->finalize (object);
}

static void
bal_list_pane_class_init (BalListPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_list_pane_dispose;
  object_class->finalize = bal_list_pane_finalize;

  signals[REVIEW_SELECTED] = g_signal_new ("review-selected", BAL_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[COMMENT_SELECTED] = g_signal_new ("comment-selected", BAL_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, BAL_TYPE_COMMENT);
  signals[COMMENT_ACTIVATED] = g_signal_new ("comment-activated", BAL_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                             NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[COMMENT_WRITE] = g_signal_new ("comment-write", BAL_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_BOOLEAN);
  signals[WAITING_SELECTED] = g_signal_new ("waiting-selected", BAL_TYPE_LIST_PANE, G_SIGNAL_RUN_LAST, 0, NULL,
                                            NULL, NULL, G_TYPE_NONE, 1, BAL_TYPE_WAITING_ITEM);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-list-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, BalListPane, content);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, spam_first_button);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, list);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, bulk_bar);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, waiting_bar);
  gtk_widget_class_bind_template_callback_full (widget_class, "search_changed_cb", G_CALLBACK (bal_list_pane_run_query));
  gtk_widget_class_bind_template_callback_full (widget_class, "search_left_cb", G_CALLBACK (bal_list_pane_focus_list));
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
bal_list_pane_init (BalListPane *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr(GSimpleActionGroup) none = g_simple_action_group_new ();

  /* GTK 4.8 does not tell the bulk bar's buttons of the first group that is inserted above them. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "triage", G_ACTION_GROUP (none));
  self->has_blogs = TRUE;
  self->brief = TRUE;
  g_type_ensure (BAL_TYPE_BULK_BAR);
  g_type_ensure (BAL_TYPE_FILTER_BAR);
  g_type_ensure (BAL_TYPE_WAITING_BAR);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (factory, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_row_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_row_cb), NULL);
  gtk_list_view_set_factory (self->list, factory);
}

void
bal_list_pane_set_store (BalListPane *self,
                         BalStore    *store)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));
  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  bal_filter_bar_set_store (self->filter_bar, store);
  bal_waiting_bar_attach (self->waiting_bar, self->list, store);
  bal_list_pane_run_query (self);
}

void
bal_list_pane_show_all (BalListPane *self)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  if (!self->brief)
    return;

  self->brief = FALSE;
  if (self->place != NULL && bal_place_has_reviews (self->place))
    bal_list_pane_run_query (self);
}

void
bal_list_pane_show (BalListPane    *self,
                    const BalPlace *place,
                    gint64          blog_id)
{
  /* Kept until the end: @place may be the very one that is shown. */
  g_autoptr(BalPlace) before = NULL;

  g_return_if_fail (BAL_IS_LIST_PANE (self));
  g_return_if_fail (place != NULL);

  before = g_steal_pointer (&self->place);
  self->place = bal_place_copy (place);
  self->blog_id = blog_id;
  self->told_id = 0;
  self->wanted_id = 0;

  bal_list_pane_begin_search (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, bal_place_get_title (place), -1);
  bal_list_pane_run_query (self);
}

const BalPlace *
bal_list_pane_get_place (BalListPane *self)
{
  g_return_val_if_fail (BAL_IS_LIST_PANE (self), NULL);

  return self->place;
}

void
bal_list_pane_set_has_blogs (BalListPane *self,
                             gboolean     has_blogs)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  if (self->has_blogs == has_blogs)
    return;

  self->has_blogs = has_blogs;
  bal_list_pane_update_stack (self);
}

void
bal_list_pane_select_review (BalListPane *self,
                             gint64       id)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  self->wanted_id = id;
  if (id != 0)
    {
      select_wanted (self);
      return;
    }

  self->told_id = 0;
  if (self->review_selection != NULL)
    gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (self->review_selection),
                                       GTK_INVALID_LIST_POSITION);
}

void
bal_list_pane_focus_search (BalListPane *self)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->filter_bar));
}

void
bal_list_pane_focus_list (BalListPane *self)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack) == self->scrolled
                           ? GTK_WIDGET (self->list) : GTK_WIDGET (self->stack));
}

void
bal_list_pane_advance (BalListPane *self,
                       gint64       comment_id)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  if (self->triage != NULL && bal_place_has_comments (self->place))
    bal_triage_list_advance (self->triage, comment_id);
}
