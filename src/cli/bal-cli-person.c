/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk-persons.h"
#include "bal-desk.h"
#include "bal-error.h"

/* ---- who is meant ---- */

/* "p12" is a commenter, "12" a comment, and means who wrote it. */
static gboolean
parse_who (const char *text,
           gint64     *person_id,
           gint64     *comment_id)
{
  *person_id = *comment_id = 0;
  if (text[0] == 'p' && g_ascii_isdigit (text[1]))
    return bal_cli_parse_id (text + 1, person_id);

  return bal_cli_parse_id (text, comment_id);
}

static gboolean
resolve (BalTransaction  *transaction,
         gint64           comment_id,
         gint64          *person_id,
         GError         **error)
{
  GError *local_error = NULL;

  if (comment_id == 0)
    return TRUE;

  *person_id = bal_person_table_make_author (transaction, comment_id, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, local_error);
      return FALSE;
    }
  if (*person_id != 0)
    return TRUE;

  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND,
                       _("This comment is anonymous or your own: nothing tells who wrote it."));
  return FALSE;
}

/* All comments are looked through first: nobody waits for this command but the person. */
static gboolean
complete (BalCli  *cli,
          GError **error)
{
  BalStore *store = bal_cli_get_store (cli, error);

  return store != NULL && bal_person_table_complete (store, error);
}

/* ---- output ---- */

static json_t *
person_id_to_json (gint64 id)
{
  g_autofree char *text = g_strdup_printf ("p%" G_GINT64_FORMAT, id);

  return json_string (text);
}

static json_t *
name_to_json (const BalPerson *person)
{
  json_t *object = json_object ();

  json_object_set_new (object, "id", person_id_to_json (person->id));
  json_object_set_new (object, "name", bal_cli_string (person->name));
  json_object_set_new (object, "email", bal_cli_string (person->email));
  json_object_set_new (object, "url", bal_cli_string (person->url));
  return object;
}

static json_t *
person_to_json (const BalPerson *person)
{
  json_t *object = name_to_json (person);

  json_object_set_new (object, "trust", json_string (bal_person_trust_to_nick (person->trust)));
  json_object_set_new (object, "approves_automatically", json_boolean (person->automatic));
  json_object_set_new (object, "note", bal_cli_string (person->note));
  return object;
}

static json_t *
figures_to_json (const BalPersonFigures *figures)
{
  json_t *object = json_object ();

  json_object_set_new (object, "pending", json_integer (figures->pending));
  json_object_set_new (object, "approved", json_integer (figures->approved));
  json_object_set_new (object, "spam", json_integer (figures->spam));
  json_object_set_new (object, "trash", json_integer (figures->trash));
  json_object_set_new (object, "approval_rate", json_real (bal_person_figures_get_approval_rate (figures)));
  json_object_set_new (object, "spam_rate", json_real (bal_person_figures_get_spam_rate (figures)));
  json_object_set_new (object, "first_seen", bal_cli_time (figures->first));
  json_object_set_new (object, "last_seen", bal_cli_time (figures->last));
  return object;
}

static void
print_name (const BalPerson *person)
{
  g_autofree char *id = g_strdup_printf ("p%" G_GINT64_FORMAT, person->id);
  g_autofree char *raw = bal_person_dup_name (person);
  g_autofree char *name = bal_cli_cell (raw, 24);
  g_autofree char *email = bal_cli_cell (person->email, 28);
  g_autofree char *url = bal_cli_cell (person->url, 28);

  g_print ("%-7s %s  %s  %s\n", id, name, email, url);
}

/* ---- list ---- */

typedef struct
{
  BalPersonQuery  query;
  GPtrArray      *persons;
} ListWork;

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ListWork *work = data;

  work->persons = bal_person_table_query (transaction, &work->query, error);
  return work->persons != NULL;
}

static void
print_person (const BalPerson *person)
{
  const char *label = person->trust != BAL_PERSON_NEUTRAL ? bal_person_trust_get_label (person->trust) : NULL;
  g_autofree char *trust = bal_cli_cell (label, 9);

  g_print ("%s ", trust);
  print_name (person);
}

