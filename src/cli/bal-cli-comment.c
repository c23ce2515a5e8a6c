/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk.h"
#include "bal-error.h"

#include <string.h>

#define LIST_SYNOPSIS \
  "comment list [--status S] [--review ID] [--unanswered] [--mine] [--likely-spam] [--filter LINE | --saved NAME]"

/* ---- list, show, search ---- */

typedef struct
{
  BalCli          *cli;
  BalCommentQuery  query;
  gboolean         thread;    /* of query.review_id, in reading order */
  GPtrArray       *comments;
} ListWork;

static gboolean
wanted_in_thread (const BalCommentQuery *query,
                  BalComment            *comment)
{
  BalCommentStatus status = bal_comment_get_status (comment);

  if (query->status >= 0)
    return (int) status == query->status;

  return status == BAL_COMMENT_STATUS_PENDING || status == BAL_COMMENT_STATUS_APPROVED;
}

static gboolean
thread_work (ListWork        *work,
             BalTransaction  *transaction,
             GError         **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (transaction, work->query.review_id, error);
  g_autoptr(GPtrArray) thread = NULL;

  if (review == NULL ||
      (thread = bal_comment_table_thread (transaction, work->query.review_id, error)) == NULL)
    return FALSE;

  work->comments = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < thread->len; i++)
    if (wanted_in_thread (&work->query, g_ptr_array_index (thread, i)))
      g_ptr_array_add (work->comments, g_object_ref (g_ptr_array_index (thread, i)));

  return TRUE;
}

static gboolean
list_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  ListWork *work = data;
  g_autoptr(GArray) ids = NULL;

  if (!bal_cli_filter_blog (work->cli, transaction, &work->query.blog_id, error))
    return FALSE;
  if (work->thread)
    return thread_work (work, transaction, error);

  ids = bal_comment_table_query (transaction, &work->query, error);
  if (ids == NULL)
    return FALSE;

  work->comments = bal_comment_table_list (transaction, (const gint64 *) (gpointer) ids->data, ids->len, error);

  return work->comments != NULL;
}

static BalCliStatus
print_comments (BalCli   *cli,
                ListWork *work)
{
  g_autoptr(GError) error = NULL;
  gboolean done = bal_cli_read (cli, list_work, work, &error);
  g_autoptr(GPtrArray) comments = work->comments;
  json_t *array = NULL;

  if (!done)
    return bal_cli_fail (error);

  if (cli->json)
    array = json_array ();
  for (guint i = 0; i < comments->len; i++)
    {
      if (array != NULL)
        json_array_append_new (array, bal_cli_comment_to_json (g_ptr_array_index (comments, i)));
      else
        bal_cli_print_comment (g_ptr_array_index (comments, i));
    }
  if (array != NULL)
    bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

typedef struct
{
  const char *name;
  char       *line;
} SavedWork;

static gboolean
saved_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  SavedWork *work = data;
  g_autoptr(BalSavedFilter) saved = bal_filter_table_find (transaction, work->name, error);

  work->line = saved != NULL ? g_strdup (saved->line) : NULL;
  return saved != NULL;
}

/* FALSE after a message. */
static gboolean
read_saved (BalCli      *cli,
            const char  *name,
            char       **line)
{
  SavedWork work = { name, NULL };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_read (cli, saved_work, &work, &error))
    {
      bal_cli_fail (error);
      return FALSE;
    }

  *line = work.line;
  return TRUE;
}

