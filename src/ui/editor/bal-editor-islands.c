/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-buffer-private.h"

static GQuark
block_quark (void)
{
  return g_quark_from_static_string ("bal-editor-anchor-block");
}

static GQuark
object_quark (void)
{
  return g_quark_from_static_string ("bal-editor-anchor-object");
}

GtkTextChildAnchor *
bal_editor_anchor_new (BalBlock   *block,
                       const char *object)
{
  GtkTextChildAnchor *anchor = gtk_text_child_anchor_new ();

  if (block != NULL)
    g_object_set_qdata_full (G_OBJECT (anchor), block_quark (), bal_block_ref (block),
                             (GDestroyNotify) bal_block_unref);
  if (object != NULL)
    g_object_set_qdata_full (G_OBJECT (anchor), object_quark (), g_strdup (object), g_free);
  return anchor;
}

BalBlock *
bal_editor_anchor_get_block (GtkTextChildAnchor *anchor)
{
  return g_object_get_qdata (G_OBJECT (anchor), block_quark ());
}

const char *
bal_editor_anchor_get_object (GtkTextChildAnchor *anchor)
{
  return g_object_get_qdata (G_OBJECT (anchor), object_quark ());
}

GtkTextChildAnchor *
bal_editor_buffer_get_island (BalEditorBuffer *self,
                              guint            index)
{
  BalLine *line = bal_editor_buffer_get_line (self, index);
  GtkTextIter start, end;

  if (line == NULL || !line->island)
    return NULL;
  bal_editor_buffer_get_line_bounds (self, index, &start, &end);
  return gtk_text_iter_get_child_anchor (&start);
}
