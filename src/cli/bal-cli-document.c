/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-document-diff.h"
#include "bal-document-merge.h"
#include "bal-safe-text.h"

#include <stdio.h>
#include <string.h>

static const char *
kind_nick (BalBlockKind kind)
{
  static const char *const nicks[] = {
    "paragraph", "heading", "quote", "list", "item", "image",
    "separator", "jump-break", "preformatted", "table", "opaque",
  };

  return kind < G_N_ELEMENTS (nicks) ? nicks[kind] : "opaque";
}

static json_t *
block_to_json (BalBlock *block)
{
  json_t *object = json_object ();
  json_t *children = json_array ();
  BalBlockKind kind = bal_block_get_kind (block);

  json_object_set_new (object, "kind", json_string (kind_nick (kind)));
  if (kind == BAL_BLOCK_HEADING)
    json_object_set_new (object, "level", json_integer (bal_block_get_level (block)));
  if (kind == BAL_BLOCK_LIST)
    json_object_set_new (object, "ordered", json_boolean (bal_block_get_ordered (block)));
  if (kind == BAL_BLOCK_OPAQUE)
    json_object_set_new (object, "name", bal_cli_string (bal_block_get_name (block)));
  json_object_set_new (object, "text", bal_cli_string (bal_block_get_text (block)));

  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    json_array_append_new (children, block_to_json (bal_block_get_child (block, i)));
  if (json_array_size (children) > 0)
    json_object_set (object, "children", children);
  json_decref (children);

  return object;
}

static void
print_block (BalBlock *block,
             int       depth)
{
  g_autofree char *text = bal_cli_cell (bal_block_get_text (block), 60);

  g_print ("%*s%-12s %s\n", depth * 2, "", kind_nick (bal_block_get_kind (block)), text);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    print_block (bal_block_get_child (block, i), depth + 1);
}

static BalCliStatus
print_blocks (BalCli      *cli,
              BalDocument *document)
{
  json_t *array = json_array ();

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);

      if (cli->json)
        json_array_append_new (array, block_to_json (block));
      else
        print_block (block, 0);
    }

  if (cli->json)
    bal_cli_print_json (json_pack ("{s:s, s:O}", "dialect",
                                   bal_dialect_to_nick (bal_document_get_dialect (document)), "blocks", array));
  json_decref (array);

  return BAL_CLI_DONE;
}

/* Replaces the text of the Nth paragraph (from 1). (nullable): NULL when there is none. */
static BalDocument *
set_paragraph (BalDocument *document,
               gint64       number,
               const char  *text)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  gint64 seen = 0;

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);

      if (bal_block_get_kind (block) == BAL_BLOCK_PARAGRAPH && ++seen == number)
        g_ptr_array_add (blocks, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0));
      else
        g_ptr_array_add (blocks, bal_block_ref (block));
    }

  return seen >= number ? bal_document_with_blocks (document, blocks) : NULL;
}

static BalCliStatus
edit_and_print (BalCli      *cli,
                BalDocument *document,
                char       **paragraph,
                gboolean     blocks)
{
  g_autoptr(BalDocument) edited = bal_document_ref (document);
  g_autofree char *html = NULL;
  gint64 number;
  gsize length;

  if (paragraph[0] != NULL)
    {
      if (!bal_cli_parse_id (paragraph[0], &number))
        return BAL_CLI_USAGE;
      if (!g_utf8_validate (paragraph[1], -1, NULL))
        return bal_cli_usage (_("The text is not valid UTF-8."));
      g_clear_pointer (&edited, bal_document_unref);
      edited = set_paragraph (document, number, paragraph[1]);
      if (edited == NULL)
        return bal_cli_usage (_("The document has no paragraph %s."), paragraph[0]);
    }
  if (blocks)
    return print_blocks (cli, edited);

  html = bal_document_to_html (edited, &length);
  fwrite (html, 1, length, stdout);

  return BAL_CLI_DONE;
}

