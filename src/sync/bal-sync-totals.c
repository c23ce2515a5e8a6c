/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-sync-sweep-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * A blog tells how many comments it has in each state, and lists those of one state by ascending ids. As long as nothing
 * moved, the comment at a position there is the one at that position here. So the first place where they differ is found
 * by halving, and the page there shows which comments came into that state or left it.
 *
 * By position and not by date: dates are local times that jump twice a year, and an imported comment may have any.
 *
 * A row in a list is a fact. Absence is a suspicion, and who is suspected is asked for by the id. Totals are believed for no
 * more than where to look: when what was found does not explain them, everything is compared.
 */

/* Pages of lists that one search may read: beyond that, or beyond little more than everything, an inventory is the
 * better way. */
#define MAX_PAGES    60
#define FEW_PAGES    10
/* The same for comments that are not where they were. */
#define MAX_SUSPECTS 1000
/* Where the search begins, from the end of a list: what moves is mostly new. */
#define NEWEST       100

#define N_STATUSES   4

typedef struct
{
  BalSweep    *sweep;
  const guint *there;            /* totals, by status */
  guint        here[N_STATUSES];
  GHashTable  *statuses;         /* borrowed remote id -> status: what is known here, and what the blog told since */
  GPtrArray   *suspects;         /* owned remote ids */
  guint        n_pages;
  guint        max_pages;
} Search;

static void
search_clear (Search *self)
{
  g_clear_pointer (&self->statuses, g_hash_table_unref);
  g_clear_pointer (&self->suspects, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Search, search_clear)

/* -1: in none. @id outlives the search. */
static void
set_status (Search     *self,
            const char *id,
            int         status)
{
  gpointer old;

  if (g_hash_table_lookup_extended (self->statuses, id, NULL, &old) && GPOINTER_TO_INT (old) >= 0)
    self->here[GPOINTER_TO_INT (old)]--;
  if (status >= 0)
    self->here[status]++;
  g_hash_table_insert (self->statuses, (gpointer) id, GINT_TO_POINTER (status));
}

static void
add_statuses (Search     *self,
              GHashTable *known)
{
  GHashTableIter iter;
  gpointer id, status;

  g_hash_table_iter_init (&iter, known);
  while (g_hash_table_iter_next (&iter, &id, &status))
    set_status (self, id, CLAMP (GPOINTER_TO_INT (status), 0, N_STATUSES - 1));
}

/* ---- what the lists show ---- */

static BalPage *
read_page (Search            *self,
           BalCommentStatus   status,
           guint              position,
           GError           **error)
{
  BalSyncRun *run = self->sweep->run;

  BalPage *page = bal_provider_list_queue (run->provider, status, position, run->cancellable, error);

  self->n_pages++;
  if (page != NULL)
    bal_sync_run_came (run, page->items->len, BAL_SYNC_COMPARED_ROW_MS);
  return page;
}

static void
note_row (Search     *self,
          BalComment *row)
{
  BalSweep *sweep = self->sweep;
  const char *id = bal_comment_get_remote_id (row);
  gpointer kept, fact;

  if (!g_hash_table_lookup_extended (sweep->rows, id, &kept, &fact))
    {
      kept = g_strdup (id);
      fact = row;
      g_hash_table_insert (sweep->rows, kept, g_object_ref (row));
    }
  bal_comment_set_status (fact, bal_comment_get_status (row));
  set_status (self, kept, bal_comment_get_status (row));
}

static void
suspect (Search *self,
         guint64 number)
{
  char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, number);

  if (g_hash_table_contains (self->statuses, id))
    g_ptr_array_add (self->suspects, id);
  else
    g_free (id);
}

/* Each of them is somewhere else, or gone. */
static gboolean
look_at_suspects (Search  *self,
                  GError **error)
{
  BalSweep *sweep = self->sweep;
  guint n_found = sweep->found != NULL ? sweep->found->len : 0;
  guint n_gone = sweep->gone != NULL ? sweep->gone->len : 0;

  if (!bal_sweep_look_at (sweep, self->suspects, error))
    return FALSE;

  for (guint i = n_found; i < sweep->found->len; i++)
    {
      BalComment *comment = g_ptr_array_index (sweep->found, i);

      set_status (self, bal_comment_get_remote_id (comment), bal_comment_get_status (comment));
    }
  for (guint i = n_gone; i < sweep->gone->len; i++)
    set_status (self, g_ptr_array_index (sweep->gone, i), -1);
  g_ptr_array_set_size (self->suspects, 0);
  return TRUE;
}

