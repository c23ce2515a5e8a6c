/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-island-block.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"

#define OBJECT_CHARACTER "\xef\xbf\xbc"

static gboolean
says (BalDocument *document,
      guint        index,
      BalBlock    *block)
{
  return bal_block_equal (bal_document_get_block (document, index), block);
}

/* (transfer full): a post of @blocks, written, and read again. */
static BalDocument *
write_and_read (BalBlock   **blocks,
                guint        n_blocks,
                BalDialect   dialect)
{
  g_autoptr(BalDocument) nothing = bal_document_new_from_html ("", 0, dialect);
  g_autoptr(BalDocument) written = NULL;
  g_autoptr(GPtrArray) array = g_ptr_array_new ();
  g_autofree char *html = NULL;
  gsize length;

  for (guint i = 0; i < n_blocks; i++)
    g_ptr_array_add (array, blocks[i]);
  written = bal_document_with_blocks (nothing, array);
  html = bal_document_to_html (written, &length);
  return bal_document_new_from_html (html, length, dialect);
}

/* Put between two headings: are they all there? */
static gboolean
check_in_post (BalBlock    *block,
               BalDialect   dialect,
               GError     **error)
{
  g_autoptr(BalBlock) before = bal_block_new_text (BAL_BLOCK_HEADING, 2, "Before", NULL, 0);
  g_autoptr(BalBlock) after = bal_block_new_text (BAL_BLOCK_HEADING, 2, "After", NULL, 0);
  BalBlock *blocks[] = { before, block, after };
  g_autoptr(BalDocument) read = write_and_read (blocks, G_N_ELEMENTS (blocks), dialect);
  guint n_blocks = bal_document_get_n_blocks (read);

  if (n_blocks < 2 || !says (read, 0, before) || !says (read, n_blocks - 1, after))
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                         _("With this, the text around it would be lost. Close the comment or tag that is open."));
  else if (n_blocks == 2)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                         _("Nothing of this would be seen, and it would not be kept. Add what shall be shown."));
  else
    return TRUE;
  return FALSE;
}

/* The kind of the one block that @source is, and of nothing beside it. */
static BalBlockKind
find_kind (const char *source,
           BalDialect  dialect)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (source, -1, dialect);
  g_autofree char *stripped = g_strstrip (g_strdup (source));
  BalBlock *block;
  gsize length;

  if (bal_document_get_n_blocks (document) != 1)
    return BAL_BLOCK_OPAQUE;
  block = bal_document_get_block (document, 0);
  return bal_block_get_source (block, &length) != NULL && length >= strlen (stripped)
         ? bal_block_get_kind (block) : BAL_BLOCK_OPAQUE;
}

static BalBlock *
make_block (const char *source,
            BalDialect  dialect)
{
  BalBlockKind kind = find_kind (source, dialect);

  if (kind == BAL_BLOCK_IMAGE)
    return bal_block_new_image (source, -1);
  if (kind == BAL_BLOCK_TABLE)
    return bal_block_new_table (source, -1);
  return bal_block_new_opaque (source, -1);
}

BalBlock *
bal_island_block_from_source (const char  *source,
                              BalDialect   dialect,
                              GError     **error)
{
  g_autoptr(BalBlock) block = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  block = make_block (source, dialect);
  return check_in_post (block, dialect, error) ? g_steal_pointer (&block) : NULL;
}

gboolean
bal_island_check_object (const char  *source,
                         BalDialect   dialect,
                         GError     **error)
{
  static const char text[] = "Before " OBJECT_CHARACTER " after";
  const BalRun run = { .start = strlen ("Before "), .length = strlen (OBJECT_CHARACTER), .object = source };
  g_autoptr(BalBlock) line = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, &run, 1);
  g_autoptr(BalDocument) read = NULL;

  g_return_val_if_fail (source != NULL, FALSE);

  read = write_and_read (&line, 1, dialect);
  if (bal_document_get_n_blocks (read) == 1 && says (read, 0, line))
    return TRUE;
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                       _("This can’t stand within a line of text. Write one element, and close it."));
  return FALSE;
}
