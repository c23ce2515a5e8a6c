/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a sync begins by itself, in worlds whose clocks, network and server the test holds. */
#include "bal-auto-sync.h"

#define MINUTE 60
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define NEVER G_MAXINT64

typedef struct
{
  BalAutoSync *sync;
  gint64       uptime;
  gint64       time;
  gint64       wake_at;          /* by uptime: timers sleep, too */
  BalReach     reach;

  /* the server */
  guint        takes;            /* seconds for a sync */
  guint        n_failing;        /* so many syncs fail */
  guint        retry_after;
  gint64       ends_at;          /* by uptime; NEVER: none runs */
  BalReach     used;             /* what could be had all the time */
  gboolean     is_cut;           /* the network went meanwhile */
  guint64      sending;          /* the edits that were there when it began */

  /* the outbox: each edit has a number */
  guint64      edited;
  guint64      sent;
  gint64       next_try;
  gboolean     is_stuck;         /* the blog takes nothing of it, and says so without an error */

  guint        n_begun;
  gint64       begun_at;         /* by uptime */
  BalReach     begun_reach;
} World;

static void
note_outbox (World *world)
{
  BalOutboxSummary outbox = {
    .n_waiting = (guint) (world->edited - world->sent),
    .fresh = world->edited > world->sent ? world->edited : 0,
    .next_try = world->next_try,
  };

  bal_auto_sync_note_outbox (world->sync, &outbox);
}

static gint64
get_uptime (gpointer data)
{
  return ((World *) data)->uptime;
}

static gint64
get_time (gpointer data)
{
  return ((World *) data)->time;
}

static BalReach
get_reach (gpointer data)
{
  return ((World *) data)->reach;
}

static void
wake (gpointer data,
      guint    seconds)
{
  World *world = data;

  world->wake_at = seconds > 0 ? world->uptime + seconds : NEVER;
}

static void
run_sync (World *world)
{
  g_assert_cmpint (world->ends_at, ==, NEVER);
  world->ends_at = world->uptime + world->takes;
  world->sending = world->edited;
  world->used = world->reach;
  world->is_cut = FALSE;
  bal_auto_sync_note_begun (world->sync);
}

static void
begin (gpointer data,
       BalReach reach)
{
  World *world = data;

  g_assert_cmpint (reach, !=, BAL_REACH_NOTHING);
  g_assert_cmpint (reach, ==, world->reach);
  world->n_begun++;
  world->begun_at = world->uptime;
  world->begun_reach = reach;
  run_sync (world);
}

static void
end_sync (World *world)
{
  gboolean failed = world->is_cut || world->n_failing > 0;

  world->ends_at = NEVER;
  if (failed)
    world->n_failing -= world->n_failing > 0;
  else if (!world->is_stuck && world->used == BAL_REACH_ALL)
    world->sent = world->sending;
  if (!failed && world->next_try <= world->time)
    world->next_try = 0;
  bal_auto_sync_note_ended (world->sync, failed, failed ? world->retry_after : 0);
  note_outbox (world);
}

static void
pass (World  *world,
      gint64  seconds)
{
  gint64 end = world->uptime + seconds;

  for (;;)
    {
      gint64 next = MIN (world->wake_at, world->ends_at);

      if (next > end)
        break;
      g_assert_cmpint (next, >=, world->uptime);
      world->time += next - world->uptime;
      world->uptime = next;
      if (next == world->ends_at)
        {
          end_sync (world);
        }
      else
        {
          world->wake_at = NEVER;
          bal_auto_sync_wake (world->sync);
        }
    }
  world->time += end - world->uptime;
  world->uptime = end;
}

static void
edit (World *world)
{
  world->edited++;
  note_outbox (world);
}

static void
set_reach (World    *world,
           BalReach  reach)
{
  world->is_cut |= world->ends_at != NEVER && reach < world->used;
  world->reach = reach;
  bal_auto_sync_note_network (world->sync);
}

