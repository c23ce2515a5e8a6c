/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-news.h"

#include "bal-blog.h"
#include "bal-desk.h"
#include "bal-error.h"
#include "bal-safe-text.h"

#include <glib/gi18n.h>

#define NOTIFICATION_ID "comments"
#define MAX_NAME 40
#define MAX_TEXT 140
#define MAX_NAMES 3

struct _BalCommentNews
{
  GObject       parent_instance;

  GApplication *application;     /* NULL: stopped */
  BalStore     *store;
  gboolean      listening;
  GHashTable   *new_blogs;       /* owned gint64 id */
  GArray       *added;           /* gint64: by the sync that runs */
  GArray       *told;            /* gint64: what the notification is about */
};

enum { SHOW, FAILED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalCommentNews, bal_comment_news, G_TYPE_OBJECT)

/* ---- the notification ---- */

/* Some desktops read the text of a notification as markup and others do not: what would be markup gets a look-alike, which
 * is the same in both. Takes @text. */
static char *
take_plain (char *text)
{
  g_autofree char *owned = text;
  g_autoptr(GString) plain = g_string_new (owned);

  g_string_replace (plain, "<", "‹", 0);
  g_string_replace (plain, ">", "›", 0);
  g_string_replace (plain, "&", "＆", 0);
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static char *
dup_author (BalComment *comment)
{
  const char *author = bal_comment_get_author (comment);

  return take_plain (bal_safe_text_name (author != NULL && *author != '\0' ? author : _("Anonymous"), MAX_NAME));
}

static GNotification *
make_single (BalCommentNews *self,
             BalComment     *comment)
{
  const char *dir = bal_store_get_data_dir (self->store);
  gint64 id = bal_comment_get_id (comment);
  g_autofree char *author = dup_author (comment);
  g_autofree char *text = take_plain (bal_safe_text_line (bal_comment_get_html (comment), MAX_TEXT));
  /* TRANSLATORS: %s is a reader's name */
  g_autofree char *title = g_strdup_printf (_("New comment by %s"), author);
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, text);
  g_notification_set_default_action_and_target (notification, "app.show-comment", "(sx)", dir, id);
  g_notification_add_button_with_target (notification, _("Approve"), "app.approve-comment", "(sx)", dir, id);
  g_notification_add_button_with_target (notification, _("Spam"), "app.spam-comment", "(sx)", dir, id);
  g_notification_add_button_with_target (notification, _("Open"), "app.show-comment", "(sx)", dir, id);
  return notification;
}

static char *
list_authors (GPtrArray *comments)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;
  gboolean more = FALSE;

  for (guint i = 0; i < comments->len && !more; i++)
    {
      g_autofree char *name = dup_author (comments->pdata[i]);

      if (g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
        continue;
      more = names->len == MAX_NAMES;
      if (!more)
        g_ptr_array_add (names, g_steal_pointer (&name));
    }

  g_ptr_array_add (names, NULL);
  /* TRANSLATORS: between the names of readers: "Anna, Bert" */
  list = g_strjoinv (C_("names", ", "), (char **) names->pdata);
  /* TRANSLATORS: %s are the names of some readers */
  return more ? g_strdup_printf (_("By %s and others"), list) : g_strdup_printf (_("By %s"), list);
}

static GNotification *
make_several (BalCommentNews *self,
              GPtrArray      *comments)
{
  const char *dir = bal_store_get_data_dir (self->store);
  guint n = comments->len;
  g_autofree char *title = g_strdup_printf (ngettext ("%u new comment waits", "%u new comments wait", n), n);
  g_autofree char *authors = list_authors (comments);
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, authors);
  g_notification_set_default_action_and_target (notification, "app.show-comment", "(sx)", dir, (gint64) 0);
  g_notification_add_button_with_target (notification, _("Open"), "app.show-comment", "(sx)", dir, (gint64) 0);
  return notification;
}

/* ---- what is still pending ---- */

typedef struct
{
  GArray     *ids;
  GHashTable *new_blogs;
  gboolean    tell;              /* else it is only looked whether anything is left */
  GPtrArray  *comments;          /* out */
} Look;

