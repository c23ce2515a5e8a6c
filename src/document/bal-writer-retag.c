/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * A heading of another level, a list of the other kind, a paragraph that became a heading: the tags and delimiters
 * that stood around it go on under their new name, with the class, id and alignment that somebody gave them.
 */

#include "bal-writer.h"

#include "bal-source-edit.h"

#include <string.h>

gboolean
bal_writer_keeps_tags (BalBlock *old,
                       BalBlock *block)
{
  return old->kind == block->kind && old->level == block->level && old->ordered == block->ordered;
}

/* Whether somebody gave a heading more than its level: then it is worth keeping in a paragraph too. */
static gboolean
is_dressed (BalBlock *heading)
{
  g_autoptr(BalTokens) tokens =
    bal_tokens_new (bal_block_source_at (heading, 0), heading->content_start, FALSE);

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      BalAttribute attribute;
      gsize cursor = 0;

      if (token->type == BAL_TOKEN_WP_START ||
          (token->type == BAL_TOKEN_START &&
           bal_tokens_next_attribute (tokens, token, &cursor, &attribute)))
        return TRUE;
    }
  return FALSE;
}

gboolean
bal_writer_can_retag (BalBlock *old,
                      BalBlock *block)
{
  if (old->source == NULL || bal_writer_keeps_tags (old, block))
    return FALSE;
  if (old->kind == BAL_BLOCK_HEADING && block->kind == BAL_BLOCK_PARAGRAPH)
    return is_dressed (old);
  if (old->kind == BAL_BLOCK_PARAGRAPH && block->kind == BAL_BLOCK_HEADING)
    return old->form != BAL_FORM_BARE;
  return old->kind == block->kind &&
         (old->kind == BAL_BLOCK_HEADING || old->kind == BAL_BLOCK_LIST);
}

static const char *
delimiter_name (BalBlock *block)
{
  if (block->kind == BAL_BLOCK_LIST)
    return "list";
  return block->kind == BAL_BLOCK_HEADING ? "heading" : "paragraph";
}

static void
move_member (BalSourceEdit   *edit,
             const BalTokens *tokens,
             const BalToken  *delimiter,
             const char      *from,
             const char      *to)
{
  g_autofree char *json = bal_delimiter_dup_member (tokens, delimiter, from);

  if (json == NULL)
    return;
  bal_source_edit_set_member (edit, delimiter, from, NULL);
  bal_source_edit_set_member (edit, delimiter, to, json);
}

/* What the block library of WordPress 6 keeps in the delimiter: a level other than 2, and alignment under a name of
 * each block's own. Only a paragraph has a drop cap. */
static void
retag_delimiter (BalSourceEdit   *edit,
                 const BalTokens *tokens,
                 const BalToken  *delimiter,
                 BalBlock        *old,
                 BalBlock        *block)
{
  g_autofree char *level = g_strdup_printf ("%d", block->level);

  if (old->kind != block->kind)
    bal_source_edit_rename (edit, delimiter, delimiter_name (block));
  if (delimiter->type == BAL_TOKEN_WP_END)
    return;
  if (block->kind == BAL_BLOCK_LIST)
    {
      bal_source_edit_set_member (edit, delimiter, "ordered", block->ordered ? "true" : NULL);
      return;
    }
  if (old->kind == BAL_BLOCK_PARAGRAPH)
    {
      move_member (edit, tokens, delimiter, "align", "textAlign");
      bal_source_edit_set_member (edit, delimiter, "dropCap", NULL);
    }
  if (block->kind == BAL_BLOCK_PARAGRAPH)
    move_member (edit, tokens, delimiter, "textAlign", "align");
  bal_source_edit_set_member (edit, delimiter, "level",
                              block->kind == BAL_BLOCK_HEADING && block->level != 2 ? level : NULL);
}

static void
retag_tag (BalSourceEdit  *edit,
           const BalToken *tag,
           gboolean        delimited,
           BalBlock       *old,
           BalBlock       *block)
{
  char name[] = { 'h', (char) ('0' + block->level), '\0' };

  if (block->kind == BAL_BLOCK_LIST)
    bal_source_edit_rename (edit, tag, block->ordered ? "ol" : "ul");
  else
    bal_source_edit_rename (edit, tag, block->kind == BAL_BLOCK_HEADING ? name : "p");
  if (tag->type == BAL_TOKEN_END || !delimited || old->kind == block->kind)
    return;
  bal_source_edit_set_class (edit, tag, "wp-block-heading", block->kind == BAL_BLOCK_HEADING);
  bal_source_edit_set_class (edit, tag, "has-drop-cap", FALSE);
}

void
bal_writer_retag (GString  *out,
                  BalBlock *old,
                  gsize     start,
                  gsize     end,
                  BalBlock *block)
{
  g_autoptr(BalTokens) tokens = NULL;
  g_autoptr(BalSourceEdit) edit = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gboolean delimited = FALSE;
  gboolean found = FALSE;

  if (bal_writer_keeps_tags (old, block))
    {
      g_string_append_len (out, bal_block_source_at (old, start), end - start);
      return;
    }
  tokens = bal_tokens_new (bal_block_source_at (old, start), end - start, FALSE);
  edit = bal_source_edit_new (tokens);
  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if (token->type == BAL_TOKEN_WP_START || token->type == BAL_TOKEN_WP_END)
        {
          delimited = TRUE;
          retag_delimiter (edit, tokens, token, old, block);
        }
      /* A last <br> may stand before the end tag; it is no tag of the block. */
      else if ((token->type == BAL_TOKEN_START || token->type == BAL_TOKEN_END) && !found &&
               token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK))
        {
          found = TRUE;
          retag_tag (edit, token, delimited, old, block);
        }
    }
  bytes = bal_source_edit_apply (edit);
  g_string_append_len (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}
