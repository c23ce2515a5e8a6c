/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-document-diff.h"
#include "bal-safe-text.h"

static const char *
change_nick (BalDifference change)
{
  static const char *const nicks[] = { "same", "added", "removed", "altered" };

  return change < G_N_ELEMENTS (nicks) ? nicks[change] : "same";
}

static void
set_text (json_t     *object,
          const char *name,
          BalBlock   *block)
{
  g_autofree char *text = NULL;

  if (block == NULL)
    return;
  text = bal_block_to_text (block);
  json_object_set_new (object, name, bal_cli_string (text));
}

json_t *
bal_cli_pieces_to_json (GPtrArray *pieces)
{
  json_t *array = json_array ();

  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      json_array_append_new (array, json_pack ("{s:s, s:o}", "change", change_nick (piece->change), "text",
                                               bal_cli_string (piece->text)));
    }
  return array;
}

static json_t *
change_to_json (BalBlockChange *change)
{
  json_t *object = json_object ();

  json_object_set_new (object, "change", json_string (change_nick (change->change)));
  set_text (object, "old", change->old_block);
  set_text (object, "new", change->new_block);
  if (change->pieces == NULL)
    return object;

  json_object_set_new (object, "restyled", json_boolean (change->restyled));
  json_object_set_new (object, "pieces", bal_cli_pieces_to_json (change->pieces));
  return object;
}

/* Each line of @text behind @mark; what could drive a terminal is no part of it. */
static void
print_lines (char        mark,
             const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = bal_safe_text_name (lines[i], G_MAXUINT);

      g_print ("%c %s\n", mark, line);
    }
}

/* One side of altered text, with marks around the words that the other has not. */
static void
print_side (GPtrArray     *pieces,
            BalDifference  side)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean added = side == BAL_DIFFERENCE_ADDED;

  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->change == side)
        g_string_append_printf (out, added ? "{+%s+}" : "[-%s-]", piece->text);
      else if (piece->change == BAL_DIFFERENCE_SAME)
        g_string_append (out, piece->text);
    }
  print_lines (added ? '+' : '-', out->str);
}

void
bal_cli_print_pieces (GPtrArray *pieces)
{
  print_side (pieces, BAL_DIFFERENCE_REMOVED);
  print_side (pieces, BAL_DIFFERENCE_ADDED);
}

static void
print_change (BalBlockChange *change)
{
  static const char marks[] = { ' ', '+', '-' };
  g_autofree char *text = bal_block_to_text (change->new_block != NULL ? change->new_block : change->old_block);

  if (change->change != BAL_DIFFERENCE_ALTERED)
    {
      print_lines (marks[change->change], text);
    }
  else if (change->restyled)
    {
      print_lines ('~', text);
    }
  else
    {
      bal_cli_print_pieces (change->pieces);
    }
}

json_t *
bal_cli_changes_to_json (GPtrArray *changes)
{
  json_t *array = json_array ();

  for (guint i = 0; i < changes->len; i++)
    json_array_append_new (array, change_to_json (g_ptr_array_index (changes, i)));
  return array;
}

void
bal_cli_print_changes (GPtrArray *changes)
{
  for (guint i = 0; i < changes->len; i++)
    print_change (g_ptr_array_index (changes, i));
}
