/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

#include <string.h>

static GQuark
inline_quark (void)
{
  return g_quark_from_static_string ("bal-editor-inline-tag");
}

static void
inline_free (BalInlineTag *self)
{
  g_free (self->link);
  g_free (self->open);
  g_free (self->close);
  g_free (self);
}

BalInlineTag *
bal_editor_tag_get_inline (GtkTextTag *tag)
{
  return g_object_get_qdata (G_OBJECT (tag), inline_quark ());
}

static GtkTextTag *
add_inline_tag (BalEditorBuffer *self,
                BalStyle         style,
                const char      *link,
                const char      *open,
                const char      *close)
{
  GtkTextTag *tag = gtk_text_tag_new (NULL);
  BalInlineTag *info = g_new0 (BalInlineTag, 1);

  info->style = style;
  info->link = g_strdup (link);
  info->open = g_strdup (open);
  info->close = g_strdup (close);
  g_object_set_qdata_full (G_OBJECT (tag), inline_quark (), info, (GDestroyNotify) inline_free);
  gtk_text_tag_table_add (gtk_text_buffer_get_tag_table (GTK_TEXT_BUFFER (self)), tag);
  g_object_unref (tag);
  return tag;
}

/* In the order of the bits of BalStyle. */
void
bal_editor_buffer_add_style_tags (BalEditorBuffer *self)
{
  GdkRGBA shade = { 0.5, 0.5, 0.5, 0.16 };

  for (guint i = 0; i < BAL_N_STYLES; i++)
    self->style_tags[i] = add_inline_tag (self, 1 << i, NULL, NULL, NULL);
  g_object_set (self->style_tags[0], "weight", PANGO_WEIGHT_BOLD, NULL);
  g_object_set (self->style_tags[1], "style", PANGO_STYLE_ITALIC, NULL);
  g_object_set (self->style_tags[2], "underline", PANGO_UNDERLINE_SINGLE, NULL);
  g_object_set (self->style_tags[3], "strikethrough", TRUE, NULL);
  g_object_set (self->style_tags[4], "family", "Monospace", "background-rgba", &shade, NULL);
  g_object_set (self->style_tags[5], "rise", 6 * PANGO_SCALE, "scale", 0.75, NULL);
  g_object_set (self->style_tags[6], "rise", -4 * PANGO_SCALE, "scale", 0.75, NULL);
  g_object_set (self->style_tags[7], "scale", 0.83, NULL);
}