static BalCliStatus
person_list (BalCli  *cli,
             int      argc,
             char   **argv)
{
  gboolean trusted = FALSE, blocked = FALSE, noted = FALSE;
  int limit = 0;
  g_autofree char *search = NULL;
  const GOptionEntry entries[] = {
    { "trusted", 0, 0, G_OPTION_ARG_NONE, &trusted, N_("Only those you trust"), NULL },
    { "blocked", 0, 0, G_OPTION_ARG_NONE, &blocked, N_("Only those you blocked"), NULL },
    { "noted", 0, 0, G_OPTION_ARG_NONE, &noted, N_("Only those you have a note about"), NULL },
    { "search", 0, 0, G_OPTION_ARG_STRING, &search, N_("A part of a name or address"), N_("TEXT") },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, N_("At most so many"), N_("NUMBER") },
    { NULL }
  };
  ListWork work = { .query = BAL_PERSON_QUERY_INIT };
  g_autoptr(GPtrArray) persons = NULL;
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse ("person list [--trusted|--blocked] [--noted] [--search TEXT] [--limit NUMBER]", entries,
                      &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if ((trusted && blocked) || limit < 0)
    return bal_cli_usage (_("Nobody is both trusted and blocked, and the limit is a positive number."));

  if (trusted || blocked)
    work.query.trust = trusted ? BAL_PERSON_TRUSTED : BAL_PERSON_BLOCKED;
  work.query.noted = noted;
  work.query.search = search;
  work.query.limit = limit;
  if (!complete (cli, &error) || !bal_cli_read (cli, list_work, &work, &error))
    return bal_cli_fail (error);

  persons = work.persons;
  if (cli->json)
    {
      json_t *array = json_array ();

      for (guint i = 0; i < persons->len; i++)
        json_array_append_new (array, person_to_json (g_ptr_array_index (persons, i)));
      bal_cli_print_json (array);
      return BAL_CLI_DONE;
    }

  for (guint i = 0; i < persons->len; i++)
    print_person (g_ptr_array_index (persons, i));
  return BAL_CLI_DONE;
}

/* ---- everything about one ---- */

typedef enum
{
  CHANGE_NOTHING,
  CHANGE_NOTE,
  CHANGE_TRUST,
  CHANGE_MERGE,
  CHANGE_SPLIT,
} Change;

typedef struct
{
  gint64            person_id;
  gint64            comment_id;
  Change            change;
  const char       *note;
  BalPersonTrust    trust;
  gboolean          automatic;
  gboolean          decide;        /* on the comments that wait, too */
  gint64            other_id;
  gint64            other_comment_id;
  BalPerson        *person;
  GPtrArray        *names;
  GPtrArray        *comments;
  BalPersonFigures  figures;
} PersonWork;

static void
person_work_clear (PersonWork *work)
{
  g_clear_pointer (&work->person, bal_person_free);
  g_clear_pointer (&work->names, g_ptr_array_unref);
  g_clear_pointer (&work->comments, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PersonWork, person_work_clear)

static gboolean
decide_waiting (BalTransaction  *transaction,
                PersonWork      *work,
                GError         **error)
{
  g_autoptr(GArray) ids = NULL;

  if (!work->decide)
    return TRUE;

  ids = bal_person_table_list_comments (transaction, work->person_id, BAL_COMMENT_STATUS_PENDING, error);
  return ids != NULL &&
         bal_desk_triage (transaction, work->trust == BAL_PERSON_BLOCKED ? BAL_TRIAGE_TRASH : BAL_TRIAGE_APPROVE,
                          (const gint64 *) (gpointer) ids->data, ids->len, NULL, error);
}

static gboolean
make_change (BalTransaction  *transaction,
             PersonWork      *work,
             GError         **error)
{
  switch (work->change)
    {
    case CHANGE_NOTE:
      return bal_desk_set_person_note (transaction, work->person_id, work->note, NULL, error);
    case CHANGE_TRUST:
      return bal_desk_set_person_trust (transaction, work->person_id, work->trust, work->automatic, NULL, error) &&
             decide_waiting (transaction, work, error);
    case CHANGE_MERGE:
      return resolve (transaction, work->other_comment_id, &work->other_id, error) &&
             bal_desk_merge_persons (transaction, work->person_id, work->other_id, NULL, error);
    case CHANGE_SPLIT:
      return bal_desk_split_person (transaction, work->person_id, NULL, error);
    case CHANGE_NOTHING:
    default:
      return TRUE;
    }
}

static gboolean
person_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  PersonWork *work = data;
  g_autoptr(GArray) ids = NULL;

  if (!resolve (transaction, work->comment_id, &work->person_id, error) ||
      !make_change (transaction, work, error))
    return FALSE;

  work->person = bal_person_table_get (transaction, work->person_id, error);
  if (work->person == NULL)
    return FALSE;

  work->names = bal_person_table_list_aliases (transaction, work->person_id, error);
  ids = bal_person_table_list_comments (transaction, work->person_id, -1, error);
  if (work->names == NULL || ids == NULL)
    return FALSE;

  work->comments = bal_comment_table_list (transaction, (const gint64 *) (gpointer) ids->data, ids->len, error);
  return work->comments != NULL && bal_person_table_count (transaction, work->person_id, &work->figures, error);
}

