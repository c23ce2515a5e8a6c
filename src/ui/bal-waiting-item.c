/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-item.h"

#include "bal-safe-text.h"
#include "bal-time.h"
#include "bal-words.h"

#include <glib/gi18n.h>

#define MAX_WORDS 200
#define HALF_A_DAY (12 * 60 * 60)

enum { TITLE, WHAT, STATE, REASON, UNDO_HINT, LOSS, N_TEXTS };

struct _BalWaitingItem
{
  GObject      parent_instance;

  gint64       id;
  gint64       entity_id;
  gint64       review_id;
  BalEntity    entity;
  gboolean     conflict;
  gboolean     can_retry;
  gboolean     can_discard;
  gboolean     gone;
  const char  *icon;
  char        *texts[N_TEXTS];
};

enum { PROP_0, PROP_STATE, PROP_GONE, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalWaitingItem, bal_waiting_item, G_TYPE_OBJECT)

static void
bal_waiting_item_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  if (prop_id == PROP_STATE)
    g_value_set_string (value, BAL_WAITING_ITEM (object)->texts[STATE]);
  else if (prop_id == PROP_GONE)
    g_value_set_boolean (value, BAL_WAITING_ITEM (object)->gone);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bal_waiting_item_finalize (GObject *object)
{
  BalWaitingItem *self = BAL_WAITING_ITEM (object);

  for (guint i = 0; i < N_TEXTS; i++)
    g_free (self->texts[i]);

  G_OBJECT_CLASS (bal_waiting_item_parent_class)->finalize (object);
}

