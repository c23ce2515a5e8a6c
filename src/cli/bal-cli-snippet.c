/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-comment-html.h"
#include "bal-error.h"
#include "bal-safe-text.h"

typedef struct
{
  BalSnippet  *snippet;      /* (nullable) */
  char        *wanted;       /* (nullable): the name of one that is there */
  char        *name;         /* (nullable): a new one */
  char        *html;         /* (nullable): a new text */
  gint64       position;     /* from 1 on */
  GPtrArray   *snippets;     /* BalSnippet */
} SnippetWork;

static void
snippet_work_clear (SnippetWork *work)
{
  g_clear_pointer (&work->snippet, bal_snippet_free);
  g_clear_pointer (&work->snippets, g_ptr_array_unref);
  g_free (work->wanted);
  g_free (work->name);
  g_free (work->html);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SnippetWork, snippet_work_clear)

static json_t *
snippet_to_json (const BalSnippet *snippet)
{
  g_autofree char *text = bal_safe_text_from_comment (snippet->html);

  return json_pack ("{s:I, s:s, s:s, s:s}", "id", (json_int_t) snippet->id, "name", snippet->name, "text", text,
                    "html", snippet->html);
}

static BalCliStatus
print_snippet (BalCli           *cli,
               const BalSnippet *snippet)
{
  g_autofree char *text = bal_safe_text_from_comment (snippet->html);

  if (cli->json)
    bal_cli_print_json (snippet_to_json (snippet));
  else
    g_print ("%s\n\n%s\n", snippet->name, text);
  return BAL_CLI_DONE;
}

/* ---- list, show ---- */

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  SnippetWork *work = data;

  return (work->snippets = bal_snippet_table_list (transaction, error)) != NULL;
}

static BalCliStatus
snippet_list (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(SnippetWork) work = { 0 };
  g_autoptr(GError) error = NULL;
  json_t *array;

  if (!bal_cli_parse ("snippet list", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, list_work, &work, &error))
    return bal_cli_fail (error);

  array = cli->json ? json_array () : NULL;
  for (guint i = 0; i < work.snippets->len; i++)
    {
      BalSnippet *snippet = g_ptr_array_index (work.snippets, i);
      g_autofree char *name = bal_cli_cell (snippet->name, 24);
      g_autofree char *line = bal_safe_text_line (snippet->html, 60);

      if (array != NULL)
        json_array_append_new (array, snippet_to_json (snippet));
      else
        g_print ("%s  %s\n", name, line);
    }
  if (array != NULL)
    bal_cli_print_json (array);
  return BAL_CLI_DONE;
}

static gboolean
show_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  SnippetWork *work = data;

  return (work->snippet = bal_snippet_table_find (transaction, work->wanted, error)) != NULL;
}

static BalCliStatus
snippet_show (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(SnippetWork) work = { 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("snippet show NAME", NULL, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  work.wanted = g_strdup (argv[1]);
  return bal_cli_read (cli, show_work, &work, &error) ? print_snippet (cli, work.snippet) : bal_cli_fail (error);
}

/* ---- add, edit ---- */

/* FALSE after a message. */
static gboolean
take_text (SnippetWork *work,
           const char  *text,
           const char  *path)
{
  g_autoptr(GError) error = NULL;
  gsize length;

  if (path == NULL && text == NULL)
    return TRUE;
  if (path != NULL && !bal_cli_read_file (path, &work->html, &length, &error))
    {
      bal_cli_fail (error);
      return FALSE;
    }
  if (!g_utf8_validate (path != NULL ? work->html : text, -1, NULL))
    {
      bal_cli_usage (_("The text is not valid UTF-8."));
      return FALSE;
    }
  if (path == NULL)
    work->html = bal_comment_html_from_text (text, BAL_DIALECT_HTML);
  return TRUE;
}

static gboolean
put_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  SnippetWork *work = data;

  if (work->wanted != NULL && !show_work (transaction, work, error))
    return FALSE;
  if (work->snippet == NULL)
    work->snippet = bal_snippet_new (0, NULL, NULL);
  if (work->name != NULL)
    {
      g_free (work->snippet->name);
      work->snippet->name = g_strdup (work->name);
    }
  if (work->html != NULL)
    {
      g_free (work->snippet->html);
      work->snippet->html = g_strdup (work->html);
    }
  work->snippet->id = bal_snippet_table_put (transaction, work->snippet, error);
  return work->snippet->id != 0;
}

static BalCliStatus
snippet_add (BalCli  *cli,
             int      argc,
             char   **argv)
{
  static const char synopsis[] = "snippet add NAME TEXT | --html FILE";
  g_auto(SnippetWork) work = { 0 };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("A file with HTML; “-” is standard input"), "FILE" },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse (synopsis, entries, &argc, &argv, 1, 2))
    return BAL_CLI_USAGE;
  if ((argc == 3) == (path != NULL))
    return bal_cli_usage (_("Say what to write once: “%s”."), synopsis);
  if (!take_text (&work, argc == 3 ? argv[2] : NULL, path))
    return BAL_CLI_USAGE;

  work.name = g_strdup (argv[1]);
  return bal_cli_write (cli, put_work, &work, &error) ? print_snippet (cli, work.snippet) : bal_cli_fail (error);
}

