/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crash-story.h"

#include <string.h>

#include "bal-backup.h"
#include "bal-transaction.h"
#include "crash-disk.h"

typedef enum
{
  EVENT_SERVER,
  EVENT_PLAN,
  EVENT_DONE,
} EventType;

typedef struct
{
  EventType  type;
  guint      n_calls;            /* before it */
  FakeState *state;
  FactKind   kind;
  gint64     id;
  char      *text;
} Event;

struct _Story
{
  FakeServer *server;
  FakeState  *first;
  GArray     *events;            /* Event */
};

static void
event_clear (gpointer data)
{
  Event *event = data;

  g_clear_pointer (&event->state, fake_state_free);
  g_free (event->text);
}

static void
add_event (Story *self,
           Event  event)
{
  disk_lock ();
  event.n_calls = disk_get_n_calls ();
  g_array_append_val (self->events, event);
  disk_unlock ();
}

static void
watch_cb (FakeServer *server,
          gpointer    data)
{
  add_event (data, (Event) { .type = EVENT_SERVER, .state = fake_server_copy_state (server) });
}

Story *
story_new (FakeServer *server)
{
  Story *self = g_new0 (Story, 1);

  self->server = server;
  self->first = fake_server_copy_state (server);
  self->events = g_array_new (FALSE, FALSE, sizeof (Event));
  g_array_set_clear_func (self->events, event_clear);
  fake_server_set_watch (server, watch_cb, self);
  return self;
}

void
story_look (Story *self)
{
  watch_cb (self->server, self);
}

void
story_free (Story *self)
{
  fake_server_set_watch (self->server, NULL, NULL);
  fake_state_free (self->first);
  g_array_unref (self->events);
  g_free (self);
}

void
story_plan (Story      *self,
            FactKind    kind,
            gint64      id,
            const char *text)
{
  add_event (self, (Event) { .type = EVENT_PLAN, .kind = kind, .id = id, .text = g_strdup (text) });
}

void
story_done (Story *self)
{
  add_event (self, (Event) { .type = EVENT_DONE });
}

/* ---- moments ---- */

GArray *
story_list (Story *self,
            guint  first)
{
  GArray *moments = g_array_new (FALSE, FALSE, sizeof (Moment));
  Moment moment = { first, 0 };

  for (; moment.n_calls <= disk_get_n_calls (); moment.n_calls++)
    {
      for (; moment.n_events < self->events->len; moment.n_events++)
        {
          Event *event = &g_array_index (self->events, Event, moment.n_events);

          if (event->n_calls > moment.n_calls)
            break;
          if (event->type == EVENT_SERVER && event->n_calls == moment.n_calls)
            g_array_append_val (moments, moment);
        }
      g_array_append_val (moments, moment);
    }
  return moments;
}

void
story_put_server (Story        *self,
                  const Moment *moment)
{
  FakeState *state = self->first;

  for (guint i = 0; i < moment->n_events; i++)
    {
      Event *event = &g_array_index (self->events, Event, i);

      if (event->type == EVENT_SERVER)
        state = event->state;
    }
  fake_server_put_state (self->server, state);
}

void
story_hash (Story        *self,
            const Moment *moment,
            GChecksum    *checksum)
{
  g_checksum_update (checksum, (const guchar *) &moment->n_events, sizeof moment->n_events);
}

/* ---- facts ---- */

static gboolean
read_texts (BalConnection *connection,
            GString       *texts,
            GError       **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_connection_prepare_once (connection,
    "SELECT html FROM review_body UNION ALL SELECT html FROM comment UNION ALL SELECT html FROM revision"
    " UNION ALL SELECT html FROM conflict", error);
  if (statement == NULL)
    return FALSE;

  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      const char *text = bal_statement_read_text (statement);

      g_string_append (texts, text != NULL ? text : "");
      g_string_append_c (texts, '\n');
    }
  return step == BAL_STEP_DONE;
}

static gboolean
read_own_texts (BalTransaction  *transaction,
                gpointer         data,
                GError         **error)
{
  return read_texts (transaction->connection, data, error);
}

/* What was replaced is beside the automatic backups. */
static void
add_texts_aside (const char *data_dir,
                 GString    *texts)
{
  g_autofree char *folder = g_build_filename (data_dir, "backups", NULL);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr(BalConnection) connection = NULL;
      g_autoptr(GError) error = NULL;

      if (!g_str_has_prefix (name, "replaced-") || !g_str_has_suffix (name, ".db"))
        continue;
      connection = bal_connection_open (path, BAL_CONNECTION_TOOL, &error);
      g_assert_no_error (error);
      read_texts (connection, texts, &error);
      g_assert_no_error (error);
    }
}

