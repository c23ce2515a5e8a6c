/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli-exchange.h"

#include "bal-export.h"

static gboolean
print_report (BalCli           *cli,
              BalExportReport  *report,
              GError          **error)
{
  g_autofree char *summary = NULL;
  json_t *notes;

  if (!cli->json)
    {
      summary = bal_export_report_summarize (report);
      g_print ("%s: %s", bal_export_format_get_label (report->format), summary);
      return bal_cli_print_notes (report->notes, error);
    }

  notes = bal_cli_notes_to_json (report->notes, error);
  if (notes == NULL)
    return FALSE;

  bal_cli_print_json (json_pack ("{s:s, s:i, s:i, s:i, s:i, s:i, s:o}",
                                 "format", bal_export_format_to_nick (report->format),
                                 "reviews", (int) report->n_reviews, "comments", (int) report->n_comments,
                                 "pictures", (int) report->n_pictures, "left_out", (int) report->n_left_out,
                                 "changed", (int) report->n_changed, "notes", notes));
  return TRUE;
}

static BalExportReport *
run_export (BalCli           *cli,
            BalBlog          *blog,
            const char       *path,
            BalExportFormat   format,
            GError          **error)
{
  g_autoptr(GCancellable) cancellable = bal_cli_interruptible ();
  g_autoptr(GAsyncResult) result = NULL;
  BalStore *store = bal_cli_get_store (cli, error);
  BalExportReport *report;

  if (store == NULL)
    return NULL;

  bal_export_run_async (store, blog, path, format, bal_cli_get_progress (cli), NULL, cancellable,
                        bal_cli_await_cb, &result);
  bal_cli_await (&result);
  report = bal_export_run_finish (store, result, error);
  bal_cli_end_progress (cli);
  return report;
}

/* (transfer full): "wxr, atom, …" */
static char *
list_formats (void)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (BalExportFormat format = 0; format < BAL_EXPORT_N_FORMATS; format++)
    if (bal_export_format_to_nick (format) != NULL)
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", bal_export_format_to_nick (format));
  return g_strdup (list->str);
}

BalCliStatus
bal_cli_export (BalCli  *cli,
                int      argc,
                char   **argv)
{
  g_autofree char *nick = NULL;
  g_autofree char *formats = list_formats ();
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &nick, formats, "F" },
    { NULL }
  };
  BalExportFormat format = BAL_EXPORT_FORMAT_JSON;
  g_autoptr(GError) error = NULL;
  g_autoptr(BalBlog) blog = NULL;
  g_autoptr(BalExportReport) report = NULL;

  if (!bal_cli_parse ("export FILE|FOLDER --format F", entries, &argc, &argv, 1, 1))
    return BAL_CLI_USAGE;
  if (nick == NULL)
    return bal_cli_usage (_("Say in which format: --format with one of %s."), formats);
  if (!bal_export_format_from_nick (nick, &format))
    return bal_cli_usage (_("There is no format “%s”; there are %s."), nick, formats);

  blog = bal_cli_read_blog (cli, &error);
  if (blog == NULL)
    return bal_cli_fail (error);
  report = run_export (cli, blog, argv[1], format, &error);
  if (report == NULL || !print_report (cli, report, &error))
    return bal_cli_fail (error);

  return report->n_left_out > 0 ? BAL_CLI_WAITING : BAL_CLI_DONE;
}