static void
look_free (gpointer data)
{
  Look *look = data;

  g_array_unref (look->ids);
  g_hash_table_unref (look->new_blogs);
  g_ptr_array_unref (look->comments);
  g_free (look);
}

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Look *look = data;

  for (guint i = 0; i < look->ids->len; i++)
    {
      g_autoptr(GError) failed = NULL;
      g_autoptr(BalComment) comment =
        bal_comment_table_get (transaction, g_array_index (look->ids, gint64, i), &failed);
      gint64 blog_id;

      if (comment == NULL)
        {
          if (g_error_matches (failed, BAL_ERROR, BAL_ERROR_NOT_FOUND))
            continue;
          g_propagate_error (error, g_steal_pointer (&failed));
          return FALSE;
        }

      blog_id = bal_comment_get_blog_id (comment);
      if (bal_comment_get_status (comment) == BAL_COMMENT_STATUS_PENDING && !bal_comment_get_mine (comment) &&
          !g_hash_table_contains (look->new_blogs, &blog_id))
        g_ptr_array_add (look->comments, g_steal_pointer (&comment));
    }
  return TRUE;
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(BalCommentNews) self = user_data;
  g_autoptr(GNotification) notification = NULL;
  g_autoptr(GError) error = NULL;
  Look *look;

  if (self->application == NULL)
    return;
  if (!bal_store_read_finish (BAL_STORE (source), result, &error))
    {
      g_warning ("Reading new comments: %s", error->message);
      return;
    }

  look = bal_store_get_work_data (result);
  if (look->comments->len == 0 && self->told->len > 0)
    {
      bal_comment_news_seen (self);
      return;
    }
  if (!look->tell || look->comments->len == 0)
    return;

  g_array_set_size (self->told, 0);
  for (guint i = 0; i < look->comments->len; i++)
    {
      gint64 id = bal_comment_get_id (look->comments->pdata[i]);

      g_array_append_val (self->told, id);
    }
  notification = look->comments->len == 1 ? make_single (self, look->comments->pdata[0])
                                          : make_several (self, look->comments);
  g_application_send_notification (self->application, NOTIFICATION_ID, notification);
}

/* At what was told, and at @more. */
static void
look_at (BalCommentNews *self,
         GArray         *more,
         gboolean        tell)
{
  Look *look = g_new0 (Look, 1);

  look->ids = g_array_copy (self->told);
  if (more != NULL)
    g_array_append_vals (look->ids, more->data, more->len);
  look->new_blogs = g_hash_table_ref (self->new_blogs);
  look->tell = tell;
  look->comments = g_ptr_array_new_with_free_func (g_object_unref);
  bal_store_read_async (self->store, look_work, look, look_free, NULL, looked_cb, g_object_ref (self));
}

static void
changed_cb (BalCommentNews *self,
            BalChangeSet   *changes)
{
  const gint64 *ids;
  guint n_ids;

  if (self->application == NULL)
    return;
  if (self->listening)
    {
      ids = bal_change_set_get_ids (changes, BAL_ENTITY_COMMENT, BAL_CHANGE_ADDED, &n_ids);
      g_array_append_vals (self->added, ids, n_ids);
    }
  else if (self->told->len > 0 &&
           (bal_change_set_is_everything (changes) || bal_change_set_touches (changes, BAL_ENTITY_COMMENT)))
    {
      look_at (self, NULL, FALSE);
    }
}

void
bal_comment_news_begin (BalCommentNews *self,
                        GPtrArray      *blogs)
{
  g_return_if_fail (BAL_IS_COMMENT_NEWS (self));

  self->listening = TRUE;
  g_array_set_size (self->added, 0);
  g_hash_table_unref (self->new_blogs);
  self->new_blogs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; blogs != NULL && i < blogs->len; i++)
    if (bal_blog_get_last_sync (blogs->pdata[i]) == 0)
      {
        gint64 id = bal_blog_get_id (blogs->pdata[i]);

        g_hash_table_add (self->new_blogs, g_memdup2 (&id, sizeof id));
      }
}

void
bal_comment_news_end (BalCommentNews *self,
                      gboolean        tell)
{
  g_return_if_fail (BAL_IS_COMMENT_NEWS (self));

  if (!self->listening)
    return;

  self->listening = FALSE;
  if (self->application != NULL && (self->added->len > 0 || self->told->len > 0))
    look_at (self, tell ? self->added : NULL, tell && self->added->len > 0);
}

void
bal_comment_news_seen (BalCommentNews *self)
{
  g_return_if_fail (BAL_IS_COMMENT_NEWS (self));

  if (self->application != NULL && self->told->len > 0)
    g_application_withdraw_notification (self->application, NOTIFICATION_ID);
  g_array_set_size (self->told, 0);
}

/* ---- its buttons ---- */

/* 0 without anything being wrong: of a desk that is not this one's, whose numbers mean other comments here. */
static gboolean
take_target (BalCommentNews *self,
             GVariant       *parameter,
             gint64         *id)
{
  const char *dir;

  g_variant_get (parameter, "(&sx)", &dir, id);
  return g_strcmp0 (dir, bal_store_get_data_dir (self->store)) == 0;
}

typedef struct
{
  gint64           id;
  BalCommentStatus status;
  gint64           review_id;    /* out */
} Act;

