/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-rows.h"

#include <glib/gi18n.h>

#include "bal-grade-scale.h"
#include "bal-review-format.h"
#include "bal-review-html.h"

/* More than a list shows of a title. */
#define SORTED_BYTES 1000

#define REVIEW_COLUMNS                                                                     \
  "SELECT r.id, r.blog_id, r.remote_id, r.revision, r.key, r.title, r.excerpt, r.slug, r.url,"            \
  "  r.featured_image, r.status, r.audience, r.published, r.updated, r.series, r.film, r.film_year, r.grade,"         \
  "  r.watched_on, r.quote, r.quote_character, r.quote_actor, r.edit_seq,"                 \
  "  (SELECT count(*) FROM comment WHERE review_id = r.id AND status IN (0, 1)),"          \
  "  (SELECT count(*) FROM comment WHERE review_id = r.id AND status = 0),"                \
  BAL_SYNC_STATE_SQL ("1", "r.id")

static gboolean
set_not_found (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such review."));
  return FALSE;
}

/* Titles in a list are ordered without regard to case, accents and leading signs, the same on each computer; by their
 * beginnings, as a row and an index of it hold this once more. */
static char *
make_sort_title (const char *title)
{
  gsize length = title != NULL ? strlen (title) : 0;
  g_autofree char *valid = g_utf8_make_valid (title != NULL ? title : "", MIN (length, SORTED_BYTES));
  g_autofree char *decomposed = g_utf8_normalize (valid, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (decomposed, -1);
  GString *key = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c) || (key->len == 0 && !g_unichar_isalnum (c)))
        continue;
      g_string_append_unichar (key, c);
    }

  return g_string_free (key, FALSE);
}

/* 0…1; a review without a grade, or with one of another scale, comes last. */
static double
get_grade_value (BalReviewFormat *format,
                 BalReview       *review)
{
  const char *grade = bal_review_get_grade (review);
  double value;

  if (grade != NULL && bal_grade_scale_parse (bal_review_format_get_scale (format), grade, &value))
    return value;
  return -1;
}

static void
bind_row (BalStatement    *statement,
          BalReview       *review,
          BalReviewFormat *format,
          const char      *sort_title)
{
  gint64 published = bal_review_get_published (review);

  bal_statement_bind_int (statement, bal_review_get_blog_id (review));
  bal_statement_bind_text (statement, bal_review_get_remote_id (review));
  bal_statement_bind_text (statement, bal_review_get_revision (review));
  bal_statement_bind_text (statement, bal_review_get_key (review));
  bal_statement_bind_text (statement, bal_review_get_title (review));
  bal_statement_bind_text (statement, bal_review_get_excerpt (review));
  bal_statement_bind_text (statement, bal_review_get_slug (review));
  bal_statement_bind_text (statement, bal_review_get_url (review));
  bal_statement_bind_text (statement, bal_review_get_featured_image (review));
  bal_statement_bind_int (statement, bal_review_get_status (review));
  bal_statement_bind_int (statement, bal_review_get_audience (review));
  bal_statement_bind_int (statement, published);
  bal_statement_bind_int (statement, bal_review_get_updated (review));
  bal_statement_bind_text (statement, bal_review_get_series (review));
  bal_statement_bind_text (statement, bal_review_get_film (review));
  bal_statement_bind_int (statement, bal_review_get_film_year (review));
  bal_statement_bind_text (statement, bal_review_get_grade (review));
  bal_statement_bind_text (statement, bal_review_get_watched_on (review));
  bal_statement_bind_text (statement, bal_review_get_quote (review));
  bal_statement_bind_text (statement, bal_review_get_quote_character (review));
  bal_statement_bind_text (statement, bal_review_get_quote_actor (review));
  bal_statement_bind_int (statement, published != 0 ? published : bal_review_get_updated (review));
  bal_statement_bind_text (statement, sort_title);
  bal_statement_bind_double (statement, get_grade_value (format, review));
}

