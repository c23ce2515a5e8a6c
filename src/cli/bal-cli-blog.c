/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-error.h"

/* ---- add ---- */

typedef struct
{
  char *provider;
  char *url;
  char *user;
  char *client_id;
} AddOptions;

static void
add_options_clear (AddOptions *options)
{
  g_free (options->provider);
  g_free (options->url);
  g_free (options->user);
  g_free (options->client_id);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AddOptions, add_options_clear)

static gboolean
name_is_free_work (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(BalBlog) blog = bal_blog_table_find (transaction, data, &local_error);

  if (blog != NULL)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_INVALID,
                   _("There is a blog “%s” already; choose another name."), (const char *) data);
      return FALSE;
    }
  if (!g_error_matches (local_error, BAL_ERROR, BAL_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static BalBlog *
discover (BalSyncEngine *engine,
          AddOptions    *options,
          GError       **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GCancellable) cancellable = bal_cli_interruptible ();

  bal_sync_engine_discover_async (engine, options->provider, options->url, cancellable,
                                  bal_cli_await_cb, &result);
  bal_cli_await (&result);

  return bal_sync_engine_discover_finish (engine, result, error);
}

static gint64
add_blog (BalSyncEngine  *engine,
          BalBlog        *blog,
          const char     *password,
          gboolean       *kept,
          GError        **error)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GCancellable) cancellable = bal_cli_interruptible ();

  bal_sync_engine_add_blog_async (engine, blog, password, cancellable, bal_cli_await_cb, &result);
  bal_cli_await (&result);

  return bal_sync_engine_add_blog_finish (engine, result, kept, error);
}

static void
say_not_kept (const BalProviderType *type)
{
  if (type->get_oauth != NULL)
    g_printerr ("balconyctl: %s\n", _("No secret service keeps the sign-in; start one and use “balconyctl blog sign-in”."));
  else
    g_printerr ("balconyctl: %s\n", _("No secret service keeps the password; give it in BALCONY_PASSWORD with each sync."));
}

static BalCliStatus
add_with_options (BalCli     *cli,
                  char       *name,
                  AddOptions *options)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = NULL;
  char *password = NULL;
  const BalProviderType *type;
  BalSyncEngine *engine;
  gboolean kept = TRUE;
  gint64 id;

  if (!bal_cli_read (cli, name_is_free_work, name, &error))
    return bal_cli_fail (error);
  engine = bal_cli_get_engine (cli, NULL, &error);
  if (engine == NULL)
    return bal_cli_fail (error);
  type = bal_provider_registry_find (bal_sync_engine_get_registry (engine), options->provider);
  if (type == NULL)
    {
      g_printerr (_("balconyctl: “%s” blogs are not part of this version yet.\n"), options->provider);
      return BAL_CLI_FAILED;
    }
  if (type->needs_password && type->get_oauth == NULL && type->key_name == NULL && options->user == NULL)
    return bal_cli_usage (_("Say with --user who you are on that blog."));

  blog = discover (engine, options, &error);
  if (blog == NULL)
    return bal_cli_fail (error);
  if (type->needs_password && (password = bal_cli_get_password (type, options->client_id, &error)) == NULL)
    return bal_cli_fail (error);

  bal_blog_set_name (blog, name);
  if (options->user != NULL)
    bal_blog_set_user (blog, options->user);
  id = add_blog (engine, blog, password, &kept, &error);
  bal_secret_free (password);
  if (id == 0)
    return bal_cli_fail (error);

  if (!kept)
    say_not_kept (type);
  bal_blog_set_id (blog, id);
  if (cli->json)
    bal_cli_print_json (bal_cli_blog_to_json (blog));
  else
    g_print (_("Added “%s” (%s).\n"), name, bal_blog_get_url (blog));

  return BAL_CLI_DONE;
}