static void
print_json (const PersonWork *work)
{
  json_t *object = person_to_json (work->person);
  json_t *names = json_array (), *comments = json_array ();

  for (guint i = 0; i < work->names->len; i++)
    json_array_append_new (names, name_to_json (g_ptr_array_index (work->names, i)));
  for (guint i = 0; i < work->comments->len; i++)
    json_array_append_new (comments, bal_cli_comment_to_json (g_ptr_array_index (work->comments, i)));
  json_object_set_new (object, "names", names);
  json_object_set_new (object, "figures", figures_to_json (&work->figures));
  json_object_set_new (object, "comments", comments);
  bal_cli_print_json (object);
}

static char *
make_day (gint64 time)
{
  g_autoptr(GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;

  return date != NULL ? g_date_time_format (date, "%x") : g_strdup ("–");
}

static void
print_head (const PersonWork *work)
{
  const BalPersonFigures *figures = &work->figures;
  g_autofree char *first = make_day (figures->first);
  g_autofree char *last = make_day (figures->last);

  for (guint i = 0; i < work->names->len; i++)
    print_name (g_ptr_array_index (work->names, i));
  g_print ("%s%s%s\n", bal_person_trust_get_label (work->person->trust), work->person->automatic ? ", " : "",
           work->person->automatic ? _("new comments are approved") : "");
  /* TRANSLATORS: each %s is a date */
  g_print (_("First comment: %s, latest: %s\n"), first, last);
  g_print (_("Approved: %u, waiting: %u, spam: %u, in the trash: %u\n"), figures->approved, figures->pending,
           figures->spam, figures->trash);
  g_print (_("Of those decided on, %.0f %% were approved and %.0f %% spam.\n"),
           100 * bal_person_figures_get_approval_rate (figures), 100 * bal_person_figures_get_spam_rate (figures));
  if (work->person->note != NULL)
    {
      g_autofree char *note = bal_cli_cell (work->person->note, 200);

      /* TRANSLATORS: %s is what a person noted about a commenter */
      g_print (_("Note: %s\n"), g_strchomp (note));
    }
}

static BalCliStatus
run_work (BalCli     *cli,
          PersonWork *work)
{
  g_autoptr(GError) error = NULL;
  gboolean waits;

  if (!complete (cli, &error) || !bal_cli_write (cli, person_work, work, &error))
    return bal_cli_fail (error);

  if (cli->json)
    print_json (work);
  else
    print_head (work);
  if (!cli->json && work->change == CHANGE_NOTHING)
    for (guint i = 0; i < work->comments->len; i++)
      bal_cli_print_comment (g_ptr_array_index (work->comments, i));

  /* Said of somebody what to think of them, and their comments wait for it. */
  waits = work->change == CHANGE_TRUST && work->trust != BAL_PERSON_NEUTRAL && work->figures.pending > 0;
  if (waits && !cli->json)
    g_print (ngettext ("%u comment by this person waits for your decision.\n",
                       "%u comments by this person wait for your decision.\n", work->figures.pending),
             work->figures.pending);
  return waits ? BAL_CLI_WAITING : BAL_CLI_DONE;
}

static BalCliStatus
person_show (BalCli  *cli,
             int      argc,
             char   **argv)
{
  g_auto(PersonWork) work = { 0 };

  if (!bal_cli_parse ("person show WHO", NULL, &argc, &argv, 1, 1) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id))
    return BAL_CLI_USAGE;

  return run_work (cli, &work);
}