static BalCliStatus
comment_list (BalCli  *cli,
              int      argc,
              char   **argv)
{
  g_autofree char *nick = NULL;
  g_autofree char *review = NULL;
  g_autofree char *line = NULL;
  g_autofree char *saved = NULL;
  g_autoptr(BalCommentFilter) filter = NULL;
  gboolean unanswered = FALSE, mine = FALSE, likely_spam = FALSE;
  const GOptionEntry entries[] = {
    { "status", 0, 0, G_OPTION_ARG_STRING, &nick, N_("pending, approved, spam or trash"), "S" },
    { "review", 0, 0, G_OPTION_ARG_STRING, &review, N_("The thread of one review"), "ID" },
    { "unanswered", 0, 0, G_OPTION_ARG_NONE, &unanswered, N_("Only what you have not answered"), NULL },
    { "mine", 0, 0, G_OPTION_ARG_NONE, &mine, N_("Only your own"), NULL },
    { "likely-spam", 0, 0, G_OPTION_ARG_NONE, &likely_spam, N_("Only pending ones that are likely spam"), NULL },
    { "filter", 0, 0, G_OPTION_ARG_STRING, &line, N_("Only those that a search for LINE finds"), "LINE" },
    { "saved", 0, 0, G_OPTION_ARG_STRING, &saved, N_("Only those that a saved search finds"), "NAME" },
    { NULL }
  };
  ListWork work = { .cli = cli, .query = BAL_COMMENT_QUERY_INIT };
  BalCommentStatus status;

  if (!bal_cli_parse (LIST_SYNOPSIS, entries, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (nick != NULL)
    {
      if (!bal_comment_status_from_nick (nick, &status))
        return bal_cli_usage (_("There is no status “%s”."), nick);
      work.query.status = (int) status;
    }
  if (review != NULL && !bal_cli_parse_id (review, &work.query.review_id))
    return BAL_CLI_USAGE;
  work.query.unanswered = unanswered;
  work.query.mine = mine;
  if (line != NULL && saved != NULL)
    return bal_cli_usage (_("Give either --filter or --saved."));
  if (saved != NULL && !read_saved (cli, saved, &line))
    return BAL_CLI_FAILED;
  if (line != NULL && !bal_cli_parse_filter (line, &filter))
    return BAL_CLI_USAGE;
  work.query.filter = filter;
  work.thread = review != NULL && !unanswered && !mine && !likely_spam && filter == NULL;
  if (likely_spam)
    {
      if (work.query.status > BAL_COMMENT_STATUS_PENDING)
        return bal_cli_usage (_("Only pending comments are asked whether they are likely spam."));
      work.query.status = BAL_COMMENT_STATUS_PENDING;
      work.query.min_spam = BAL_SPAM_LIKELY;
      work.query.spam_first = TRUE;
    }

  return print_comments (cli, &work);
}

BalCliStatus
bal_cli_comment_search (BalCli     *cli,
                        const char *line)
{
  ListWork work = { .cli = cli, .query = BAL_COMMENT_QUERY_INIT };
  g_autoptr(BalCommentFilter) filter = NULL;

  if (!bal_cli_parse_filter (line, &filter))
    return BAL_CLI_USAGE;
  work.query.filter = filter;

  return print_comments (cli, &work);
}

typedef struct
{
  gint64      id;
  BalComment *comment;
} OneWork;

static gboolean
show_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  OneWork *work = data;

  return (work->comment = bal_comment_table_get (transaction, work->id, error)) != NULL;
}

BalCliStatus
bal_cli_comment_print (BalCli *cli,
                       gint64  id)
{
  OneWork work = { .id = id };
  g_autoptr(GError) error = NULL;
  g_autoptr(BalComment) comment = NULL;

  if (!bal_cli_read (cli, show_work, &work, &error))
    return bal_cli_fail (error);

  comment = work.comment;
  if (cli->json)
    bal_cli_print_json (bal_cli_comment_to_json (comment));
  else
    {
      bal_cli_print_comment (comment);
      g_print ("\n%s\n", bal_comment_get_text (comment) != NULL ? bal_comment_get_text (comment) : "");
    }

  return BAL_CLI_DONE;
}

static BalCliStatus
comment_show (BalCli  *cli,
              int      argc,
              char   **argv)
{
  gint64 id;

  if (!bal_cli_parse_with_id ("comment show ID", NULL, &argc, &argv, 1, 1, &id))
    return BAL_CLI_USAGE;

  return bal_cli_comment_print (cli, id);
}

/* ---- what waits for a person ---- */

typedef struct
{
  GArray *ids;
  guint   n_waiting;
} WaitWork;

/* What was decided on these stays here until a person has looked at them. */
static gboolean
wait_work (BalTransaction *transaction, gpointer data, GError **error)
{
  WaitWork *work = data;
  g_autoptr(GPtrArray) comments = bal_comment_table_list (transaction, (const gint64 *) (gpointer) work->ids->data,
                                                          work->ids->len, error);

  for (guint i = 0; comments != NULL && i < comments->len; i++)
    {
      BalSyncState state = bal_comment_get_sync_state (comments->pdata[i]);

      work->n_waiting += state == BAL_SYNC_STATE_PARKED || state == BAL_SYNC_STATE_CONFLICT;
    }
  return comments != NULL;
}

BalCliStatus
bal_cli_comment_look_what_waits (BalCli *cli,
                                 GArray *ids)
{
  WaitWork work = { ids, 0 };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_read (cli, wait_work, &work, &error))
    return bal_cli_fail (error);
  if (work.n_waiting == 0)
    return BAL_CLI_DONE;

  g_printerr (ngettext ("balconyctl: %u of them is not sent before you decide: see “outbox list” and “conflict list”.\n",
                        "balconyctl: %u of them are not sent before you decide: see “outbox list” and “conflict list”.\n",
                        work.n_waiting), work.n_waiting);
  return BAL_CLI_WAITING;
}