/* It may have been decided elsewhere since: that stands. */
static gboolean
act_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Act *act = data;
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, act->id, error);

  if (comment == NULL)
    return FALSE;
  return bal_comment_get_status (comment) != BAL_COMMENT_STATUS_PENDING ||
         bal_desk_set_comment_status (transaction, &act->id, 1, act->status, error);
}

static void
acted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(BalCommentNews) self = user_data;
  g_autoptr(GError) error = NULL;

  if (!bal_store_write_finish (BAL_STORE (source), result, &error))
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
moderate (BalCommentNews   *self,
          GVariant         *parameter,
          BalCommentStatus  status)
{
  Act act = { .status = status };

  if (take_target (self, parameter, &act.id))
    bal_store_write_async (self->store, act_work, g_memdup2 (&act, sizeof act), g_free, NULL, acted_cb,
                           g_object_ref (self));
}

static void
approve_action (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  moderate (user_data, parameter, BAL_COMMENT_STATUS_APPROVED);
}

static void
spam_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  moderate (user_data, parameter, BAL_COMMENT_STATUS_SPAM);
}

static gboolean
find_review_work (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  Act *act = data;
  g_autoptr(BalComment) comment = bal_comment_table_get (transaction, act->id, error);

  if (comment == NULL)
    return FALSE;
  act->review_id = bal_comment_get_review_id (comment);
  return TRUE;
}

static void
found_review_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(BalCommentNews) self = user_data;
  Act *act = bal_store_get_work_data (result);

  /* One that is gone meanwhile is not among the pending either, which tells so. */
  if (bal_store_read_finish (BAL_STORE (source), result, NULL))
    g_signal_emit (self, signals[SHOW], 0, act->review_id, act->id);
  else
    g_signal_emit (self, signals[SHOW], 0, (gint64) 0, (gint64) 0);
}

static void
show_action (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  BalCommentNews *self = user_data;
  Act act = { 0 };

  if (!take_target (self, parameter, &act.id))
    return;
  if (act.id == 0)
    g_signal_emit (self, signals[SHOW], 0, (gint64) 0, (gint64) 0);
  else
    bal_store_read_async (self->store, find_review_work, g_memdup2 (&act, sizeof act), g_free, NULL, found_review_cb,
                          g_object_ref (self));
}

static const GActionEntry entries[] = {
  { "approve-comment", approve_action, "(sx)", NULL, NULL, { 0 } },
  { "spam-comment", spam_action, "(sx)", NULL, NULL, { 0 } },
  { "show-comment", show_action, "(sx)", NULL, NULL, { 0 } },
};

void
bal_comment_news_stop (BalCommentNews *self)
{
  g_return_if_fail (BAL_IS_COMMENT_NEWS (self));

  if (self->application == NULL)
    return;

  bal_comment_news_seen (self);
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_remove_action (G_ACTION_MAP (self->application), entries[i].name);
  g_clear_object (&self->application);
}

/* ---- object ---- */

static void
bal_comment_news_dispose (GObject *object)
{
  bal_comment_news_stop (BAL_COMMENT_NEWS (object));

  G_OBJECT_CLASS (bal_comment_news_parent_class)->dispose (object);
}

static void
bal_comment_news_finalize (GObject *object)
{
  BalCommentNews *self = BAL_COMMENT_NEWS (object);

  g_clear_object (&self->store);
  g_hash_table_unref (self->new_blogs);
  g_array_unref (self->added);
  g_array_unref (self->told);

  G_OBJECT_CLASS (bal_comment_news_parent_class)->finalize (object);
}

static void
bal_comment_news_class_init (BalCommentNewsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bal_comment_news_dispose;
  object_class->finalize = bal_comment_news_finalize;

  signals[SHOW] = g_signal_new ("show", BAL_TYPE_COMMENT_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_INT64);
  signals[FAILED] = g_signal_new ("failed", BAL_TYPE_COMMENT_NEWS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
bal_comment_news_init (BalCommentNews *self)
{
  self->new_blogs = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->added = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->told = g_array_new (FALSE, FALSE, sizeof (gint64));
}

/**
 * bal_comment_news_new:
 * @application: gets the actions and shows the notification
 * @store: an open store
 *
 * Returns: (transfer full): one that has nothing to tell
 */
BalCommentNews *
bal_comment_news_new (GApplication *application,
                      BalStore     *store)
{
  BalCommentNews *self;

  g_return_val_if_fail (G_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (BAL_IS_STORE (store), NULL);

  self = g_object_new (BAL_TYPE_COMMENT_NEWS, NULL);
  self->application = g_object_ref (application);
  self->store = g_object_ref (store);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (store, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}