static gboolean
has_picture (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Event *fact = data;
  g_autoptr(BalMedia) media = bal_media_table_get (transaction, fact->id, error);
  g_autofree char *contents = NULL;
  gsize length;

  if (media == NULL || !g_file_get_contents (media->path, &contents, &length, error))
    return FALSE;
  /* As sync_client_choose_picture() writes it, 8 bytes and the name. */
  g_assert_cmpuint (length, ==, 8 + strlen (fact->text));
  g_assert_cmpstr (contents + 8, ==, fact->text);
  return TRUE;
}

void
story_assert_backup (const char *path,
                     const char *elsewhere)
{
  g_autofree char *database = g_build_filename (elsewhere, BAL_DATABASE_NAME, NULL);
  g_autoptr(GError) error = NULL;

  bal_store_restore (elsewhere, path, NULL, &error);
  g_assert_no_error (error);
  bal_backup_check_pictures (database, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
is_backup (SyncClient *client,
           const char *name)
{
  g_autofree char *path = g_build_filename (client->dir, name, NULL);
  g_autofree char *elsewhere = g_build_filename (client->dir, "elsewhere", NULL);

  story_assert_backup (path, elsewhere);
  return TRUE;
}

static gboolean
is_gone (SyncClient *client,
         const char *remote_id)
{
  g_autoptr(BalComment) there = fake_server_dup_comment (client->server, remote_id);

  return there == NULL && sync_client_find_comment (client, remote_id) == 0;
}

static gboolean
holds (Event      *fact,
       SyncClient *client,
       const char *texts,
       gboolean    synced)
{
  g_autoptr(BalReview) review = NULL;
  g_autoptr(BalComment) comment = NULL;

  switch (fact->kind)
    {
    case FACT_TEXT:
      return strstr (texts, fact->text) != NULL;

    case FACT_REVIEW:
      review = sync_client_get_review (client, fact->id);
      return review != NULL && g_strcmp0 (bal_review_get_html (review), fact->text) == 0;

    case FACT_COMMENT:
      comment = sync_client_get_comment (client, fact->id);
      return comment != NULL &&
             g_str_equal (bal_comment_status_to_nick (bal_comment_get_status (comment)), fact->text);

    case FACT_PICTURE:
      sync_client_read (client, has_picture, fact);
      return TRUE;

    case FACT_BACKUP:
      return synced || is_backup (client, fact->text);

    case FACT_GONE:
      return !synced || is_gone (client, fact->text);

    default:
      g_assert_not_reached ();
    }
}

static gboolean
is_same (Event *a,
         Event *b)
{
  return b->type == EVENT_PLAN && a->kind == b->kind && a->id == b->id &&
         (a->kind == FACT_REVIEW || a->kind == FACT_COMMENT);
}

/* The last one done, or one that was asked for after it. */
static void
check_fact (Story        *self,
            guint         index,
            guint         n_done,
            const Moment *moment,
            SyncClient   *client,
            const char   *texts,
            gboolean      synced)
{
  Event *fact = &g_array_index (self->events, Event, index);

  for (guint i = index + 1; i < n_done; i++)
    if (is_same (fact, &g_array_index (self->events, Event, i)))
      return;
  if (holds (fact, client, texts, synced))
    return;
  for (guint i = n_done; i < moment->n_events; i++)
    if (is_same (fact, &g_array_index (self->events, Event, i)) &&
        holds (&g_array_index (self->events, Event, i), client, texts, synced))
      return;
  g_error ("Reported as done, and lost: kind %d, id %d, “%s”", fact->kind, (int) fact->id, fact->text);
}

void
story_check (Story        *self,
             const Moment *moment,
             SyncClient   *client,
             gboolean      aside,
             gboolean      synced)
{
  g_autoptr(GString) texts = g_string_new (NULL);
  guint n_done = 0;

  sync_client_read (client, read_own_texts, texts);
  if (aside)
    add_texts_aside (client->dir, texts);
  for (guint i = 0; i < moment->n_events; i++)
    if (g_array_index (self->events, Event, i).type == EVENT_DONE)
      n_done = i;
  for (guint i = 0; i < n_done; i++)
    if (g_array_index (self->events, Event, i).type == EVENT_PLAN)
      check_fact (self, i, n_done, moment, client, texts->str, synced);
}
