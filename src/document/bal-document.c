/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document-private.h"

#include "bal-reader.h"
#include "bal-safe-text.h"
#include "bal-writer.h"

#include <string.h>

struct _BalDocument
{
  gatomicrefcount  ref_count;
  BalDialect       dialect;
  BalBlock        *root;   /* a nameless container: its source is the document's bytes */
};

G_DEFINE_BOXED_TYPE (BalDocument, bal_document, bal_document_ref, bal_document_unref)

static BalDocument *
new_document (BalBlock   *root,
              BalDialect  dialect)
{
  BalDocument *self = g_new0 (BalDocument, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->root = root;
  self->dialect = dialect;
  return self;
}

/**
 * bal_document_new_from_html:
 * @html: (nullable): any bytes at all
 * @length: bytes, or -1 when NUL-terminated
 * @fallback: dialect of a post that shows none
 *
 * Never fails and never loses a byte: what cannot be read is kept as an opaque block.
 *
 * Returns: (transfer full):
 */
BalDocument *
bal_document_new_from_html (const char *html,
                            gssize      length,
                            BalDialect  fallback)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(BalTokens) tokens = NULL;
  BalDialect dialect;

  if (html == NULL)
    html = "";
  bytes = g_bytes_new (html, length < 0 ? strlen (html) : (gsize) length);
  tokens = bal_tokens_new (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "",
                           g_bytes_get_size (bytes), TRUE);
  dialect = bal_reader_recognise (tokens, fallback);
  return new_document (bal_reader_read (bytes, tokens, dialect), dialect);
}

BalDocument *
bal_document_new_for_lines (const char *html,
                            BalDialect  fallback)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (html, strlen (html));
  g_autoptr(BalTokens) tokens = bal_tokens_new (html, strlen (html), TRUE);
  BalDialect dialect = bal_reader_recognise (tokens, fallback);

  return new_document (bal_reader_read_lines (bytes, tokens, dialect), dialect);
}

BalDocument *
bal_document_new_in_dialect (GBytes     *bytes,
                             BalDialect  dialect)
{
  return new_document (bal_reader_read_bytes (bytes, dialect), dialect);
}

BalBlock *
bal_document_get_root (BalDocument *self)
{
  return self->root;
}

BalDocument *
bal_document_ref (BalDocument *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_document_unref (BalDocument *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  bal_block_unref (self->root);
  g_free (self);
}

BalDialect
bal_document_get_dialect (BalDocument *self)
{
  g_return_val_if_fail (self != NULL, BAL_DIALECT_HTML);

  return self->dialect;
}

guint
bal_document_get_n_blocks (BalDocument *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return bal_block_get_n_children (self->root);
}

/**
 * bal_document_get_block:
 *
 * Returns: (transfer none):
 */
BalBlock *
bal_document_get_block (BalDocument *self,
                        guint        index)
{
  g_return_val_if_fail (self != NULL, NULL);

  return bal_block_get_child (self->root, index);
}

/**
 * bal_document_dup_blocks:
 *
 * Returns: (transfer full) (element-type BalBlock): the blocks, to be altered for
 *   [method@Document.with_blocks]
 */
GPtrArray *
bal_document_dup_blocks (BalDocument *self)
{
  GPtrArray *blocks;

  g_return_val_if_fail (self != NULL, NULL);

  blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  for (guint i = 0; i < bal_document_get_n_blocks (self); i++)
    g_ptr_array_add (blocks, bal_block_ref (bal_document_get_block (self, i)));
  return blocks;
}

static char *
dup_bytes (const char *bytes,
           gsize       length)
{
  char *copy = g_malloc (length + 1);

  memcpy (copy, bytes, length);
  copy[length] = '\0';
  return copy;
}

char *
bal_document_to_html (BalDocument *self,
                      gsize       *length)
{
  gsize n_bytes;

  g_return_val_if_fail (self != NULL, NULL);

  n_bytes = bal_block_source_length (self->root);
  if (length != NULL)
    *length = n_bytes;
  return dup_bytes (bal_block_source_at (self->root, 0), n_bytes);
}

static void
append_text (GString    *out,
             const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_utf8_get_char (p) != 0xFFFC)
      g_string_append_len (out, p, g_utf8_next_char (p) - p);
}

static void
append_line (GString  *out,
             BalBlock *block)
{
  gsize start = out->len;

  if ((block->kind == BAL_BLOCK_OPAQUE || block->kind == BAL_BLOCK_TABLE) && block->source != NULL)
    {
      g_autofree char *html =
        g_strndup (bal_block_source_at (block, 0), bal_block_source_length (block));
      g_autofree char *text = bal_safe_text_from_html (html);

      append_text (out, text);
    }
  else
    {
      append_text (out, block->text);
    }
  if (out->len > start && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    append_line (out, bal_block_get_child (block, i));
}

char *
bal_document_to_text (BalDocument *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (NULL);
  append_line (out, self->root);
  return g_string_free (out, FALSE);
}

BalDocument *
bal_document_with_blocks (BalDocument *self,
                          GPtrArray   *blocks)
{
  g_autoptr(GBytes) bytes = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (blocks != NULL, NULL);

  bytes = bal_writer_rewrite (self->root, blocks, self->dialect);
  if (bytes == NULL)
    return bal_document_ref (self);
  return bal_document_new_in_dialect (bytes, self->dialect);
}

char *
bal_document_write (BalDocument *self,
                    GPtrArray   *blocks)
{
  g_autoptr(GBytes) bytes = bal_writer_rewrite (self->root, blocks, self->dialect);

  if (bytes == NULL)
    return bal_document_to_html (self, NULL);
  return dup_bytes (g_bytes_get_size (bytes) > 0 ? g_bytes_get_data (bytes, NULL) : "", g_bytes_get_size (bytes));
}
