/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sidebar-private.h"

#include <glib/gi18n.h>

#define MAX_SERIES 200

/* A pull commits many pages a second: the numbers need not follow each. */
#define REFRESH_MS 200

enum { PLACE_SELECTED, ACTIVATED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalSidebar, bal_sidebar, GTK_TYPE_WIDGET)

static const struct
{
  BalPlaceKind kind;
  int          status;
} fixed_places[] = {
  { BAL_PLACE_REVIEWS, -1 },
  { BAL_PLACE_REVIEWS, BAL_REVIEW_STATUS_DRAFT },
  { BAL_PLACE_REVIEWS, BAL_REVIEW_STATUS_SCHEDULED },
  { BAL_PLACE_REVIEWS, BAL_REVIEW_STATUS_PUBLISHED },
  { BAL_PLACE_REVIEWS, BAL_REVIEW_STATUS_PRIVATE },
  { BAL_PLACE_REVIEWS, BAL_REVIEW_STATUS_TRASH },
  { BAL_PLACE_COMMENTS, -1 },
  { BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_PENDING },
  { BAL_PLACE_UNANSWERED, -1 },
  { BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_APPROVED },
  { BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_SPAM },
  { BAL_PLACE_COMMENTS, BAL_COMMENT_STATUS_TRASH },
  { BAL_PLACE_MINE, -1 },
  { BAL_PLACE_CONFLICTS, -1 },
  { BAL_PLACE_OUTBOX, -1 },
};

typedef struct
{
  gint64     blog_id;
  BalCounts  counts;
  GPtrArray *series;
  GPtrArray *filters;
} ReadJob;

static void
read_job_free (gpointer data)
{
  ReadJob *job = data;

  g_clear_pointer (&job->series, g_ptr_array_unref);
  g_clear_pointer (&job->filters, g_ptr_array_unref);
  g_free (job);
}

static gboolean
read_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ReadJob *job = data;

  if (!bal_counts_read (transaction, job->blog_id, &job->counts, error))
    return FALSE;
  job->series = bal_review_table_list_series (transaction, job->blog_id, error);
  job->filters = job->series != NULL ? bal_filter_table_list (transaction, error) : NULL;

  return job->filters != NULL;
}

static guint
get_count (const BalCounts *counts,
           const BalPlace  *place)
{
  switch (place->kind)
    {
    case BAL_PLACE_REVIEWS:
      if (place->status >= 0)
        return counts->reviews[place->status];
      return counts->reviews[BAL_REVIEW_STATUS_DRAFT] + counts->reviews[BAL_REVIEW_STATUS_SCHEDULED] +
             counts->reviews[BAL_REVIEW_STATUS_PUBLISHED] + counts->reviews[BAL_REVIEW_STATUS_PRIVATE];
    case BAL_PLACE_COMMENTS:
      if (place->status >= 0)
        return counts->comments[place->status];
      return counts->comments[BAL_COMMENT_STATUS_PENDING] + counts->comments[BAL_COMMENT_STATUS_APPROVED];
    case BAL_PLACE_UNANSWERED:
      return counts->unanswered;
    case BAL_PLACE_MINE:
      return counts->mine;
    case BAL_PLACE_CONFLICTS:
      return counts->conflicts;
    case BAL_PLACE_OUTBOX:
      return counts->outbox;
    case BAL_PLACE_SERIES:
    case BAL_PLACE_FILTER:
    default:
      return 0;
    }
}

/* Conflicts and outbox vanish when they are empty, but not from under the person. */
static void
show_counts (BalSidebar      *self,
             const BalCounts *counts)
{
  GtkListBoxRow *selected = gtk_list_box_get_selected_row (self->list);

  for (guint i = 0; i < self->fixed->len; i++)
    {
      BalSidebarRow *row = self->fixed->pdata[i];
      const BalPlace *place = bal_sidebar_row_get_place (row);
      guint count = get_count (counts, place);

      bal_sidebar_row_set_count (row, count);
      if (place->kind == BAL_PLACE_CONFLICTS || place->kind == BAL_PLACE_OUTBOX)
        gtk_widget_set_visible (GTK_WIDGET (row), count > 0 || GTK_LIST_BOX_ROW (row) == selected);
    }
}