static void
bal_waiting_item_class_init (BalWaitingItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = bal_waiting_item_finalize;
  object_class->get_property = bal_waiting_item_get_property;

  properties[PROP_STATE] =
    g_param_spec_string ("state", NULL, NULL, NULL,
                         G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_GONE] =
    g_param_spec_boolean ("gone", NULL, NULL, FALSE,
                          G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bal_waiting_item_init (BalWaitingItem *self)
{
}

/* ---- in words ---- */

static const char *
describe_part (const BalOutboxItem *row,
               BalOutboxParts       part)
{
  switch (part)
    {
    case BAL_OUTBOX_PART_DELETION:
      return _("Deleted for good");
    case BAL_OUTBOX_PART_HIDING:
      return row->entity == BAL_ENTITY_COMMENT && row->status == BAL_COMMENT_STATUS_SPAM ? _("Marked as spam")
                                                                                         : _("Moved to the trash");
    case BAL_OUTBOX_PART_STATUS:
      return _("Another status");
    case BAL_OUTBOX_PART_TEXT:
      return _("Changed text");
    case BAL_OUTBOX_PART_CREATION:
      return _("Not on the blog yet");
    case BAL_OUTBOX_PART_NONE:
    default:
      return _("As the blog has it");
    }
}

/* The words of a comment, or else each part of the change. */
static char *
describe_what (const BalOutboxItem *row)
{
  g_autofree char *words = row->html != NULL ? bal_safe_text_from_comment (row->html) : NULL;
  GString *text;

  if (words != NULL)
    return bal_safe_text_name (words, MAX_WORDS);

  text = g_string_new (row->parts == BAL_OUTBOX_PART_NONE ? describe_part (row, row->parts) : NULL);
  for (BalOutboxParts part = BAL_OUTBOX_PART_DELETION; part != BAL_OUTBOX_PART_NONE; part >>= 1)
    if ((row->parts & part) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", describe_part (row, part));
  return g_string_free (text, FALSE);
}

static char *
describe_state (const BalOutboxItem   *row,
                const BalWaitingPlace *place)
{
  if (row->state == BAL_OUTBOX_SENDING)
    return g_strdup (bal_words_sync_state (BAL_SYNC_STATE_SENDING));
  if (row->state == BAL_OUTBOX_UNKNOWN)
    return g_strdup (_("The answer was lost; Balcony looks at the blog before it sends again"));
  if (place->in_conflict)
    return g_strdup (_("Changed on both sides: choose in Conflicts"));
  if (row->state == BAL_OUTBOX_PARKED)
    return g_strdup (_("Stopped: it needs you"));
  if (place->signed_out)
    return g_strdup (_("Waiting until you sign in again"));
  if (place->first != 0)
    return g_strdup (place->first == BAL_ENTITY_REVIEW ? _("Waiting for its review to be sent first")
                                                       : _("Waiting for the comment that it answers"));
  if (place->offline)
    return g_strdup (_("Waiting for a network"));
  if (row->not_before > bal_time_now ())
    {
      g_autofree char *time = row->not_before - bal_time_now () < HALF_A_DAY ? bal_words_clock (row->not_before)
                                                                             : bal_words_full_time (row->not_before);

      /* Translators: %s is a time such as 18:04, or with its date where that is far. */
      return g_strdup_printf (_("Next try at %s"), time);
    }

  return g_strdup (bal_words_sync_state (BAL_SYNC_STATE_QUEUED));
}

static const char *
get_icon (const BalOutboxItem   *row,
          const BalWaitingPlace *place)
{
  return bal_words_sync_icon (place->in_conflict ? BAL_SYNC_STATE_CONFLICT : BAL_SYNC_STATE_QUEUED + (int) row->state);
}

static char *
describe_undo (const BalOutboxItem *row)
{
  BalOutboxParts last = bal_outbox_parts_get_last (row->parts);
  gboolean is_review = row->entity == BAL_ENTITY_REVIEW;
  const char *text;

  switch (last)
    {
    case BAL_OUTBOX_PART_DELETION:
      text = _("Undo brings the comment back.");
      break;
    case BAL_OUTBOX_PART_HIDING:
      text = is_review ? _("Undo brings the review back as it was before.")
                       : _("Undo brings the comment back as it was before.");
      break;
    case BAL_OUTBOX_PART_STATUS:
      text = (row->parts & BAL_OUTBOX_PART_CREATION) != 0 ? _("Undo makes it a draft again.")
                                                          : _("Undo brings back the status that the blog has.");
      break;
    case BAL_OUTBOX_PART_TEXT:
      text = is_review ? _("Undo brings back the text that the blog has; yours stays in the review’s history.")
                       : _("Undo brings back the words of before.");
      break;
    case BAL_OUTBOX_PART_CREATION:
      text = is_review ? _("Undo moves the new review to the trash here, from where it can be restored.")
                       : _("Undo takes the comment out of the thread; what was a reply is in its box again.");
      break;
    case BAL_OUTBOX_PART_NONE:
    default:
      text = _("Undo takes it out of the outbox; nothing else changes.");
      break;
    }
  if ((row->parts & ~last) == 0 || last == BAL_OUTBOX_PART_CREATION)
    return g_strdup (text);
  /* Translators: %s is a sentence such as "Undo brings the review back as it was before." */
  return g_strdup_printf (_("%s All else waits on."), text);
}

static const char *
describe_loss (const BalOutboxItem *row)
{
  gboolean is_review = row->entity == BAL_ENTITY_REVIEW;

  switch (row->op)
    {
    case BAL_OUTBOX_CREATE:
      return is_review
        ? _("The review is not sent. It goes to the trash on this computer, from where it can be restored.")
        : _("The comment is not sent and leaves the thread here. The words of a reply are in its box again.");
    case BAL_OUTBOX_DELETE:
      return is_review ? _("The review is not deleted on the blog and comes back here.")
                       : _("The comment is not deleted on the blog and comes back here.");
    case BAL_OUTBOX_UPDATE:
    default:
      return is_review
        ? _("All that waits for this review is given up, and what the blog has comes back here. Your text stays in "
            "the review’s history.")
        : _("All that waits for this comment is given up, and what the blog has comes back here. Words that you "
            "changed stay in the local history.");
    }
}

BalWaitingItem *
bal_waiting_item_new_outbox (const BalOutboxItem   *row,
                             const BalWaitingPlace *place)
{
  BalWaitingItem *self = g_object_new (BAL_TYPE_WAITING_ITEM, NULL);

  self->id = row->id;
  self->entity = row->entity;
  self->entity_id = row->entity_id;
  self->review_id = row->review_id;
  self->can_retry = !place->in_conflict && (row->state == BAL_OUTBOX_PENDING || row->state == BAL_OUTBOX_PARKED);
  self->can_discard = row->state != BAL_OUTBOX_SENDING;
  self->icon = get_icon (row, place);
  self->texts[TITLE] = g_strdup (row->label);
  self->texts[WHAT] = describe_what (row);
  self->texts[STATE] = describe_state (row, place);
  self->texts[REASON] = g_strdup (row->error);
  if (bal_outbox_item_is_untried (row) && !place->in_conflict)
    self->texts[UNDO_HINT] = describe_undo (row);
  self->texts[LOSS] = g_strdup (describe_loss (row));

  return self;
}

BalWaitingItem *
bal_waiting_item_new_conflict (const BalConflict *row,
                               const char        *title)
{
  BalWaitingItem *self = g_object_new (BAL_TYPE_WAITING_ITEM, NULL);

  self->id = row->id;
  self->entity = row->entity;
  self->entity_id = row->entity_id;
  self->conflict = TRUE;
  self->icon = bal_words_sync_icon (BAL_SYNC_STATE_CONFLICT);
  self->texts[TITLE] = g_strdup (title);
  self->texts[WHAT] = g_strdup (row->entity == BAL_ENTITY_REVIEW ? _("Review changed here and on the blog")
                                                                 : _("Comment changed here and on the blog"));
  self->texts[STATE] = bal_words_full_time (row->created);

  return self;
}

gboolean
bal_waiting_item_is_same (BalWaitingItem *self,
                          BalWaitingItem *other)
{
  return self->id == other->id && self->conflict == other->conflict;
}

void
bal_waiting_item_update (BalWaitingItem *self,
                         BalWaitingItem *from)
{
  gboolean changed = self->icon != from->icon || self->can_retry != from->can_retry ||
                     self->can_discard != from->can_discard || self->review_id != from->review_id;

  g_return_if_fail (BAL_IS_WAITING_ITEM (self));
  g_return_if_fail (BAL_IS_WAITING_ITEM (from));
  g_return_if_fail (bal_waiting_item_is_same (self, from));

  self->icon = from->icon;
  self->can_retry = from->can_retry;
  self->can_discard = from->can_discard;
  self->review_id = from->review_id;
  for (guint i = 0; i < N_TEXTS; i++)
    if (g_strcmp0 (self->texts[i], from->texts[i]) != 0)
      {
        g_free (self->texts[i]);
        self->texts[i] = g_strdup (from->texts[i]);
        changed = TRUE;
      }
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
bal_waiting_item_set_gone (BalWaitingItem *self)
{
  g_return_if_fail (BAL_IS_WAITING_ITEM (self));

  if (self->gone)
    return;

  self->gone = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_GONE]);
}

gboolean
bal_waiting_item_is_conflict (BalWaitingItem *self)
{
  return self->conflict;
}

gint64
bal_waiting_item_get_id (BalWaitingItem *self)
{
  return self->id;
}

BalEntity
bal_waiting_item_get_entity (BalWaitingItem *self)
{
  return self->entity;
}

gint64
bal_waiting_item_get_entity_id (BalWaitingItem *self)
{
  return self->entity_id;
}

gint64
bal_waiting_item_get_review_id (BalWaitingItem *self)
{
  return self->review_id;
}

const char *
bal_waiting_item_get_title (BalWaitingItem *self)
{
  return self->texts[TITLE];
}

const char *
bal_waiting_item_get_what (BalWaitingItem *self)
{
  return self->texts[WHAT];
}

const char *
bal_waiting_item_get_state (BalWaitingItem *self)
{
  return self->texts[STATE];
}

const char *
bal_waiting_item_get_icon (BalWaitingItem *self)
{
  return self->icon;
}

const char *
bal_waiting_item_get_reason (BalWaitingItem *self)
{
  return self->texts[REASON];
}

const char *
bal_waiting_item_get_undo_hint (BalWaitingItem *self)
{
  return self->texts[UNDO_HINT];
}

const char *
bal_waiting_item_get_loss (BalWaitingItem *self)
{
  return self->texts[LOSS];
}

gboolean
bal_waiting_item_can_undo (BalWaitingItem *self)
{
  return self->texts[UNDO_HINT] != NULL;
}

gboolean
bal_waiting_item_can_retry (BalWaitingItem *self)
{
  return self->can_retry;
}

gboolean
bal_waiting_item_can_discard (BalWaitingItem *self)
{
  return self->can_discard;
}
