/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-error.h"
#include "bal-safe-text.h"

/* Columns */
#define MAX_LINE 1000

gboolean
bal_cli_parse_filter (const char        *line,
                      BalCommentFilter **filter)
{
  g_autoptr(BalCommentFilter) read = bal_comment_filter_new (line);
  g_autofree char *fault = bal_comment_filter_dup_fault (read);

  if (fault != NULL)
    {
      bal_cli_usage ("%s", fault);
      return FALSE;
    }

  *filter = g_steal_pointer (&read);
  return TRUE;
}

/* ---- saved ones ---- */

typedef struct
{
  const char *name;
  const char *other;      /* line, or new name */
  GPtrArray  *list;
} FilterWork;

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  FilterWork *work = data;

  return (work->list = bal_filter_table_list (transaction, error)) != NULL;
}

static gboolean
add_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  FilterWork *work = data;

  return bal_filter_table_add (transaction, work->name, work->other, error) != 0 && list_work (transaction, data, error);
}

static gboolean
rename_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  FilterWork *work = data;
  g_autoptr(BalSavedFilter) saved = bal_filter_table_find (transaction, work->name, error);

  return saved != NULL && bal_filter_table_update (transaction, saved->id, work->other, NULL, error) &&
         list_work (transaction, data, error);
}

static gboolean
remove_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  FilterWork *work = data;
  g_autoptr(BalSavedFilter) saved = bal_filter_table_find (transaction, work->name, error);

  return saved != NULL && bal_filter_table_remove (transaction, saved->id, error) &&
         list_work (transaction, data, error);
}

/* All that there are, after whatever was done. */
static BalCliStatus
print_filters (BalCli     *cli,
               FilterWork *work)
{
  g_autoptr(GPtrArray) list = work->list;
  json_t *array = cli->json ? json_array () : NULL;

  for (guint i = 0; i < list->len; i++)
    {
      const BalSavedFilter *saved = list->pdata[i];

      if (array != NULL)
        {
          json_t *object = json_object ();

          json_object_set_new (object, "name", json_string (saved->name));
          json_object_set_new (object, "line", json_string (saved->line));
          json_array_append_new (array, object);
        }
      else
        {
          g_autofree char *name = bal_cli_cell (saved->name, 24);
          g_autofree char *line = bal_safe_text_name (saved->line, MAX_LINE);

          g_print ("%s  %s\n", name, line);
        }
    }
  if (array != NULL)
    bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

static BalCliStatus
write_and_print (BalCli       *cli,
                 BalStoreWork  act,
                 FilterWork   *work)
{
  g_autoptr(GError) error = NULL;

  return bal_cli_write (cli, act, work, &error) ? print_filters (cli, work) : bal_cli_fail (error);
}

static BalCliStatus
filter_list (BalCli *cli, int argc, char **argv)
{
  FilterWork work = { 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("filter list", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;

  return bal_cli_read (cli, list_work, &work, &error) ? print_filters (cli, &work) : bal_cli_fail (error);
}

static BalCliStatus
filter_add (BalCli *cli, int argc, char **argv)
{
  g_autoptr(BalCommentFilter) filter = NULL;
  g_autofree char *line = NULL;
  FilterWork work = { 0 };

  if (!bal_cli_parse ("filter add NAME LINE", NULL, &argc, &argv, 2, -1))
    return BAL_CLI_USAGE;
  line = g_strjoinv (" ", argv + 2);
  if (!bal_cli_parse_filter (line, &filter))
    return BAL_CLI_USAGE;

  work.name = argv[1];
  work.other = line;
  return write_and_print (cli, add_work, &work);
}

static BalCliStatus
filter_rename (BalCli *cli, int argc, char **argv)
{
  FilterWork work = { 0 };

  if (!bal_cli_parse ("filter rename NAME NEW-NAME", NULL, &argc, &argv, 2, 2))
    return BAL_CLI_USAGE;

  work.name = argv[1];
  work.other = argv[2];
  return write_and_print (cli, rename_work, &work);
}

static BalCliStatus
filter_remove (BalCli *cli, int argc, char **argv)
{
  FilterWork work = { 0 };

  if (!bal_cli_parse ("filter remove NAME", NULL, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;

  work.name = argv[1];
  return write_and_print (cli, remove_work, &work);
}

BalCliStatus
bal_cli_filter (BalCli  *cli,
                int      argc,
                char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", filter_list, "filter list" },
    { "add", filter_add, "filter add NAME LINE" },
    { "rename", filter_rename, "filter rename NAME NEW-NAME" },
    { "remove", filter_remove, "filter remove NAME" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "filter", argc, argv);
}