static void
world_init (World    *world,
            gboolean  on_start,
            guint     minutes,
            gboolean  after_saving)
{
  static const BalAutoSyncWorld vtable = { get_uptime, get_time, get_reach, wake, begin };

  *world = (World) { .uptime = 1000, .time = 1800000000, .wake_at = NEVER, .ends_at = NEVER, .takes = 4,
                     .reach = BAL_REACH_ALL };
  world->sync = bal_auto_sync_new (&vtable, world);
  g_object_set (world->sync, "on-start", on_start, "minutes", minutes, "after-saving", after_saving, NULL);
  bal_auto_sync_start (world->sync);
}

static void
world_clear (World *world)
{
  bal_auto_sync_stop (world->sync);
  g_assert_cmpint (world->wake_at, ==, NEVER);
  g_clear_object (&world->sync);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (World, world_clear)

static void
assert_begun_after (World *world,
                    guint  n,
                    gint64 from,
                    gint64 seconds)
{
  g_assert_cmpuint (world->n_begun, ==, n);
  g_assert_cmpint (world->begun_at - from, ==, seconds);
}

/* ---- promises ---- */

static void
test_off_is_off (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, FALSE, 0, FALSE);
  edit (&world);
  pass (&world, DAY);
  world.next_try = world.time + 10;
  note_outbox (&world);
  set_reach (&world, BAL_REACH_NOTHING);
  pass (&world, HOUR);
  set_reach (&world, BAL_REACH_ALL);
  world.time += DAY;
  world.n_failing = 1;
  run_sync (&world);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 0);
  g_assert_cmpint (world.wake_at, ==, NEVER);
}

static void
test_once_at_the_start (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, TRUE, 0, FALSE);
  edit (&world);
  pass (&world, DAY);
  assert_begun_after (&world, 1, 1000, 2);
  edit (&world);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 1);
  g_assert_cmpint (world.wake_at, ==, NEVER);

  /* It is about the next start. */
  g_object_set (world.sync, "on-start", FALSE, NULL);
  g_object_set (world.sync, "on-start", TRUE, NULL);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 1);
}

static void
test_every_so_many_minutes (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, FALSE, 15, FALSE);
  pass (&world, 15 * MINUTE - 1);
  g_assert_cmpuint (world.n_begun, ==, 0);
  pass (&world, 1);
  assert_begun_after (&world, 1, 1000, 15 * MINUTE);
  pass (&world, 7 * DAY);
  g_assert_cmpuint (world.n_begun, ==, 1 + 7 * DAY / (15 * MINUTE + world.takes));

  /* One that a person asked for counts. */
  run_sync (&world);
  world.n_begun = 0;
  pass (&world, 15 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 0);
  pass (&world, world.takes);
  g_assert_cmpuint (world.n_begun, ==, 1);

  pass (&world, MINUTE);
  g_object_set (world.sync, "minutes", 0, NULL);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 1);
}

static void
test_some_seconds_after_the_last_edit (void)
{
  g_auto(World) world = { 0 };
  gint64 last = 0;

  world_init (&world, FALSE, 0, TRUE);
  for (guint i = 0; i < 40; i++)
    {
      last = world.uptime;
      edit (&world);
      pass (&world, i % 10);
    }
  g_assert_cmpuint (world.n_begun, ==, 0);
  pass (&world, HOUR);
  assert_begun_after (&world, 1, last, 10);
  g_assert_cmpuint (world.sent, ==, 40);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 1);

  /* What waits from the day before needs no further edit. */
  world_clear (&world);
  world_init (&world, FALSE, 0, FALSE);
  edit (&world);
  pass (&world, HOUR);
  g_object_set (world.sync, "after-saving", TRUE, NULL);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 1);
}

static void
test_an_edit_during_a_sync_has_one_of_its_own (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, FALSE, 0, TRUE);
  world.takes = 30;
  edit (&world);
  pass (&world, 15);
  g_assert_cmpuint (world.n_begun, ==, 1);
  edit (&world);
  pass (&world, 15);
  g_assert_cmpuint (world.n_begun, ==, 1);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 2);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 2);
  g_assert_cmpuint (world.sent, ==, 2);
}