static BalCliStatus
blog_add (BalCli  *cli,
          int      argc,
          char   **argv)
{
  g_auto(AddOptions) options = { 0 };
  const GOptionEntry entries[] = {
    { "provider", 0, 0, G_OPTION_ARG_STRING, &options.provider, N_("wordpress, blogger, ghost or folder"), "P" },
    { "url", 0, 0, G_OPTION_ARG_STRING, &options.url, N_("Any page of the blog, or a folder"), "URL" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options.user, N_("Your name there"), "U" },
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &options.client_id, N_("Your own client ID at Google (Blogger)"), "ID" },
    { NULL }
  };

  if (!bal_cli_parse ("blog add NAME --provider P --url URL [--user U] [--client-id ID]", entries, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  if (options.provider == NULL || options.url == NULL)
    return bal_cli_usage (_("--provider and --url are needed."));
  if (!g_utf8_validate (argv[1], -1, NULL))
    return bal_cli_usage (_("The name is not valid UTF-8."));
  if (*g_strstrip (argv[1]) == '\0')
    return bal_cli_usage (_("The blog needs a name."));

  return add_with_options (cli, argv[1], &options);
}

/* ---- list, show, remove ---- */

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  GPtrArray **blogs = data;

  return (*blogs = bal_blog_table_list (transaction, error)) != NULL;
}

static BalCliStatus
blog_list (BalCli  *cli,
           int      argc,
           char   **argv)
{
  g_autoptr(GPtrArray) blogs = NULL;
  g_autoptr(GError) error = NULL;
  json_t *array;

  if (!bal_cli_parse ("blog list", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, list_work, &blogs, &error))
    return bal_cli_fail (error);

  if (!cli->json)
    {
      for (guint i = 0; i < blogs->len; i++)
        {
          BalBlog *blog = g_ptr_array_index (blogs, i);

          g_print ("%4" G_GINT64_FORMAT "  %-24s  %-10s  %s\n", bal_blog_get_id (blog),
                   bal_blog_get_name (blog), bal_blog_get_provider (blog), bal_blog_get_url (blog));
        }
      return BAL_CLI_DONE;
    }

  array = json_array ();
  for (guint i = 0; i < blogs->len; i++)
    json_array_append_new (array, bal_cli_blog_to_json (g_ptr_array_index (blogs, i)));
  bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

typedef struct
{
  BalCli     *cli;
  const char *name;     /* NULL: --blog or the only one */
  BalBlog    *blog;
  BalCounts   counts;
  GPtrArray  *guests;   /* for removing: names */
} ShowWork;

static gboolean
show_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ShowWork *work = data;

  work->blog = work->name != NULL ? bal_blog_table_find (transaction, work->name, error)
                                  : bal_cli_pick_blog (work->cli, transaction, error);

  return work->blog != NULL &&
         bal_counts_read (transaction, bal_blog_get_id (work->blog), &work->counts, error);
}

static BalCliStatus
blog_show (BalCli  *cli,
           int      argc,
           char   **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = NULL;
  ShowWork work = { .cli = cli };
  guint n_reviews = 0;

  if (!bal_cli_parse ("blog show [NAME]", NULL, &argc, &argv, 0, 1))
    return BAL_CLI_USAGE;
  work.name = argc > 1 ? argv[1] : NULL;
  if (!bal_cli_read (cli, show_work, &work, &error))
    return bal_cli_fail (error);

  blog = work.blog;
  if (cli->json)
    {
      bal_cli_print_json (bal_cli_blog_to_json (blog));
      return BAL_CLI_DONE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (work.counts.reviews); i++)
    n_reviews += work.counts.reviews[i];
  g_print ("%s\n%s\n", bal_blog_get_name (blog), bal_blog_get_url (blog));
  g_print (ngettext ("%u review\n", "%u reviews\n", n_reviews), n_reviews);
  g_print (ngettext ("%u pending comment\n", "%u pending comments\n",
                     work.counts.comments[BAL_COMMENT_STATUS_PENDING]),
           work.counts.comments[BAL_COMMENT_STATUS_PENDING]);
  if (bal_blog_get_language (blog) != NULL)
    g_print (_("Spelled in %s\n"), bal_blog_get_language (blog));
  if (!(bal_blog_get_capabilities (blog) & BAL_CAPABILITY_UPLOAD_MEDIA) &&
      !bal_cli_print_image_place (cli, blog, &error))
    return bal_cli_fail (error);
  if (!bal_blog_get_signed_in (blog))
    g_print ("%s\n", _("Signed out: the blog refused the password."));

  return BAL_CLI_DONE;
}

/* ---- sign-in ---- */

