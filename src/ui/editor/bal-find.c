/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-find.h"

#include "bal-editor-buffer.h"

/* ---- islands ---- */

/* The last that was looked for in an island: each time that it is drawn asks again. */
typedef struct
{
  BalTextSearch *search;
  BalBlock      *block;
  gboolean       found;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *answer = data;

  bal_text_search_unref (answer->search);
  bal_block_unref (answer->block);
  g_free (answer);
}

static GQuark
answer_quark (void)
{
  return g_quark_from_static_string ("bal-find-answer");
}

static gboolean
look_into_island (BalTextSearch      *search,
                  BalLine            *island,
                  GtkTextChildAnchor *anchor)
{
  Answer *answer = g_object_get_qdata (G_OBJECT (anchor), answer_quark ());
  g_autofree char *text = NULL;
  g_autoptr(GArray) matches = NULL;

  if (answer != NULL && answer->search == search && answer->block == island->block)
    return answer->found;
  text = bal_line_dup_island_text (island);
  matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  bal_text_search_find (search, text, matches);
  answer = g_new (Answer, 1);
  answer->search = bal_text_search_ref (search);
  answer->block = bal_block_ref (island->block);
  answer->found = matches->len > 0;
  g_object_set_qdata_full (G_OBJECT (anchor), answer_quark (), answer, answer_free);
  return answer->found;
}

/* (nullable): NULL: the line is text. */
static BalLine *
get_island (GtkTextBuffer *buffer,
            int            line)
{
  BalLine *island = BAL_IS_EDITOR_BUFFER (buffer) ? bal_editor_buffer_get_line (BAL_EDITOR_BUFFER (buffer), line) : NULL;

  return island != NULL && island->island ? island : NULL;
}

/* ---- finding ---- */

void
bal_find_in_line (BalTextSearch *search,
                  GtkTextBuffer *buffer,
                  int            line,
                  GArray        *matches)
{
  BalLine *island = get_island (buffer, line);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_iter_at_line (buffer, &start, line);
  if (island != NULL && gtk_text_iter_get_child_anchor (&start) != NULL)
    {
      const BalTextMatch whole = { 0, 1 };

      if (look_into_island (search, island, gtk_text_iter_get_child_anchor (&start)))
        g_array_append_val (matches, whole);
      return;
    }
  end = start;
  if (!gtk_text_iter_ends_line (&end))
    gtk_text_iter_forward_to_line_end (&end);
  text = gtk_text_iter_get_slice (&start, &end);
  bal_text_search_find (search, text, matches);
}

static void
get_match (GtkTextBuffer *buffer,
           int            line,
           BalTextMatch  *match,
           GtkTextIter   *start,
           GtkTextIter   *end)
{
  gtk_text_buffer_get_iter_at_line_offset (buffer, start, line, match->start);
  gtk_text_buffer_get_iter_at_line_offset (buffer, end, line, match->end);
}

