/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

/*
 * A seeded generator lets two desktops and a web editor write, moderate and delete, breaks, delays, doubles and cuts
 * calls, kills programs and turns clocks. When it has settled, sim_check_all() says what must hold.
 *
 * BALCONY_SEED=N runs one seed, BALCONY_SEEDS=N that many, from BALCONY_FIRST_SEED on; BALCONY_STEPS=N only the first so
 * many steps of each; BALCONY_BLOG=limited has a blog that can do no more than Blogger, BALCONY_BLOG=ghost no more than Ghost.
 * A failure tells the variables that replay it.
 */

#define N_STEPS 40
/* Rounds of both desktops until nothing moves any more. */
#define MAX_SETTLING 16
#define DEFAULT_SEEDS 40

static guint
read_number (const char *variable,
             guint       otherwise)
{
  const char *value = g_getenv (variable);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : otherwise;
}

/* By a few minutes or by hours, to either side; or set right. All in all less than a day goes by: the local history is
 * thinned out by what is older. */
static void
turn_clock (Sim   *sim,
            guint  number)
{
  static const gint64 jumps[] = { 0, 300, -300, 8 * 3600, -2 * 3600 };

  sim->skew[number] = jumps[sim_pick (sim, G_N_ELEMENTS (jumps))];
}

static void
take_step (Sim *sim)
{
  guint number = sim_pick (sim, SIM_CLIENTS);
  SyncClient *client = sim->clients[number];
  guint what = sim_pick (sim, 22);

  sim_let_time_pass (1 + sim_pick (sim, sim_pick (sim, 4) == 0 ? 1800 : 120));
  sim_look_at_clock (sim, what < 6 ? SIM_WEB : number);
  if (sim_chance (sim, 0.1))
    fake_server_deliver_again (sim->server);
  if (what < 3)
    sim_web_write (sim);
  else if (what < 6)
    sim_web_comment (sim);
  else if (what < 10)
    sim_desk_write (sim, client);
  else if (what < 13)
    sim_desk_comment (sim, client);
  else if (what == 13)
    sync_client_restart (client);
  else if (what == 14)
    turn_clock (sim, number);
  else
    {
      if (sim_pick (sim, 4) == 0)
        sync_client_retry (client);
      bal_sync_result_free (sim_desk_sync (sim, number, sim_pick (sim, 6) == 0 ? BAL_SYNC_FULL : BAL_SYNC_DEFAULT));
    }
}

/* Decides for this desktop's version or the blog's. */
static void
decide (Sim         *sim,
        guint        number,
        BalConflict *conflict)
{
  g_autoptr(GPtrArray) reviews = sync_client_list_reviews (sim->clients[number]);
  gboolean mine = sim_chance (sim, 0.5);

  g_debug ("%u decides over %s", number, conflict->what);
  for (guint i = 0; mine && i < reviews->len; i++)
    {
      BalReview *review = g_ptr_array_index (reviews, i);
      g_autoptr(GArray) texts = sim_list_texts (bal_review_get_html (review));

      for (guint k = 0; k < texts->len && conflict->entity == BAL_ENTITY_REVIEW &&
                        conflict->entity_id == bal_review_get_id (review); k++)
        {
          gpointer text = GUINT_TO_POINTER (g_array_index (texts, guint, k));
          guint bits = GPOINTER_TO_UINT (g_hash_table_lookup (sim->chosen, text));

          g_hash_table_insert (sim->chosen, text, GUINT_TO_POINTER (bits | 1u << number));
        }
    }
  sync_client_resolve (sim->clients[number], conflict->id, mine);
}

/* The person decides what waits for them, and the program syncs. Returns whether anything moved. */
static gboolean
settle_one (Sim   *sim,
            guint  number)
{
  SyncClient *client = sim->clients[number];
  g_autoptr(BalSyncResult) result = NULL;
  g_autoptr(GPtrArray) conflicts = NULL;

  sync_client_retry (client);
  result = sim_desk_sync (sim, number, BAL_SYNC_FULL | BAL_SYNC_ACCEPT_REMOVALS);
  g_assert_no_error (result->error);
  conflicts = sync_client_list_conflicts (client);
  for (guint i = 0; i < conflicts->len; i++)
    decide (sim, number, g_ptr_array_index (conflicts, i));
  return conflicts->len > 0 || result->n_reviews_pulled > 0 || result->n_comments_pulled > 0 ||
         result->n_reviews_sent > 0 || result->n_comments_sent > 0 || result->n_removed > 0 || result->n_doubled > 0;
}

/* The network is well again, clocks are right, and nobody asked for patience any more. */
static void
settle (Sim *sim)
{
  gboolean moved = TRUE;

  sim->fault_probability = sim->crash_probability = sim->busy_probability = 0;
  sim_let_time_pass (10 * 3600);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    sim->skew[i] = 0;

  for (guint n = 0; moved; n++)
    {
      g_assert_cmpuint (n, <, MAX_SETTLING);
      moved = FALSE;
      for (guint i = 0; i < SIM_CLIENTS; i++)
        moved |= settle_one (sim, i);
      moved |= fake_server_deliver_again (sim->server);
      sim_let_time_pass (60);
    }
}

static void
run_seed (guint32 seed,
          guint   n_steps)
{
  Sim *sim = sim_new (seed);

  for (guint i = 0; i < n_steps; i++)
    take_step (sim);
  settle (sim);
  sim_check_all (sim);
  sim_free (sim);
}

static void
test_seeds (void)
{
  gboolean is_one = g_getenv ("BALCONY_SEED") != NULL;
  guint first = is_one ? read_number ("BALCONY_SEED", 1) : read_number ("BALCONY_FIRST_SEED", 1);
  guint n_seeds = is_one ? 1 : read_number ("BALCONY_SEEDS", DEFAULT_SEEDS);
  guint n_steps = read_number ("BALCONY_STEPS", N_STEPS);

  sim_prepare ();
  for (guint i = 0; i < n_seeds; i++)
    {
      /* The last line of this kind before a failure names it. */
      g_test_message ("BALCONY_SEED=%u BALCONY_STEPS=%u", first + i, n_steps);
      run_seed (first + i, n_steps);
    }
  sim_clean_up ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/simulation/nothing-lost-nothing-doubled-all-equal", test_seeds);

  return g_test_run ();
}