static void
test_what_cannot_be_sent_is_no_reason (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, FALSE, 0, TRUE);
  world.is_stuck = TRUE;
  edit (&world);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 1);
}

static void
test_a_try_that_is_due_wakes (void)
{
  g_auto(World) world = { 0 };
  gint64 from;

  world_init (&world, TRUE, 0, FALSE);
  pass (&world, MINUTE);
  from = world.uptime;
  world.next_try = world.time + 7 * MINUTE + 11;
  note_outbox (&world);
  pass (&world, HOUR);
  assert_begun_after (&world, 2, from, 7 * MINUTE + 11);

  /* One that is still due after a sync had its turn. */
  world.next_try = world.time - 5;
  note_outbox (&world);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 3);
  world.next_try = world.time - 2 * MINUTE;
  note_outbox (&world);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 3);
}

static void
test_failures_are_tried_again_ever_later (void)
{
  static const guint waits[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600 };
  g_auto(World) world = { 0 };
  gint64 ended;

  world_init (&world, TRUE, 0, TRUE);
  world.n_failing = 100;
  world.takes = 0;
  pass (&world, 2);
  g_assert_cmpuint (world.n_begun, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      ended = world.begun_at;
      edit (&world);             /* does not bring it forward */
      world.next_try = world.time + 2;
      note_outbox (&world);
      pass (&world, waits[i]);
      assert_begun_after (&world, 2 + i, ended, waits[i]);
    }

  world.n_failing = 0;
  pass (&world, HOUR);
  g_assert_cmpuint (world.n_begun, ==, 2 + G_N_ELEMENTS (waits));
  g_assert_cmpuint (world.sent, ==, world.edited);
  pass (&world, DAY);
  g_assert_cmpuint (world.n_begun, ==, 2 + G_N_ELEMENTS (waits));
  world.n_failing = 1;
  edit (&world);
  pass (&world, 10 + 60);
  g_assert_cmpuint (world.n_begun, ==, 4 + G_N_ELEMENTS (waits));
}

static void
test_a_server_that_asks_for_time_gets_it (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, TRUE, 5, TRUE);
  world.n_failing = 1;
  world.retry_after = 40 * MINUTE;
  pass (&world, 2 + world.takes);
  for (guint i = 0; i < 39; i++)
    {
      edit (&world);
      pass (&world, MINUTE);
    }
  g_assert_cmpuint (world.n_begun, ==, 1);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 2);
}

static void
test_offline_waits_for_the_network (void)
{
  g_auto(World) world = { 0 };
  gint64 back;

  world_init (&world, TRUE, 15, TRUE);
  set_reach (&world, BAL_REACH_NOTHING);
  edit (&world);
  pass (&world, 2 * DAY);
  g_assert_cmpuint (world.n_begun, ==, 0);

  /* It comes, goes, and comes again: one sync. */
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, 1);
  set_reach (&world, BAL_REACH_NOTHING);
  pass (&world, 1);
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, 1);
  set_reach (&world, BAL_REACH_ALL);
  back = world.uptime;
  pass (&world, MINUTE);
  assert_begun_after (&world, 1, back, 3);
  g_assert_cmpuint (world.sent, ==, 1);

  /* Nothing was missed: its going and coming is no news. */
  set_reach (&world, BAL_REACH_NOTHING);
  pass (&world, MINUTE);
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 1);
}

/* A person who asked for one in vain, with only the start switched on. */
static void
test_offline_what_was_asked_for_is_owed (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, TRUE, 0, FALSE);
  pass (&world, MINUTE);
  set_reach (&world, BAL_REACH_NOTHING);
  edit (&world);
  run_sync (&world);
  pass (&world, HOUR);
  g_assert_cmpuint (world.n_begun, ==, 1);
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 2);
  g_assert_cmpuint (world.sent, ==, 1);
}

