/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-auto-sync.h"

/* The first frame, the first list and the keyring come first. */
#define START_S 2
/* Longer than a toast with Undo, so that what is taken back at once was never sent. */
#define SAVED_S 10
/* A network that has just come has no name server for a moment, and often comes twice. */
#define NETWORK_S 3
#define RESUMED_S 5
/* More than the two clocks part by themselves: the computer slept. */
#define SLEPT_S 20
/* Sleep shows only to somebody who looks: timers stand still, too. */
#define LOOK_S 60
#define FIRST_RETRY_S 60
#define LAST_RETRY_S (60 * 60)

#define NEVER G_MAXINT64

struct _BalAutoSync
{
  GObject                 parent_instance;

  const BalAutoSyncWorld *world;       /* NULL: stopped */
  gpointer                data;

  /* settings */
  gboolean                on_start;
  guint                   minutes;
  gboolean                after_saving;

  /* Seconds that have passed, asleep or awake; all times below are in it, NEVER where there is none. */
  gint64                  clock;
  gint64                  uptime;
  gint64                  time;

  gboolean                started;
  gboolean                syncing;
  gint64                  start_at;
  gint64                  saved_at;
  gint64                  network_at;
  gint64                  again_at;    /* after a failure */
  gint64                  last;        /* the last sync ended, or would have been */
  gint64                  settled_at;  /* nothing begins before */
  guint                   n_failures;  /* in a row */
  gboolean                is_owed;     /* one was due, and a blog was out of reach */
  BalOutboxSummary        outbox;
  guint64                 seen;        /* the edits that a sync has been planned for */
  gint64                  begun;       /* since 1970: tries that were due before had their turn */
};

enum { PROP_0, PROP_ON_START, PROP_MINUTES, PROP_AFTER_SAVING, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalAutoSync, bal_auto_sync, G_TYPE_OBJECT)

/* ---- time ---- */

/* The greater step of both clocks: one stands still during sleep, and the other may be set back. */
static void
look_at_clocks (BalAutoSync *self)
{
  gint64 uptime = self->world->get_uptime (self->data);
  gint64 time = self->world->get_time (self->data);
  gint64 awake = MAX (uptime - self->uptime, 0);
  gint64 passed = MAX (time - self->time, awake);

  self->uptime = uptime;
  self->time = time;
  self->clock += passed;
  if (passed - awake > SLEPT_S)
    self->settled_at = self->clock + RESUMED_S;
}

static gboolean
is_on (BalAutoSync *self)
{
  return self->on_start || self->minutes > 0 || self->after_saving;
}

static gint64
get_due (BalAutoSync *self)
{
  gint64 due = NEVER;

  if (!is_on (self))
    return NEVER;

  due = MIN (due, self->start_at);
  if (self->minutes > 0)
    due = MIN (due, self->last + (gint64) self->minutes * 60);
  if (self->after_saving)
    due = MIN (due, self->saved_at);
  due = MIN (due, self->network_at);
  due = MIN (due, self->again_at);

  /* With a server that fails as a whole, the single change has to wait as well. */
  if (self->outbox.next_try > self->begun && self->n_failures == 0)
    due = MIN (due, self->clock + self->outbox.next_try - self->time);
  return due;
}

/* ---- deciding ---- */

static void
begin (BalAutoSync *self)
{
  BalReach reach = self->world->get_reach (self->data);

  self->start_at = self->saved_at = self->network_at = self->again_at = NEVER;
  self->last = self->clock;
  self->begun = self->time;
  self->is_owed = reach != BAL_REACH_ALL;
  if (reach != BAL_REACH_NOTHING)
    self->world->begin (self->data, reach);
}

static void
decide (BalAutoSync *self)
{
  gint64 due;

  if (self->world == NULL || !self->started)
    return;

  look_at_clocks (self);
  if (!self->syncing && MAX (get_due (self), self->settled_at) <= self->clock)
    begin (self);
  due = get_due (self);
  if (self->world == NULL)
    return;
  if (self->syncing || due == NEVER)
    self->world->wake (self->data, 0);
  else
    self->world->wake (self->data, (guint) CLAMP (MAX (due, self->settled_at) - self->clock, 1, LOOK_S));
}

void
bal_auto_sync_wake (BalAutoSync *self)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));

  decide (self);
}

void
bal_auto_sync_note_network (BalAutoSync *self)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));

  if (self->world == NULL || !self->started)
    return;

  /* After a failure another network is worth another try. */
  look_at_clocks (self);
  if ((self->is_owed || self->n_failures > 0) && self->world->get_reach (self->data) == BAL_REACH_ALL)
    self->network_at = self->clock + NETWORK_S;
  decide (self);
}