/* ---- approve, spam, trash, restore, delete: many at once ---- */

typedef struct
{
  GArray           *ids;
  BalCommentStatus  status;
} ManyWork;

static gboolean
status_work (BalTransaction *transaction, gpointer data, GError **error)
{
  ManyWork *work = data;

  return bal_desk_set_comment_status (transaction, (const gint64 *) (gpointer) work->ids->data,
                                      work->ids->len, work->status, error);
}

static gboolean
restore_work (BalTransaction *transaction, gpointer data, GError **error)
{
  ManyWork *work = data;

  return bal_desk_restore_comments (transaction, (const gint64 *) (gpointer) work->ids->data,
                                    work->ids->len, error);
}

static gboolean
dismiss_work (BalTransaction *transaction, gpointer data, GError **error)
{
  ManyWork *work = data;

  return bal_desk_dismiss_comments (transaction, (const gint64 *) (gpointer) work->ids->data,
                                    work->ids->len, TRUE, error);
}

static gboolean
heed_work (BalTransaction *transaction, gpointer data, GError **error)
{
  ManyWork *work = data;

  return bal_desk_dismiss_comments (transaction, (const gint64 *) (gpointer) work->ids->data,
                                    work->ids->len, FALSE, error);
}

static gboolean
delete_work (BalTransaction *transaction, gpointer data, GError **error)
{
  ManyWork *work = data;

  return bal_desk_delete_comments (transaction, (const gint64 *) (gpointer) work->ids->data,
                                   work->ids->len, error);
}

/* Once, however often it is named. */
static gboolean
add_id (const char *word,
        GArray     *ids,
        GHashTable *seen)
{
  gint64 id;

  if (!bal_cli_parse_id (word, &id))
    return FALSE;

  if (g_hash_table_add (seen, g_memdup2 (&id, sizeof id)))
    g_array_append_val (ids, id);
  return TRUE;
}

/* From the arguments; "-" stands for those on standard input, of each line the first word, so that a list can be piped in.
 * FALSE after a message. */