static void
color_link (BalEditorBuffer *self,
            GtkTextTag      *tag)
{
  g_object_set (tag, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  if (self->has_link_color)
    g_object_set (tag, "foreground-rgba", &self->link_color, NULL);
}

void
bal_editor_buffer_set_link_color (BalEditorBuffer *self,
                                  const GdkRGBA   *color)
{
  GHashTableIter iter;
  gpointer tag;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  if (self->has_link_color && gdk_rgba_equal (&self->link_color, color))
    return;
  self->link_color = *color;
  self->has_link_color = TRUE;
  g_hash_table_iter_init (&iter, self->links);
  while (g_hash_table_iter_next (&iter, NULL, &tag))
    color_link (self, tag);
}

GtkTextTag *
bal_editor_buffer_get_link_tag (BalEditorBuffer *self,
                                const char      *href)
{
  GtkTextTag *tag = g_hash_table_lookup (self->links, href);

  if (tag == NULL)
    {
      tag = add_inline_tag (self, BAL_STYLE_NONE, href, NULL, NULL);
      color_link (self, tag);
      g_hash_table_insert (self->links, g_strdup (href), tag);
    }
  return tag;
}

GtkTextTag *
bal_editor_buffer_get_rider_tag (BalEditorBuffer *self,
                                 const char      *open,
                                 const char      *close)
{
  g_autofree char *key = g_strconcat (open != NULL ? open : "", "\n\001", close, NULL);
  GtkTextTag *tag = g_hash_table_lookup (self->riders, key);

  if (tag == NULL)
    {
      tag = add_inline_tag (self, BAL_STYLE_NONE, NULL, open != NULL ? open : "",
                            close != NULL ? close : "");
      g_hash_table_insert (self->riders, g_steal_pointer (&key), tag);
    }
  return tag;
}

static void
add_to_look (BalLook    *look,
             GtkTextTag *tag)
{
  BalInlineTag *info = bal_editor_tag_get_inline (tag);

  if (info == NULL)
    return;
  look->style |= info->style;
  if (info->link != NULL)
    look->link = tag;
  else if (info->open != NULL)
    look->rider = tag;
}

void
bal_editor_buffer_get_look (BalEditorBuffer   *self,
                            const GtkTextIter *iter,
                            BalLook           *look)
{
  g_autoptr(GSList) tags = gtk_text_iter_get_tags (iter);

  *look = (BalLook) { 0 };
  for (GSList *l = tags; l != NULL; l = l->next)
    add_to_look (look, l->data);
}

/* To ask each place for its tags takes as long as its line is. */
void
bal_editor_look_on (GPtrArray         *tags,
                    const GtkTextIter *iter,
                    BalLook           *look)
{
  g_autoptr(GSList) off = gtk_text_iter_get_toggled_tags (iter, FALSE);
  g_autoptr(GSList) on = gtk_text_iter_get_toggled_tags (iter, TRUE);

  for (GSList *l = off; l != NULL; l = l->next)
    g_ptr_array_remove (tags, l->data);
  for (GSList *l = on; l != NULL; l = l->next)
    {
      guint i = tags->len;

      while (i > 0 && gtk_text_tag_get_priority (g_ptr_array_index (tags, i - 1)) > gtk_text_tag_get_priority (l->data))
        i--;
      g_ptr_array_insert (tags, i, l->data);
    }
  *look = (BalLook) { 0 };
  for (guint i = 0; i < tags->len; i++)
    add_to_look (look, g_ptr_array_index (tags, i));
}

/* What is typed looks like what is before it, at a line's start like what follows. A link goes
 * on only within itself. */
void
bal_editor_buffer_get_typing_look (BalEditorBuffer   *self,
                                   const GtkTextIter *iter,
                                   BalLook           *look)
{
  GtkTextIter previous = *iter;
  BalLook before = { 0 };
  BalLook after = { 0 };
  gboolean starts = gtk_text_iter_starts_line (iter);

  if (!starts && gtk_text_iter_backward_char (&previous))
    bal_editor_buffer_get_look (self, &previous, &before);
  if (!gtk_text_iter_ends_line (iter))
    bal_editor_buffer_get_look (self, iter, &after);

  look->style = starts ? after.style : before.style;
  look->link = before.link == after.link ? before.link : NULL;
  look->rider = before.rider == after.rider ? before.rider : NULL;
  if (self->has_pending)
    look->style = self->pending;
}

/* Without its signal, which nobody waits for and which costs as much as the work: a long post has
 * thousands of runs. */
static void
apply_tag (BalEditorBuffer   *self,
           GtkTextTag        *tag,
           const GtkTextIter *start,
           const GtkTextIter *end)
{
  GTK_TEXT_BUFFER_GET_CLASS (self)->apply_tag (GTK_TEXT_BUFFER (self), tag, start, end);
}

void
bal_editor_buffer_apply_look (BalEditorBuffer   *self,
                              const GtkTextIter *start,
                              const GtkTextIter *end,
                              const BalLook     *look,
                              gboolean           clear)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);

  self->raw++;
  if (clear)
    {
      BalLook inside = *look;
      GtkTextIter iter = *start;

      /* Text in the middle of a tag is inside it: only what differs needs taking off. */
      bal_editor_buffer_get_look (self, &iter, &inside);
      if (inside.link != NULL && inside.link != look->link)
        gtk_text_buffer_remove_tag (buffer, inside.link, start, end);
      if (inside.rider != NULL && inside.rider != look->rider)
        gtk_text_buffer_remove_tag (buffer, inside.rider, start, end);
      for (guint i = 0; i < BAL_N_STYLES; i++)
        if (inside.style & ~look->style & (1 << i))
          gtk_text_buffer_remove_tag (buffer, self->style_tags[i], start, end);
    }
  for (guint i = 0; i < BAL_N_STYLES; i++)
    if (look->style & (1 << i))
      apply_tag (self, self->style_tags[i], start, end);
  if (look->link != NULL)
    apply_tag (self, look->link, start, end);
  if (look->rider != NULL)
    apply_tag (self, look->rider, start, end);
  self->raw--;
}

BalStyle
bal_editor_buffer_get_style (BalEditorBuffer *self)
{
  GtkTextIter start, end;
  BalStyle common = ~0u;
  BalLook look;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), BAL_STYLE_NONE);

  if (!gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &start, &end))
    {
      bal_editor_buffer_get_typing_look (self, &start, &look);
      return look.style;
    }
  while (gtk_text_iter_compare (&start, &end) < 0 && common != 0)
    {
      if (!gtk_text_iter_ends_line (&start))
        {
          bal_editor_buffer_get_look (self, &start, &look);
          common &= look.style;
        }
      else
        {
          gtk_text_iter_forward_char (&start);
          continue;
        }
      if (!gtk_text_iter_forward_to_tag_toggle (&start, NULL))
        break;
    }
  return common == (BalStyle) ~0u ? BAL_STYLE_NONE : common;
}