static gboolean
may_go_on (Search *self)
{
  return self->n_pages < self->max_pages && self->suspects->len <= MAX_SUSPECTS;
}

/* ---- a list in order ---- */

static guint64
number_of (BalComment *row)
{
  return g_ascii_strtoull (bal_comment_get_remote_id (row), NULL, 10);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint64 one = *(const guint64 *) a, other = *(const guint64 *) b;

  return (one > other) - (one < other);
}

/* The ids of those in that state, as the blog would list them. */
static GArray *
list_numbers (Search           *self,
              BalCommentStatus  status)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint64));
  GHashTableIter iter;
  gpointer id, known;

  g_hash_table_iter_init (&iter, self->statuses);
  while (g_hash_table_iter_next (&iter, &id, &known))
    if (GPOINTER_TO_INT (known) == (int) status)
      {
        guint64 number = g_ascii_strtoull (id, NULL, 10);

        g_array_append_val (numbers, number);
      }
  g_array_sort (numbers, compare_numbers);
  return numbers;
}

static gboolean
is_at (GArray  *numbers,
       guint    position,
       BalPage *page)
{
  return page->items->len > 0 && position < numbers->len &&
         g_array_index (numbers, guint64, position) == number_of (g_ptr_array_index (page->items, 0));
}

/* Moves @position, up to which both sides are equal in number, to the last page of which that is so; NULL without error when
 * the search got too long. */
static BalPage *
find_page (Search            *self,
           BalCommentStatus   status,
           GArray            *numbers,
           guint             *position,
           GError           **error)
{
  g_autoptr(BalPage) page = NULL;    /* what is at @position, once it was read */
  guint end = self->there[status];   /* from here on they are unequal in number */
  guint probe = MAX (*position, end - MIN (end, NEWEST));

  while (page == NULL || (page->items->len > 0 && end - *position > page->items->len))
    {
      g_autoptr(BalPage) probed = may_go_on (self) ? read_page (self, status, probe, error) : NULL;

      if (probed == NULL)
        return NULL;

      if (probe == *position || is_at (numbers, probe, probed))
        {
          *position = probe;
          bal_page_free (page);
          page = g_steal_pointer (&probed);
        }
      else
        {
          end = probe;
        }
      /* The page at @position is not longer than NEWEST, as far as that can be known before it is read. */
      probe = page == NULL && end - *position <= NEWEST ? *position : *position + (end - *position) / 2;
    }
  return g_steal_pointer (&page);
}

/* Holds the page at @position against what is known here, and puts it in its place. */
static void
take_page (Search  *self,
           GArray  *numbers,
           guint    position,
           BalPage *page)
{
  g_autoptr(GHashTable) shown = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr(GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint end = position;

  for (guint i = 0; i < page->items->len; i++)
    {
      guint64 number = number_of (g_ptr_array_index (page->items, i));

      note_row (self, g_ptr_array_index (page->items, i));
      g_array_append_val (rows, number);
    }
  g_array_sort (rows, compare_numbers);
  for (guint i = 0; i < rows->len; i++)
    g_hash_table_add (shown, &g_array_index (rows, guint64, i));

  for (; end < numbers->len && rows->len > 0 &&
         g_array_index (numbers, guint64, end) <= g_array_index (rows, guint64, rows->len - 1); end++)
    if (!g_hash_table_contains (shown, &g_array_index (numbers, guint64, end)))
      suspect (self, g_array_index (numbers, guint64, end));

  if (end > position)
    g_array_remove_range (numbers, position, end - position);
  g_array_insert_vals (numbers, position, rows->data, rows->len);
}

static gboolean
search_ordered (Search            *self,
                BalCommentStatus   status,
                GError           **error)
{
  g_autoptr(GArray) numbers = list_numbers (self, status);
  guint n_there = self->there[status];
  guint position = 0;

  while (numbers->len != n_there && position < n_there)
    {
      g_autoptr(GError) failed = NULL;
      g_autoptr(BalPage) page = find_page (self, status, numbers, &position, &failed);

      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (page == NULL || page->items->len == 0)
        return TRUE;
      take_page (self, numbers, position, page);
      position += page->items->len;
    }

  /* What is known to come after the last one there. */
  for (guint i = n_there; numbers->len > n_there && i < numbers->len && may_go_on (self); i++)
    suspect (self, g_array_index (numbers, guint64, i));
  return TRUE;
}

/* ---- a list in any order ---- */

static gboolean
read_whole (Search            *self,
            BalCommentStatus   status,
            GError           **error)
{
  g_autoptr(GHashTable) shown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GArray) numbers = list_numbers (self, status);

  for (guint position = 0; position < self->there[status]; )
    {
      g_autoptr(GError) failed = NULL;
      g_autoptr(BalPage) page = may_go_on (self) ? read_page (self, status, position, &failed) : NULL;

      if (failed != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }
      if (page == NULL || page->items->len == 0)
        return TRUE;

      for (guint i = 0; i < page->items->len; i++)
        {
          BalComment *row = g_ptr_array_index (page->items, i);

          g_hash_table_add (shown, g_strdup (bal_comment_get_remote_id (row)));
          note_row (self, row);
        }
      position += page->items->len;
    }

  for (guint i = 0; i < numbers->len && may_go_on (self); i++)
    {
      g_autofree char *id = g_strdup_printf ("%" G_GUINT64_FORMAT, g_array_index (numbers, guint64, i));

      if (!g_hash_table_contains (shown, id))
        suspect (self, g_array_index (numbers, guint64, i));
    }
  return TRUE;
}

