/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-error.h"

#include <string.h>

typedef struct
{
  const char *name;
  char       *language;      /* nullable: as it is; "auto": the desktop's */
  char       *image_host;    /* nullable: as it is; a blog, a folder, or "none" */
  char       *image_url;     /* nullable: as it is */
  BalBlog    *blog;
} SetWork;

static void
set_work_clear (SetWork *self)
{
  g_free (self->language);
  g_free (self->image_host);
  g_free (self->image_url);
  g_clear_object (&self->blog);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SetWork, set_work_clear)

/* A folder is told from a blog by its slash. */
static gboolean
set_image_place (BalTransaction  *transaction,
                 SetWork         *work,
                 GError         **error)
{
  const char *url = work->image_url != NULL ? work->image_url : bal_blog_get_image_url (work->blog);
  g_autoptr(BalBlog) host = NULL;
  g_autofree char *folder = g_strdup (bal_blog_get_image_folder (work->blog));
  gint64 host_id = bal_blog_get_image_host (work->blog);

  if (work->image_host != NULL)
    {
      g_clear_pointer (&folder, g_free);
      host_id = 0;
      if (strchr (work->image_host, G_DIR_SEPARATOR) != NULL)
        folder = g_canonicalize_filename (work->image_host, NULL);
      else if (!g_str_equal (work->image_host, "none"))
        {
          host = bal_blog_table_find (transaction, work->image_host, error);
          if (host == NULL)
            return FALSE;
          host_id = bal_blog_get_id (host);
          url = work->image_url;    /* of the new one, not of the one before */
        }
    }
  else if (host_id == 0 && folder == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("Say with --image-host where the pictures go."));
      return FALSE;
    }
  return bal_blog_table_set_image_place (transaction, bal_blog_get_id (work->blog), host_id, folder, url, error);
}

static gboolean
set_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  SetWork *work = data;
  gint64 id;

  g_clear_object (&work->blog);
  work->blog = bal_blog_table_find (transaction, work->name, error);
  if (work->blog == NULL)
    return FALSE;

  id = bal_blog_get_id (work->blog);
  if (work->language != NULL &&
      !bal_blog_table_set_language (transaction, id, g_str_equal (work->language, "auto") ? NULL : work->language, error))
    return FALSE;
  if ((work->image_host != NULL || work->image_url != NULL) && !set_image_place (transaction, work, error))
    return FALSE;

  g_clear_object (&work->blog);
  work->blog = bal_blog_table_get (transaction, id, error);
  return work->blog != NULL;
}

/* ---- telling ---- */

typedef struct
{
  gint64   id;
  BalBlog *host;
} HostWork;

static gboolean
read_host (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  HostWork *self = data;

  return (self->host = bal_blog_table_get (transaction, self->id, error)) != NULL;
}

gboolean
bal_cli_print_image_place (BalCli   *self,
                           BalBlog  *blog,
                           GError  **error)
{
  HostWork work = { bal_blog_get_image_host (blog), NULL };
  g_autoptr(BalBlog) host = NULL;
  const char *url = bal_blog_get_image_url (blog);

  if (work.id != 0 && !bal_cli_read (self, read_host, &work, error))
    return FALSE;

  host = work.host;
  if (host != NULL)
    g_print (_("Pictures go to “%s”"), bal_blog_get_name (host));
  else if (bal_blog_get_image_folder (blog) != NULL)
    g_print (_("Pictures go into “%s”"), bal_blog_get_image_folder (blog));
  else
    g_print (_("Pictures go nowhere: reviews with pictures wait"));
  /* Translators: an address at which readers find pictures, after where they are put */
  if (url != NULL)
    g_print (_(", where readers find them at %s"), url);
  g_print ("\n");
  return TRUE;
}

static gboolean
print_set (BalCli         *cli,
           const SetWork  *work,
           GError        **error)
{
  if (cli->json)
    {
      bal_cli_print_json (bal_cli_blog_to_json (work->blog));
      return TRUE;
    }
  if (work->language != NULL && bal_blog_get_language (work->blog) != NULL)
    g_print (_("“%s” is spelled in %s.\n"), work->name, bal_blog_get_language (work->blog));
  else if (work->language != NULL)
    g_print (_("“%s” is spelled in the language of your desktop.\n"), work->name);
  return (work->image_host == NULL && work->image_url == NULL) ||
         bal_cli_print_image_place (cli, work->blog, error);
}

BalCliStatus
bal_cli_blog_set (BalCli  *cli,
                  int      argc,
                  char   **argv)
{
  g_auto(SetWork) work = { 0 };
  g_autoptr(GError) error = NULL;
  const GOptionEntry entries[] = {
    { "language", 0, 0, G_OPTION_ARG_STRING, &work.language,
      N_("Language of its reviews, such as en_US; auto: that of your desktop"), "TAG" },
    { "image-host", 0, 0, G_OPTION_ARG_STRING, &work.image_host,
      N_("Where its pictures go, as it takes none itself: another blog, a folder (with a slash), or none"), "PLACE" },
    { "image-url", 0, 0, G_OPTION_ARG_STRING, &work.image_url,
      N_("Web address at which readers find the pictures in that folder"), "URL" },
    { NULL }
  };

  if (!bal_cli_parse (BAL_CLI_BLOG_SET_SYNOPSIS, entries, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  if (work.language == NULL && work.image_host == NULL && work.image_url == NULL)
    return bal_cli_usage (_("Say with --language what the blog is written in, or with --image-host where its pictures go."));
  if (work.language != NULL && !g_str_equal (work.language, "auto") &&
      !g_regex_match_simple ("^[A-Za-z]{2,3}([_-][A-Za-z0-9]{1,8})*$", work.language, 0, 0))
    return bal_cli_usage (_("A language is written like en_US, de_DE or fr."));

  if (work.language != NULL)
    g_strdelimit (work.language, "-", '_');
  work.name = argv[1];
  if (!bal_cli_write (cli, set_work, &work, &error) || !print_set (cli, &work, &error))
    return bal_cli_fail (error);
  return BAL_CLI_DONE;
}
