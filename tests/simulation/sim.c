/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim.h"

#include <string.h>

#include "bal-time.h"

/* 2020-09-13; each run begins then. */
#define FIRST_SECOND 1600000000

/* The linker puts these in the place of the real one (--wrap), in the program's own layers too. */
gint64 __wrap_bal_time_now (void);

static gint64 seconds;
static gint64 seconds_skew;

gint64
__wrap_bal_time_now (void)
{
  return FIRST_SECOND + seconds + seconds_skew;
}

void
sim_let_time_pass (gint64 n)
{
  seconds += n;
}

void
sim_look_at_clock (Sim   *self,
                   guint  client)
{
  seconds_skew = client < SIM_CLIENTS ? self->skew[client] : 0;
}

guint
sim_pick (Sim   *self,
          guint  n)
{
  return n > 0 ? (guint) g_rand_int_range (self->rand, 0, (gint32) n) : 0;
}

gboolean
sim_chance (Sim    *self,
            double  probability)
{
  return g_rand_double (self->rand) < probability;
}

Sim *
sim_new (guint32 seed)
{
  Sim *self = g_new0 (Sim, 1);

  seconds = 0;
  seconds_skew = 0;
  /* Keys and jitter come from here. */
  g_random_set_seed (seed);
  self->rand = g_rand_new_with_seed (seed);
  self->ledger = g_hash_table_new (NULL, NULL);
  self->excused = g_hash_table_new (NULL, NULL);
  self->chosen = g_hash_table_new (NULL, NULL);
  self->kept = g_hash_table_new (NULL, NULL);
  self->replies = g_hash_table_new (NULL, NULL);
  self->deleted = g_hash_table_new (NULL, NULL);
  self->server = fake_server_new (SIM_SERVER, SIM_PASSWORD);
  self->fault_probability = 0.1 * sim_pick (self, 4);
  self->crash_probability = 0.01 * sim_pick (self, 3);
  self->busy_probability = 0.03 * sim_pick (self, 3);
  fake_server_set_page_size (self->server, 1 + sim_pick (self, 7));
  fake_server_set_rewrites (self->server, sim_chance (self, 0.5));
  self->forgets_keys = sim_chance (self, 0.5);
  fake_server_set_shows_keys (self->server, !self->forgets_keys && sim_chance (self, 0.5));
  fake_server_set_two_steps (self->server, self->forgets_keys);
  fake_server_set_gives_slugs (self->server, TRUE);
  fake_server_set_makes_terms (self->server, self->forgets_keys);
  self->is_limited = g_strcmp0 (g_getenv ("BALCONY_BLOG"), "limited") == 0;
  if (self->is_limited)
    {
      self->forgets_keys = TRUE;
      fake_server_set_limited (self->server);
    }
  self->is_like_ghost = g_strcmp0 (g_getenv ("BALCONY_BLOG"), "ghost") == 0;
  if (self->is_like_ghost)
    {
      self->forgets_keys = TRUE;
      fake_server_set_like_ghost (self->server);
    }
  fake_server_set_fault (self->server, sim_fault_cb, self);
  for (guint i = 0; i < SIM_CLIENTS; i++)
    self->clients[i] = sync_client_new_in (self->server, SIM_PASSWORD, sim_make_folder (sim_pick (self, 8) > 0));
  return self;
}

void
sim_free (Sim *self)
{
  for (guint i = 0; i < SIM_CLIENTS; i++)
    sync_client_free (self->clients[i]);
  fake_server_free (self->server);
  g_hash_table_unref (self->ledger);
  g_hash_table_unref (self->excused);
  g_hash_table_unref (self->chosen);
  g_hash_table_unref (self->kept);
  g_hash_table_unref (self->replies);
  g_hash_table_unref (self->deleted);
  g_rand_free (self->rand);
  g_free (self);
}

/* ---- texts ---- */

