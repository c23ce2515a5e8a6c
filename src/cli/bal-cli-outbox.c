/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk.h"
#include "bal-error.h"
#include "bal-outbox.h"
#include "bal-safe-text.h"
#include "bal-time.h"

typedef struct
{
  BalCli    *cli;
  gint64     blog_id;
  GPtrArray *list;
  gint64     id;
} Work;

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
                    "entity", bal_cli_entity_nick (item->entity),
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
        g_print ("%5" G_GINT64_FORMAT "  %-7s  %-7s  %-8s  %s  %s\n", item->id, bal_cli_entity_nick (item->entity),
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

static gboolean
undo_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr(BalOutboxItem) item = bal_outbox_get (transaction, work->id, error);

  return item != NULL && bal_desk_take_back (transaction, item->entity, item->entity_id, NULL, error);
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

  if (!bal_cli_parse_with_id (synopsis, NULL, &argc, &argv, n_min, 1, &work.id))
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
outbox_undo (BalCli *cli, int argc, char **argv)
{
  return outbox_act (cli, argc, argv, "outbox undo ID", undo_work, 1);
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
    { "undo", outbox_undo, "outbox undo ID" },
    { "discard", outbox_discard, "outbox discard ID" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "outbox", argc, argv);
}