void
bal_auto_sync_note_outbox (BalAutoSync            *self,
                           const BalOutboxSummary *outbox)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));
  g_return_if_fail (outbox != NULL);

  self->outbox = *outbox;
  if (self->world == NULL || !self->started || self->syncing)
    return;    /* a sync takes rows away; what is left is told once more after it */

  look_at_clocks (self);
  if (outbox->fresh == 0)
    self->saved_at = NEVER;
  else if (outbox->fresh != self->seen && self->n_failures == 0)
    self->saved_at = self->clock + SAVED_S;    /* else it goes with the next try */
  self->seen = outbox->fresh;
  decide (self);
}

void
bal_auto_sync_note_begun (BalAutoSync *self)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));

  self->syncing = TRUE;
  if (self->world == NULL || !self->started)
    return;

  /* It does what the others would. */
  look_at_clocks (self);
  self->start_at = self->saved_at = self->network_at = self->again_at = NEVER;
  self->begun = self->time;
  self->is_owed = self->world->get_reach (self->data) != BAL_REACH_ALL;
  self->world->wake (self->data, 0);
}

void
bal_auto_sync_note_ended (BalAutoSync *self,
                          gboolean     failed,
                          guint        retry_after)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));

  self->syncing = FALSE;
  if (self->world == NULL || !self->started)
    return;

  look_at_clocks (self);
  self->last = self->clock;
  self->n_failures = failed ? MIN (self->n_failures + 1, 16) : 0;
  self->again_at = failed ? self->clock + MIN (FIRST_RETRY_S << (self->n_failures - 1), LAST_RETRY_S) : NEVER;
  if (failed && retry_after > 0)
    self->settled_at = self->clock + MIN (retry_after, LAST_RETRY_S);
  decide (self);
}

void
bal_auto_sync_start (BalAutoSync *self)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));

  if (self->world == NULL || self->started)
    return;

  self->started = TRUE;
  self->uptime = self->world->get_uptime (self->data);
  self->time = self->world->get_time (self->data);
  self->start_at = self->on_start ? self->clock + START_S : NEVER;
  bal_auto_sync_note_outbox (self, &self->outbox);
}

void
bal_auto_sync_stop (BalAutoSync *self)
{
  g_return_if_fail (BAL_IS_AUTO_SYNC (self));

  if (self->world != NULL)
    self->world->wake (self->data, 0);
  self->world = NULL;
}

/* ---- object ---- */

static void
bal_auto_sync_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  BalAutoSync *self = BAL_AUTO_SYNC (object);

  switch (prop_id)
    {
    case PROP_ON_START:
      g_value_set_boolean (value, self->on_start);
      break;
    case PROP_MINUTES:
      g_value_set_uint (value, self->minutes);
      break;
    case PROP_AFTER_SAVING:
      g_value_set_boolean (value, self->after_saving);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
bal_auto_sync_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  BalAutoSync *self = BAL_AUTO_SYNC (object);

  switch (prop_id)
    {
    case PROP_ON_START:
      self->on_start = g_value_get_boolean (value);
      break;
    case PROP_MINUTES:
      self->minutes = g_value_get_uint (value);
      break;
    case PROP_AFTER_SAVING:
      self->after_saving = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  decide (self);
}

static void
bal_auto_sync_class_init (BalAutoSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bal_auto_sync_get_property;
  object_class->set_property = bal_auto_sync_set_property;

  properties[PROP_ON_START] = g_param_spec_boolean ("on-start", NULL, NULL, FALSE, flags);
  properties[PROP_MINUTES] = g_param_spec_uint ("minutes", NULL, NULL, 0, 24 * 60, 0, flags);
  properties[PROP_AFTER_SAVING] = g_param_spec_boolean ("after-saving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bal_auto_sync_init (BalAutoSync *self)
{
  self->start_at = self->saved_at = self->network_at = self->again_at = NEVER;
}

/**
 * bal_auto_sync_new:
 * @world: (transfer none): what it asks and tells
 * @data: handed to the functions of @world
 *
 * Returns: (transfer full): one that is off; set its properties, then [method@AutoSync.start]
 */
BalAutoSync *
bal_auto_sync_new (const BalAutoSyncWorld *world,
                   gpointer                data)
{
  BalAutoSync *self;

  g_return_val_if_fail (world != NULL, NULL);

  self = g_object_new (BAL_TYPE_AUTO_SYNC, NULL);
  self->world = world;
  self->data = data;
  return self;
}
