/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-spam-signs.h"

#include <math.h>

/* Behind the first of each side one word more explains nothing more. */
#define MAX_REASONS 8

/* ---- why ---- */

typedef struct
{
  gint64              id;
  BalSpamExplanation *explanation;
} ExplainWork;

static gboolean
explain_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  ExplainWork *work = data;

  work->explanation = bal_spam_help_explain (transaction, work->id, error);
  return work->explanation != NULL;
}

static json_t *
lessons_to_json (const BalSpamCount *lessons)
{
  json_t *object = json_object ();

  json_object_set_new (object, "spam", json_integer (lessons->n_spam));
  json_object_set_new (object, "good", json_integer (lessons->n_good));
  return object;
}

static void
print_explanation_json (gint64              id,
                        BalSpamExplanation *explanation)
{
  json_t *object = json_object ();
  json_t *reasons = json_array ();

  for (guint i = 0; i < explanation->reasons->len; i++)
    {
      const BalSpamReason *reason = g_ptr_array_index (explanation->reasons, i);
      g_autofree char *text = bal_spam_sign_describe (reason->sign);
      json_t *item = json_object ();

      json_object_set_new (item, "sign", bal_cli_string (reason->sign));
      json_object_set_new (item, "text", bal_cli_string (text));
      json_object_set_new (item, "weight", json_real (reason->weight));
      json_array_append_new (reasons, item);
    }

  json_object_set_new (object, "id", json_integer (id));
  json_object_set_new (object, "spam_score", explanation->score > 0 ? json_real (explanation->score) : json_null ());
  json_object_set_new (object, "mine", json_boolean (explanation->mine));
  json_object_set_new (object, "moved_by_help", json_boolean (explanation->helped));
  json_object_set_new (object, "lessons", lessons_to_json (&explanation->lessons));
  json_object_set_new (object, "reasons", reasons);
  bal_cli_print_json (object);
}

static void
print_side (const char *heading,
            GPtrArray  *reasons,
            double      side)
{
  guint n = 0;

  for (guint i = 0; i < reasons->len && n < MAX_REASONS; i++)
    {
      const BalSpamReason *reason = g_ptr_array_index (reasons, i);
      g_autofree char *text = NULL;

      if (reason->weight * side <= 0)
        continue;
      if (n++ == 0)
        g_print ("\n%s\n", heading);
      text = bal_spam_sign_describe (reason->sign);
      g_print ("  %5.2f  %s\n", fabs (reason->weight), text);
    }
}

BalCliStatus
bal_cli_comment_explain (BalCli  *cli,
                         int      argc,
                         char   **argv)
{
  ExplainWork work = { 0 };
  g_autoptr(GError) error = NULL;
  g_autoptr(BalSpamExplanation) explanation = NULL;
  g_autofree char *sentence = NULL;

  if (!bal_cli_parse_with_id ("comment explain ID", NULL, &argc, &argv, 1, 1, &work.id))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, explain_work, &work, &error))
    return bal_cli_fail (error);

  explanation = work.explanation;
  if (cli->json)
    {
      print_explanation_json (work.id, explanation);
      return BAL_CLI_DONE;
    }

  sentence = bal_spam_explanation_describe (explanation);
  g_print ("%s\n", sentence);
  print_side (_("For spam:"), explanation->reasons, 1);
  print_side (_("Against it:"), explanation->reasons, -1);
  return BAL_CLI_DONE;
}

/* ---- acting alone ---- */

typedef struct
{
  gboolean    sets;
  double      threshold;
  BalSpamHelp help;
} HelpWork;

static gboolean
help_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  HelpWork *work = data;

  return (!work->sets || bal_spam_help_set_threshold (transaction, work->threshold, error)) &&
         bal_spam_help_get (transaction, &work->help, error);
}

static void
print_help_state (const BalSpamHelp *help)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (help->threshold > 0)
    /* TRANSLATORS: %s is a number such as 0.99 */
    g_print (_("The spam help moves new comments with a score from %s to spam.\n"),
             g_ascii_formatd (digits, sizeof digits, "%.4g", help->threshold));
  else
    g_print ("%s\n", _("The spam help does nothing by itself."));

  g_print (_("Comments learnt as spam: %u; as good: %u\n"), (guint) help->lessons.n_spam, (guint) help->lessons.n_good);
}

static BalCliStatus
spam_threshold (BalCli  *cli,
                int      argc,
                char   **argv)
{
  HelpWork work = { 0 };
  g_autoptr(GError) error = NULL;
  gboolean done;

  if (!bal_cli_parse ("spam threshold [off|NUMBER]", NULL, &argc, &argv, 0, 1))
    return BAL_CLI_USAGE;
  if (argc > 1 && !g_str_equal (argv[1], "off"))
    {
      char *end;

      work.threshold = g_ascii_strtod (argv[1], &end);
      if (end == argv[1] || *end != '\0' || !(work.threshold >= BAL_SPAM_LIKELY && work.threshold < 1))
        return bal_cli_usage (_("The threshold is “off” or a number from %.2f to below 1, such as 0.99."),
                              BAL_SPAM_LIKELY);
    }
  work.sets = argc > 1;

  done = work.sets ? bal_cli_write (cli, help_work, &work, &error) : bal_cli_read (cli, help_work, &work, &error);
  if (!done)
    return bal_cli_fail (error);

  if (cli->json)
    {
      json_t *object = json_object ();

      json_object_set_new (object, "threshold",
                           work.help.threshold > 0 ? json_real (work.help.threshold) : json_null ());
      json_object_set_new (object, "lessons", lessons_to_json (&work.help.lessons));
      bal_cli_print_json (object);
    }
  else
    print_help_state (&work.help);

  return BAL_CLI_DONE;
}

BalCliStatus
bal_cli_spam (BalCli  *cli,
              int      argc,
              char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "threshold", spam_threshold, "spam threshold [off|NUMBER]" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "spam", argc, argv);
}
