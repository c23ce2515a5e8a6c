/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-list-pane.h"

#include "bal-bulk-bar.h"
#include "bal-comment-list.h"
#include "bal-list-row.h"
#include "bal-review-list.h"
#include "bal-triage-list.h"
#include "bal-waiting-bar.h"
#include "bal-waiting-list.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* More rows than a tall screen shows. GTK makes a widget for each of the first two hundred, which the first frame
 * would wait for. */
#define BRIEF_ROWS 24

struct _BalListPane
{
  GtkWidget           parent_instance;

  BalStore           *store;
  BalPlace           *place;
  gint64              blog_id;
  gint64              wanted_id;      /* a review to select when it comes */
  gint64              told_id;        /* what was last reported as selected */
  gboolean            has_blogs;
  gboolean            brief;          /* only what the first frame can show */
  BalReviewList      *reviews;        /* these three are made when first shown */
  BalCommentList     *comments;
  BalWaitingList     *waiting;
  GtkSelectionModel  *review_selection;
  GtkSelectionModel  *comment_selection;
  GtkSelectionModel  *waiting_selection;
  BalTriageList      *triage;         /* made with the comments */
  AdwStatusPage      *status_page;    /* borrowed, in the stack; made when first needed */
  GtkWidget          *add_blog_button;

  /* template children */
  GtkWidget          *content;
  GtkEditable        *search_entry;
  GtkToggleButton    *spam_first_button;
  GtkStack           *stack;
  GtkWidget          *scrolled;
  GtkListView        *list;
  BalBulkBar         *bulk_bar;
  BalWaitingBar      *waiting_bar;
};

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

static const char *
get_search (BalListPane *self)
{
  const char *text = gtk_editable_get_text (self->search_entry);

  return *text != '\0' ? text : NULL;
}

static void
make_status_page (BalListPane *self)
{
  self->status_page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->status_page), "compact");

  self->add_blog_button = gtk_button_new_with_mnemonic (_("_Add a Blog"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add_blog_button), "win.add-blog");
  gtk_widget_add_css_class (self->add_blog_button, "pill");
  gtk_widget_add_css_class (self->add_blog_button, "suggested-action");
  gtk_widget_set_halign (self->add_blog_button, GTK_ALIGN_CENTER);
  adw_status_page_set_child (self->status_page, self->add_blog_button);

  gtk_stack_add_named (self->stack, GTK_WIDGET (self->status_page), "empty");
}

static void
show_empty (BalListPane *self)
{
  gboolean searching = get_search (self) != NULL;

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
                                       searching ? _("Try other words or another place in the sidebar.") : NULL);
    }
  gtk_widget_set_visible (self->add_blog_button, !self->has_blogs);
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

static gboolean
is_loading (BalListPane *self)
{
  if (bal_place_has_comments (self->place))
    return bal_comment_list_get_loading (self->comments);
  if (bal_place_has_reviews (self->place))
    return bal_review_list_get_loading (self->reviews);

  return bal_waiting_list_get_loading (self->waiting);
}

static void
update_stack (BalListPane *self)
{
  GtkSelectionModel *model = gtk_list_view_get_model (self->list);

  if (model == NULL || self->place == NULL)
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (model)) > 0)
    {
      gtk_stack_set_visible_child (self->stack, self->scrolled);
      gtk_widget_set_focusable (GTK_WIDGET (self->stack), FALSE);
    }
  else if (!is_loading (self))
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

static void
items_changed_cb (BalListPane *self)
{
  update_stack (self);
  select_wanted (self);
  if (self->triage != NULL && bal_place_has_comments (self->place))
    bal_triage_list_refresh (self->triage);
}

static void
review_selected_cb (BalListPane *self)
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

static void
waiting_selected_cb (BalListPane *self)
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

static void
update_bulk (BalListPane *self,
             guint        n_selected)
{
  gboolean by_status = self->place->kind == BAL_PLACE_COMMENTS;

  bal_bulk_bar_update (self->bulk_bar,
                       bal_place_has_comments (self->place) ? n_selected : 0,
                       by_status ? self->place->status : -1, self->place->kind == BAL_PLACE_UNANSWERED);
}

