/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli-exchange.h"

#include <unistd.h>

typedef struct
{
  BalCli  *cli;
  BalBlog *blog;
} PickWork;

static gboolean
pick_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  PickWork *work = data;

  work->blog = bal_cli_pick_blog (work->cli, transaction, error);
  return work->blog != NULL;
}

BalBlog *
bal_cli_read_blog (BalCli  *self,
                   GError **error)
{
  PickWork work = { .cli = self };

  return bal_cli_read (self, pick_work, &work, error) ? work.blog : NULL;
}

/* One line that is written over. */
static void
show_progress (double    fraction,
               guint     n_reviews,
               guint     n_comments,
               gpointer  data)
{
  g_autofree char *far = g_strdup_printf (_("%3.0f %% · %u reviews · %u comments"), 100 * fraction, n_reviews, n_comments);

  g_printerr ("\r%s", far);
}

BalProgressFunc
bal_cli_get_progress (BalCli *self)
{
  return isatty (STDERR_FILENO) && !self->json ? show_progress : NULL;
}

void
bal_cli_end_progress (BalCli *self)
{
  if (bal_cli_get_progress (self) != NULL)
    g_printerr ("\n");
}

static void
print_note (guint       kind,
            const char *name,
            const char *reason,
            gpointer    data)
{
  g_print ("%s: %s: %s\n", bal_notes_get_label (data, kind), name, reason);
}

gboolean
bal_cli_print_notes (BalNotes  *notes,
                     GError   **error)
{
  return bal_notes_foreach (notes, 0, print_note, notes, error);
}

typedef struct
{
  BalNotes *notes;
  json_t   *array;
} Listing;

static void
note_to_json (guint       kind,
              const char *name,
              const char *reason,
              gpointer    data)
{
  Listing *listing = data;

  json_array_append_new (listing->array, json_pack ("{s:s, s:s, s:s}", "kind", bal_notes_get_nick (listing->notes, kind),
                                                    "name", name, "reason", reason));
}

json_t *
bal_cli_notes_to_json (BalNotes  *notes,
                       GError   **error)
{
  Listing listing = { notes, json_array () };

  if (!bal_notes_foreach (notes, 0, note_to_json, &listing, error))
    g_clear_pointer (&listing.array, json_decref);
  return listing.array;
}