/* A few words, so that what a server makes of it is still recognised. */
char *
sim_make_text (Sim *self)
{
  guint n = ++self->n_texts;

  return sim_pick (self, 8) == 0 ? g_strdup_printf ("<u>t%u.</u> u%u v%u w%u", n, n, n, n)
                                 : g_strdup_printf ("t%u. u%u v%u w%u", n, n, n, n);
}

/* No two are the same, on a blog whose addresses come from them; and each is a text like those of a paragraph. */
char *
sim_make_title (Sim        *self,
                const char *who)
{
  return g_strdup_printf ("%s t%u.", who, ++self->n_texts);
}

GArray *
sim_list_texts (const char *html)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));

  for (const char *p = html; p != NULL && (p = strchr (p, 't')) != NULL; p++)
    {
      char *end;
      guint64 number = g_ascii_strtoull (p + 1, &end, 10);

      if (end > p + 1 && *end == '.')
        {
          guint text = (guint) number;

          g_array_append_val (numbers, text);
        }
    }
  return numbers;
}

void
sim_note_saved (Sim        *self,
                const char *html,
                guint       who)
{
  g_autoptr(GArray) texts = sim_list_texts (html);

  for (guint i = 0; i < texts->len; i++)
    {
      gpointer number = GUINT_TO_POINTER (g_array_index (texts, guint, i));

      if (g_hash_table_contains (self->ledger, number))
        continue;
      g_debug ("%u writes %s", who, html);
      g_hash_table_insert (self->ledger, number, GUINT_TO_POINTER (1 + who));
    }
}

void
sim_note_reply (Sim        *self,
                const char *before,
                const char *html)
{
  g_autoptr(GArray) were = sim_list_texts (before);
  g_autoptr(GArray) are = sim_list_texts (html);
  gpointer first = NULL;

  if (before == NULL && are->len > 0)
    first = GUINT_TO_POINTER (g_array_index (are, guint, 0));
  for (guint i = 0; i < were->len && first == NULL; i++)
    first = g_hash_table_lookup (self->replies, GUINT_TO_POINTER (g_array_index (were, guint, i)));
  for (guint i = 0; i < are->len && first != NULL; i++)
    g_hash_table_insert (self->replies, GUINT_TO_POINTER (g_array_index (are, guint, i)), first);
}

static void
add_paragraph (GPtrArray  *paragraphs,
               guint       place,
               const char *text)
{
  g_ptr_array_insert (paragraphs, (int) place, g_strdup_printf ("<p>%s", text));
}

char *
sim_edit_html (Sim        *self,
               const char *html)
{
  g_auto(GStrv) parts = g_strsplit (html, "</p>", -1);
  g_autoptr(GPtrArray) paragraphs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GString) edited = g_string_new (NULL);
  g_autofree char *text = sim_make_text (self);
  guint place;

  for (guint i = 0; parts[i] != NULL; i++)
    if (parts[i][0] != '\0')
      g_ptr_array_add (paragraphs, g_strdup (parts[i]));

  place = sim_pick (self, paragraphs->len);
  switch (paragraphs->len == 0 ? 0 : sim_pick (self, 8))
    {
    case 0:
    case 1:
      add_paragraph (paragraphs, sim_pick (self, paragraphs->len + 1), text);
      break;
    case 2:
    case 3:
    case 4:
      {
        char *old = g_ptr_array_index (paragraphs, place);

        g_ptr_array_index (paragraphs, place) = g_strconcat (old, " ", text, NULL);
        g_free (old);
        break;
      }
    case 5:
      g_ptr_array_remove_index (paragraphs, place);
      break;
    default:
      g_ptr_array_remove_index (paragraphs, place);
      add_paragraph (paragraphs, place, text);
      break;
    }

  for (guint i = 0; i < paragraphs->len; i++)
    g_string_append_printf (edited, "%s</p>", (char *) g_ptr_array_index (paragraphs, i));
  return g_string_free (g_steal_pointer (&edited), FALSE);
}
