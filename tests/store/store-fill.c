/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * store-fill DIR REVIEWS COMMENTS [ROWS]: makes a store in DIR with so many reviews and comments, for benchmarks.
 * They are made up from a fixed seed, look like what a film blog has, and stand as pulled: with bases,
 * nothing to send, ROWS (100) a transaction, as pages come from a server.
 */
#include <stdlib.h>

#include "bal-error.h"
#include "bal-store.h"
#include "bal-tables.h"

static const char *const series[] = { "Indie Gems", "Double Feature", "Late to the Party", "Small Screens", NULL };
static const char *const grades[] = { "A+", "A", "A-", "B+", "B", "B-", "C+", "C", "C-", "D", "F" };
static const char *const places[] = { "Netflix Instant", "DVD", "In theaters", "Hulu", "Festival screening" };
static const char *const words[] = {
  "film", "scene", "actor", "story", "quiet", "long", "shot", "music", "camera", "ending", "never", "always",
  "beautiful", "strange", "city", "night", "house", "mother", "brother", "winter", "summer", "train", "letter",
  "dream", "blood", "river", "mirror", "garden", "silence", "laughter", "hour", "river", "island", "the", "a",
  "of", "and", "to", "is", "in", "it", "that", "with", "for", "was", "on", "she", "he", "Amélie", "naïve",
};

typedef struct
{
  GRand  *random;
  gint64  blog_id;
  guint   n_reviews;
  guint   n_comments;
  guint   n_rows;       /* a transaction */
  guint   next;
  guint   last_review;  /* that of the last comment at the top */
} Filler;

static const char *
pick (Filler             *filler,
      const char *const  *list,
      guint               n)
{
  return list[g_rand_int_range (filler->random, 0, n)];
}

static void
append_sentence (Filler  *filler,
                 GString *text)
{
  guint n = g_rand_int_range (filler->random, 6, 18);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", pick (filler, words, G_N_ELEMENTS (words)));
  g_string_append (text, ". ");
}

static char *
make_body (Filler     *filler,
           const char *grade)
{
  GString *html = g_string_new (NULL);
  guint n_paragraphs = g_rand_int_range (filler->random, 2, 8);

  for (guint i = 0; i < n_paragraphs; i++)
    {
      guint n_sentences = g_rand_int_range (filler->random, 3, 8);

      g_string_append (html, "<!-- wp:paragraph -->\n<p>");
      for (guint j = 0; j < n_sentences; j++)
        append_sentence (filler, html);
      g_string_append (html, "</p>\n<!-- /wp:paragraph -->\n\n");
    }

  g_string_append_printf (html, "<p>Grade: %s</p>\n\n<p>Watched on: %s</p>", grade,
                          pick (filler, places, G_N_ELEMENTS (places)));
  return g_string_free (html, FALSE);
}

static char *
make_title (Filler *filler,
            guint   number)
{
  const char *of = pick (filler, series, G_N_ELEMENTS (series));
  GString *title = g_string_new (NULL);
  guint n = g_rand_int_range (filler->random, 1, 4);

  if (of != NULL)
    g_string_append_printf (title, "%s: ", of);
  g_string_append (title, "The");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *word = g_strdup (pick (filler, words, G_N_ELEMENTS (words)));

      *word = g_ascii_toupper (*word);
      g_string_append_printf (title, " %s", word);
    }
  g_string_append_printf (title, " %u", number);
  return g_string_free (title, FALSE);
}

static gboolean
add_review (BalTransaction  *transaction,
            Filler          *filler,
            GError         **error)
{
  guint number = filler->next;
  g_autoptr(BalReview) review = bal_review_new (0);
  g_autofree char *title = make_title (filler, number);
  g_autofree char *html = make_body (filler, pick (filler, grades, G_N_ELEMENTS (grades)));
  g_autofree char *remote_id = g_strdup_printf ("%u", number + 1);
  g_autofree char *url = g_strdup_printf ("https://blog.example/%u", number + 1);
  const char *labels[] = { pick (filler, words, 10), pick (filler, words + 10, 10), NULL };
  gint64 id;

  bal_review_set_blog_id (review, filler->blog_id);
  bal_review_set_remote_id (review, remote_id);
  bal_review_set_revision (review, remote_id);
  bal_review_set_title (review, title);
  bal_review_set_html (review, html);
  bal_review_set_url (review, url);
  bal_review_set_labels (review, labels);
  bal_review_set_status (review, number % 50 == 0 ? BAL_REVIEW_STATUS_DRAFT : BAL_REVIEW_STATUS_PUBLISHED);
  bal_review_set_published (review, 1200000000 + (gint64) number * 40000);
  bal_review_set_updated (review, 1200000000 + (gint64) number * 40000);

  id = bal_review_table_insert (transaction, review, error);
  return id != 0 && bal_review_base_put (transaction, id, review, error);
}

