/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-time.h"

#include <stdio.h>

/* ---- list ---- */

typedef struct
{
  BalCli         *cli;
  BalReviewQuery  query;
  gboolean        whole;      /* with html */
  GPtrArray      *reviews;
  GHashTable     *blog_names; /* blog id -> name */
} ListWork;

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ListWork *work = data;
  g_autoptr(GPtrArray) blogs = NULL;
  g_autoptr(GArray) ids = NULL;

  if (!bal_cli_filter_blog (work->cli, transaction, &work->query.blog_id, error) ||
      (blogs = bal_blog_table_list (transaction, error)) == NULL ||
      (ids = bal_review_table_query (transaction, &work->query, error)) == NULL)
    return FALSE;

  work->blog_names = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < blogs->len; i++)
    {
      BalBlog *blog = g_ptr_array_index (blogs, i);
      gint64 id = bal_blog_get_id (blog);

      g_hash_table_insert (work->blog_names, g_memdup2 (&id, sizeof id), g_strdup (bal_blog_get_name (blog)));
    }

  if (!work->whole)
    {
      work->reviews = bal_review_table_list (transaction, (const gint64 *) (gpointer) ids->data, ids->len, error);
      return work->reviews != NULL;
    }

  work->reviews = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < ids->len; i++)
    {
      BalReview *review = bal_review_table_get (transaction, g_array_index (ids, gint64, i), error);

      if (review == NULL)
        return FALSE;
      g_ptr_array_add (work->reviews, review);
    }

  return TRUE;
}

static BalCliStatus
print_list (BalCli         *cli,
            BalReviewQuery  query)
{
  ListWork work = { cli, query, cli->json, NULL, NULL };
  g_autoptr(GError) error = NULL;
  gboolean done = bal_cli_read (cli, list_work, &work, &error);
  g_autoptr(GPtrArray) reviews = work.reviews;
  g_autoptr(GHashTable) names = work.blog_names;
  json_t *array = NULL;

  if (!done)
    return bal_cli_fail (error);

  if (cli->json)
    array = json_array ();
  for (guint i = 0; i < reviews->len; i++)
    {
      BalReview *review = g_ptr_array_index (reviews, i);
      gint64 blog_id = bal_review_get_blog_id (review);

      if (cli->json)
        json_array_append_new (array, bal_cli_review_to_json (review, g_hash_table_lookup (names, &blog_id)));
      else
        bal_cli_print_review (review);
    }
  if (cli->json)
    bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

static BalCliStatus
review_list (BalCli  *cli,
             int      argc,
             char   **argv)
{
  g_autofree char *status_nick = NULL;
  g_autofree char *series = NULL;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &status_nick, N_("draft, scheduled, published, private or trash"), "S" },
    { "series", 0, 0, G_OPTION_ARG_STRING, &series, N_("Only this series"), "S" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), "N" },
    { NULL }
  };
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  BalReviewStatus status;

  if (!bal_cli_parse ("review list [--status S] [--series S] [--limit N]", entries, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (limit < 0)
    return bal_cli_usage (_("--limit needs a number that is not negative."));
  if (status_nick != NULL)
    {
      if (!bal_review_status_from_nick (status_nick, &status))
        return bal_cli_usage (_("There is no status “%s”."), status_nick);
      query.status = (int) status;
    }
  query.series = series;
  query.limit = (guint) limit;

  return print_list (cli, query);
}

/* ---- show ---- */

typedef struct
{
  gint64     id;
  BalReview *review;
  BalBlog   *blog;
} ShowWork;

static gboolean
show_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ShowWork *work = data;

  return (work->review = bal_review_table_get (transaction, work->id, error)) != NULL &&
         (work->blog = bal_blog_table_get (transaction, bal_review_get_blog_id (work->review), error)) != NULL;
}

static BalCliStatus
print_review (BalCli   *cli,
              gint64    id,
              gboolean  html)
{
  ShowWork work = { .id = id };
  g_autoptr(GError) error = NULL;
  gboolean done = bal_cli_read (cli, show_work, &work, &error);
  g_autoptr(BalReview) review = work.review;
  g_autoptr(BalBlog) blog = work.blog;

  if (!done)
    return bal_cli_fail (error);

  if (html)
    fputs (bal_review_get_html (review) != NULL ? bal_review_get_html (review) : "", stdout);
  else if (cli->json)
    bal_cli_print_json (bal_cli_review_to_json (review, bal_blog_get_name (blog)));
  else
    {
      bal_cli_print_review (review);
      if (bal_review_get_url (review) != NULL)
        g_print ("%s\n", bal_review_get_url (review));
      g_print ("\n%s\n", bal_review_get_html (review) != NULL ? bal_review_get_html (review) : "");
    }

  return BAL_CLI_DONE;
}

