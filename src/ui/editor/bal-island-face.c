/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-island-face.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-layout-cost.h"
#include "bal-safe-text.h"

#define MAX_LABEL 48
#define MAX_TOOLTIP 400

typedef struct
{
  const char *icon;
  char       *label;
} Face;

static char *
name_of_element (const char *source)
{
  const char *start = source;
  gsize length = 0;

  if (*start == '<')
    start++;
  while (g_ascii_isalnum (start[length]) || start[length] == '-')
    length++;
  return length > 0 && length < 40 ? g_ascii_strdown (start, length) : g_strdup ("HTML");
}

static char *
image_label (const char *text)
{
  g_autofree char *name = bal_safe_text_name (text, MAX_LABEL);

  /* Translators: %s is the caption, description or file name of an image */
  return *name != '\0' ? g_strdup_printf (_("Image: %s"), name) : g_strdup (_("Image"));
}

static char *
embedded_label (const char *name)
{
  g_autofree char *safe = bal_safe_text_name (name, MAX_LABEL);

  /* Translators: %s is the name of an HTML element, like iframe */
  return g_strdup_printf (_("Embedded: %s"), safe);
}

static char *
long_label (const char *text)
{
  gsize length = strlen (text);
  g_autofree char *size = g_format_size (length);
  g_autofree char *start = g_utf8_make_valid (text, MIN (length, MAX_LABEL * 4));
  g_autofree char *name = bal_safe_text_name (start, MAX_LABEL / 2);

  /* Translators: a paragraph that would take too long to show; %1$s is its size, as in 1.0 MB, %2$s its first words */
  return g_strdup_printf (_("Very long paragraph (%1$s): %2$s"), size, name);
}

static Face
face_of_block (BalBlock *block)
{
  g_autofree char *line = NULL;
  guint n_runs;

  switch (bal_block_get_kind (block))
    {
    case BAL_BLOCK_IMAGE:
      return (Face) { "image-x-generic-symbolic", image_label (bal_block_get_text (block)) };

    case BAL_BLOCK_SEPARATOR:
      return (Face) { NULL, g_strdup (_("Separator")) };

    case BAL_BLOCK_JUMP_BREAK:
      return (Face) { "view-more-horizontal-symbolic", g_strdup (_("Read more line")) };

    case BAL_BLOCK_TABLE:
      return (Face) { "view-grid-symbolic", g_strdup (_("Table")) };

    case BAL_BLOCK_OPAQUE:
      return (Face) { "package-x-generic-symbolic", embedded_label (bal_block_get_name (block)) };

    case BAL_BLOCK_PARAGRAPH:
    case BAL_BLOCK_HEADING:
    case BAL_BLOCK_QUOTE:
    case BAL_BLOCK_LIST:
    case BAL_BLOCK_ITEM:
    case BAL_BLOCK_PREFORMATTED:
    default:
      bal_block_get_runs (block, &n_runs);
      if (bal_layout_cost (bal_block_get_text (block), n_runs, NULL) > BAL_LAYOUT_COST_MOST)
        return (Face) { "text-x-generic-symbolic", long_label (bal_block_get_text (block)) };
      line = bal_safe_text_name (bal_block_get_text (block), MAX_LABEL);
      return (Face) { "package-x-generic-symbolic",
                      *line != '\0' ? g_strdup (line) : embedded_label (bal_block_get_name (block)) };
    }
}

static Face
face_of_object (const char *source)
{
  g_autofree char *name = name_of_element (source);

  if (g_str_has_prefix (source, "<!"))
    return (Face) { "view-conceal-symbolic", g_strdup (_("Comment")) };
  if (g_str_equal (name, "img"))
    {
      g_autoptr(BalBlock) image = bal_block_new_image (source, -1);

      return (Face) { "image-x-generic-symbolic", image_label (bal_block_get_text (image)) };
    }
  return (Face) { "package-x-generic-symbolic", embedded_label (name) };
}

static char *
tooltip_of (const char *source,
            gsize       length)
{
  g_autofree char *valid = NULL;

  if (source == NULL)
    return NULL;
  valid = g_utf8_make_valid (source, MIN (length, MAX_TOOLTIP * 4));
  return bal_safe_text_name (valid, MAX_TOOLTIP);
}

static Face
get_face (BalBlock   *block,
          const char *object)
{
  return block != NULL ? face_of_block (block) : face_of_object (object);
}

char *
bal_island_dup_label (BalBlock   *block,
                      const char *object)
{
  return get_face (block, object).label;
}

char *
bal_island_dup_tooltip (BalBlock   *block,
                        const char *object)
{
  gsize length = object != NULL ? strlen (object) : 0;
  const char *source = block != NULL ? bal_block_get_source (block, &length) : object;

  return tooltip_of (source, length);
}

GtkWidget *
bal_island_face_new (BalBlock   *block,
                     const char *object)
{
  Face face = get_face (block, object);
  g_autofree char *label = face.label;
  GtkWidget *box, *words;

  if (block != NULL && bal_block_get_kind (block) == BAL_BLOCK_SEPARATOR)
    {
      GtkWidget *rule = gtk_separator_new (GTK_ORIENTATION_HORIZONTAL);

      gtk_widget_set_size_request (rule, 180, -1);
      gtk_widget_set_valign (rule, GTK_ALIGN_CENTER);
      return rule;
    }
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  words = gtk_label_new (label);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (face.icon));
  gtk_box_append (GTK_BOX (box), words);
  return box;
}