static gboolean
read_ids (int      argc,
          char   **argv,
          GArray  *ids)
{
  g_autoptr(GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (int i = 1; i < argc; i++)
    {
      g_autofree char *input = NULL;
      g_auto(GStrv) lines = NULL;
      g_autoptr(GError) error = NULL;

      if (!g_str_equal (argv[i], "-"))
        {
          if (!add_id (argv[i], ids, seen))
            return FALSE;
          continue;
        }

      if (!bal_cli_read_file ("-", &input, NULL, &error))
        {
          bal_cli_usage ("%s", error->message);
          return FALSE;
        }
      lines = g_strsplit (input != NULL ? input : "", "\n", -1);
      for (gsize l = 0; lines[l] != NULL; l++)
        {
          char *word = g_strstrip (lines[l]);

          word[strcspn (word, " \t")] = '\0';
          if (*word != '\0' && !add_id (word, ids, seen))
            return FALSE;
        }
    }

  return TRUE;
}

static BalCliStatus
change_many (BalCli            *cli,
             int                argc,
             char             **argv,
             const char        *synopsis,
             BalStoreWork       act,
             BalCommentStatus   status)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  ManyWork work = { ids, status };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse (synopsis, NULL, &argc, &argv, 1, -1) || !read_ids (argc, argv, ids))
    return BAL_CLI_USAGE;
  if (!bal_cli_write (cli, act, &work, &error))
    return bal_cli_fail (error);

  if (cli->json)
    {
      json_t *array = json_array ();

      for (guint i = 0; i < ids->len; i++)
        json_array_append_new (array, json_integer (g_array_index (ids, gint64, i)));
      bal_cli_print_json (array);
    }
  else
    g_print (ngettext ("%u comment changed.\n", "%u comments changed.\n", ids->len), ids->len);

  return bal_cli_comment_look_what_waits (cli, ids);
}

static BalCliStatus
comment_approve (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment approve ID…|-", status_work, BAL_COMMENT_STATUS_APPROVED);
}

static BalCliStatus
comment_spam (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment spam ID…|-", status_work, BAL_COMMENT_STATUS_SPAM);
}

static BalCliStatus
comment_trash (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment trash ID…|-", status_work, BAL_COMMENT_STATUS_TRASH);
}

static BalCliStatus
comment_restore (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment restore ID…|-", restore_work, BAL_COMMENT_STATUS_PENDING);
}

static BalCliStatus
comment_dismiss (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment dismiss ID…|-", dismiss_work, BAL_COMMENT_STATUS_PENDING);
}

static BalCliStatus
comment_undismiss (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment undismiss ID…|-", heed_work, BAL_COMMENT_STATUS_PENDING);
}

static BalCliStatus
comment_delete (BalCli *cli, int argc, char **argv)
{
  return change_many (cli, argc, argv, "comment delete ID…|-", delete_work, BAL_COMMENT_STATUS_TRASH);
}

BalCliStatus
bal_cli_comment (BalCli  *cli,
                 int      argc,
                 char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", comment_list, LIST_SYNOPSIS },
    { "show", comment_show, "comment show ID" },
    { "explain", bal_cli_comment_explain, "comment explain ID" },
    { "approve", comment_approve, "comment approve ID…|-" },
    { "spam", comment_spam, "comment spam ID…|-" },
    { "trash", comment_trash, "comment trash ID…|-" },
    { "restore", comment_restore, "comment restore ID…|-" },
    { "dismiss", comment_dismiss, "comment dismiss ID…|-" },
    { "undismiss", comment_undismiss, "comment undismiss ID…|-" },
    { "delete", comment_delete, "comment delete ID…|-" },
    { "reply", bal_cli_comment_reply, "comment reply ID TEXT | --html FILE | --snippet NAME" },
    { "edit", bal_cli_comment_edit, "comment edit ID TEXT | --html FILE" },
    { "drafts", bal_cli_comment_drafts, "comment drafts" },
    { "history", bal_cli_comment_history, "comment history ID [--show N]" },
    { "restore-version", bal_cli_comment_restore_version, "comment restore-version ID N" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "comment", argc, argv);
}