static void
test_offline_near_blogs_go_on (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, TRUE, 15, TRUE);
  set_reach (&world, BAL_REACH_NEAR);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 1);
  g_assert_cmpint (world.begun_reach, ==, BAL_REACH_NEAR);
  edit (&world);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 2);
  pass (&world, 15 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 3);
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 4);
  g_assert_cmpint (world.begun_reach, ==, BAL_REACH_ALL);
  g_assert_cmpuint (world.sent, ==, 1);
}

static void
test_another_network_is_worth_a_try (void)
{
  g_auto(World) world = { 0 };
  gint64 changed;

  world_init (&world, TRUE, 0, FALSE);
  world.n_failing = 6;
  pass (&world, 40 * MINUTE);
  g_assert_cmpuint (world.n_failing, ==, 0);
  changed = world.uptime;
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, MINUTE);
  assert_begun_after (&world, 7, changed, 3);
}

/* A night asleep is one sync, soon after it, and not thirty. */
static void
test_sleep (void)
{
  g_auto(World) world = { 0 };
  gint64 woken;

  world_init (&world, FALSE, 15, FALSE);
  pass (&world, 10 * MINUTE);
  world.time += 8 * HOUR;
  woken = world.uptime;
  pass (&world, 10 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 1);
  g_assert_cmpint (world.begun_at - woken, <=, MINUTE + 5);

  /* The network comes back later than the computer; its coming is what wakes. */
  world.time += 8 * HOUR;
  set_reach (&world, BAL_REACH_NOTHING);
  pass (&world, 2 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 1);
  woken = world.uptime;
  set_reach (&world, BAL_REACH_ALL);
  pass (&world, MINUTE);
  assert_begun_after (&world, 2, woken, 3);

  /* Two minutes of sleep are no reason. */
  world.time += 2 * MINUTE;
  pass (&world, 5 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 2);
}

static void
test_a_clock_that_is_set_stops_nothing (void)
{
  g_auto(World) world = { 0 };

  world_init (&world, FALSE, 15, TRUE);
  world.takes = 0;
  world.time -= 300 * DAY;
  pass (&world, 15 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 1);
  edit (&world);
  world.time -= DAY;
  pass (&world, 10);
  g_assert_cmpuint (world.n_begun, ==, 2);
  world.time += 600 * DAY;
  pass (&world, 14 * MINUTE);
  g_assert_cmpuint (world.n_begun, ==, 3);
}

/* ---- many schedules ---- */

typedef struct
{
  guint  n_events;               /* that may each be a reason */
  gint64 time;                   /* that passed */
  guint  minutes;
  guint  n_failed;
} Reasons;

static void
random_event (World   *world,
              GRand   *random,
              Reasons *reasons)
{
  guint failing = world->n_failing;

  switch (g_rand_int_range (random, 0, 9))
    {
    case 0:
    case 1:
      edit (world);
      break;
    case 2:
      set_reach (world, (BalReach) g_rand_int_range (random, 0, 3));
      break;
    case 3:
      reasons->time += 3 * HOUR;
      world->time += 3 * HOUR;
      break;
    case 4:
      world->time -= g_rand_int_range (random, 0, DAY);
      break;
    case 5:
      world->n_failing = (guint) g_rand_int_range (random, 0, 6);
      world->retry_after = g_rand_boolean (random) ? (guint) g_rand_int_range (random, 0, 5000) : 0;
      reasons->n_failed += MAX (world->n_failing, failing) - failing;
      break;
    case 6:
      world->next_try = world->time + g_rand_int_range (random, -100, 4000);
      note_outbox (world);
      break;
    case 7:
      if (world->ends_at == NEVER)
        run_sync (world);
      break;
    default:
      world->takes = (guint) g_rand_int_range (random, 0, 200);
      break;
    }
  reasons->n_events++;
}