static void
read_row (BalStatement *statement,
          BalReview    *review)
{
  bal_review_set_id (review, bal_statement_read_int (statement));
  bal_review_set_blog_id (review, bal_statement_read_int (statement));
  bal_review_set_remote_id (review, bal_statement_read_text (statement));
  bal_review_set_revision (review, bal_statement_read_text (statement));
  bal_review_set_key (review, bal_statement_read_text (statement));
  bal_review_set_title (review, bal_statement_read_text (statement));
  bal_review_set_excerpt (review, bal_statement_read_text (statement));
  bal_review_set_slug (review, bal_statement_read_text (statement));
  bal_review_set_url (review, bal_statement_read_text (statement));
  bal_review_set_featured_image (review, bal_statement_read_text (statement));
  bal_review_set_status (review, bal_statement_read_int (statement));
  bal_review_set_audience (review, bal_statement_read_int (statement));
  bal_review_set_published (review, bal_statement_read_int (statement));
  bal_review_set_updated (review, bal_statement_read_int (statement));
  bal_review_set_series (review, bal_statement_read_text (statement));
  bal_review_set_film (review, bal_statement_read_text (statement));
  bal_review_set_film_year (review, bal_statement_read_int (statement));
  bal_review_set_grade (review, bal_statement_read_text (statement));
  bal_review_set_watched_on (review, bal_statement_read_text (statement));
  bal_review_set_quote (review, bal_statement_read_text (statement));
  bal_review_set_quote_character (review, bal_statement_read_text (statement));
  bal_review_set_quote_actor (review, bal_statement_read_text (statement));
  bal_review_set_edit_seq (review, bal_statement_read_int (statement));
  bal_review_set_comment_count (review, bal_statement_read_int (statement));
  bal_review_set_pending_count (review, bal_statement_read_int (statement));
  bal_review_set_sync_state (review, bal_statement_read_int (statement));
  bal_review_set_loaded (review, TRUE);
}

static gboolean
insert_row (BalTransaction  *transaction,
            BalReview       *review,
            GError         **error)
{
  g_autofree char *sort_title = make_sort_title (bal_review_get_title (review));
  BalReviewFormat *format = bal_transaction_get_format (transaction, bal_review_get_blog_id (review), error);
  g_autoptr(BalStatement) statement = NULL;

  if (format == NULL)
    return FALSE;

  bal_review_read_fields (review, format);
  statement = bal_transaction_prepare (transaction,
    "INSERT INTO review (blog_id, remote_id, revision, key, title, excerpt, slug, url, featured_image,"
    "  status, audience, published, updated, series, film, film_year, grade, watched_on, quote, quote_character,"
    "  quote_actor, sort_time, sort_title, grade_value, id, edit_seq)"
    "  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  if (statement == NULL)
    return FALSE;

  bind_row (statement, review, format, sort_title);
  bal_statement_bind_id (statement, bal_review_get_id (review));
  bal_statement_bind_int (statement, bal_review_get_edit_seq (review));
  return bal_statement_run (statement, error);
}

static gboolean
insert_body (BalTransaction  *transaction,
             BalReview       *review,
             GError         **error)
{
  const char *html = bal_review_get_html (review);
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO review_body (review_id, html) VALUES (?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  bal_statement_bind_text (statement, html != NULL ? html : "");
  return bal_statement_run (statement, error);
}

/* An id that is not 0 is kept. */
static gboolean
insert_whole (BalTransaction  *transaction,
              BalReview       *review,
              GError         **error)
{
  gint64 id;

  if (!insert_row (transaction, review, error))
    return FALSE;

  id = bal_connection_get_insert_id (transaction->connection);
  bal_review_set_id (review, id);
  if (!insert_body (transaction, review, error) ||
      !bal_review_labels_insert (transaction, review, error))
    return FALSE;

  transaction->text_waits = TRUE;
  bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ADDED, id);
  return TRUE;
}

gint64
bal_review_table_insert (BalTransaction  *transaction,
                         BalReview       *review,
                         GError         **error)
{
  bal_review_set_id (review, 0);
  return insert_whole (transaction, review, error) ? bal_review_get_id (review) : 0;
}

gboolean
bal_review_table_revive (BalTransaction  *transaction,
                         BalReview       *review,
                         GError         **error)
{
  return insert_whole (transaction, review, error) &&
         bal_transaction_queue_text (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), error);
}

