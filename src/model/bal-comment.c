/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment.h"

#include "bal-property.h"

struct _BalComment
{
  GObject           parent_instance;

  gint64            id;
  gint64            blog_id;
  gint64            review_id;
  gint64            parent_id;
  gint64            created;
  gint64            edit_seq;
  BalCommentStatus  status;
  BalSyncState      sync_state;
  guint             depth;
  double            spam_score;
  gboolean          mine;
  gboolean          unanswered;
  gboolean          dismissed;
  BalPersonMarks    person_marks;
  gboolean          edited;
  gboolean          loaded;

  char             *remote_id;
  char             *remote_review_id;
  char             *remote_parent_id;
  char             *key;
  char             *author;
  char             *author_email;
  char             *author_url;
  char             *author_ip;
  char             *user_agent;
  char             *html;
  char             *text;
  char             *url;
  char             *number;
  char             *review_title;
};

#define COMMENT_PROPERTIES(P)                                                                     \
  P (INT64, gint64, id, ID, "id", NULL)                                                           \
  P (INT64, gint64, blog_id, BLOG_ID, "blog-id", NULL)                                            \
  P (INT64, gint64, review_id, REVIEW_ID, "review-id", NULL)                                      \
  P (INT64, gint64, parent_id, PARENT_ID, "parent-id", NULL)                                      \
  P (TEXT, const char *, remote_id, REMOTE_ID, "remote-id", NULL)                                 \
  P (TEXT, const char *, remote_review_id, REMOTE_REVIEW_ID, "remote-review-id", NULL)            \
  P (TEXT, const char *, remote_parent_id, REMOTE_PARENT_ID, "remote-parent-id", NULL)            \
  P (TEXT, const char *, key, KEY, "key", NULL)                                                   \
  P (TEXT, const char *, author, AUTHOR, "author", NULL)                                          \
  P (TEXT, const char *, author_email, AUTHOR_EMAIL, "author-email", NULL)                        \
  P (TEXT, const char *, author_url, AUTHOR_URL, "author-url", NULL)                              \
  P (TEXT, const char *, author_ip, AUTHOR_IP, "author-ip", NULL)                                 \
  P (TEXT, const char *, user_agent, USER_AGENT, "user-agent", NULL)                              \
  P (BOOLEAN, gboolean, mine, MINE, "mine", NULL)                                                 \
  P (ENUM, BalCommentStatus, status, STATUS, "status", bal_comment_status_get_type)               \
  P (INT64, gint64, created, CREATED, "created", NULL)                                            \
  P (EXACT_TEXT, const char *, html, HTML, "html", NULL)                                          \
  P (TEXT, const char *, text, TEXT, "text", NULL)                                                \
  P (TEXT, const char *, url, URL, "url", NULL)                                                   \
  P (TEXT, const char *, number, NUMBER, "number", NULL)                                          \
  P (UINT, guint, depth, DEPTH, "depth", NULL)                                                    \
  P (TEXT, const char *, review_title, REVIEW_TITLE, "review-title", NULL)                        \
  P (ENUM, BalSyncState, sync_state, SYNC_STATE, "sync-state", bal_sync_state_get_type)           \
  P (BOOLEAN, gboolean, unanswered, UNANSWERED, "unanswered", NULL)                               \
  P (BOOLEAN, gboolean, dismissed, DISMISSED, "dismissed", NULL)                                  \
  P (BOOLEAN, gboolean, edited, EDITED, "edited", NULL)                                           \
  P (DOUBLE, double, spam_score, SPAM_SCORE, "spam-score", NULL)                                  \
  P (FLAGS, BalPersonMarks, person_marks, PERSON_MARKS, "person-marks", bal_person_marks_get_type)  \
  P (INT64, gint64, edit_seq, EDIT_SEQ, "edit-seq", NULL)                                         \
  P (BOOLEAN, gboolean, loaded, LOADED, "loaded", NULL)

enum
{
  PROP_0,
  COMMENT_PROPERTIES (BAL_PROPERTY_NUMBER)
  N_PROPS
};

#define ENTRY(KIND, CType, member, NUMBER, name, get_type) \
  BAL_PROPERTY_ENTRY (BalComment, KIND, member, NUMBER, name, get_type)

static const BalProperty table[N_PROPS] = { COMMENT_PROPERTIES (ENTRY) };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalComment, bal_comment, G_TYPE_OBJECT)

static void
bal_comment_finalize (GObject *object)
{
  bal_properties_clear (object, table, N_PROPS);

  G_OBJECT_CLASS (bal_comment_parent_class)->finalize (object);
}

static void
bal_comment_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  bal_property_get_value (object, &table[prop_id], value);
}

static void
bal_comment_set_property (GObject      *object,
                          guint         prop_id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  bal_property_set_value (object, &table[prop_id], pspec, value);
}

static void
bal_comment_class_init (BalCommentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = bal_comment_finalize;
  object_class->get_property = bal_comment_get_property;
  object_class->set_property = bal_comment_set_property;

  bal_properties_install (object_class, table, properties, N_PROPS);
}

static void
bal_comment_init (BalComment *self)
{
}

/**
 * bal_comment_new:
 * @id: the row in the store, or 0 while it has none
 *
 * Returns: (transfer full): an empty, pending comment
 */
BalComment *
bal_comment_new (gint64 id)
{
  BalComment *self = g_object_new (BAL_TYPE_COMMENT, NULL);

  self->id = id;
  return self;
}

/**
 * bal_comment_dup:
 * @self: a comment
 *
 * Returns: (transfer full): a new object with every property of @self
 */
BalComment *
bal_comment_dup (BalComment *self)
{
  BalComment *copy;

  g_return_val_if_fail (BAL_IS_COMMENT (self), NULL);

  copy = bal_comment_new (self->id);
  bal_comment_assign (copy, self);
  return copy;
}

/**
 * bal_comment_assign:
 * @self: the comment to change
 * @from: the comment to copy
 *
 * Copies every property of @from but the id into @self. Notifies what changed, and only after all
 * of it has.
 */
void
bal_comment_assign (BalComment *self,
                    BalComment *from)
{
  g_return_if_fail (BAL_IS_COMMENT (self));
  g_return_if_fail (BAL_IS_COMMENT (from));

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 1; i < N_PROPS; i++)
    {
      if (i != PROP_ID)
        bal_property_set (G_OBJECT (self), &table[i], properties[i],
                          G_STRUCT_MEMBER_P (from, table[i].offset));
    }
  g_object_thaw_notify (G_OBJECT (self));
}

#define ACCESSORS(KIND, CType, member, NUMBER, name, get_type) \
  BAL_PROPERTY_ACCESSORS (BalComment, bal_comment, BAL_IS_COMMENT, KIND, CType, member, NUMBER)

COMMENT_PROPERTIES (ACCESSORS)