/* Whatever happened: no more syncs than there were reasons, and in the end all is sent. */
static void
test_many_schedules (void)
{
  const char *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_seeds = 2000 * (factor != NULL ? (guint) g_ascii_strtoull (factor, NULL, 10) : 1);

  for (guint seed = 0; seed < n_seeds; seed++)
    {
      static const guint choices[] = { 0, 5, 15, 30, 60 };
      g_autoptr(GRand) random = g_rand_new_with_seed (seed);
      g_auto(World) world = { 0 };
      Reasons reasons = { .minutes = choices[g_rand_int_range (random, 0, G_N_ELEMENTS (choices))] };
      gboolean after_saving = g_rand_boolean (random);
      guint most, before;
      gint64 wait;

      world_init (&world, g_rand_boolean (random), reasons.minutes, after_saving);
      for (guint i = 0; i < 60; i++)
        {
          random_event (&world, random, &reasons);
          wait = g_rand_int_range (random, 0, g_rand_boolean (random) ? 30 : 2000);
          reasons.time += wait;
          pass (&world, wait);
        }

      /* An event may be a reason twice: itself, and a network that it had to wait for. */
      most = 1 + 2 * reasons.n_events + reasons.n_failed +
             (reasons.minutes > 0 ? (guint) (reasons.time / (reasons.minutes * MINUTE)) : 0);
      if (world.n_begun > most)
        g_error ("seed %u: %u syncs, for %u reasons", seed, world.n_begun, most);

      world.takes = 0;
      world.n_failing = 0;
      world.next_try = 0;
      note_outbox (&world);
      set_reach (&world, BAL_REACH_ALL);
      pass (&world, 3 * HOUR);
      if ((after_saving || reasons.minutes > 0) && world.sent != world.edited)
        g_error ("seed %u: an edit was forgotten", seed);
      before = world.n_begun;
      pass (&world, 10 * HOUR);
      if (world.n_begun - before != (reasons.minutes > 0 ? 10 * HOUR / (reasons.minutes * MINUTE) : 0))
        g_error ("seed %u: %u syncs in ten quiet hours", seed, world.n_begun - before);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/auto-sync/off-is-off", test_off_is_off);
  g_test_add_func ("/auto-sync/once-at-the-start", test_once_at_the_start);
  g_test_add_func ("/auto-sync/every-so-many-minutes", test_every_so_many_minutes);
  g_test_add_func ("/auto-sync/some-seconds-after-the-last-edit", test_some_seconds_after_the_last_edit);
  g_test_add_func ("/auto-sync/an-edit-during-a-sync-has-one-of-its-own", test_an_edit_during_a_sync_has_one_of_its_own);
  g_test_add_func ("/auto-sync/what-cannot-be-sent-is-no-reason", test_what_cannot_be_sent_is_no_reason);
  g_test_add_func ("/auto-sync/a-try-that-is-due-wakes", test_a_try_that_is_due_wakes);
  g_test_add_func ("/auto-sync/failures-are-tried-again-ever-later", test_failures_are_tried_again_ever_later);
  g_test_add_func ("/auto-sync/a-server-that-asks-for-time-gets-it", test_a_server_that_asks_for_time_gets_it);
  g_test_add_func ("/auto-sync/offline-waits-for-the-network", test_offline_waits_for_the_network);
  g_test_add_func ("/auto-sync/offline-what-was-asked-for-is-owed", test_offline_what_was_asked_for_is_owed);
  g_test_add_func ("/auto-sync/offline-near-blogs-go-on", test_offline_near_blogs_go_on);
  g_test_add_func ("/auto-sync/another-network-is-worth-a-try", test_another_network_is_worth_a_try);
  g_test_add_func ("/auto-sync/sleep", test_sleep);
  g_test_add_func ("/auto-sync/a-clock-that-is-set-stops-nothing", test_a_clock_that_is_set_stops_nothing);
  g_test_add_func ("/auto-sync/many-schedules", test_many_schedules);

  return g_test_run ();
}