static BalCliStatus
review_show (BalCli  *cli,
             int      argc,
             char   **argv)
{
  gboolean html = FALSE;
  const GOptionEntry entries[] = {
    { "html", 0, 0, G_OPTION_ARG_NONE, &html, N_("Only the post’s HTML, byte for byte"), NULL },
    { NULL }
  };
  gint64 id;

  if (!bal_cli_parse_with_id ("review show ID [--html]", entries, &argc, &argv, 1, 1, &id))
    return BAL_CLI_USAGE;

  return print_review (cli, id, html);
}

/* ---- publish, unpublish, trash, restore ---- */

typedef struct
{
  gint64          id;
  gint64          at;
  BalReviewStatus status;
} StatusWork;

static gboolean
publish_work (BalTransaction *transaction, gpointer data, GError **error)
{
  StatusWork *work = data;

  return bal_desk_publish_review (transaction, work->id, work->at, error);
}

static gboolean
status_work (BalTransaction *transaction, gpointer data, GError **error)
{
  StatusWork *work = data;

  return bal_desk_set_review_status (transaction, work->id, work->status, error);
}

static gboolean
restore_work (BalTransaction *transaction, gpointer data, GError **error)
{
  StatusWork *work = data;

  return bal_desk_restore_review (transaction, work->id, error);
}

static BalCliStatus
change_status (BalCli       *cli,
               BalStoreWork  act,
               StatusWork   *work)
{
  g_autoptr(GError) error = NULL;

  if (!bal_cli_write (cli, act, work, &error))
    return bal_cli_fail (error);

  return print_review (cli, work->id, FALSE);
}

static BalCliStatus
review_publish (BalCli  *cli,
                int      argc,
                char   **argv)
{
  g_autofree char *at = NULL;
  const GOptionEntry entries[] = {
    { "at", 0, 0, G_OPTION_ARG_STRING, &at, N_("Later, at this time (2026-10-31T20:00:00Z)"), "TIME" },
    { NULL }
  };
  StatusWork work = { 0 };

  if (!bal_cli_parse_with_id ("review publish ID [--at TIME]", entries, &argc, &argv, 1, 1, &work.id))
    return BAL_CLI_USAGE;
  if (at != NULL && !bal_time_from_rfc3339 (at, &work.at))
    return bal_cli_usage (_("“%s” is not a time; write it like 2026-10-31T20:00:00Z."), at);

  return change_status (cli, publish_work, &work);
}

static BalCliStatus
set_status (BalCli          *cli,
            int              argc,
            char           **argv,
            const char      *synopsis,
            BalStoreWork     act,
            BalReviewStatus  status)
{
  StatusWork work = { .status = status };

  if (!bal_cli_parse_with_id (synopsis, NULL, &argc, &argv, 1, 1, &work.id))
    return BAL_CLI_USAGE;

  return change_status (cli, act, &work);
}

static BalCliStatus
review_unpublish (BalCli *cli, int argc, char **argv)
{
  return set_status (cli, argc, argv, "review unpublish ID", status_work, BAL_REVIEW_STATUS_DRAFT);
}

static BalCliStatus
review_trash (BalCli *cli, int argc, char **argv)
{
  return set_status (cli, argc, argv, "review trash ID", status_work, BAL_REVIEW_STATUS_TRASH);
}

static BalCliStatus
review_restore (BalCli *cli, int argc, char **argv)
{
  return set_status (cli, argc, argv, "review restore ID", restore_work, BAL_REVIEW_STATUS_DRAFT);
}

BalCliStatus
bal_cli_review (BalCli  *cli,
                int      argc,
                char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", review_list, "review list [--status S] [--series S] [--limit N]" },
    { "show", review_show, "review show ID [--html]" },
    { "new", bal_cli_review_new, "review new FILE [--status S]" },
    { "edit", bal_cli_review_edit, "review edit ID [--title T] [--grade G] [--watched-on W] [--series S] [--label L]… [--body FILE]" },
    { "image", bal_cli_review_image, "review image ID FILE [--alt TEXT] [--caption TEXT]" },
    { "publish", review_publish, "review publish ID [--at TIME]" },
    { "unpublish", review_unpublish, "review unpublish ID" },
    { "trash", review_trash, "review trash ID" },
    { "restore", review_restore, "review restore ID" },
    { "history", bal_cli_review_history, "review history ID [--show N | --diff N]" },
    { "restore-version", bal_cli_review_restore_version, "review restore-version ID N" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "review", argc, argv);
}

BalCliStatus
bal_cli_search (BalCli  *cli,
                int      argc,
                char   **argv)
{
  gboolean comments = FALSE;
  const GOptionEntry entries[] = {
    { "comments", 0, 0, G_OPTION_ARG_NONE, &comments, N_("In comments, not in reviews"), NULL },
    { NULL }
  };
  BalReviewQuery query = BAL_REVIEW_QUERY_INIT;
  g_autofree char *words = NULL;

  if (!bal_cli_parse ("search QUERY [--comments]", entries, &argc, &argv, 1, -1))
    return BAL_CLI_USAGE;
  words = g_strjoinv (" ", argv + 1);
  if (comments)
    return bal_cli_comment_search (cli, words);
  query.search = words;

  return print_list (cli, query);
}