gboolean
bal_review_table_take_in (BalTransaction  *transaction,
                          BalReview       *review,
                          gboolean        *taken,
                          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction,
    "SELECT 1 FROM review WHERE id = ? UNION ALL SELECT 1 FROM review WHERE blog_id = ? AND remote_id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  bal_statement_bind_int (statement, bal_review_get_blog_id (review));
  bal_statement_bind_text (statement, bal_review_get_remote_id (review));
  step = bal_statement_step (statement, error);
  *taken = step == BAL_STEP_DONE;
  return *taken ? insert_whole (transaction, review, error) : step != BAL_STEP_ERROR;
}

/* An item of a list carries no html: what is stored stays. */
static gboolean
complete_html (BalTransaction  *transaction,
               BalReview       *review,
               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  if (bal_review_get_html (review) != NULL)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "SELECT html FROM review_body WHERE review_id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    bal_review_set_html (review, bal_statement_read_text (statement));
  return step != BAL_STEP_ERROR;
}

static gboolean
update_row (BalTransaction  *transaction,
            BalReview       *review,
            GError         **error)
{
  g_autofree char *sort_title = make_sort_title (bal_review_get_title (review));
  BalReviewFormat *format = bal_transaction_get_format (transaction, bal_review_get_blog_id (review), error);
  g_autoptr(BalStatement) statement = NULL;

  if (format == NULL)
    return FALSE;

  bal_review_read_fields (review, format);
  statement = bal_transaction_prepare (transaction,
    "UPDATE review SET blog_id = ?, remote_id = ?, revision = ?, key = ?, title = ?, excerpt = ?, slug = ?,"
    "  url = ?, featured_image = ?, status = ?, audience = ?, published = ?, updated = ?, series = ?, film = ?,"
    "  film_year = ?, grade = ?, watched_on = ?, quote = ?, quote_character = ?, quote_actor = ?,"
    "  sort_time = ?, sort_title = ?, grade_value = ? WHERE id = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bind_row (statement, review, format, sort_title);
  bal_statement_bind_int (statement, bal_review_get_id (review));
  return bal_statement_run (statement, error);
}

/* Rewrites no text that is the same. */
static gboolean
update_body (BalTransaction  *transaction,
             BalReview       *review,
             gboolean        *changed,
             GError         **error)
{
  const char *html = bal_review_get_html (review) != NULL ? bal_review_get_html (review) : "";
  g_autoptr(BalStatement) statement = NULL;

  if (!bal_review_base_detach (transaction, bal_review_get_id (review), html, error))
    return FALSE;

  statement = bal_transaction_prepare (transaction,
    "UPDATE review_body SET html = ?1 WHERE review_id = ?2 AND html <> ?1", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, html);
  bal_statement_bind_int (statement, bal_review_get_id (review));
  if (!bal_statement_run (statement, error))
    return FALSE;

  *changed = bal_connection_get_n_changed (transaction->connection) > 0;
  return TRUE;
}

static gboolean
compare_title (BalTransaction  *transaction,
               BalReview       *review,
               gboolean        *changed,
               GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, "SELECT title FROM review WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_review_get_id (review));
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_DONE)
    return set_not_found (error);

  *changed = step == BAL_STEP_ROW &&
             g_strcmp0 (bal_statement_read_text (statement), bal_review_get_title (review)) != 0;
  return step == BAL_STEP_ROW;
}

gboolean
bal_review_table_update (BalTransaction  *transaction,
                         BalReview       *review,
                         GError         **error)
{
  gint64 id = bal_review_get_id (review);
  gboolean title_changed, body_changed, labels_changed;

  if (!compare_title (transaction, review, &title_changed, error) ||
      !complete_html (transaction, review, error) ||
      !update_row (transaction, review, error) ||
      !update_body (transaction, review, &body_changed, error) ||
      !bal_review_labels_update (transaction, review, &labels_changed, error))
    return FALSE;

  if ((title_changed || body_changed || labels_changed) &&
      !bal_transaction_queue_text (transaction, BAL_ENTITY_REVIEW, id, error))
    return FALSE;

  bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED, id);
  return TRUE;
}