static BalCliStatus
blog_sign_in (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *client_id = NULL;
  g_autoptr(BalBlog) blog = NULL;
  const GOptionEntry entries[] = {
    { "client-id", 0, 0, G_OPTION_ARG_STRING, &client_id, N_("Your own client ID at Google (Blogger)"), "ID" },
    { NULL }
  };
  ShowWork work = { .cli = cli };
  const BalProviderType *type;
  BalSyncEngine *engine;
  gboolean kept = TRUE;
  char *password;

  if (!bal_cli_parse ("blog sign-in NAME [--client-id ID]", entries, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  work.name = argv[1];
  if (!bal_cli_read (cli, show_work, &work, &error))
    return bal_cli_fail (error);
  blog = work.blog;
  engine = bal_cli_get_engine (cli, NULL, &error);
  if (engine == NULL)
    return bal_cli_fail (error);

  type = bal_provider_registry_find (bal_sync_engine_get_registry (engine), bal_blog_get_provider (blog));
  if (type == NULL || !type->needs_password)
    return bal_cli_usage (_("This blog needs no signing in."));
  password = bal_cli_get_password (type, client_id, &error);
  if (password == NULL || add_blog (engine, blog, password, &kept, &error) == 0)
    {
      bal_secret_free (password);
      return bal_cli_fail (error);
    }
  bal_secret_free (password);

  if (!kept)
    say_not_kept (type);
  if (cli->json)
    bal_cli_print_json (bal_cli_blog_to_json (blog));
  else
    g_print (_("Signed in to “%s”.\n"), argv[1]);
  return BAL_CLI_DONE;
}

/* ---- remove ---- */

/* Whose pictures went to the blog that goes. */
static gboolean
list_guests_work (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  ShowWork *work = data;
  g_autoptr(GPtrArray) blogs = NULL;

  if (!show_work (transaction, work, error) || (blogs = bal_blog_table_list (transaction, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < blogs->len; i++)
    if (bal_blog_get_image_host (blogs->pdata[i]) == bal_blog_get_id (work->blog))
      g_ptr_array_add (work->guests, g_strdup (bal_blog_get_name (blogs->pdata[i])));
  return TRUE;
}

static BalCliStatus
blog_remove (BalCli  *cli,
             int      argc,
             char   **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GPtrArray) guests = g_ptr_array_new_with_free_func (g_free);
  ShowWork work = { .cli = cli, .guests = guests };
  g_autoptr(BalBlog) blog = NULL;
  BalSyncEngine *engine;

  if (!bal_cli_parse ("blog remove NAME", NULL, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  work.name = argv[1];
  if (!bal_cli_read (cli, list_guests_work, &work, &error))
    return bal_cli_fail (error);
  blog = work.blog;
  engine = bal_cli_get_engine (cli, NULL, &error);
  if (engine == NULL)
    return bal_cli_fail (error);

  bal_sync_engine_remove_blog_async (engine, bal_blog_get_id (blog), NULL, bal_cli_await_cb, &result);
  bal_cli_await (&result);
  if (!bal_sync_engine_remove_blog_finish (engine, result, &error))
    return bal_cli_fail (error);
  if (!cli->json)
    g_print (_("Removed “%s” here; nothing was changed on the blog itself.\n"), argv[1]);
  else
    bal_cli_print_json (json_pack ("{s:o}", "removed", bal_cli_string (argv[1])));
  for (guint i = 0; i < guests->len; i++)
    g_printerr (_("balconyctl: The pictures of “%s” went there; say with “blog set” where they go now.\n"),
                (const char *) guests->pdata[i]);

  return BAL_CLI_DONE;
}

BalCliStatus
bal_cli_blog (BalCli  *cli,
              int      argc,
              char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "add", blog_add, "blog add NAME --provider P --url URL [--user U] [--client-id ID]" },
    { "sign-in", blog_sign_in, "blog sign-in NAME [--client-id ID]" },
    { "list", blog_list, "blog list" },
    { "show", blog_show, "blog show [NAME]" },
    { "set", bal_cli_blog_set, BAL_CLI_BLOG_SET_SYNOPSIS },
    { "remove", blog_remove, "blog remove NAME" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "blog", argc, argv);
}
