/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export-fixture.h"

#include <string.h>

#include "bal-media-refs.h"
#include "bal-take-in.h"

/* 2010-01-01 */
#define FIRST_DAY G_GINT64_CONSTANT (1262304000)
/* 2100-01-01: what is scheduled stays so. */
#define FAR_DAY G_GINT64_CONSTANT (4102444800)
#define DAY 86400

typedef struct
{
  GRand   *random;
  BalBlog *blog;
  char    *dir;
  guint    n_reviews;
  gint64   pictures[3];
} Making;

static const char *const hostile[] = {
  "]]>", "<![CDATA[", "]]", "&amp;", "&lt;", "&#13;", "&", "<", ">", "\"", "'", "\\", "\\u0000", "\r\n", "\r", "\n\n", "\t", "\x01",
  "\x0b", "\x1f", "\x7f", "é", "日本語", "🎬", "\xe2\x80\xae", "\xef\xbf\xbe", "\xef\xbb\xbf", "<p>", "</p>\n", "<br>", "<br />",
  "<!-- wp:paragraph -->", "<!--more-->", "</script>", "{{<", "%s", "-->", "media:7", "<p>Grade: A-</p>", "---\n", "+++", "# ",
  "<img src=\"https://example.com/a.jpg\" alt=\"]]>\">", "word", " and ", "Night Ferry", "  ", "a,b", "1. ", "*", "_x_",
};

static gboolean
chance (Making *making,
        int     percent)
{
  return g_rand_int_range (making->random, 0, 100) < percent;
}

static char *
make_text (Making *making,
           int     most)
{
  int n = g_rand_int_range (making->random, 1, most + 1);
  GString *text = g_string_new (NULL);

  for (int i = 0; i < n; i++)
    g_string_append (text, hostile[g_rand_int_range (making->random, 0, G_N_ELEMENTS (hostile))]);
  return g_string_free (text, FALSE);
}

/* One line with something in it. */
static char *
make_line (Making *making)
{
  g_autofree char *text = make_text (making, 4);

  for (char *p = text; *p != '\0'; p++)
    if (*p == '\n' || *p == '\r' || *p == '\t')
      *p = ' ';
  return g_strdup_printf ("N%d%s.", g_rand_int_range (making->random, 0, 100), text);
}

static GStrv
make_names (Making     *making,
            const char *kind)
{
  int n = g_rand_int_range (making->random, 0, 4);
  GStrv names = g_new0 (char *, (gsize) n + 1);

  for (int i = 0; i < n; i++)
    names[i] = chance (making, 30) ? g_strdup_printf ("%s %d & \"日本\"", kind, i) : g_strdup_printf ("%s %d", kind, i);
  return names;
}

/* ---- pictures ---- */

static gboolean
make_pictures (Making          *making,
               BalTransaction  *transaction,
               GError         **error)
{
  static const guchar pixels[3][4] = { { 0x89, 'P', 'N', 'G' }, { 0xff, 0xd8, 0xff, 0xe0 }, { 'G', 'I', 'F', '8' } };

  for (guint i = 0; i < G_N_ELEMENTS (making->pictures); i++)
    {
      g_autoptr(GBytes) bytes = g_bytes_new (pixels[i], 4 - i);
      g_autofree char *name = g_strdup_printf ("Still %u.png", i);

      making->pictures[i] = bal_media_table_add_bytes (transaction, bal_blog_get_id (making->blog), name, bytes,
                                                       i == 1 ? "A \"ferry\" & more" : NULL, error);
      must (making->pictures[i] != 0);
    }
  return bal_media_table_set_uploaded (transaction, making->pictures[2], "31", "https://example.com/still.gif", error);
}

static char *
make_picture (Making *making)
{
  int which = g_rand_int_range (making->random, 0, 3);

  return which == 2 ? g_strdup ("<p><img src='https://example.com/still.gif'></p>")
                    : g_strdup_printf ("<p><img alt=\"x\" src=\"media:%d\"/></p>", (int) making->pictures[which]);
}

/* ---- reviews and comments ---- */

static gboolean
make_version (Making          *making,
              BalTransaction  *transaction,
              BalEntity        entity,
              gint64           id,
              GError         **error)
{
  g_autofree char *html = make_text (making, 6);
  g_autofree char *title = make_line (making);
  BalRevision version = { .entity = entity, .entity_id = id, .created = FIRST_DAY + g_rand_int_range (making->random, 0, 9) * DAY,
                          .kind = BAL_REVISION_REMOTE, .html = html };

  if (entity == BAL_ENTITY_REVIEW)
    version.title = title;
  return bal_take_in_version (transaction, &version, error);
}

static gint64
make_one_comment (Making          *making,
                  BalTransaction  *transaction,
                  BalReview       *review,
                  gint64           parent,
                  gint64           created,
                  GError         **error)
{
  g_autofree char *html = make_text (making, 8);
  g_autofree char *name = make_line (making);
  g_autoptr(BalComment) comment = make_comment (bal_blog_get_id (making->blog), bal_review_get_id (review), parent,
                                                chance (making, 10) ? NULL : name, html);
  gboolean mine = chance (making, 20);

  bal_comment_set_created (comment, created);
  bal_comment_set_status (comment, g_rand_int_range (making->random, 0, 4));
  bal_comment_set_mine (comment, mine);
  if (!mine && chance (making, 50))
    bal_comment_set_author_email (comment, "reader@example.com");
  if (!mine && chance (making, 50))
    bal_comment_set_author_url (comment, "https://example.com/?a=1&b=<2>");
  if (chance (making, 30))
    bal_comment_set_author_ip (comment, "192.0.2.7");
  if (chance (making, 30))
    bal_comment_set_user_agent (comment, "Mozilla/5.0 (X11; <&>)");
  must (take_in_comment (transaction, comment, error));
  return bal_comment_get_id (comment);
}

