/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-conflict-table.h"
#include "bal-error.h"
#include "bal-outbox.h"
#include "bal-safe-text.h"
#include "bal-time.h"

typedef struct
{
  BalCli      *cli;
  gint64       blog_id;
  GPtrArray   *list;
  gint64       id;
  gboolean     mine;
  BalConflict *conflict;
  BalReview   *local_review;
  BalComment  *local_comment;
} Work;

static const char *
entity_nick (BalEntity entity)
{
  return entity == BAL_ENTITY_REVIEW ? "review" : "comment";
}

/* ---- outbox ---- */

static gboolean
outbox_list_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return bal_cli_filter_blog (work->cli, transaction, &work->blog_id, error) &&
         (work->list = bal_outbox_list (transaction, work->blog_id, error)) != NULL;
}

static json_t *
outbox_item_to_json (const BalOutboxItem *item)
{
  return json_pack ("{s:I, s:s, s:I, s:s, s:s, s:i, s:o, s:o, s:o}",
                    "id", (json_int_t) item->id,
                    "entity", entity_nick (item->entity),
                    "entity_id", (json_int_t) item->entity_id,
                    "op", bal_outbox_op_to_nick (item->op),
                    "state", bal_outbox_state_to_nick (item->state),
                    "attempts", (int) item->attempts,
                    "not_before", bal_cli_time (item->not_before),
                    "label", bal_cli_string (item->label),
                    "error", bal_cli_string (item->error));
}

static BalCliStatus
outbox_list (BalCli  *cli,
             int      argc,
             char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = NULL;
  json_t *array = NULL;

  if (!bal_cli_parse ("outbox list", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, outbox_list_work, &work, &error))
    return bal_cli_fail (error);

  list = work.list;
  if (cli->json)
    array = json_array ();
  for (guint i = 0; i < list->len; i++)
    {
      const BalOutboxItem *item = g_ptr_array_index (list, i);
      g_autofree char *label = bal_cli_cell (item->label, 40);
      g_autofree char *why = bal_safe_text_name (item->error != NULL ? item->error : "", 300);

      if (array != NULL)
        json_array_append_new (array, outbox_item_to_json (item));
      else
        g_print ("%5" G_GINT64_FORMAT "  %-7s  %-7s  %-8s  %s  %s\n", item->id, entity_nick (item->entity),
                 bal_outbox_op_to_nick (item->op), bal_outbox_state_to_nick (item->state), label, why);
    }
  if (array != NULL)
    bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

static gboolean
retry_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr(GPtrArray) items = NULL;

  if (!bal_cli_filter_blog (work->cli, transaction, &work->blog_id, error))
    return FALSE;
  if (work->id != 0 || work->blog_id == 0)
    return bal_outbox_retry (transaction, work->id, error);

  items = bal_outbox_list (transaction, work->blog_id, error);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      BalOutboxItem *item = g_ptr_array_index (items, i);
      g_autoptr(GError) local_error = NULL;

      /* What is in conflict goes on waiting for the choice. */
      if (!bal_outbox_retry (transaction, item->id, &local_error) &&
          !g_error_matches (local_error, BAL_ERROR, BAL_ERROR_CONFLICT))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }

  return items != NULL;
}

static gboolean
discard_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return bal_outbox_discard (transaction, work->id, error);
}

static BalCliStatus
outbox_act (BalCli        *cli,
            int            argc,
            char         **argv,
            const char    *synopsis,
            BalStoreWork   act,
            int            n_min)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse (synopsis, NULL, &argc, &argv, n_min, 1) ||
      (argc > 1 && !bal_cli_parse_id (argv[1], &work.id)))
    return BAL_CLI_USAGE;
  if (!bal_cli_write (cli, act, &work, &error))
    return bal_cli_fail (error);

  return outbox_list (cli, 1, (char *[]) { (char *) "list", NULL });
}

static BalCliStatus
outbox_retry (BalCli *cli, int argc, char **argv)
{
  return outbox_act (cli, argc, argv, "outbox retry [ID]", retry_work, 0);
}

static BalCliStatus
outbox_discard (BalCli *cli, int argc, char **argv)
{
  return outbox_act (cli, argc, argv, "outbox discard ID", discard_work, 1);
}

BalCliStatus
bal_cli_outbox (BalCli  *cli,
                int      argc,
                char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", outbox_list, "outbox list" },
    { "retry", outbox_retry, "outbox retry [ID]" },
    { "discard", outbox_discard, "outbox discard ID" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "outbox", argc, argv);
}

/* ---- conflict ---- */

static gboolean
conflict_list_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return bal_cli_filter_blog (work->cli, transaction, &work->blog_id, error) &&
         (work->list = bal_conflict_table_list (transaction, work->blog_id, error)) != NULL;
}

