/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk.h"
#include "bal-document-diff.h"
#include "bal-error.h"
#include "bal-time.h"

#include <stdio.h>

typedef struct
{
  gint64       id;
  gint64       revision_id;
  BalReview   *review;        /* (nullable): as it is now; NULL: it is gone */
  BalRevision *revision;
  GPtrArray   *revisions;     /* BalRevision */
  BalDialect   dialect;       /* of texts that show none */
} HistoryWork;

static void
history_work_clear (HistoryWork *work)
{
  g_clear_object (&work->review);
  g_clear_pointer (&work->revision, bal_revision_free);
  g_clear_pointer (&work->revisions, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HistoryWork, history_work_clear)

/* ---- the list ---- */

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  HistoryWork *work = data;

  work->revisions = bal_revision_table_list (transaction, BAL_ENTITY_REVIEW, work->id, error);
  if (work->revisions == NULL)
    return FALSE;

  /* A review that is gone still has its history; one that never was has none. */
  return work->revisions->len > 0 ||
         (work->review = bal_review_table_get (transaction, work->id, error)) != NULL;
}

static BalCliStatus
print_list (BalCli      *cli,
            HistoryWork *work)
{
  json_t *array = cli->json ? json_array () : NULL;

  for (guint i = 0; i < work->revisions->len; i++)
    {
      BalRevision *revision = g_ptr_array_index (work->revisions, i);
      g_autofree char *created = bal_time_to_rfc3339 (revision->created);
      g_autofree char *title = bal_cli_cell (revision->title, 60);

      if (array != NULL)
        json_array_append_new (array, bal_cli_revision_to_json (revision));
      else
        g_print ("%6" G_GINT64_FORMAT "  %s  %-8s  %s\n", revision->id, created,
                 bal_cli_revision_nick (revision->kind), title);
    }
  if (array != NULL)
    bal_cli_print_json (array);
  return BAL_CLI_DONE;
}

/* ---- one version ---- */

static gboolean
show_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  HistoryWork *work = data;

  work->revision = bal_revision_table_get (transaction, work->revision_id, error);
  if (work->revision == NULL)
    return FALSE;
  if (work->revision->entity == BAL_ENTITY_REVIEW && work->revision->entity_id == work->id)
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                       _("That version is one of another review; “review history” lists those of this one."));
  return FALSE;
}

static gboolean
diff_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  HistoryWork *work = data;
  g_autoptr(BalBlog) blog = NULL;

  if (!show_work (transaction, data, error))
    return FALSE;
  work->review = bal_review_table_get (transaction, work->id, error);
  if (work->review == NULL)
    return FALSE;
  blog = bal_blog_table_get (transaction, bal_review_get_blog_id (work->review), error);
  if (blog == NULL)
    return FALSE;
  if (bal_blog_get_dialect (blog) != NULL)
    bal_dialect_from_nick (bal_blog_get_dialect (blog), &work->dialect);
  return TRUE;
}

static BalCliStatus
print_version (BalCli      *cli,
               HistoryWork *work)
{
  if (cli->json)
    bal_cli_print_json (bal_cli_revision_to_json (work->revision));
  else
    fputs (work->revision->html != NULL ? work->revision->html : "", stdout);
  return BAL_CLI_DONE;
}

/* ---- what differs from the present version ---- */

static GPtrArray *
find_changes (HistoryWork *work)
{
  const char *html = bal_review_get_html (work->review);
  g_autoptr(BalDocument) old = NULL;
  g_autoptr(BalDocument) now = NULL;
  GPtrArray *changes;

  old = bal_document_new_from_html (work->revision->html != NULL ? work->revision->html : "", -1, work->dialect);
  now = bal_document_new_from_html (html != NULL ? html : "", -1, work->dialect);
  changes = bal_document_diff (old, now);
  for (guint i = changes->len; i-- > 0;)
    if (((BalBlockChange *) g_ptr_array_index (changes, i))->change == BAL_DIFFERENCE_SAME)
      g_ptr_array_remove_index (changes, i);
  return changes;
}

static BalCliStatus
print_diff (BalCli      *cli,
            HistoryWork *work)
{
  const char *old_title = work->revision->title != NULL ? work->revision->title : "";
  const char *title = bal_review_get_title (work->review) != NULL ? bal_review_get_title (work->review) : "";
  g_autoptr(GPtrArray) pieces = bal_text_diff (old_title, title);
  g_autoptr(GPtrArray) changes = find_changes (work);

  if (cli->json)
    {
      bal_cli_print_json (json_pack ("{s:o, s:o}", "title", bal_cli_pieces_to_json (pieces), "blocks",
                                     bal_cli_changes_to_json (changes)));
      return BAL_CLI_DONE;
    }
  if (!g_str_equal (old_title, title))
    bal_cli_print_pieces (pieces);
  bal_cli_print_changes (changes);
  return BAL_CLI_DONE;
}

BalCliStatus
bal_cli_review_history (BalCli  *cli,
                        int      argc,
                        char   **argv)
{
  g_autofree char *show = NULL;
  g_autofree char *diff = NULL;
  const GOptionEntry entries[] = {
    { "show", 0, 0, G_OPTION_ARG_STRING, &show, N_("The HTML of one version, byte for byte"), "N" },
    { "diff", 0, 0, G_OPTION_ARG_STRING, &diff, N_("What the present version says differently from that one"), "N" },
    { NULL }
  };
  g_auto(HistoryWork) work = { 0 };
  g_autoptr(GError) error = NULL;
  BalStoreWork look;

  if (!bal_cli_parse_with_id ("review history ID [--show N | --diff N]", entries, &argc, &argv, 1, 1, &work.id))
    return BAL_CLI_USAGE;
  if (show != NULL && diff != NULL)
    return bal_cli_usage (_("--show and --diff don’t go together."));
  if ((show != NULL || diff != NULL) && !bal_cli_parse_id (show != NULL ? show : diff, &work.revision_id))
    return BAL_CLI_USAGE;

  look = show != NULL ? show_work : diff != NULL ? diff_work : list_work;
  if (!bal_cli_read (cli, look, &work, &error))
    return bal_cli_fail (error);
  return show != NULL ? print_version (cli, &work)
         : diff != NULL ? print_diff (cli, &work) : print_list (cli, &work);
}

/* ---- back to it ---- */

static gboolean
restore_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  HistoryWork *work = data;

  return bal_desk_restore_version (transaction, work->id, work->revision_id, error) &&
         (work->review = bal_review_table_get (transaction, work->id, error)) != NULL;
}

BalCliStatus
bal_cli_review_restore_version (BalCli  *cli,
                                int      argc,
                                char   **argv)
{
  g_auto(HistoryWork) work = { 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse_with_id ("review restore-version ID N", NULL, &argc, &argv, 2, 2, &work.id) ||
      !bal_cli_parse_id (argv[2], &work.revision_id))
    return BAL_CLI_USAGE;
  if (!bal_cli_write (cli, restore_work, &work, &error))
    return bal_cli_fail (error);

  if (cli->json)
    bal_cli_print_json (bal_cli_review_to_json (work.review, NULL));
  else
    bal_cli_print_review (work.review);
  return BAL_CLI_DONE;
}