static gboolean
make_comments (Making          *making,
               BalTransaction  *transaction,
               BalReview       *review,
               GError         **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  int n = g_rand_int_range (making->random, 0, 6);

  for (int i = 0; i < n; i++)
    {
      gint64 parent = ids->len > 0 && chance (making, 60)
                      ? g_array_index (ids, gint64, g_rand_int_range (making->random, 0, (int) ids->len)) : 0;
      gint64 id = make_one_comment (making, transaction, review, parent, FIRST_DAY + (300 + i) * DAY, error);
      g_autofree char *text = make_text (making, 3);
      BalReplyDraft draft = { .comment_id = id, .edit = chance (making, 50), .html = text, .updated = FIRST_DAY };

      g_array_append_val (ids, id);
      if (chance (making, 20))
        must (make_version (making, transaction, BAL_ENTITY_COMMENT, id, error));
      if (chance (making, 20))
        must (bal_desk_set_comment_status (transaction, &id, 1, BAL_COMMENT_STATUS_TRASH, error));
      if (chance (making, 20))
        must (bal_desk_dismiss_comments (transaction, &id, 1, TRUE, error));
      if (chance (making, 20))
        must (bal_take_in_draft (transaction, &draft, error));
    }
  return TRUE;
}

static gboolean
make_one_review (Making          *making,
                 BalTransaction  *transaction,
                 guint            i,
                 GError         **error)
{
  g_autofree char *title = make_line (making);
  g_autofree char *text = make_text (making, 30);
  g_autofree char *picture = make_picture (making);
  g_autofree char *html = g_strconcat ("<p>", text, "</p>", chance (making, 40) ? picture : "",
                                       "\n<p>Grade: B+</p>\n<p>Watched on: Tape &amp; film</p>", NULL);
  g_autofree char *excerpt = make_line (making);
  g_autofree char *slug = g_strdup_printf ("review-%u", i);
  g_autofree char *featured = bal_media_ref_new (making->pictures[0]);
  g_auto(GStrv) labels = make_names (making, "Label");
  g_auto(GStrv) categories = make_names (making, "Category");
  g_autoptr(BalReview) review = make_review (bal_blog_get_id (making->blog), NULL, title, html);
  BalReviewStatus status = g_rand_int_range (making->random, 0, 5);

  bal_review_set_status (review, status);
  bal_review_set_updated (review, FIRST_DAY + i * DAY);
  bal_review_set_published (review, status == BAL_REVIEW_STATUS_SCHEDULED ? FAR_DAY + i * DAY
                                    : status == BAL_REVIEW_STATUS_DRAFT && chance (making, 50) ? 0 : FIRST_DAY + i * DAY + i);
  if (chance (making, 50))
    bal_review_set_excerpt (review, excerpt);
  if (chance (making, 80))
    bal_review_set_slug (review, slug);
  if (chance (making, 20))
    bal_review_set_featured_image (review, featured);
  bal_review_set_labels (review, (const char *const *) labels);
  bal_review_set_categories (review, (const char *const *) categories);

  must (take_in_review (transaction, review, error));
  if (chance (making, 20))
    must (make_version (making, transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), error));
  if (status == BAL_REVIEW_STATUS_TRASH && chance (making, 50))
    must (bal_take_in_previous (transaction, BAL_ENTITY_REVIEW, bal_review_get_id (review), BAL_REVIEW_STATUS_PUBLISHED, error));
  return make_comments (making, transaction, review, error);
}

/* ---- what belongs to no review ---- */

static gboolean
make_rest (Making          *making,
           BalTransaction  *transaction,
           GError         **error)
{
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *key = g_strdup_printf ("mail:%d@example.com", i);
      g_autofree char *note = make_text (making, 3);
      g_autofree char *name = g_strdup_printf ("Saved %d", i);
      g_autofree char *html = make_line (making);
      BalPerson person = { .key = key, .name = key, .note = i == 0 ? note : NULL, .trust = i == 1 ? BAL_PERSON_TRUSTED : 0,
                           .automatic = i == 1 };
      BalSnippet snippet = { 0, name, html };

      must (bal_take_in_person (transaction, &person, i == 2 ? "mail:0@example.com" : NULL, error));
      must (bal_snippet_table_put (transaction, &snippet, error) != 0);
      must (bal_filter_table_add (transaction, name, i == 0 ? "status:spam" : "has:link", error) != 0);
    }
  return TRUE;
}

static gboolean
make_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Making *making = data;

  must (make_pictures (making, transaction, error));
  for (guint i = 0; i < making->n_reviews; i++)
    must (make_one_review (making, transaction, i, error));
  return make_rest (making, transaction, error);
}

BalBlog *
export_make_blog (Fixture *fixture,
                  guint32  seed,
                  guint    n_reviews)
{
  Making making = { .random = g_rand_new_with_seed (seed), .blog = import_blog (fixture, "Home", TRUE), .dir = fixture->dir,
                    .n_reviews = n_reviews };

  fixture_write (fixture, make_work, &making);
  g_rand_free (making.random);
  return making.blog;
}

char *
export_write (Fixture          *fixture,
              BalBlog          *blog,
              BalExportFormat   format,
              const char       *name,
              BalExportReport **report)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalExportReport) own = NULL;
  char *path = g_build_filename (fixture->dir, name, NULL);

  own = bal_export_run (fixture->store, blog, path, format, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (own);
  if (report != NULL)
    *report = g_steal_pointer (&own);
  return path;
}
