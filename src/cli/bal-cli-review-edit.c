/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-review-html.h"
#include "bal-text-import.h"

/* ---- new: a text file becomes a review with its thread ---- */

typedef struct
{
  BalCli          *cli;
  const char      *text;
  gsize            length;
  BalReviewStatus  status;
  BalReview       *review;
  BalBlog         *blog;
} NewWork;

static BalDialect
blog_dialect (BalBlog *blog)
{
  BalDialect dialect = BAL_DIALECT_HTML;

  if (bal_blog_get_dialect (blog) != NULL)
    bal_dialect_from_nick (bal_blog_get_dialect (blog), &dialect);

  return dialect;
}

static gboolean
new_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  NewWork *work = data;
  g_autoptr(BalTextReview) text = NULL;
  g_autoptr(BalBlog) blog = bal_cli_pick_blog (work->cli, transaction, error);
  gint64 id;

  if (blog == NULL)
    return FALSE;
  text = bal_text_import (work->text, (gssize) work->length, bal_blog_get_format (blog),
                          blog_dialect (blog), bal_blog_get_author (blog), error);
  if (text == NULL)
    return FALSE;

  bal_review_set_blog_id (text->review, bal_blog_get_id (blog));
  bal_review_set_status (text->review, work->status);
  id = bal_desk_add_review (transaction, text->review, text->comments, error);
  if (id == 0)
    return FALSE;
  work->review = bal_review_table_get (transaction, id, error);
  work->blog = g_steal_pointer (&blog);

  return work->review != NULL;
}

BalCliStatus
bal_cli_review_import (BalCli          *cli,
                       const char      *path,
                       BalReviewStatus  status)
{
  NewWork work = { .cli = cli, .status = status };
  g_autofree char *contents = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalBlog) blog = NULL;
  gboolean done;

  if (!bal_cli_read_file (path, &contents, &work.length, &error))
    return bal_cli_fail (error);
  work.text = contents;
  done = bal_cli_write (cli, new_work, &work, &error);
  review = work.review;
  blog = work.blog;
  if (!done)
    return bal_cli_fail (error);

  if (cli->json)
    bal_cli_print_json (bal_cli_review_to_json (review, bal_blog_get_name (blog)));
  else
    bal_cli_print_review (review);

  return BAL_CLI_DONE;
}

BalCliStatus
bal_cli_review_new (BalCli  *cli,
                    int      argc,
                    char   **argv)
{
  g_autofree char *nick = NULL;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &nick, N_("draft (the default), published or private"), "S" },
    { NULL }
  };
  BalReviewStatus status = BAL_REVIEW_STATUS_DRAFT;

  if (!bal_cli_parse ("review new FILE [--status S]", entries, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  if (nick != NULL &&
      (!bal_review_status_from_nick (nick, &status) || status == BAL_REVIEW_STATUS_TRASH ||
       status == BAL_REVIEW_STATUS_SCHEDULED))
    return bal_cli_usage (_("A new review can be draft, published or private, not “%s”."), nick);

  return bal_cli_review_import (cli, argv[1], status);
}

/* ---- edit ---- */

typedef struct
{
  gint64      id;
  char       *title;
  char       *series;
  char       *film;
  char       *grade;
  char       *watched_on;
  char       *quote;
  char       *character;
  char       *actor;
  char       *slug;
  char       *excerpt;
  char       *body_path;
  char       *image_path;
  char      **labels;
  char      **categories;
  char       *body;
  BalReview  *review;
  BalBlog    *blog;
} EditWork;

static void
edit_work_clear (EditWork *work)
{
  g_free (work->title);
  g_free (work->series);
  g_free (work->film);
  g_free (work->grade);
  g_free (work->watched_on);
  g_free (work->quote);
  g_free (work->character);
  g_free (work->actor);
  g_free (work->slug);
  g_free (work->excerpt);
  g_free (work->body_path);
  g_free (work->image_path);
  g_free (work->body);
  g_strfreev (work->labels);
  g_strfreev (work->categories);
  g_clear_object (&work->review);
  g_clear_object (&work->blog);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (EditWork, edit_work_clear)

static void
edit_fields (EditWork *work)
{
  const struct { const char *value; void (*set) (BalReview *, const char *); } fields[] = {
    { work->series, bal_review_set_series },
    { work->film, bal_review_set_film },
    { work->grade, bal_review_set_grade },
    { work->watched_on, bal_review_set_watched_on },
    { work->quote, bal_review_set_quote },
    { work->character, bal_review_set_quote_character },
    { work->actor, bal_review_set_quote_actor },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].value != NULL)
      fields[i].set (work->review, fields[i].value);
}

/* An empty --label clears them all. */
static const char *const *
names_or_none (char **names)
{
  return (const char *const *) (names[0][0] == '\0' ? names + 1 : names);
}

static gboolean
edit_image (EditWork        *work,
            BalTransaction  *transaction,
            GError         **error)
{
  g_autofree char *reference = NULL;
  gint64 media_id;

  if (work->image_path == NULL)
    return TRUE;
  if (*work->image_path == '\0')
    {
      bal_review_set_featured_image (work->review, NULL);
      return TRUE;
    }

  media_id = bal_media_table_add (transaction, bal_blog_get_id (work->blog), work->image_path, NULL, error);
  if (media_id == 0)
    return FALSE;
  reference = g_strdup_printf ("media:%" G_GINT64_FORMAT, media_id);
  bal_review_set_featured_image (work->review, reference);

  return TRUE;
}

static gboolean
edit_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  EditWork *work = data;
  BalReviewFormat *format;
  BalReview *review = work->review = bal_review_table_get (transaction, work->id, error);

  if (review == NULL)
    return FALSE;
  work->blog = bal_blog_table_get (transaction, bal_review_get_blog_id (review), error);
  if (work->blog == NULL)
    return FALSE;

  format = bal_blog_get_format (work->blog);
  if (work->title != NULL)
    {
      bal_review_set_title (review, work->title);
      bal_review_read_fields (review, format);
    }
  if (work->body != NULL)
    bal_review_set_body (review, format, work->body, blog_dialect (work->blog));
  edit_fields (work);
  bal_review_write_fields (review, format, blog_dialect (work->blog));
  if (work->labels != NULL)
    bal_review_set_labels (review, names_or_none (work->labels));
  if (work->categories != NULL)
    bal_review_set_categories (review, names_or_none (work->categories));
  if (work->slug != NULL)
    bal_review_set_slug (review, work->slug);
  if (work->excerpt != NULL)
    bal_review_set_excerpt (review, work->excerpt);

  return edit_image (work, transaction, error) &&
         bal_desk_save_review (transaction, review, TRUE, error);
}