static void
comments_selected_cb (BalListPane *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (self->comment_selection);
  guint n_selected = gtk_bitset_get_size (selected);

  update_bulk (self, n_selected);

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

static void
write_cb (BalListPane *self,
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

/* ---- queries ---- */

/* Consumes @selection. After: the view must know of a change before anything is selected in it or scrolled to. */
static GtkSelectionModel *
watch (BalListPane *self,
       gpointer     model,
       gpointer     selection)
{
  g_signal_connect_object (selection, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (items_changed_cb), self, G_CONNECT_SWAPPED);

  return selection;
}

static GtkSelectionModel *
select_one (BalListPane *self,
            gpointer     model,
            GCallback    selected_cb)
{
  GtkSingleSelection *selection = gtk_single_selection_new (g_object_ref (model));

  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  g_signal_connect_object (selection, "notify::selected", selected_cb, self, G_CONNECT_SWAPPED);

  return watch (self, model, selection);
}

static void
query_reviews (BalListPane *self)
{
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;

  if (self->reviews == NULL)
    {
      self->reviews = bal_review_list_new (self->store);
      self->review_selection = select_one (self, self->reviews, G_CALLBACK (review_selected_cb));
    }

  query.blog_id = self->blog_id;
  query.status = self->place->kind == BAL_PLACE_REVIEWS ? self->place->status : -1;
  query.series = self->place->series;
  query.search = get_search (self);
  query.limit = self->brief ? BRIEF_ROWS : 0;
  bal_review_list_set_query (self->reviews, &query);
  gtk_list_view_set_model (self->list, self->review_selection);
}

/* The one place where it is worth asking what is likely spam. */
static gboolean
is_pending (BalPlace *place)
{
  return place->kind == BAL_PLACE_COMMENTS && place->status == BAL_COMMENT_STATUS_PENDING;
}

static void
query_comments (BalListPane *self)
{
  BalCommentQuery query = BAL_COMMENT_QUERY_INIT;
  g_autoptr(BalCommentFilter) filter = NULL;

  if (self->comments == NULL)
    {
      self->comments = bal_comment_list_new (self->store);
      self->comment_selection =
        watch (self, self->comments, gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->comments))));
      g_signal_connect_object (self->comment_selection, "selection-changed",
                               G_CALLBACK (comments_selected_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->comment_selection, "items-changed", G_CALLBACK (comments_selected_cb), self,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
      self->triage = bal_triage_list_new (self->list, GTK_WIDGET (self->stack), self->store, self->comments,
                                          self->comment_selection);
      g_signal_connect_object (self->triage, "write", G_CALLBACK (write_cb), self, G_CONNECT_SWAPPED);
    }

  query.blog_id = self->blog_id;
  query.status = self->place->kind == BAL_PLACE_COMMENTS ? self->place->status : -1;
  query.unanswered = self->place->kind == BAL_PLACE_UNANSWERED;
  query.mine = self->place->kind == BAL_PLACE_MINE;
  query.filter = filter = get_search (self) != NULL ? bal_comment_filter_new (get_search (self)) : NULL;
  query.spam_first = is_pending (self->place) && gtk_toggle_button_get_active (self->spam_first_button);
  bal_comment_list_set_query (self->comments, &query);
  gtk_list_view_set_model (self->list, self->comment_selection);
}

static void
query_waiting (BalListPane *self)
{
  if (self->waiting == NULL)
    {
      self->waiting = bal_waiting_list_new (self->store);
      self->waiting_selection =
        watch (self, self->waiting, gtk_multi_selection_new (g_object_ref (G_LIST_MODEL (self->waiting))));
      g_signal_connect_object (self->waiting_selection, "selection-changed", G_CALLBACK (waiting_selected_cb), self,
                               G_CONNECT_SWAPPED);
    }

  bal_waiting_list_show (self->waiting, self->place->kind == BAL_PLACE_CONFLICTS, self->blog_id);
  gtk_list_view_set_model (self->list, self->waiting_selection);
}

static void
run_query (BalListPane *self)
{
  if (self->place == NULL || self->store == NULL)
    return;

  if (bal_place_has_comments (self->place))
    query_comments (self);
  else if (bal_place_has_reviews (self->place))
    query_reviews (self);
  else
    query_waiting (self);

  gtk_widget_insert_action_group (GTK_WIDGET (self), "triage",
                                  bal_place_has_comments (self->place) ? bal_triage_list_get_actions (self->triage)
                                                                       : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spam_first_button), is_pending (self->place));
  update_bulk (self, 0);
  bal_waiting_bar_show (self->waiting_bar, self->place->kind == BAL_PLACE_OUTBOX ? self->waiting_selection : NULL);
  update_stack (self);
}

static void
search_changed_cb (BalListPane *self)
{
  if (self->place != NULL && (bal_place_has_comments (self->place) || bal_place_has_reviews (self->place)))
    run_query (self);
}

static void
spam_first_toggled_cb (BalListPane *self)
{
  run_query (self);
}

static void
stop_search_cb (BalListPane *self)
{
  gtk_editable_set_text (self->search_entry, "");
  bal_list_pane_focus_list (self);
}

static void
search_activate_cb (BalListPane *self)
{
  bal_list_pane_focus_list (self);
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
  gtk_widget_class_bind_template_child (widget_class, BalListPane, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, spam_first_button);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, stack);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, list);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, bulk_bar);
  gtk_widget_class_bind_template_child (widget_class, BalListPane, waiting_bar);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, spam_first_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
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
  bal_waiting_bar_attach (self->waiting_bar, self->list, store);
  run_query (self);
}

void
bal_list_pane_show_all (BalListPane *self)
{
  g_return_if_fail (BAL_IS_LIST_PANE (self));

  if (!self->brief)
    return;

  self->brief = FALSE;
  if (self->place != NULL && bal_place_has_reviews (self->place))
    run_query (self);
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

  g_signal_handlers_block_by_func (self->search_entry, search_changed_cb, self);
  gtk_editable_set_text (self->search_entry, "");
  g_signal_handlers_unblock_by_func (self->search_entry, search_changed_cb, self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->search_entry),
                            bal_place_has_comments (place) || bal_place_has_reviews (place));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, bal_place_get_title (place), -1);
  run_query (self);
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
  update_stack (self);
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

  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
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