void
bal_editor_buffer_toggle_style (BalEditorBuffer *self,
                                BalStyle         style)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter start, end;
  BalStyle now;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  now = bal_editor_buffer_get_style (self);
  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    {
      self->pending = now ^ style;
      self->has_pending = TRUE;
      return;
    }
  bal_editor_buffer_begin_step (self);
  for (guint i = 0; i < BAL_N_STYLES; i++)
    if ((guint) style == 1u << i)
      {
        if (now & style)
          gtk_text_buffer_remove_tag (buffer, self->style_tags[i], &start, &end);
        else
          gtk_text_buffer_apply_tag (buffer, self->style_tags[i], &start, &end);
      }
  bal_editor_buffer_end_step (self);
}

const char *
bal_editor_buffer_get_link (BalEditorBuffer *self,
                            GtkTextIter     *start,
                            GtkTextIter     *end)
{
  GtkTextIter cursor;
  BalLook look;

  g_return_val_if_fail (BAL_IS_EDITOR_BUFFER (self), NULL);

  gtk_text_buffer_get_selection_bounds (GTK_TEXT_BUFFER (self), &cursor, NULL);
  bal_editor_buffer_get_look (self, &cursor, &look);
  if (look.link == NULL && !gtk_text_iter_starts_line (&cursor))
    {
      gtk_text_iter_backward_char (&cursor);
      bal_editor_buffer_get_look (self, &cursor, &look);
    }
  if (look.link == NULL)
    return NULL;
  *start = *end = cursor;
  if (!gtk_text_iter_starts_tag (start, look.link))
    gtk_text_iter_backward_to_tag_toggle (start, look.link);
  gtk_text_iter_forward_to_tag_toggle (end, look.link);
  return bal_editor_tag_get_inline (look.link)->link;
}

/* Leaves out the <a> of a row of tags: it goes with the link. */
static char *
without_anchors (const char *tags)
{
  GString *out = g_string_new (NULL);

  while (*tags != '\0')
    {
      const char *p = tags + 1;
      char quote = '\0';
      gboolean anchor;

      if (*p == '/')
        p++;
      anchor = *tags == '<' && (*p == 'a' || *p == 'A') && !g_ascii_isalnum (p[1]);
      for (; *p != '\0' && (quote != '\0' || *p != '>'); p++)
        {
          if (quote != '\0')
            quote = *p == quote ? '\0' : quote;
          else if (*p == '"' || *p == '\'')
            quote = *p;
        }
      if (*p == '>')
        p++;
      if (!anchor)
        g_string_append_len (out, tags, p - tags);
      tags = p;
    }
  return g_string_free (out, FALSE);
}

static void
unlink_piece (BalEditorBuffer   *self,
              const BalLook     *look,
              const GtkTextIter *start,
              const GtkTextIter *end)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  BalInlineTag *rider;
  g_autofree char *open = NULL;
  g_autofree char *close = NULL;

  if (look->link == NULL)
    return;
  gtk_text_buffer_remove_tag (buffer, look->link, start, end);
  if (look->rider == NULL)
    return;
  rider = bal_editor_tag_get_inline (look->rider);
  open = without_anchors (rider->open);
  close = without_anchors (rider->close);
  if (g_str_equal (open, rider->open))
    return;
  gtk_text_buffer_remove_tag (buffer, look->rider, start, end);
  if (*open != '\0')
    gtk_text_buffer_apply_tag (buffer, bal_editor_buffer_get_rider_tag (self, open, close),
                               start, end);
}

void
bal_editor_buffer_set_link (BalEditorBuffer   *self,
                            const GtkTextIter *start,
                            const GtkTextIter *end,
                            const char        *href)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self);
  GtkTextIter iter = *start;

  g_return_if_fail (BAL_IS_EDITOR_BUFFER (self));

  bal_editor_buffer_begin_step (self);
  while (gtk_text_iter_compare (&iter, end) < 0)
    {
      GtkTextIter next = iter;
      BalLook look;

      bal_editor_buffer_get_look (self, &iter, &look);
      if (!gtk_text_iter_forward_to_tag_toggle (&next, NULL) ||
          gtk_text_iter_compare (&next, end) > 0)
        next = *end;
      unlink_piece (self, &look, &iter, &next);
      iter = next;
    }
  if (href != NULL)
    gtk_text_buffer_apply_tag (buffer, bal_editor_buffer_get_link_tag (self, href), start, end);
  bal_editor_buffer_end_step (self);
}