static json_t *
conflict_to_json (const BalConflict *conflict)
{
  g_auto(GStrv) fields = g_strsplit (conflict->what != NULL ? conflict->what : "", ",", -1);
  json_t *what = json_array ();

  for (guint i = 0; fields[i] != NULL; i++)
    json_array_append_new (what, json_string (fields[i]));

  return json_pack ("{s:I, s:s, s:I, s:o, s:o}",
                    "id", (json_int_t) conflict->id,
                    "entity", entity_nick (conflict->entity),
                    "entity_id", (json_int_t) conflict->entity_id,
                    "created", bal_cli_time (conflict->created),
                    "fields", what);
}

static BalCliStatus
conflict_list (BalCli  *cli,
               int      argc,
               char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = NULL;
  json_t *array = NULL;

  if (!bal_cli_parse ("conflict list", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, conflict_list_work, &work, &error))
    return bal_cli_fail (error);

  list = work.list;
  if (cli->json)
    array = json_array ();
  for (guint i = 0; i < list->len; i++)
    {
      const BalConflict *conflict = g_ptr_array_index (list, i);

      if (array != NULL)
        json_array_append_new (array, conflict_to_json (conflict));
      else
        g_print ("%5" G_GINT64_FORMAT "  %-7s  %6" G_GINT64_FORMAT "  %s\n", conflict->id,
                 entity_nick (conflict->entity), conflict->entity_id, conflict->what);
    }
  if (array != NULL)
    bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

static gboolean
conflict_show_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  work->conflict = bal_conflict_table_get (transaction, work->id, error);
  if (work->conflict == NULL)
    return FALSE;
  if (work->conflict->entity == BAL_ENTITY_REVIEW)
    return (work->local_review = bal_review_table_get (transaction, work->conflict->entity_id, error)) != NULL;

  return (work->local_comment = bal_comment_table_get (transaction, work->conflict->entity_id, error)) != NULL;
}

/* Neither: the blog has deleted it. */
static json_t *
side_to_json (BalReview  *review,
              BalComment *comment)
{
  if (review != NULL)
    return bal_cli_review_to_json (review, NULL);

  return comment != NULL ? bal_cli_comment_to_json (comment) : json_null ();
}

static void
print_side (const char *name,
            BalReview  *review,
            BalComment *comment)
{
  if (review == NULL && comment == NULL)
    g_print ("--- %s\n[%s]\n", name, _("deleted on the blog"));
  if (review != NULL)
    g_print ("--- %s\n%s [%s]\n\n%s\n", name, bal_review_get_title (review),
             bal_review_status_to_nick (bal_review_get_status (review)), bal_review_get_html (review));
  if (comment != NULL)
    g_print ("--- %s\n[%s]\n\n%s\n", name, bal_comment_status_to_nick (bal_comment_get_status (comment)),
             bal_comment_get_html (comment));
}

static BalCliStatus
conflict_show (BalCli  *cli,
               int      argc,
               char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  g_autoptr(BalConflict) conflict = NULL;
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalComment) comment = NULL;
  gboolean done;

  if (!bal_cli_parse ("conflict show ID", NULL, &argc, &argv, 1, 1) || !bal_cli_parse_id (argv[1], &work.id))
    return BAL_CLI_USAGE;
  done = bal_cli_read (cli, conflict_show_work, &work, &error);
  conflict = work.conflict;
  review = work.local_review;
  comment = work.local_comment;
  if (!done)
    return bal_cli_fail (error);

  if (cli->json)
    {
      json_t *object = conflict_to_json (conflict);

      json_object_set_new (object, "mine", side_to_json (review, comment));
      json_object_set_new (object, "theirs", side_to_json (conflict->remote_review, conflict->remote_comment));
      bal_cli_print_json (object);
    }
  else
    {
      g_print ("%s\n", conflict->what);
      print_side ("mine", review, comment);
      print_side ("theirs", conflict->remote_review, conflict->remote_comment);
    }

  return BAL_CLI_DONE;
}

static gboolean
resolve_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return bal_conflict_table_resolve (transaction, work->id, work->mine, error);
}

static BalCliStatus
conflict_resolve (BalCli  *cli,
                  int      argc,
                  char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("conflict resolve ID mine|theirs", NULL, &argc, &argv, 2, 2) ||
      !bal_cli_parse_id (argv[1], &work.id))
    return BAL_CLI_USAGE;
  work.mine = g_str_equal (argv[2], "mine");
  if (!work.mine && !g_str_equal (argv[2], "theirs"))
    return bal_cli_usage (_("Say “mine” or “theirs”."));
  if (!bal_cli_write (cli, resolve_work, &work, &error))
    return bal_cli_fail (error);

  return conflict_list (cli, 1, (char *[]) { (char *) "list", NULL });
}

BalCliStatus
bal_cli_conflict (BalCli  *cli,
                  int      argc,
                  char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", conflict_list, "conflict list" },
    { "show", conflict_show, "conflict show ID" },
    { "resolve", conflict_resolve, "conflict resolve ID mine|theirs" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "conflict", argc, argv);
}