static BalCliStatus
snippet_edit (BalCli  *cli,
              int      argc,
              char   **argv)
{
  static const char synopsis[] = "snippet edit NAME [TEXT | --html FILE] [--name NEW]";
  g_auto(SnippetWork) work = { 0 };
  g_autofree char *path = NULL;
  const GOptionEntry entries[] = {
    { "html", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("A file with HTML; “-” is standard input"), "FILE" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &work.name, N_("Another name"), "NEW" },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse (synopsis, entries, &argc, &argv, 1, 2))
    return BAL_CLI_USAGE;
  if ((argc == 3 && path != NULL) || (argc < 3 && path == NULL && work.name == NULL))
    return bal_cli_usage (_("Say what to write once: “%s”."), synopsis);
  if (!take_text (&work, argc == 3 ? argv[2] : NULL, path))
    return BAL_CLI_USAGE;

  work.wanted = g_strdup (argv[1]);
  return bal_cli_write (cli, put_work, &work, &error) ? print_snippet (cli, work.snippet) : bal_cli_fail (error);
}

/* ---- remove, move ---- */

static gboolean
remove_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  SnippetWork *work = data;

  return show_work (transaction, work, error) && bal_snippet_table_remove (transaction, work->snippet->id, error);
}

/* Prints what was removed: that is all that there is of it. */
static BalCliStatus
snippet_remove (BalCli  *cli,
                int      argc,
                char   **argv)
{
  g_auto(SnippetWork) work = { 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("snippet remove NAME", NULL, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  work.wanted = g_strdup (argv[1]);
  return bal_cli_write (cli, remove_work, &work, &error) ? print_snippet (cli, work.snippet) : bal_cli_fail (error);
}

static gboolean
move_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  SnippetWork *work = data;

  return show_work (transaction, work, error) &&
         bal_snippet_table_move (transaction, work->snippet->id, (guint) MIN (work->position, G_MAXINT) - 1, error);
}

static BalCliStatus
snippet_move (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(SnippetWork) work = { 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("snippet move NAME PLACE", NULL, &argc, &argv, 2, 2) ||
      !bal_cli_parse_id (argv[2], &work.position))
    return BAL_CLI_USAGE;
  work.wanted = g_strdup (argv[1]);
  return bal_cli_write (cli, move_work, &work, &error) ? snippet_list (cli, 1, argv) : bal_cli_fail (error);
}

BalCliStatus
bal_cli_snippet (BalCli  *cli,
                 int      argc,
                 char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", snippet_list, "snippet list" },
    { "show", snippet_show, "snippet show NAME" },
    { "add", snippet_add, "snippet add NAME TEXT | --html FILE" },
    { "edit", snippet_edit, "snippet edit NAME [TEXT | --html FILE] [--name NEW]" },
    { "remove", snippet_remove, "snippet remove NAME" },
    { "move", snippet_move, "snippet move NAME PLACE" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "snippet", argc, argv);
}
