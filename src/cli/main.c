/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bal-cli.h"
#include "bal-heap.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const BalCliVerb commands[] = {
  { "blog",     bal_cli_blog,     N_("add, list, show or remove blogs") },
  { "sync",     bal_cli_sync,     N_("receive and send what is new") },
  { "review",   bal_cli_review,   N_("list, write, publish reviews") },
  { "comment",  bal_cli_comment,  N_("list, answer, moderate comments") },
  { "snippet",  bal_cli_snippet,  N_("saved replies") },
  { "person",   bal_cli_person,   N_("who comments, and what you think of them") },
  { "filter",   bal_cli_filter,   N_("saved searches for comments") },
  { "spam",     bal_cli_spam,     N_("what the spam help may do") },
  { "search",   bal_cli_search,   N_("find words in reviews or comments") },
  { "outbox",   bal_cli_outbox,   N_("what waits to be sent") },
  { "conflict", bal_cli_conflict, N_("what was changed on both sides") },
  { "import",   bal_cli_import,   N_("bring a file in") },
  { "export",   bal_cli_export,   N_("write everything out") },
  { "stats",    bal_cli_stats,    N_("numbers") },
  { "check",    bal_cli_check,    N_("look for damage") },
  { "backup",   bal_cli_backup,   N_("copy the database to a file") },
  { "restore",  bal_cli_restore,  N_("put a backup in the place of the database") },
  { "document", bal_cli_document, N_("read HTML and write it again") },
  { NULL }
};

static void
print_help (void)
{
  g_print ("%s\n\n", _("Usage: balconyctl [--data-dir DIR] [--blog NAME] [--json] COMMAND …"));
  for (const BalCliVerb *verb = commands; verb->name != NULL; verb++)
    g_print ("  %-10s %s\n", verb->name, _(verb->synopsis));
  g_print ("\n%s\n", _("“balconyctl COMMAND --help” tells more. Exit status: 0 done, 1 failed, 2 wrong usage, "
                       "3 done but something waits for you."));
}

/* "--name VALUE" or "--name=VALUE" at *index; moves *index to the last word used. */
static gboolean
take_value (const char  *name,
            int          argc,
            char       **argv,
            int         *index,
            char       **value,
            gboolean    *missing)
{
  gsize length = strlen (name);

  if (strncmp (argv[*index], name, length) != 0)
    return FALSE;

  if (argv[*index][length] == '=')
    {
      g_free (*value);
      *value = g_strdup (argv[*index] + length + 1);
      *missing = **value == '\0';
      return TRUE;
    }
  if (argv[*index][length] != '\0')
    return FALSE;

  if (*index + 1 >= argc)
    {
      *missing = TRUE;
      return TRUE;
    }
  g_free (*value);
  *value = g_strdup (argv[++*index]);
  *missing = **value == '\0';

  return TRUE;
}

/* The global options may stand anywhere before a "--". What is left is the command with its own. */
static gboolean
take_global_options (BalCli     *cli,
                     int         argc,
                     char      **argv,
                     GPtrArray  *rest)
{
  gboolean missing = FALSE;
  int i;

  for (i = 1; i < argc && !g_str_equal (argv[i], "--") && !missing; i++)
    {
      if (g_str_equal (argv[i], "--json"))
        cli->json = TRUE;
      else if (!take_value ("--data-dir", argc, argv, &i, &cli->data_dir, &missing) &&
               !take_value ("--blog", argc, argv, &i, &cli->blog_name, &missing))
        g_ptr_array_add (rest, argv[i]);
    }
  for (; i < argc; i++)
    g_ptr_array_add (rest, argv[i]);
  g_ptr_array_add (rest, NULL);

  return !missing;
}

static BalCliStatus
run (BalCli  *cli,
     int      argc,
     char   **argv)
{
  if (argc == 0)
    {
      print_help ();
      return BAL_CLI_USAGE;
    }
  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h") || g_str_equal (argv[0], "help"))
    {
      print_help ();
      return BAL_CLI_DONE;
    }
  if (g_str_equal (argv[0], "--version"))
    {
      g_print ("balconyctl %s\n", BALCONY_VERSION);
      return BAL_CLI_DONE;
    }

  for (const BalCliVerb *verb = commands; verb->name != NULL; verb++)
    if (g_str_equal (verb->name, argv[0]))
      {
        if (verb->run != NULL)
          return verb->run (cli, argc, argv);
        g_printerr (_("balconyctl: “%s” is not part of this version yet.\n"), verb->name);
        return BAL_CLI_FAILED;
      }

  return bal_cli_usage (_("There is no command “%s”; “balconyctl --help” lists them."), argv[0]);
}

/* A file that took the number of a missing standard stream would get our words in it. */
static void
open_missing_streams (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDONLY);
  while (fd >= 0 && fd <= STDERR_FILENO);

  if (fd >= 0)
    close (fd);
}

/* cron runs commands in the C locale, where GLib would refuse every letter beyond ASCII. */
static void
use_utf8_in_plain_locale (void)
{
  if (g_str_equal (nl_langinfo (CODESET), "ANSI_X3.4-1968"))
    g_setenv ("CHARSET", "UTF-8", TRUE);
}

/* A script must not take half an answer for a whole one. */
static BalCliStatus
finish_output (BalCliStatus status)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return status;

  g_printerr ("balconyctl: %s\n",
              _("The answer could not be written out completely. What was changed stays changed."));

  return BAL_CLI_FAILED;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(GPtrArray) rest = g_ptr_array_new ();
  BalCli cli = { 0 };
  BalCliStatus status;

  bal_heap_give_back_large_blocks ();
  open_missing_streams ();
  setlocale (LC_ALL, "");
  use_utf8_in_plain_locale ();
  bindtextdomain (GETTEXT_PACKAGE, BALCONY_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("balconyctl");
  umask (077);

  if (take_global_options (&cli, argc, argv, rest))
    status = run (&cli, (int) rest->len - 1, (char **) rest->pdata);
  else
    status = bal_cli_usage (_("--data-dir and --blog need a value."));
  bal_cli_clear (&cli);

  return finish_output (status);
}