static gboolean
add_comment (BalTransaction  *transaction,
             Filler          *filler,
             GError         **error)
{
  guint number = filler->next;
  gboolean is_reply = number % 3 == 2;
  /* A reply belongs to the comment before it. */
  guint review = is_reply ? filler->last_review : (guint) g_rand_int_range (filler->random, 0, MAX (1, filler->n_reviews));
  g_autoptr(BalComment) comment = bal_comment_new (0);
  g_autoptr(GString) html = g_string_new ("<p>");
  g_autofree char *remote_id = g_strdup_printf ("%u", number + 1);
  g_autofree char *remote_review_id = g_strdup_printf ("%u", review + 1);
  g_autofree char *author = g_strdup_printf ("Reader %u", g_rand_int_range (filler->random, 1, 500));
  g_autofree char *parent_id = g_strdup_printf ("%u", number);
  gint64 id;

  filler->last_review = review;
  append_sentence (filler, html);
  /* Rare words, and links. */
  if (number % 5 == 1)
    g_string_append_printf (html, "Lamplight%u.", number % 2003);
  if (number % 11 == 3)
    g_string_append_printf (html, " <a href=\"https://site%u.example/\">See here</a>", number % 97);
  g_string_append (html, "</p>");
  bal_comment_set_blog_id (comment, filler->blog_id);
  bal_comment_set_remote_id (comment, remote_id);
  bal_comment_set_remote_review_id (comment, remote_review_id);
  bal_comment_set_remote_parent_id (comment, is_reply ? parent_id : NULL);
  bal_comment_set_mine (comment, is_reply);
  bal_comment_set_author (comment, is_reply ? "Brittani" : author);
  bal_comment_set_html (comment, html->str);
  bal_comment_set_status (comment, number % 100 == 0 ? BAL_COMMENT_STATUS_PENDING
                                 : number % 77 == 0 ? BAL_COMMENT_STATUS_SPAM : BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_created (comment, 1200000000 + (gint64) number * 4000);

  id = bal_comment_table_insert (transaction, comment, error);
  return id != 0 && bal_comment_base_put (transaction, id, comment, error);
}

static gboolean
add_blog (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Filler *filler = data;
  g_autoptr(BalBlog) blog = bal_blog_new (0);

  bal_blog_set_name (blog, "Benchmark");
  bal_blog_set_provider (blog, "folder");
  bal_blog_set_url (blog, "https://blog.example/");
  bal_blog_set_author (blog, "Brittani");
  filler->blog_id = bal_blog_table_insert (transaction, blog, error);
  return filler->blog_id != 0;
}

static gboolean
add_reviews (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Filler *filler = data;
  guint end = MIN (filler->next + filler->n_rows, filler->n_reviews);

  for (; filler->next < end; filler->next++)
    {
      if (!add_review (transaction, filler, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_comments (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Filler *filler = data;
  guint end = MIN (filler->next + filler->n_rows, filler->n_comments);

  for (; filler->next < end; filler->next++)
    {
      if (!add_comment (transaction, filler, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (BalStore  *store,
      Filler    *filler,
      GError   **error)
{
  if (!bal_store_write (store, add_blog, filler, NULL, error))
    return FALSE;

  for (filler->next = 0; filler->next < filler->n_reviews;)
    {
      if (!bal_store_write (store, add_reviews, filler, NULL, error))
        return FALSE;
    }
  for (filler->next = 0; filler->next < filler->n_comments;)
    {
      if (!bal_store_write (store, add_comments, filler, NULL, error))
        return FALSE;
    }
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStore) store = NULL;
  Filler filler = { 0 };
  gint64 start = g_get_monotonic_time (), filled;

  if (argc < 4)
    {
      g_printerr ("Usage: store-fill DIR REVIEWS COMMENTS [ROWS]\n");
      return 2;
    }

  filler.random = g_rand_new_with_seed (2019);
  filler.n_reviews = atoi (argv[2]);
  filler.n_comments = atoi (argv[3]);
  filler.n_rows = argc > 4 ? MAX (1, atoi (argv[4])) : 100;

  store = bal_store_open (argv[1], &error);
  if (store == NULL || !fill (store, &filler, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  filled = g_get_monotonic_time ();
  if (!bal_store_close (store, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  g_print ("rows %.2f s, texts and backup %.2f s\n", (filled - start) / 1e6, (g_get_monotonic_time () - filled) / 1e6);
  g_rand_free (filler.random);
  return 0;
}