/* GOption knows no option with two values. FALSE when they are missing. */
static gboolean
take_paragraph (int   *argc,
                char **argv,
                char **paragraph)
{
  for (int i = 1; i < *argc && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--set-paragraph"))
      {
        if (i + 2 >= *argc)
          return FALSE;
        paragraph[0] = argv[i + 1];
        paragraph[1] = argv[i + 2];
        *argc -= 3;
        memmove (argv + i, argv + i + 3, sizeof *argv * (gsize) (*argc - i));
        return TRUE;
      }

  return TRUE;
}

static BalCliStatus
print_merge (BalDocument *base,
             BalDocument *mine,
             BalDocument *theirs)
{
  g_autoptr(BalMerge) merge = bal_document_merge3 (base, mine, theirs);
  g_autoptr(BalDocument) outcome = bal_merge_to_document (merge);
  guint n_conflicts = bal_merge_get_n_conflicts (merge);
  g_autofree char *html = NULL;
  gsize length;

  html = bal_document_to_html (outcome, &length);
  fwrite (html, 1, length, stdout);
  if (n_conflicts == 0)
    return BAL_CLI_DONE;

  g_printerr (ngettext ("%u place was changed on both sides; your version of it stands.\n",
                        "%u places were changed on both sides; your version of them stands.\n", n_conflicts),
              n_conflicts);
  return BAL_CLI_WAITING;
}

static BalCliStatus
print_diff (BalCli      *cli,
            BalDocument *old,
            BalDocument *new_)
{
  g_autoptr(GPtrArray) changes = bal_document_diff (old, new_);

  if (cli->json)
    bal_cli_print_json (bal_cli_changes_to_json (changes));
  else
    bal_cli_print_changes (changes);
  return BAL_CLI_DONE;
}

static BalCliStatus
print_text (BalDocument *document,
            const char  *html,
            gboolean     safe)
{
  g_autofree char *text = safe ? bal_safe_text_from_html (html) : bal_document_to_text (document);

  fwrite (text, 1, strlen (text), stdout);
  if (*text != '\0' && !g_str_has_suffix (text, "\n"))
    fputc ('\n', stdout);
  return BAL_CLI_DONE;
}

/* (transfer full) (nullable): NULL when it can't be read. */
static BalDocument *
read_document (const char  *path,
               BalDialect   dialect,
               char       **html,
               GError     **error)
{
  gsize length;

  if (!bal_cli_read_file (path, html, &length, error))
    return NULL;
  return bal_document_new_from_html (*html, (gssize) length, dialect);
}

/* @argv: the file, and for a merge what both came from and the other version. */
static BalCliStatus
compare_files (BalCli      *cli,
               BalDocument *document,
               const char  *diff,
               char       **argv,
               BalDialect   dialect)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autoptr(BalDocument) base = read_document (diff != NULL ? diff : argv[2], dialect, &one, &error);
  g_autoptr(BalDocument) theirs = NULL;

  if (base == NULL)
    return bal_cli_fail (error);
  if (diff != NULL)
    return print_diff (cli, document, base);

  theirs = read_document (argv[3], dialect, &two, &error);
  return theirs != NULL ? print_merge (base, document, theirs) : bal_cli_fail (error);
}

BalCliStatus
bal_cli_document (BalCli  *cli,
                  int      argc,
                  char   **argv)
{
  static const char synopsis[] =
    "document FILE [--dialect D] [--set-paragraph N TEXT] [--blocks | --text | --safe | --diff OTHER | --merge BASE THEIRS]";
  g_autofree char *nick = NULL;
  g_autofree char *diff = NULL;
  char *paragraph[2] = { NULL, NULL };
  gboolean blocks = FALSE;
  gboolean text = FALSE;
  gboolean safe = FALSE;
  gboolean merge = FALSE;
  const GOptionEntry entries[] = {
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &nick, N_("Where the file shows none: html, wp-blocks, wp-classic, blogger"), "D" },
    { "blocks", 0, 0, G_OPTION_ARG_NONE, &blocks, N_("Show the blocks, not the HTML"), NULL },
    { "text", 0, 0, G_OPTION_ARG_NONE, &text, N_("Show what a reader reads, not the HTML"), NULL },
    { "safe", 0, 0, G_OPTION_ARG_NONE, &safe, N_("Show only the text that is safe to show, as for comments"), NULL },
    { "diff", 0, 0, G_OPTION_ARG_FILENAME, &diff, N_("Show what is different in another version"), "OTHER" },
    { "merge", 0, 0, G_OPTION_ARG_NONE, &merge, N_("Merge with another version of the same base: FILE BASE THEIRS"), NULL },
    { NULL }
  };
  BalDialect dialect = BAL_DIALECT_HTML;
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *html = NULL;
  gboolean changes;

  if (!take_paragraph (&argc, argv, paragraph))
    return bal_cli_usage (_("Usage: balconyctl %s"), synopsis);
  if (!bal_cli_parse (synopsis, entries, &argc, &argv, 1, 3))
    return BAL_CLI_USAGE;
  changes = paragraph[0] != NULL;
  if (argc != (merge ? 4 : 2) || changes + blocks + text + safe + merge + (diff != NULL) > 1 + (changes && blocks))
    return bal_cli_usage (_("Usage: balconyctl %s"), synopsis);
  if (nick != NULL && !bal_dialect_from_nick (nick, &dialect))
    return bal_cli_usage (_("There is no dialect “%s”."), nick);
  document = read_document (argv[1], dialect, &html, &error);
  if (document == NULL)
    return bal_cli_fail (error);

  if (merge || diff != NULL)
    return compare_files (cli, document, diff, argv, dialect);
  if (text || safe)
    return print_text (document, html, safe);
  return edit_and_print (cli, document, paragraph, blocks);
}