/* What is cut off at a NUL or can't be sent would be lost without a word. */
static gboolean
read_body (EditWork  *work,
           GError   **error)
{
  gsize length;

  if (work->body_path == NULL)
    return TRUE;
  if (!bal_cli_read_file (work->body_path, &work->body, &length, error))
    return FALSE;
  if (g_utf8_validate_len (work->body, length, NULL))
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                       _("The body is not valid UTF-8 text. Nothing was changed; save the file as UTF-8."));

  return FALSE;
}

BalCliStatus
bal_cli_review_edit (BalCli  *cli,
                     int      argc,
                     char   **argv)
{
  g_auto(EditWork) work = { 0 };
  const GOptionEntry entries[] = {
    { "title", 0, 0, G_OPTION_ARG_STRING, &work.title, N_("Whole title, series included"), "T" },
    { "series", 0, 0, G_OPTION_ARG_STRING, &work.series, N_("Series"), "S" },
    { "film", 0, 0, G_OPTION_ARG_STRING, &work.film, N_("Film"), "F" },
    { "grade", 0, 0, G_OPTION_ARG_STRING, &work.grade, N_("Grade"), "G" },
    { "watched-on", 0, 0, G_OPTION_ARG_STRING, &work.watched_on, N_("Where it was watched"), "W" },
    { "quote", 0, 0, G_OPTION_ARG_STRING, &work.quote, N_("Memorable quote"), "Q" },
    { "character", 0, 0, G_OPTION_ARG_STRING, &work.character, N_("Who says it"), "C" },
    { "actor", 0, 0, G_OPTION_ARG_STRING, &work.actor, N_("Who plays that character"), "A" },
    { "label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &work.labels, N_("Label, in place of the present ones; repeatable"), "L" },
    { "category", 0, 0, G_OPTION_ARG_STRING_ARRAY, &work.categories, N_("Category, likewise"), "C" },
    { "slug", 0, 0, G_OPTION_ARG_STRING, &work.slug, N_("Last part of the address"), "S" },
    { "excerpt", 0, 0, G_OPTION_ARG_STRING, &work.excerpt, N_("Excerpt"), "E" },
    { "featured-image", 0, 0, G_OPTION_ARG_FILENAME, &work.image_path, N_("Picture, uploaded with the next sync"), "FILE" },
    { "body", 0, 0, G_OPTION_ARG_FILENAME, &work.body_path, N_("HTML of the body; the field lines are kept"), "FILE" },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse_with_id ("review edit ID [OPTIONS]", entries, &argc, &argv, 1, 1, &work.id))
    return BAL_CLI_USAGE;
  if (!read_body (&work, &error) || !bal_cli_write (cli, edit_work, &work, &error))
    return bal_cli_fail (error);

  if (cli->json)
    bal_cli_print_json (bal_cli_review_to_json (work.review, bal_blog_get_name (work.blog)));
  else
    bal_cli_print_review (work.review);

  return BAL_CLI_DONE;
}
