/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-waiting-item.h"

#include "bal-time.h"
#include "bal-words.h"

#include <glib/gi18n.h>

struct _BalWaitingItem
{
  GObject    parent_instance;

  gint64     id;
  gint64     entity_id;
  BalEntity  entity;
  gboolean   conflict;
  gboolean   needs_person;
  char      *title;
  char      *what;
  char      *state;
  char      *reason;
};

G_DEFINE_FINAL_TYPE (BalWaitingItem, bal_waiting_item, G_TYPE_OBJECT)

static void
bal_waiting_item_finalize (GObject *object)
{
  BalWaitingItem *self = BAL_WAITING_ITEM (object);

  g_free (self->title);
  g_free (self->what);
  g_free (self->state);
  g_free (self->reason);

  G_OBJECT_CLASS (bal_waiting_item_parent_class)->finalize (object);
}

static void
bal_waiting_item_class_init (BalWaitingItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_waiting_item_finalize;
}

static void
bal_waiting_item_init (BalWaitingItem *self)
{
}

static const char *
describe_op (const BalOutboxItem *row)
{
  gboolean review = row->entity == BAL_ENTITY_REVIEW;

  switch (row->op)
    {
    case BAL_OUTBOX_CREATE:
      return review ? _("New review") : _("New comment");
    case BAL_OUTBOX_DELETE:
      return review ? _("Delete the review for good") : _("Delete the comment for good");
    case BAL_OUTBOX_UPDATE:
    default:
      return review ? _("Changes to a review") : _("Changes to a comment");
    }
}

static char *
describe_state (const BalOutboxItem *row)
{
  gint64 wait = row->not_before - bal_time_now ();

  if (row->state == BAL_OUTBOX_SENDING)
    return g_strdup (bal_words_sync_state (BAL_SYNC_STATE_SENDING));
  if (row->state == BAL_OUTBOX_UNKNOWN)
    return g_strdup (_("The answer was lost; Balcony looks at the blog before it sends again"));
  if (row->state == BAL_OUTBOX_PARKED)
    return g_strdup (_("Stopped: it needs you"));
  if (wait > 0)
    return g_strdup_printf (ngettext ("Trying again in %u minute", "Trying again in %u minutes",
                                      (guint) ((wait + 59) / 60)),
                            (guint) ((wait + 59) / 60));

  return g_strdup (bal_words_sync_state (BAL_SYNC_STATE_QUEUED));
}

BalWaitingItem *
bal_waiting_item_new_outbox (const BalOutboxItem *row)
{
  BalWaitingItem *self = g_object_new (BAL_TYPE_WAITING_ITEM, NULL);

  self->id = row->id;
  self->entity = row->entity;
  self->entity_id = row->entity_id;
  self->needs_person = row->state == BAL_OUTBOX_PARKED;
  self->title = g_strdup (row->label);
  self->what = g_strdup (describe_op (row));
  self->state = describe_state (row);
  self->reason = g_strdup (row->error);

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
  self->needs_person = TRUE;
  self->title = g_strdup (title);
  self->what = g_strdup (row->entity == BAL_ENTITY_REVIEW ? _("Review changed here and on the blog")
                                                          : _("Comment changed here and on the blog"));
  self->state = bal_words_full_time (row->created);

  return self;
}

gboolean
bal_waiting_item_equal (BalWaitingItem *a,
                        BalWaitingItem *b)
{
  return a->id == b->id && a->conflict == b->conflict &&
         a->entity == b->entity && a->entity_id == b->entity_id &&
         g_strcmp0 (a->title, b->title) == 0 && g_strcmp0 (a->what, b->what) == 0 &&
         g_strcmp0 (a->state, b->state) == 0 && g_strcmp0 (a->reason, b->reason) == 0;
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

const char *
bal_waiting_item_get_title (BalWaitingItem *self)
{
  return self->title;
}

const char *
bal_waiting_item_get_what (BalWaitingItem *self)
{
  return self->what;
}

const char *
bal_waiting_item_get_state (BalWaitingItem *self)
{
  return self->state;
}

const char *
bal_waiting_item_get_reason (BalWaitingItem *self)
{
  return self->reason;
}

gboolean
bal_waiting_item_needs_person (BalWaitingItem *self)
{
  return self->needs_person;
}