static BalCliStatus
person_note (BalCli  *cli,
             int      argc,
             char   **argv)
{
  g_auto(PersonWork) work = { .change = CHANGE_NOTE };

  if (!bal_cli_parse ("person note WHO TEXT", NULL, &argc, &argv, 2, 2) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id))
    return BAL_CLI_USAGE;
  if (!g_utf8_validate (argv[2], -1, NULL))
    return bal_cli_usage (_("The note is no valid UTF-8 text."));

  work.note = argv[2];
  return run_work (cli, &work);
}

static BalCliStatus
person_trust (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(PersonWork) work = { .change = CHANGE_TRUST, .trust = BAL_PERSON_TRUSTED };
  const GOptionEntry entries[] = {
    { "automatic", 0, 0, G_OPTION_ARG_NONE, &work.automatic, N_("Approve new comments when they arrive"), NULL },
    { "approve", 0, 0, G_OPTION_ARG_NONE, &work.decide, N_("Approve those that wait, too"), NULL },
    { NULL }
  };

  if (!bal_cli_parse ("person trust WHO [--automatic] [--approve]", entries, &argc, &argv, 1, 1) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id))
    return BAL_CLI_USAGE;

  return run_work (cli, &work);
}

static BalCliStatus
person_block (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(PersonWork) work = { .change = CHANGE_TRUST, .trust = BAL_PERSON_BLOCKED };
  const GOptionEntry entries[] = {
    { "trash", 0, 0, G_OPTION_ARG_NONE, &work.decide, N_("Move those that wait to the trash, too"), NULL },
    { NULL }
  };

  if (!bal_cli_parse ("person block WHO [--trash]", entries, &argc, &argv, 1, 1) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id))
    return BAL_CLI_USAGE;

  return run_work (cli, &work);
}

static BalCliStatus
person_neutral (BalCli  *cli,
                int      argc,
                char   **argv)
{
  g_auto(PersonWork) work = { .change = CHANGE_TRUST, .trust = BAL_PERSON_NEUTRAL };

  if (!bal_cli_parse ("person neutral WHO", NULL, &argc, &argv, 1, 1) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id))
    return BAL_CLI_USAGE;

  return run_work (cli, &work);
}

static BalCliStatus
person_merge (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(PersonWork) work = { .change = CHANGE_MERGE };

  if (!bal_cli_parse ("person merge WHO OTHER", NULL, &argc, &argv, 2, 2) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id) ||
      !parse_who (argv[2], &work.other_id, &work.other_comment_id))
    return BAL_CLI_USAGE;

  return run_work (cli, &work);
}

static BalCliStatus
person_split (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_auto(PersonWork) work = { .change = CHANGE_SPLIT };

  if (!bal_cli_parse ("person split NAME-ID", NULL, &argc, &argv, 1, 1) ||
      !parse_who (argv[1], &work.person_id, &work.comment_id))
    return BAL_CLI_USAGE;
  if (work.person_id == 0)
    return bal_cli_usage (_("To split, give the id of one of the names, such as p12: “person show” lists them."));

  return run_work (cli, &work);
}

BalCliStatus
bal_cli_person (BalCli  *cli,
                int      argc,
                char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list",    person_list,    "person list [--trusted|--blocked] [--noted] [--search TEXT] [--limit NUMBER]" },
    { "show",    person_show,    "person show WHO" },
    { "note",    person_note,    "person note WHO TEXT" },
    { "trust",   person_trust,   "person trust WHO [--automatic] [--approve]" },
    { "block",   person_block,   "person block WHO [--trash]" },
    { "neutral", person_neutral, "person neutral WHO" },
    { "merge",   person_merge,   "person merge WHO OTHER" },
    { "split",   person_split,   "person split NAME-ID" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "person", argc, argv);
}
