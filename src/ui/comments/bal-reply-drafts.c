/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-drafts.h"

#define SAVE_MS 1000

struct _BalReplyDrafts
{
  GObject   parent_instance;

  char     *path;
  GKeyFile *texts;
  guint     save_id;
};

G_DEFINE_FINAL_TYPE (BalReplyDrafts, bal_reply_drafts, G_TYPE_OBJECT)

static const char *
get_group (gboolean edit)
{
  return edit ? "edits" : "replies";
}

static gboolean
save_cb (gpointer data)
{
  BalReplyDrafts *self = data;
  g_autoptr(GError) error = NULL;

  self->save_id = 0;
  if (!bal_reply_drafts_save (self, &error))
    g_warning ("Keeping unsent replies: %s", error->message);

  return G_SOURCE_REMOVE;
}

static void
bal_reply_drafts_dispose (GObject *object)
{
  BalReplyDrafts *self = BAL_REPLY_DRAFTS (object);

  if (self->save_id != 0)
    {
      g_clear_handle_id (&self->save_id, g_source_remove);
      save_cb (self);
    }

  G_OBJECT_CLASS (bal_reply_drafts_parent_class)->dispose (object);
}

static void
bal_reply_drafts_finalize (GObject *object)
{
  BalReplyDrafts *self = BAL_REPLY_DRAFTS (object);

  g_free (self->path);
  g_key_file_unref (self->texts);

  G_OBJECT_CLASS (bal_reply_drafts_parent_class)->finalize (object);
}

static void
bal_reply_drafts_class_init (BalReplyDraftsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bal_reply_drafts_dispose;
  object_class->finalize = bal_reply_drafts_finalize;
}

static void
bal_reply_drafts_init (BalReplyDrafts *self)
{
  self->texts = g_key_file_new ();
}

BalReplyDrafts *
bal_reply_drafts_new (const char *data_dir)
{
  BalReplyDrafts *self;
  g_autoptr(GError) error = NULL;

  g_return_val_if_fail (data_dir != NULL, NULL);

  self = g_object_new (BAL_TYPE_REPLY_DRAFTS, NULL);
  self->path = g_build_filename (data_dir, "reply-drafts.ini", NULL);
  if (!g_key_file_load_from_file (self->texts, self->path, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_warning ("Reading unsent replies: %s", error->message);

  return self;
}

char *
bal_reply_drafts_dup (BalReplyDrafts *self,
                      gint64          comment_id,
                      gboolean        edit)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, comment_id);

  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (self), NULL);

  return g_key_file_get_string (self->texts, get_group (edit), key, NULL);
}

void
bal_reply_drafts_set (BalReplyDrafts *self,
                      gint64          comment_id,
                      gboolean        edit,
                      const char     *text)
{
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT, comment_id);

  g_return_if_fail (BAL_IS_REPLY_DRAFTS (self));

  if (text != NULL)
    g_key_file_set_string (self->texts, get_group (edit), key, text);
  else if (!g_key_file_remove_key (self->texts, get_group (edit), key, NULL))
    return;

  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_MS, save_cb, self);
}

gboolean
bal_reply_drafts_save (BalReplyDrafts  *self,
                       GError         **error)
{
  g_autofree char *data = NULL;
  gsize length;

  g_return_val_if_fail (BAL_IS_REPLY_DRAFTS (self), FALSE);

  /* A few hundred bytes, replaced whole: short enough for the main thread. */
  data = g_key_file_to_data (self->texts, &length, NULL);

  return g_file_set_contents_full (self->path, data, length, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}
