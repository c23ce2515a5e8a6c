/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include "fake-server.h"

static FakeFault
pick_fault (Sim        *self,
            const char *op)
{
  static const FakeFault writing[] = {
    FAKE_LOST, FAKE_LOST_AFTER, FAKE_LOST_AFTER, FAKE_LATE, FAKE_BUSY, FAKE_BUSY_AFTER, FAKE_GARBLED_AFTER,
    FAKE_OFFLINE, FAKE_RETRY_AFTER, FAKE_TWICE, FAKE_REFUSED,
  };
  static const FakeFault reading[] = {
    FAKE_LOST, FAKE_LOST_AFTER, FAKE_BUSY, FAKE_GARBLED_AFTER, FAKE_OFFLINE, FAKE_RETRY_AFTER,
  };
  static const FakeFault listing[] = {
    FAKE_LOST, FAKE_BUSY, FAKE_GARBLED_AFTER, FAKE_OFFLINE, FAKE_RETRY_AFTER, FAKE_TRUNCATED, FAKE_TRUNCATED,
  };

  if (g_str_has_prefix (op, "put") || g_str_has_prefix (op, "create") || g_str_has_prefix (op, "delete") ||
      g_str_has_prefix (op, "upload"))
    return writing[sim_pick (self, G_N_ELEMENTS (writing))];
  if (g_str_has_prefix (op, "list") || g_str_has_prefix (op, "sweep"))
    return listing[sim_pick (self, G_N_ELEMENTS (listing))];
  return reading[sim_pick (self, G_N_ELEMENTS (reading))];
}

/* Somebody does something while the program waits for the blog. Between looking at a post and writing it the web editor
 * keeps still: no blog's interface can tell that apart. */
static void
interfere (Sim        *self,
           FakeServer *server,
           const char *op)
{
  gboolean is_listing = g_str_has_prefix (op, "list") || g_str_has_prefix (op, "sweep");

  g_mutex_unlock (&server->mutex);
  if (is_listing && sim_chance (self, 0.5))
    {
      if (sim_chance (self, 0.5))
        sim_web_write (self);
      else
        sim_web_comment (self);
    }
  else if (sim_chance (self, 0.7))
    sim_desk_write (self, self->syncing);
  else
    sim_desk_comment (self, self->syncing);
  g_mutex_lock (&server->mutex);
}

/* Of a draft whose answer was lost and that somebody has written in, only what was sent tells what it was; so no blog that
 * rewrites texts answers such a one. The program dies while it waits; the blog may still carry the call out, and answers nobody. */
static FakeFault
die (Sim        *self,
     const char *op)
{
  sync_client_photograph (self->syncing);
  self->is_dead = TRUE;
  if (g_str_equal (op, "create_review") && !self->server->rewrites && sim_chance (self, 0.3))
    return FAKE_AGAIN_LOST;
  return sim_chance (self, 0.5) ? FAKE_LOST : FAKE_LOST_AFTER;
}

/* A connection that broke is often gone for a while: then what was lost is only looked for at the next sync, and the person
 * may have gone on writing. */
static FakeFault
break_off (Sim       *self,
           FakeFault  fault)
{
  if (fault == FAKE_LOST || fault == FAKE_LOST_AFTER || fault == FAKE_LATE)
    self->is_cut_off = sim_chance (self, 0.5);
  return fault;
}

static FakeFault
decide (Sim        *self,
        FakeServer *server,
        const char *op)
{
  if (self->is_dead || self->is_cut_off)
    return FAKE_OFFLINE;
  if (sim_chance (self, self->busy_probability))
    interfere (self, server, op);
  if (sim_chance (self, self->crash_probability))
    return die (self, op);
  if (self->fault_probability > 0 && g_str_equal (op, "create_review") && sim_chance (self, 0.3))
    return self->server->rewrites || sim_chance (self, 0.8) ? FAKE_AGAIN : FAKE_AGAIN_LOST;
  /* What is known by its text alone is what is found again with the most trouble. */
  if (self->is_like_ghost && self->fault_probability > 0 && g_str_equal (op, "put_comment") && sim_chance (self, 0.3))
    {
      self->is_cut_off = TRUE;
      return FAKE_LOST_AFTER;
    }
  return sim_chance (self, self->fault_probability) ? break_off (self, pick_fault (self, op)) : FAKE_FINE;
}

FakeFault
sim_fault_cb (FakeServer *server,
              const char *op,
              gpointer    sim)
{
  FakeFault fault = decide (sim, server, op);

  g_debug ("  %s: %d", op, fault);
  return fault;
}
