/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-error.h"
#include "bal-providers.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

BalCliStatus
bal_cli_fail (const GError *error)
{
  g_printerr ("balconyctl: %s\n", error->message);

  return BAL_CLI_FAILED;
}

BalCliStatus
bal_cli_usage (const char *format,
               ...)
{
  g_autofree char *message = NULL;
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_printerr ("balconyctl: %s\n", message);

  return BAL_CLI_USAGE;
}

BalCliStatus
bal_cli_dispatch (BalCli            *self,
                  const BalCliVerb  *verbs,
                  const char        *noun,
                  int                argc,
                  char             **argv)
{
  const BalCliVerb *verb;

  for (verb = verbs; argc > 1 && verb->name != NULL; verb++)
    if (g_str_equal (verb->name, argv[1]))
      {
        if (verb->run != NULL)
          return verb->run (self, argc - 1, argv + 1);
        g_printerr (_("balconyctl: “%s” is not part of this version yet.\n"), verb->synopsis);
        return BAL_CLI_FAILED;
      }

  if (argc > 1 && (g_str_equal (argv[1], "--help") || g_str_equal (argv[1], "-h")))
    {
      for (verb = verbs; verb->name != NULL; verb++)
        g_print ("balconyctl %s\n", verb->synopsis);
      return BAL_CLI_DONE;
    }

  g_printerr (_("balconyctl: “%s” needs one of these:\n"), noun);
  for (verb = verbs; verb->name != NULL; verb++)
    g_printerr ("  balconyctl %s\n", verb->synopsis);

  return BAL_CLI_USAGE;
}

void
bal_cli_clear (BalCli *self)
{
  g_autoptr(GError) error = NULL;

  if (self->engine != NULL)
    bal_sync_engine_close (self->engine);
  g_clear_object (&self->engine);
  if (self->store != NULL && !bal_store_close (self->store, &error))
    g_printerr ("balconyctl: %s\n", error->message);
  g_clear_object (&self->store);
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->blog_name, g_free);
}

BalStore *
bal_cli_get_store (BalCli  *self,
                   GError **error)
{
  if (self->store == NULL)
    {
      if (self->data_dir == NULL)
        self->data_dir = g_build_filename (g_get_user_data_dir (), "balcony", NULL);
      self->store = bal_store_open (self->data_dir, error);
    }

  return self->store;
}

BalSyncEngine *
bal_cli_get_engine (BalCli      *self,
                    const char  *password,
                    GError     **error)
{
  if (self->engine == NULL)
    {
      g_autoptr(BalProviderRegistry) registry = bal_providers_new_registry ();
      g_autoptr(BalSecrets) secrets = NULL;
      BalStore *store = bal_cli_get_store (self, error);

      if (store == NULL)
        return NULL;
      secrets = password != NULL ? bal_secrets_memory_new (password) : bal_secrets_keyring_new ();
      self->engine = bal_sync_engine_new (store, registry, secrets);
    }

  return self->engine;
}

gboolean
bal_cli_write (BalCli        *self,
               BalStoreWork   work,
               gpointer       data,
               GError       **error)
{
  BalStore *store = bal_cli_get_store (self, error);

  return store != NULL && bal_store_write (store, work, data, NULL, error);
}

gboolean
bal_cli_read (BalCli        *self,
              BalStoreWork   work,
              gpointer       data,
              GError       **error)
{
  BalStore *store = bal_cli_get_store (self, error);

  return store != NULL && bal_store_read (store, work, data, NULL, error);
}

void
bal_cli_await_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  GAsyncResult **slot = user_data;

  *slot = g_object_ref (result);
}

void
bal_cli_await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_CONTINUE;
}

GCancellable *
bal_cli_interruptible (void)
{
  GCancellable *cancellable = g_cancellable_new ();

  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGINT, interrupted_cb,
                          g_object_ref (cancellable), g_object_unref);
  g_unix_signal_add_full (G_PRIORITY_HIGH, SIGTERM, interrupted_cb,
                          g_object_ref (cancellable), g_object_unref);

  return cancellable;
}

gboolean
bal_cli_parse (const char          *synopsis,
               const GOptionEntry  *entries,
               int                 *argc,
               char              ***argv,
               int                  n_min,
               int                  n_max)
{
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *summary = g_strdup_printf ("balconyctl %s", synopsis);
  int n_options, n;

  g_option_context_set_summary (context, summary);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  /* What stands behind "--" is none of GOption's business, which would leave the "--" among it. */
  for (n_options = 1; n_options < *argc && !g_str_equal ((*argv)[n_options], "--"); n_options++)
    ;
  n = n_options;
  if (!g_option_context_parse (context, &n, argv, &error))
    {
      bal_cli_usage ("%s", error->message);
      return FALSE;
    }
  for (int i = n_options + 1; i < *argc; i++)
    (*argv)[n++] = (*argv)[i];
  (*argv)[n] = NULL;
  *argc = n--;

  if (n < n_min || (n_max >= 0 && n > n_max))
    {
      bal_cli_usage (_("Usage: balconyctl %s"), synopsis);
      return FALSE;
    }

  return TRUE;
}

