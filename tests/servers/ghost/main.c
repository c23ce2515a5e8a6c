/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-ghost.h"

#include <glib-unix.h>
#include <stdlib.h>

/* usage: fake-ghost PORT     prints "ready ROOT KEY", serves until SIGTERM */

static gboolean
end_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(FakeGhost) server = NULL;
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  if (argc != 2)
    {
      g_printerr ("usage: fake-ghost PORT\n");
      return 2;
    }
  server = fake_ghost_new ((guint) atoi (argv[1]));
  g_print ("ready %s %s\n", fake_ghost_get_root (server), fake_ghost_get_key (server));
  fflush (stdout);
  g_unix_signal_add (SIGTERM, end_cb, loop);
  g_unix_signal_add (SIGINT, end_cb, loop);
  g_main_loop_run (loop);
  return 0;
}