gboolean
bal_find_next (BalTextSearch     *search,
               GtkTextBuffer     *buffer,
               const GtkTextIter *from,
               gboolean           backward,
               GtkTextIter       *start,
               GtkTextIter       *end)
{
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  int n_lines = gtk_text_buffer_get_line_count (buffer);
  int first = gtk_text_iter_get_line (from);
  guint offset = gtk_text_iter_get_line_offset (from);

  /* The first line twice: behind the place, and at last before it. */
  for (int i = 0; i <= n_lines; i++)
    {
      int line = ((backward ? first - i : first + i) % n_lines + n_lines) % n_lines;

      g_array_set_size (matches, 0);
      bal_find_in_line (search, buffer, line, matches);
      for (guint k = 0; k < matches->len; k++)
        {
          BalTextMatch *match = &g_array_index (matches, BalTextMatch, backward ? matches->len - 1 - k : k);

          if (i == 0 && (backward ? match->end > offset : match->start < offset))
            continue;
          get_match (buffer, line, match, start, end);
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
bal_find_is_match (BalTextSearch     *search,
                   GtkTextBuffer     *buffer,
                   const GtkTextIter *start,
                   const GtkTextIter *end)
{
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  guint from = gtk_text_iter_get_line_offset (start);
  guint to = gtk_text_iter_get_line_offset (end);

  if (gtk_text_iter_get_line (start) != gtk_text_iter_get_line (end))
    return FALSE;
  bal_find_in_line (search, buffer, gtk_text_iter_get_line (start), matches);
  for (guint i = 0; i < matches->len; i++)
    {
      BalTextMatch *match = &g_array_index (matches, BalTextMatch, i);

      if (match->start == from && match->end == to)
        return TRUE;
    }
  return FALSE;
}

/* ---- replacing ---- */

static void
replace_in_line (GtkTextBuffer      *buffer,
                 int                 line,
                 const BalTextMatch *matches,
                 guint               n_matches,
                 const char         *with)
{
  if (BAL_IS_EDITOR_BUFFER (buffer))
    {
      bal_editor_buffer_replace (BAL_EDITOR_BUFFER (buffer), line, matches, n_matches, with);
      return;
    }
  for (guint i = n_matches; i-- > 0;)
    {
      BalTextMatch match = matches[i];
      GtkTextIter start, end;

      get_match (buffer, line, &match, &start, &end);
      gtk_text_buffer_delete (buffer, &start, &end);
      gtk_text_buffer_insert (buffer, &start, with, -1);
    }
}

static void
begin (GtkTextBuffer *buffer)
{
  if (BAL_IS_EDITOR_BUFFER (buffer))
    bal_editor_buffer_begin_replacing (BAL_EDITOR_BUFFER (buffer));
  else
    gtk_text_buffer_begin_user_action (buffer);
  g_object_freeze_notify (G_OBJECT (buffer));
}

static void
finish (GtkTextBuffer *buffer)
{
  g_object_thaw_notify (G_OBJECT (buffer));
  if (BAL_IS_EDITOR_BUFFER (buffer))
    bal_editor_buffer_end_replacing (BAL_EDITOR_BUFFER (buffer));
  else
    gtk_text_buffer_end_user_action (buffer);
}

/* An entry may have got line ends by being pasted into. */
static char *
clean (const char *with)
{
  return g_strdelimit (g_strdup (with), "\r\n", ' ');
}

guint
bal_find_replace (BalTextSearch *search,
                  GtkTextBuffer *buffer,
                  const char    *with)
{
  g_autoptr(GArray) matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  g_autofree char *text = clean (with);
  int n_lines = gtk_text_buffer_get_line_count (buffer);
  guint count = 0;

  for (int line = 0; line < n_lines; line++)
    {
      if (get_island (buffer, line) != NULL)
        continue;
      g_array_set_size (matches, 0);
      bal_find_in_line (search, buffer, line, matches);
      if (matches->len == 0)
        continue;
      if (count == 0)
        begin (buffer);
      replace_in_line (buffer, line, (const BalTextMatch *) (gpointer) matches->data, matches->len, text);
      count += matches->len;
    }
  if (count > 0)
    finish (buffer);
  return count;
}

void
bal_find_replace_one (GtkTextBuffer     *buffer,
                      const GtkTextIter *start,
                      const GtkTextIter *end,
                      const char        *with)
{
  g_autofree char *text = clean (with);
  BalTextMatch match = { gtk_text_iter_get_line_offset (start), gtk_text_iter_get_line_offset (end) };
  int line = gtk_text_iter_get_line (start);

  if (get_island (buffer, line) != NULL)
    return;
  begin (buffer);
  replace_in_line (buffer, line, &match, 1, text);
  finish (buffer);
}

/* ---- the current one ---- */

#define FROM_MARK "bal-find-from"
#define TO_MARK   "bal-find-to"

static void
put_mark (GtkTextBuffer     *buffer,
          const char        *name,
          const GtkTextIter *place,
          gboolean           left)
{
  GtkTextMark *mark = gtk_text_buffer_get_mark (buffer, name);

  if (mark == NULL)
    gtk_text_buffer_create_mark (buffer, name, place, left);
  else
    gtk_text_buffer_move_mark (buffer, mark, place);
}

void
bal_find_set_current (GtkTextBuffer     *buffer,
                      const GtkTextIter *start,
                      const GtkTextIter *end)
{
  put_mark (buffer, FROM_MARK, start, FALSE);
  put_mark (buffer, TO_MARK, end, TRUE);
}

void
bal_find_get_current (GtkTextBuffer *buffer,
                      GtkTextIter   *start,
                      GtkTextIter   *end)
{
  gtk_text_buffer_get_iter_at_mark (buffer, start, gtk_text_buffer_get_mark (buffer, FROM_MARK));
  gtk_text_buffer_get_iter_at_mark (buffer, end, gtk_text_buffer_get_mark (buffer, TO_MARK));
}

/* ---- showing ---- */

static GQuark
marks_quark (void)
{
  return g_quark_from_static_string ("bal-find-marks");
}

void
bal_find_marks_set (GtkTextView   *view,
                    BalTextSearch *search)
{
  g_object_set_qdata_full (G_OBJECT (view), marks_quark (), search != NULL ? bal_text_search_ref (search) : NULL,
                           (GDestroyNotify) bal_text_search_unref);
  gtk_widget_queue_draw (GTK_WIDGET (view));
}

static void
draw_box (GtkSnapshot        *snapshot,
          const GdkRectangle *box,
          const GdkRGBA      *color,
          gboolean            current)
{
  const GdkRGBA frame_color = { 0.90, 0.38, 0.0, 1.0 };
  const GdkRGBA frame_colors[] = { frame_color, frame_color, frame_color, frame_color };
  static const float widths[] = { 2, 2, 2, 2 };
  graphene_rect_t area = GRAPHENE_RECT_INIT (box->x, box->y, box->width, box->height);
  GskRoundedRect frame;

  if (box->width == 0)
    return;
  gtk_snapshot_append_color (snapshot, color, &area);
  if (!current)
    return;
  graphene_rect_inset (&area, -2, -2);
  gsk_rounded_rect_init_from_rect (&frame, &area, 3);
  gtk_snapshot_append_border (snapshot, &frame, widths, frame_colors);
}

/* Letter by letter, for a match may run over several lines, and in both directions in one. */
static void
draw_match (GtkTextView       *view,
            GtkSnapshot       *snapshot,
            GtkTextIter        iter,
            const GtkTextIter *to,
            const GdkRGBA     *color,
            gboolean           current)
{
  GdkRectangle box = { 0 }, place;

  for (; gtk_text_iter_compare (&iter, to) < 0; gtk_text_iter_forward_char (&iter))
    {
      gtk_text_view_get_iter_location (view, &iter, &place);
      if (box.width > 0 && place.y == box.y && place.height == box.height &&
          (place.x == box.x + box.width || place.x + place.width == box.x))
        {
          box.x = MIN (box.x, place.x);
          box.width += place.width;
        }
      else
        {
          draw_box (snapshot, &box, color, current);
          box = place;
        }
    }
  draw_box (snapshot, &box, color, current);
}

void
bal_find_marks_draw (GtkTextView *view,
                     GtkSnapshot *snapshot)
{
  /* Over the text, so that it must stay readable below. */
  static const GdkRGBA color = { 0.96, 0.76, 0.07, 0.30 };
  BalTextSearch *search = g_object_get_qdata (G_OBJECT (view), marks_quark ());
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (view);
  g_autoptr(GArray) matches = NULL;
  GtkTextIter top, bottom, from, to, current;
  GdkRectangle visible;

  if (search == NULL)
    return;
  matches = g_array_new (FALSE, FALSE, sizeof (BalTextMatch));
  bal_find_get_current (buffer, &current, &to);
  gtk_text_view_get_visible_rect (view, &visible);
  gtk_text_view_get_iter_at_location (view, &top, visible.x, visible.y);
  gtk_text_view_get_iter_at_location (view, &bottom, visible.x + visible.width, visible.y + visible.height);
  for (int line = gtk_text_iter_get_line (&top); line <= gtk_text_iter_get_line (&bottom); line++)
    {
      g_array_set_size (matches, 0);
      bal_find_in_line (search, buffer, line, matches);
      for (guint i = 0; i < matches->len; i++)
        {
          get_match (buffer, line, &g_array_index (matches, BalTextMatch, i), &from, &to);
          /* A paragraph may be far longer than the screen. */
          if (gtk_text_iter_compare (&to, &top) >= 0 && gtk_text_iter_compare (&from, &bottom) <= 0)
            draw_match (view, snapshot, from, &to, &color, gtk_text_iter_equal (&from, &current));
        }
    }
}
