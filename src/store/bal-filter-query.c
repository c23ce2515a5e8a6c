/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-filter-query.h"

#include <string.h>

#include "bal-search-words.h"
#include "bal-tables.h"
#include "bal-text-tokenizer.h"

/* FTS5 takes no expression of more than 256 phrases, and SQLite no deeper condition than a thousand. */
#define PHRASES_A_MATCH 64
#define MAX_PHRASES     10000

#define IN_COMMENTS     "id IN (SELECT rowid FROM comment_fts WHERE comment_fts MATCH ?)"
#define LEADS           "comment_fts MATCH ?"
#define NOT_IN_COMMENTS "id NOT IN (SELECT rowid FROM comment_fts WHERE comment_fts MATCH ?)"
#define IN_REVIEWS      "review_id IN (SELECT rowid FROM review_fts WHERE review_fts MATCH ?)"
#define NOT_IN_REVIEWS  "review_id NOT IN (SELECT rowid FROM review_fts WHERE review_fts MATCH ?)"

typedef struct
{
  BalQueryText *text;
  const char   *condition;
  GString      *match;        /* what is still to be added under it */
  guint         n_phrases;
  guint         n_all;
  gboolean      leads;        /* the first match is that of the table itself */
} Matcher;

static void
matcher_clear (Matcher *self)
{
  g_string_free (self->match, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Matcher, matcher_clear)

static const char *
get_columns (BalFilterKind kind)
{
  switch (kind)
    {
    case BAL_FILTER_FROM:
      return "{author origin} : ";
    case BAL_FILTER_REVIEW:
      return "title : ";
    default:
      return "{author body} : ";
    }
}

static void
end_match (Matcher *matcher)
{
  if (matcher->n_phrases > 0)
    bal_query_text_add_text (matcher->text, matcher->leads ? LEADS : matcher->condition, matcher->match->str);
  matcher->leads = matcher->leads && matcher->n_phrases == 0;
  g_string_truncate (matcher->match, 0);
  matcher->n_phrases = 0;
}

/* All phrases must be there, or none of those that are negated may. */
static void
add_phrase (Matcher             *matcher,
            const BalFilterTerm *term,
            gboolean             prefix)
{
  if (matcher->n_all == MAX_PHRASES)
    return;

  if (matcher->n_phrases > 0)
    g_string_append (matcher->match, term->negated ? " OR " : " AND ");
  g_string_append (matcher->match, get_columns (term->kind));
  bal_text_tokenizer_append_phrase (matcher->match, term->text, prefix);
  matcher->n_all++;
  if (++matcher->n_phrases == PHRASES_A_MATCH)
    end_match (matcher);
}

/* Names are searched by their beginnings; of words the one that may still be being typed. */
static gboolean
is_prefix (BalCommentFilter *filter,
           guint             i)
{
  const BalFilterTerm *term = bal_comment_filter_get_term (filter, i);

  if (term->kind != BAL_FILTER_WORD)
    return TRUE;
  if (term->quoted || term->negated)
    return FALSE;

  for (guint j = i + 1; j < bal_comment_filter_get_n_terms (filter); j++)
    {
      const BalFilterTerm *later = bal_comment_filter_get_term (filter, j);

      if (later->kind == BAL_FILTER_WORD && !later->negated)
        return FALSE;
    }
  return TRUE;
}

/* ---- reviews by their id, blogs by their name ---- */

static gboolean
read_review_id (const BalFilterTerm *term,
                gint64              *id)
{
  return term->kind == BAL_FILTER_REVIEW && *term->text == '#' &&
         g_ascii_string_to_signed (term->text + 1, 10, 1, G_MAXINT64, id, NULL);
}

static char *
fold (const char *text)
{
  g_auto(GStrv) words = bal_search_words_list (text);

  return g_strjoinv (" ", words);
}

/* Adds which blogs are meant: those of any positive term, and of no negated one. */
static gboolean
add_blogs (BalQueryText      *text,
           BalTransaction    *transaction,
           BalCommentFilter  *filter,
           GError           **error)
{
  g_autoptr(GPtrArray) blogs = bal_blog_table_list (transaction, error);
  g_autoptr(GString) condition = g_string_new ("blog_id IN (");

  if (blogs == NULL)
    return FALSE;

  for (guint i = 0, n = 0; i < blogs->len; i++)
    {
      g_autofree char *name = fold (bal_blog_get_name (blogs->pdata[i]));
      gboolean asked = FALSE, meant = FALSE, excluded = FALSE;

      for (guint j = 0; j < bal_comment_filter_get_n_terms (filter); j++)
        {
          const BalFilterTerm *term = bal_comment_filter_get_term (filter, j);
          g_autofree char *wanted = term->kind == BAL_FILTER_BLOG ? fold (term->text) : NULL;

          if (wanted == NULL || *wanted == '\0')
            continue;
          asked |= !term->negated;
          meant |= !term->negated && strstr (name, wanted) != NULL;
          excluded |= term->negated && strstr (name, wanted) != NULL;
        }
      if ((meant || !asked) && !excluded)
        g_string_append_printf (condition, "%s%" G_GINT64_FORMAT, n++ > 0 ? ", " : "",
                                bal_blog_get_id (blogs->pdata[i]));
    }
  g_string_append_c (condition, ')');
  bal_query_text_add (text, condition->str);
  return TRUE;
}

/* ---- all of them ---- */

static void
add_review_id (BalQueryText        *text,
               const BalFilterTerm *term,
               gint64               id)
{
  bal_query_text_add_int (text, term->negated ? "review_id <>" : "review_id =", id);
}

gboolean
bal_filter_query_can_lead (BalCommentFilter *filter)
{
  for (guint i = 0; i < bal_comment_filter_get_n_terms (filter); i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (filter, i);

      if (term->kind <= BAL_FILTER_FROM && !term->negated && bal_search_words_any (term->text))
        return TRUE;
    }
  return FALSE;
}

gboolean
bal_filter_query_by_review (BalCommentFilter *filter)
{
  for (guint i = 0; i < bal_comment_filter_get_n_terms (filter); i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (filter, i);

      if (term->kind == BAL_FILTER_REVIEW && !term->negated && bal_search_words_any (term->text))
        return !bal_filter_query_can_lead (filter);
    }
  return FALSE;
}

gboolean
bal_filter_query_add_words (BalQueryText      *text,
                            BalTransaction    *transaction,
                            BalCommentFilter  *filter,
                            gboolean           leads,
                            gboolean          *nothing,
                            GError           **error)
{
  g_auto(Matcher) in_comments = { text, IN_COMMENTS, g_string_new (NULL), 0, 0, leads };
  g_auto(Matcher) not_in_comments = { text, NOT_IN_COMMENTS, g_string_new (NULL), 0, 0 };
  g_auto(Matcher) in_reviews = { text, IN_REVIEWS, g_string_new (NULL), 0, 0 };
  g_auto(Matcher) not_in_reviews = { text, NOT_IN_REVIEWS, g_string_new (NULL), 0, 0 };
  guint n_terms = bal_comment_filter_get_n_terms (filter), n_signs = 0;
  gboolean has_blog = FALSE;

  for (guint i = 0; i < n_terms; i++)
    {
      const BalFilterTerm *term = bal_comment_filter_get_term (filter, i);
      gint64 review_id;

      if (term->kind > BAL_FILTER_BLOG)
        continue;
      if (read_review_id (term, &review_id))
        add_review_id (text, term, review_id);
      else if (!bal_search_words_any (term->text))
        n_signs += term->kind == BAL_FILTER_WORD && !term->negated;
      else if (term->kind == BAL_FILTER_BLOG)
        has_blog = TRUE;
      else if (term->kind == BAL_FILTER_REVIEW)
        add_phrase (term->negated ? &not_in_reviews : &in_reviews, term, is_prefix (filter, i));
      else
        add_phrase (term->negated ? &not_in_comments : &in_comments, term, is_prefix (filter, i));
    }
  end_match (&in_comments);
  end_match (&not_in_comments);
  end_match (&in_reviews);
  end_match (&not_in_reviews);

  /* Signs are in no index. */
  *nothing = n_terms > 0 && n_signs == n_terms;
  return !has_blog || add_blogs (text, transaction, filter, error);
}