static gboolean
has_same_series (BalSidebar *self,
                 GPtrArray  *series)
{
  if (self->series->len != MIN (series->len, MAX_SERIES))
    return FALSE;

  for (guint i = 0; i < self->series->len; i++)
    {
      const BalNamedCount *named = series->pdata[i];

      if (!g_str_equal (bal_sidebar_row_get_place (self->series->pdata[i])->series, named->name))
        return FALSE;
    }

  return TRUE;
}

static void
show_series (BalSidebar *self,
             GPtrArray  *series)
{
  if (!has_same_series (self, series))
    {
      const BalPlace *place = bal_sidebar_get_place (self);
      g_autoptr(BalPlace) selected = place ? bal_place_copy (place) : NULL;

      self->quiet = TRUE;
      for (guint i = 0; i < self->series->len; i++)
        gtk_list_box_remove (self->list, self->series->pdata[i]);
      g_ptr_array_set_size (self->series, 0);
      for (guint i = 0; i < series->len && i < MAX_SERIES; i++)
        {
          const BalNamedCount *named = series->pdata[i];
          GtkWidget *row = bal_sidebar_row_new (bal_place_new (BAL_PLACE_SERIES, -1, named->name));

          g_ptr_array_add (self->series, row);
          gtk_list_box_append (self->list, row);
          if (selected != NULL && bal_place_equal (selected, bal_sidebar_row_get_place (BAL_SIDEBAR_ROW (row))))
            gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
        }
      self->quiet = FALSE;
    }

  for (guint i = 0; i < self->series->len; i++)
    bal_sidebar_row_set_count (self->series->pdata[i], ((BalNamedCount *) series->pdata[i])->count);
}

static void read_numbers (BalSidebar *self);

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(BalSidebar) self = user_data;
  g_autoptr(GError) error = NULL;
  ReadJob *job;

  self->reading = FALSE;
  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("Reading the numbers of the sidebar: %s", error->message);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  job = bal_store_get_work_data (result);
  if (job->blog_id == self->blog_id)
    {
      show_counts (self, &job->counts);
      show_series (self, job->series);
      bal_sidebar_show_filters (self, job->filters);
    }
  if (self->read_again)
    read_numbers (self);
}

static void
read_numbers (BalSidebar *self)
{
  ReadJob *job;

  if (self->reading)
    {
      self->read_again = TRUE;
      return;
    }

  self->reading = TRUE;
  self->read_again = FALSE;
  job = g_new0 (ReadJob, 1);
  job->blog_id = self->blog_id;
  bal_store_read_async (self->store, read_work, job, read_job_free, self->cancellable,
                        read_cb, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer data)
{
  BalSidebar *self = data;

  self->refresh_id = 0;
  read_numbers (self);

  return G_SOURCE_REMOVE;
}

static void
store_changed_cb (BalSidebar   *self,
                  BalChangeSet *changes)
{
  if (self->refresh_id == 0)
    self->refresh_id = g_timeout_add (REFRESH_MS, refresh_cb, self);
}

static void
row_selected_cb (BalSidebar    *self,
                 GtkListBoxRow *row)
{
  if (row != NULL && !self->quiet)
    g_signal_emit (self, signals[PLACE_SELECTED], 0, bal_sidebar_row_get_place (BAL_SIDEBAR_ROW (row)));
}

static void
row_activated_cb (BalSidebar *self)
{
  g_signal_emit (self, signals[ACTIVATED], 0);
}

static const char *
get_section (const BalPlace *place)
{
  if (bal_place_has_comments (place))
    return _("Comments");
  if (place->kind == BAL_PLACE_SERIES)
    /* Translators: the heading of several series */
    return C_("places", "Series");
  if (place->kind == BAL_PLACE_REVIEWS)
    return _("Reviews");

  return _("To Do");
}

static void
header_cb (GtkListBoxRow *row,
           GtkListBoxRow *before,
           gpointer       user_data)
{
  const char *section = get_section (bal_sidebar_row_get_place (BAL_SIDEBAR_ROW (row)));
  GtkWidget *label;

  if (before != NULL &&
      g_str_equal (section, get_section (bal_sidebar_row_get_place (BAL_SIDEBAR_ROW (before)))))
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;

  label = gtk_label_new (section);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-section");
  gtk_list_box_row_set_header (row, label);
}

static void
bal_sidebar_dispose (GObject *object)
{
  BalSidebar *self = BAL_SIDEBAR (object);

  self->quiet = TRUE;
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_handle_id (&self->count_id, g_source_remove);
  g_clear_object (&self->store);
  bal_sidebar_close_filter_menu (self);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);

  G_OBJECT_CLASS (bal_sidebar_parent_class)->dispose (object);
}