/* ---- which list first ---- */

static guint
estimate_pages (Search           *self,
                BalCommentStatus  status)
{
  guint n_pages = self->there[status] / NEWEST + 1;

  return status == BAL_COMMENT_STATUS_TRASH ? n_pages : 1 + g_bit_storage (n_pages - 1);
}

/* What left one list came to another, so that the cheapest often explains the next. -1: there is none left. */
static int
choose (Search         *self,
        const gboolean  searched[N_STATUSES])
{
  int best = -1;

  for (int status = 0; status < N_STATUSES; status++)
    if (!searched[status] && self->here[status] != self->there[status] &&
        (best < 0 || estimate_pages (self, status) < estimate_pages (self, best)))
      best = status;
  return best;
}

/* Something may have moved while we looked, so that one more look at the totals spares many pages. */
static gboolean
check_explained (Search    *self,
                 guint      counts[4],
                 gboolean  *explained,
                 GError   **error)
{
  BalSyncRun *run = self->sweep->run;
  g_autoptr(GError) failed = NULL;

  if (memcmp (self->here, counts, sizeof self->here) != 0)
    bal_provider_count_comments (run->provider, counts, run->cancellable, &failed);
  *explained = memcmp (self->here, counts, sizeof self->here) == 0;
  g_debug ("Totals of “%s” traced in %u pages: %s", bal_blog_get_name (run->blog), self->n_pages,
           *explained ? "explained" : "not explained");
  if (failed == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failed));
  return FALSE;
}

gboolean
bal_sweep_trace_totals (BalSweep  *sweep,
                        guint      counts[4],
                        gboolean  *explained,
                        GError   **error)
{
  BalSyncRun *run = sweep->run;
  g_auto(Search) self = { .sweep = sweep, .there = counts };
  gboolean searched[N_STATUSES] = { FALSE };
  int status;

  sweep->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self.statuses = g_hash_table_new (g_str_hash, g_str_equal);
  self.suspects = g_ptr_array_new_with_free_func (g_free);
  add_statuses (&self, sweep->bases);
  add_statuses (&self, sweep->strangers);
  self.max_pages = MIN (MAX_PAGES, FEW_PAGES + g_hash_table_size (self.statuses) / NEWEST);

  bal_sync_run_say (run, -1, _("Comparing with “%s”…"), bal_blog_get_name (run->blog));
  while ((status = choose (&self, searched)) >= 0)
    {
      searched[status] = TRUE;
      if (status == BAL_COMMENT_STATUS_TRASH ? !read_whole (&self, status, error)
                                             : !search_ordered (&self, status, error))
        return FALSE;
      if (!may_go_on (&self))
        g_ptr_array_set_size (self.suspects, 0);
      if (!look_at_suspects (&self, error))
        return FALSE;
    }

  bal_sweep_find_altered (sweep);
  return check_explained (&self, counts, explained, error);
}