gboolean
bal_cli_parse_id (const char *text,
                  gint64     *id)
{
  g_autoptr(GError) error = NULL;

  if (g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, id, &error))
    return TRUE;

  bal_cli_usage (_("“%s” is not a number from a list."), text);

  return FALSE;
}

gboolean
bal_cli_parse_with_id (const char          *synopsis,
                       const GOptionEntry  *entries,
                       int                 *argc,
                       char              ***argv,
                       int                  n_min,
                       int                  n_max,
                       gint64              *id)
{
  return bal_cli_parse (synopsis, entries, argc, argv, n_min, n_max) &&
         (*argc < 2 || bal_cli_parse_id ((*argv)[1], id));
}

gboolean
bal_cli_filter_blog (BalCli          *self,
                     BalTransaction  *transaction,
                     gint64          *blog_id,
                     GError         **error)
{
  g_autoptr(BalBlog) blog = NULL;

  *blog_id = 0;
  if (self->blog_name == NULL)
    return TRUE;

  blog = bal_blog_table_find (transaction, self->blog_name, error);
  if (blog == NULL)
    return FALSE;
  *blog_id = bal_blog_get_id (blog);

  return TRUE;
}

BalBlog *
bal_cli_pick_blog (BalCli          *self,
                   BalTransaction  *transaction,
                   GError         **error)
{
  g_autoptr(GPtrArray) blogs = NULL;

  if (self->blog_name != NULL)
    return bal_blog_table_find (transaction, self->blog_name, error);

  blogs = bal_blog_table_list (transaction, error);
  if (blogs == NULL)
    return NULL;
  if (blogs->len == 1)
    return g_object_ref (g_ptr_array_index (blogs, 0));

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                       blogs->len == 0
                         ? _("There is no blog yet; add one with “balconyctl blog add”.")
                         : _("There are several blogs; say which one with --blog NAME."));

  return NULL;
}

static char *
read_secret (const char  *variable,
             const char  *prompt,
             const char  *missing,
             GError     **error)
{
  const char *given = g_getenv (variable);
  struct termios old, quiet;
  gboolean is_terminal = isatty (STDIN_FILENO) && tcgetattr (STDIN_FILENO, &old) == 0;
  char line[1024];
  gboolean got;

  if (given != NULL && *given != '\0')
    return g_strdup (given);

  if (is_terminal)
    {
      g_printerr ("%s ", prompt);
      quiet = old;
      quiet.c_lflag &= ~(tcflag_t) ECHO;
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &quiet);
    }
  got = fgets (line, sizeof line, stdin) != NULL;
  if (is_terminal)
    {
      tcsetattr (STDIN_FILENO, TCSAFLUSH, &old);
      g_printerr ("\n");
    }

  if (got)
    line[strcspn (line, "\r\n")] = '\0';
  if (!got || line[0] == '\0')
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_AUTH, missing);
      return NULL;
    }

  return g_strdup (line);
}

char *
bal_cli_read_password (GError **error)
{
  return read_secret ("BALCONY_PASSWORD", _("Password:"),
                      _("A password is needed; give it in BALCONY_PASSWORD or on standard input."), error);
}

char *
bal_cli_read_client_secret (GError **error)
{
  return read_secret ("BALCONY_CLIENT_SECRET", _("Client secret:"),
                      _("The secret of the client ID is needed; give it in BALCONY_CLIENT_SECRET or on standard input."),
                      error);
}

gboolean
bal_cli_read_file (const char  *path,
                   char       **contents,
                   gsize       *length,
                   GError     **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GIOChannel) input = NULL;

  if (!g_str_equal (path, "-"))
    {
      if (g_file_get_contents (path, contents, length, &local_error))
        return TRUE;
    }
  else
    {
      input = g_io_channel_unix_new (STDIN_FILENO);
      g_io_channel_set_encoding (input, NULL, NULL);
      if (g_io_channel_read_to_end (input, contents, length, &local_error) == G_IO_STATUS_NORMAL)
        return TRUE;
    }

  g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID, _("The file could not be read: %s"),
               local_error != NULL ? local_error->message : path);

  return FALSE;
}