static void
bal_sidebar_finalize (GObject *object)
{
  BalSidebar *self = BAL_SIDEBAR (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->fixed, g_ptr_array_unref);
  g_clear_pointer (&self->series, g_ptr_array_unref);
  g_clear_pointer (&self->filters, g_ptr_array_unref);

  G_OBJECT_CLASS (bal_sidebar_parent_class)->finalize (object);
}

static void
bal_sidebar_class_init (BalSidebarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = bal_sidebar_dispose;
  object_class->finalize = bal_sidebar_finalize;

  signals[PLACE_SELECTED] = g_signal_new ("place-selected", BAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                          NULL, G_TYPE_NONE, 1,
                                          BAL_TYPE_PLACE | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[ACTIVATED] = g_signal_new ("activated", BAL_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/balcony/Balcony/bal-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, BalSidebar, scrolled);
  gtk_widget_class_bind_template_child (widget_class, BalSidebar, list);
  bal_sidebar_install_filter_actions (widget_class);
}

static void
bal_sidebar_init (BalSidebar *self)
{
  self->cancellable = g_cancellable_new ();
  self->fixed = g_ptr_array_new ();
  self->series = g_ptr_array_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (fixed_places); i++)
    {
      BalPlace *place = bal_place_new (fixed_places[i].kind, fixed_places[i].status, NULL);
      GtkWidget *row = bal_sidebar_row_new (place);

      gtk_widget_set_visible (row, place->kind != BAL_PLACE_CONFLICTS && place->kind != BAL_PLACE_OUTBOX);
      g_ptr_array_add (self->fixed, row);
      gtk_list_box_append (self->list, row);
    }
  gtk_list_box_set_header_func (self->list, header_cb, NULL, NULL);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  bal_sidebar_init_filters (self);
}

void
bal_sidebar_set_store (BalSidebar *self,
                       BalStore   *store)
{
  g_return_if_fail (BAL_IS_SIDEBAR (self));
  g_return_if_fail (BAL_IS_STORE (store));
  g_return_if_fail (self->store == NULL);

  self->store = g_object_ref (store);
  g_signal_connect_object (store, "changed", G_CALLBACK (store_changed_cb), self, G_CONNECT_SWAPPED);
  read_numbers (self);
}

void
bal_sidebar_set_blog (BalSidebar *self,
                      gint64      blog_id)
{
  g_return_if_fail (BAL_IS_SIDEBAR (self));

  if (self->blog_id == blog_id)
    return;

  self->blog_id = blog_id;
  read_numbers (self);
}

void
bal_sidebar_select (BalSidebar   *self,
                    BalPlaceKind  kind,
                    int           status)
{
  g_return_if_fail (BAL_IS_SIDEBAR (self));

  for (guint i = 0; i < self->fixed->len; i++)
    {
      const BalPlace *place = bal_sidebar_row_get_place (self->fixed->pdata[i]);

      if (place->kind == kind && place->status == status)
        gtk_list_box_select_row (self->list, self->fixed->pdata[i]);
    }
}

const BalPlace *
bal_sidebar_get_place (BalSidebar *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (BAL_IS_SIDEBAR (self), NULL);

  row = gtk_list_box_get_selected_row (self->list);

  return row ? bal_sidebar_row_get_place (BAL_SIDEBAR_ROW (row)) : NULL;
}

void
bal_sidebar_focus (BalSidebar *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  g_return_if_fail (BAL_IS_SIDEBAR (self));

  gtk_widget_grab_focus (row ? GTK_WIDGET (row) : GTK_WIDGET (self->list));
}