BalReview *
bal_review_table_get (BalTransaction  *transaction,
                      gint64           id,
                      GError         **error)
{
  g_autoptr(BalReview) review = bal_review_new (id);
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    REVIEW_COLUMNS ", b.html FROM review r LEFT JOIN review_body b ON b.review_id = r.id WHERE r.id = ?",
    error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  switch (bal_statement_step (statement, error))
    {
    case BAL_STEP_ROW:
      read_row (statement, review);
      bal_review_set_html (review, bal_statement_read_text (statement));
      return bal_review_labels_read (transaction, review, error) ? g_steal_pointer (&review) : NULL;

    case BAL_STEP_DONE:
      set_not_found (error);
      return NULL;

    case BAL_STEP_ERROR:
    default:
      return NULL;
    }
}

GPtrArray *
bal_review_table_list (BalTransaction  *transaction,
                       const gint64    *ids,
                       guint            n_ids,
                       GError         **error)
{
  g_autoptr(GPtrArray) reviews = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, REVIEW_COLUMNS " FROM review r WHERE r.id = ?", error);
  if (statement == NULL)
    return NULL;

  for (guint i = 0; i < n_ids; i++)
    {
      BalReview *review;
      BalStep step;

      bal_statement_bind_int (statement, ids[i]);
      step = bal_statement_step (statement, error);
      if (step == BAL_STEP_ERROR)
        return NULL;

      if (step == BAL_STEP_ROW)
        {
          review = bal_review_new (ids[i]);
          g_ptr_array_add (reviews, review);
          read_row (statement, review);
          if (!bal_review_labels_read (transaction, review, error))
            return NULL;
        }
      bal_statement_rewind (statement);
    }

  return g_steal_pointer (&reviews);
}

static gint64
find_id (BalTransaction  *transaction,
         const char      *sql,
         gint64           blog_id,
         const char      *text,
         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (text == NULL)
    return 0;

  statement = (bal_connection_prepare_cached) (transaction->connection, sql, error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, blog_id);
  bal_statement_bind_text (statement, text);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
}

gint64
bal_review_table_find_remote (BalTransaction  *transaction,
                              gint64           blog_id,
                              const char      *remote_id,
                              GError         **error)
{
  return find_id (transaction, "SELECT id FROM review WHERE blog_id = ? AND remote_id = ?",
                  blog_id, remote_id, error);
}

gint64
bal_review_table_find_key (BalTransaction  *transaction,
                           gint64           blog_id,
                           const char      *key,
                           GError         **error)
{
  return find_id (transaction, "SELECT id FROM review WHERE blog_id = ? AND key = ?", blog_id, key, error);
}

gint64
bal_review_table_find_address (BalTransaction  *transaction,
                               BalReview       *review,
                               GError         **error)
{
  const char *slug = bal_review_get_slug (review);
  g_autoptr(BalStatement) statement = NULL;

  if (slug == NULL || *slug == '\0' || bal_review_get_published (review) == 0)
    return 0;

  statement = bal_transaction_prepare (transaction,
    "SELECT id FROM review WHERE blog_id = ? AND slug = ? AND published = ? AND id <> ? AND remote_id IS NOT NULL"
    "  AND NOT EXISTS (SELECT 1 FROM conflict WHERE entity = 1 AND entity_id = review.id) ORDER BY id DESC",
    error);
  if (statement == NULL)
    return 0;

  bal_statement_bind_int (statement, bal_review_get_blog_id (review));
  bal_statement_bind_text (statement, slug);
  bal_statement_bind_int (statement, bal_review_get_published (review));
  bal_statement_bind_int (statement, bal_review_get_id (review));
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_statement_read_int (statement) : 0;
}

gboolean
bal_review_rows_read_fields_anew (BalTransaction  *transaction,
                                  gint64           blog_id,
                                  GError         **error)
{
  g_autoptr(GArray) ids = NULL;
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT id FROM review WHERE blog_id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, blog_id);
  ids = bal_statement_list_ids (statement, error);
  if (ids == NULL)
    return FALSE;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr(BalReview) review = bal_review_table_get (transaction, g_array_index (ids, gint64, i), error);

      if (review == NULL || !update_row (transaction, review, error))
        return FALSE;
      bal_transaction_note (transaction, BAL_ENTITY_REVIEW, BAL_CHANGE_ALTERED, bal_review_get_id (review));
    }

  return TRUE;
}
