/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-writer.h"

#include "bal-reader.h"

#include <string.h>

typedef struct
{
  BalDialect dialect;
  GString   *out;
} Writer;

/* One container being rewritten. */
typedef struct
{
  Writer     *writer;
  BalBlock   *old;
  GPtrArray  *blocks;
  BalWay      way;
  gboolean    outermost;
  int        *origin;
  gboolean   *equal;
  GHashTable *left;        /* (nullable): old blocks that may have moved */
  gboolean    bare;        /* the last block written has no element of its own */
  BalForm     form;        /* of the new paragraphs that come next */
  gboolean    wrap;        /* only an element of its own can part the next block from the last */
} Flow;

static void rewrite_children (Writer    *self,
                              BalBlock  *old,
                              GPtrArray *blocks,
                              BalWay     way,
                              gboolean   outermost);

gboolean
bal_writer_parts_paragraphs (BalDialect  dialect,
                             const char *gap,
                             gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (gap, length, TRUE);
  gboolean after_break = FALSE;

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];
      gboolean is_break = bal_token_is (token, "br");

      if (token->tag != NULL && (token->tag->flags & BAL_TAG_BLOCK))
        return TRUE;
      if (token->type == BAL_TOKEN_BREAK &&
          (dialect == BAL_DIALECT_WP_CLASSIC || dialect == BAL_DIALECT_WP_BLOCKS))
        return TRUE;
      if (is_break && after_break && dialect == BAL_DIALECT_BLOGGER)
        return TRUE;
      if (token->type != BAL_TOKEN_TEXT && token->type != BAL_TOKEN_BREAK)
        after_break = is_break;
    }
  return FALSE;
}

/* What must outlive the blocks around it: comments and the tags of wrappers. */
static void
append_markup (GString    *out,
               const char *gap,
               gsize       length)
{
  g_autoptr(BalTokens) tokens = bal_tokens_new (gap, length, FALSE);

  for (guint i = 0; i < tokens->n_tokens; i++)
    {
      const BalToken *token = &tokens->tokens[i];

      if (token->type != BAL_TOKEN_TEXT && !bal_token_is (token, "br"))
        g_string_append_len (out, gap + token->start, token->end - token->start);
    }
}

/* Whether @source, read by itself, is this one block and nothing else. */
static gboolean
reads_as (const char *source,
          gsize       length,
          BalDialect  dialect,
          BalBlock   *block,
          BalForm    *form)
{
  g_autoptr(GBytes) bytes = g_bytes_new_static (source, length);
  g_autoptr(BalBlock) root = bal_reader_read_bytes (bytes, dialect);
  BalBlock *child;

  if (bal_block_get_n_children (root) != 1)
    return FALSE;
  child = bal_block_get_child (root, 0);
  *form = child->form;
  return bal_block_equal (child, block) && bal_block_source_length (child) == length;
}

static gboolean
starts_with_break (const char *source,
                   gsize       length)
{
  return length > 3 && g_ascii_strncasecmp (source, "<br", 3) == 0 &&
         (bal_is_space (source[3]) || source[3] == '/' || source[3] == '>');
}

void
bal_writer_write_content (GString    *out,
                          BalDialect  dialect,
                          BalBlock   *old,
                          BalBlock   *block,
                          BalWay      way,
                          const char *rest,
                          gsize       rest_length)
{
  BalInlineFlags flags = bal_reader_inline_flags (dialect, old->kind, old->form);
  BalForm form = block->kind == BAL_BLOCK_HEADING ? BAL_FORM_TAGS : old->form;
  g_autoptr(BalInline) content = NULL;

  /* HTML standard: a newline right behind <pre> is dropped. */
  if (old->kind == BAL_BLOCK_PREFORMATTED && block->text[0] == '\n' &&
      out->str[out->len - 1] == '>')
    g_string_append_c (out, '\n');
  if (way == BAL_WAY_ELEMENTS)
    flags |= BAL_INLINE_ELEMENTS;
  if (way == BAL_WAY_REUSE)
    content = bal_inline_read (bal_block_source_at (old, old->content_start),
                               old->content_end - old->content_start, flags | BAL_INLINE_ATOMS);
  bal_inline_write (out, block, flags, content);
  if (!starts_with_break (rest, rest_length))
    bal_writer_write_last_break (out, block, form, flags);
}

static void
rewrite_block (Writer   *self,
               BalBlock *old,
               BalBlock *block,
               BalWay    way)
{
  g_autoptr(GPtrArray) none = NULL;

  bal_writer_retag (self->out, old, 0, old->content_start, block);
  bal_writer_write_content (self->out, self->dialect, old, block, way,
                            bal_block_source_at (old, old->content_end),
                            bal_block_source_length (old) - old->content_end);
  if (block->children == NULL)
    none = g_ptr_array_new ();
  rewrite_children (self, old, block->children != NULL ? block->children : none, way, FALSE);
  bal_writer_retag (self->out, old, old->flow_end, bal_block_source_length (old), block);
}

/* Text that no element holds can't end with a line break: as the last resort it gets one. */
static void
rewrite_in_way (Writer   *self,
                BalBlock *old,
                BalBlock *block,
                BalWay    way)
{
  BalSpelling spelling = { self->dialect, BAL_FORM_TAGS, TRUE };

  if (way == BAL_WAY_ELEMENTS &&
      (old->form != BAL_FORM_TAGS || !bal_writer_keeps_tags (old, block)))
    bal_writer_write_block (self->out, block, spelling);
  else
    rewrite_block (self, old, block, way);
}

/* Writes a finished block, in a paragraph of its own where nothing else would part it. */
static void
append_parted (Flow       *flow,
               const char *source,
               gsize       length,
               gboolean    bare)
{
  GString *out = flow->writer->out;

  g_string_append (out, flow->wrap ? "<p>" : "");
  g_string_append_len (out, source, length);
  g_string_append (out, flow->wrap ? "</p>" : "");
  flow->bare = bare && !flow->wrap;
  flow->wrap = FALSE;
}

/* Writes the very bytes of an old block that was somewhere else; FALSE when @block is none. */
static gboolean
write_moved (Flow     *flow,
             BalBlock *block,
             GString  *out)
{
  BalBlock *old = flow->left != NULL ? g_hash_table_lookup (flow->left, block) : NULL;
  BalForm form;

  if (old == NULL ||
      !reads_as (bal_block_source_at (old, 0), bal_block_source_length (old), flow->writer->dialect,
                 block, &form) ||
      form == BAL_FORM_BARE)
    return FALSE;
  g_string_append_len (out, bal_block_source_at (old, 0), bal_block_source_length (old));
  g_hash_table_remove (flow->left, old);
  return TRUE;
}

/* Blocks outside of any other are read back at once: a spelling that does not say what it should
 * gives way to a plainer one. */
static void
write_changed (Flow     *flow,
               BalBlock *old,
               BalBlock *block)
{
  Writer *self = flow->writer;
  g_autoptr(GString) moved = g_string_new (NULL);
  gsize start = self->out->len;
  BalForm form = old->form;

  if (block->kind == BAL_BLOCK_IMAGE || block->kind == BAL_BLOCK_TABLE)
    {
      reads_as (bal_block_source_at (block, 0), bal_block_source_length (block), self->dialect,
                block, &form);
      append_parted (flow, bal_block_source_at (block, 0), bal_block_source_length (block),
                     form == BAL_FORM_BARE);
      return;
    }
  if (write_moved (flow, block, moved))
    {
      append_parted (flow, moved->str, moved->len, FALSE);
      return;
    }
  if (!flow->outermost)
    {
      rewrite_in_way (self, old, block, flow->way);
      flow->bare = old->form == BAL_FORM_BARE && flow->way != BAL_WAY_ELEMENTS;
      return;
    }
  for (BalWay way = flow->wrap ? BAL_WAY_ELEMENTS : BAL_WAY_REUSE; way <= BAL_WAY_ELEMENTS; way++)
    {
      g_string_truncate (self->out, start);
      rewrite_in_way (self, old, block, way);
      if (reads_as (self->out->str + start, self->out->len - start, self->dialect, block, &form))
        break;
    }
  flow->bare = form == BAL_FORM_BARE;
  flow->wrap = FALSE;
}

/* New paragraphs look like those beside them: @before is the old block that they follow, or -1. */
static BalForm
choose_form (Flow *flow,
             int   before)
{
  BalDialect dialect = flow->writer->dialect;
  BalBlock *like = NULL;
  guint n_old = bal_block_get_n_children (flow->old);

  if (dialect == BAL_DIALECT_WP_BLOCKS || flow->old->kind == BAL_BLOCK_ITEM)
    return BAL_FORM_TAGS;
  for (int i = before; i >= 0 && like == NULL; i--)
    if (bal_block_get_child (flow->old, i)->kind == BAL_BLOCK_PARAGRAPH)
      like = bal_block_get_child (flow->old, i);
  for (guint i = before + 1; i < n_old && like == NULL; i++)
    if (bal_block_get_child (flow->old, i)->kind == BAL_BLOCK_PARAGRAPH)
      like = bal_block_get_child (flow->old, i);

  if (dialect == BAL_DIALECT_HTML)
    return like != NULL && like->form == BAL_FORM_DIV ? BAL_FORM_DIV : BAL_FORM_TAGS;
  return like != NULL ? like->form : BAL_FORM_BARE;
}

static gboolean
is_delimited (BalBlock *block)
{
  return bal_block_source_length (block) > 4 &&
         memcmp (bal_block_source_at (block, 0), "<!--", 4) == 0;
}

/* Lists before WordPress 6.1 and quotes before 6.0 had no delimiters inside; they get none. */
static BalDialect
choose_dialect (Flow *flow)
{
  BalBlock *like = flow->old;

  if (flow->writer->dialect != BAL_DIALECT_WP_BLOCKS || flow->outermost)
    return flow->writer->dialect;
  if (bal_block_get_n_children (like) > 0)
    like = bal_block_get_child (like, 0);
  return is_delimited (like) ? BAL_DIALECT_WP_BLOCKS : BAL_DIALECT_HTML;
}

/* Writes a new block to the end of @out; returns whether it has no element of its own. */
static gboolean
write_new (Flow     *flow,
           guint     index,
           GString  *out)
{
  BalBlock *block = g_ptr_array_index (flow->blocks, index);
  BalSpelling spelling = { choose_dialect (flow), flow->form, flow->way == BAL_WAY_ELEMENTS };
  gboolean verbatim = block->source != NULL && (block->kind == BAL_BLOCK_OPAQUE ||
                                                block->kind == BAL_BLOCK_IMAGE ||
                                                block->kind == BAL_BLOCK_TABLE);
  gsize start = out->len;
  BalForm form = block->kind == BAL_BLOCK_PARAGRAPH ? spelling.form : BAL_FORM_TAGS;

  if (!verbatim && write_moved (flow, block, out))
    return FALSE;
  bal_writer_write_block (out, block, spelling);
  if (flow->old->kind == BAL_BLOCK_LIST || (!flow->outermost && !verbatim))
    return form == BAL_FORM_BARE;
  if (!reads_as (out->str + start, out->len - start, spelling.dialect, block, &form) && !verbatim)
    {
      g_string_truncate (out, start);
      bal_writer_write_block (out, block, (BalSpelling) { spelling.dialect, BAL_FORM_TAGS, TRUE });
      return FALSE;
    }
  return form == BAL_FORM_BARE;
}

/* Writes what this container has between its blocks already, or else what its dialect has. */
static void
append_separator (Flow     *flow,
                  gboolean  bare_before,
                  gboolean  bare_after)
{
  BalDialect dialect = choose_dialect (flow);
  gboolean in_list = flow->old->kind == BAL_BLOCK_LIST;
  const char *separator;

  if (bal_block_get_n_children (flow->old) >= 2 && !bare_after &&
      (in_list || dialect == BAL_DIALECT_HTML))
    {
      gsize length;
      const char *gap = bal_block_get_gap (flow->old, 1, &length);

      if (bal_is_blank (gap, length))
        {
          g_string_append_len (flow->writer->out, gap, length);
          return;
        }
    }

  /* In plain HTML a newline before text would swallow the spaces that it begins with. */
  if (dialect == BAL_DIALECT_HTML && bare_after)
    return;
  separator = bal_writer_separator (dialect, flow->old->kind, bare_before && bare_after);
  g_string_append (flow->writer->out, separator);
}

/* Adds what is missing between two bare paragraphs that have become neighbours; @gap is where the
 * bytes between them start. Plain HTML has nothing but elements to part text with. */
static void
ensure_parted (Flow     *flow,
               gsize     gap,
               gboolean  both_bare)
{
  GString *out = flow->writer->out;

  if (!both_bare || bal_writer_parts_paragraphs (flow->writer->dialect, out->str + gap, out->len - gap))
    return;
  if (flow->writer->dialect == BAL_DIALECT_HTML)
    flow->wrap = TRUE;
  else
    append_separator (flow, TRUE, TRUE);
}

static void
append_gap (Flow     *flow,
            guint     index,
            gboolean  whole)
{
  gsize length;
  const char *gap = bal_block_get_gap (flow->old, index, &length);

  if (whole)
    g_string_append_len (flow->writer->out, gap, length);
  else
    append_markup (flow->writer->out, gap, length);
}

/* A <br> that is all that is left in a <div> would come back as an empty paragraph. */
static void
drop_lone_breaks (GString *out,
                  gsize    start)
{
  g_autofree char *gap = g_strndup (out->str + start, out->len - start);
  g_autoptr(BalTokens) tokens = bal_tokens_new (gap, out->len - start, FALSE);
  gboolean wrapped = FALSE;

  for (guint i = 0; i < tokens->n_tokens; i++)
    wrapped = wrapped || (tokens->tokens[i].type == BAL_TOKEN_START &&
                          tokens->tokens[i].match != BAL_TOKEN_NO_MATCH);
  if (!wrapped)
    return;
  g_string_truncate (out, start);
  for (guint i = 0; i < tokens->n_tokens; i++)
    if (!bal_token_is (&tokens->tokens[i], "br"))
      g_string_append_len (out, gap + tokens->tokens[i].start,
                           tokens->tokens[i].end - tokens->tokens[i].start);
}

/*
 * Writes everything between two blocks that stay: old child @before (-1: the start) and @after
 * (their number: the end), with the new blocks [@first, @last) between them. Blocks that left take
 * the white space on one side with them.
 */
static void
write_between (Flow *flow,
               int   before,
               guint after,
               guint first,
               guint last)
{
  GString *out = flow->writer->out;
  guint n_old = bal_block_get_n_children (flow->old);
  guint gap_index = before + 1;
  gboolean removed = after > gap_index;
  gboolean is_start = before < 0;
  gboolean is_end = after == n_old;
  gboolean next_bare = !is_end && bal_block_get_child (flow->old, after)->form == BAL_FORM_BARE;
  gsize gap = out->len;

  if (first == last)
    {
      gboolean keep_first = removed && is_start && !is_end && !next_bare;

      for (guint i = gap_index; i <= after; i++)
        append_gap (flow, i, !removed || i == (keep_first ? gap_index : after));
      if (removed)
        drop_lone_breaks (out, gap);
      if (removed)
        ensure_parted (flow, gap, !is_start && flow->bare && next_bare);
      return;
    }

  flow->form = choose_form (flow, before);
  if (removed || is_start)
    append_gap (flow, gap_index, TRUE);
  for (guint i = gap_index + 1; i < after; i++)
    append_gap (flow, i, FALSE);
  for (guint i = first; i < last; i++)
    {
      g_autoptr(GString) block = g_string_new (NULL);
      gboolean bare = write_new (flow, i, block);
      gboolean lonely = is_start && i == first;

      if (!lonely && (i > first || !removed))
        append_separator (flow, flow->bare, bare);
      if (!lonely)
        ensure_parted (flow, gap, flow->bare && bare);
      while (bare && out->len > gap && out->str[out->len - 1] == ' ')
        g_string_truncate (out, out->len - 1);
      append_parted (flow, block->str, block->len, bare);
      gap = out->len;
    }
  if (removed || !is_start)
    append_gap (flow, after, TRUE);
  /* Spaces beside bare text would become part of it. */
  if (flow->bare)
    g_string_erase (out, gap, strspn (out->str + gap, " "));
  if (!removed && is_start && !is_end)
    append_separator (flow, flow->bare, next_bare);
  if (!is_end)
    ensure_parted (flow, gap, flow->bare && next_bare);
}

static void
rewrite_children (Writer    *self,
                  BalBlock  *old,
                  GPtrArray *blocks,
                  BalWay     way,
                  gboolean   outermost)
{
  g_autofree int *origin = g_new (int, blocks->len + 1);
  g_autofree gboolean *equal = g_new (gboolean, blocks->len + 1);
  g_autoptr(GHashTable) left = NULL;
  Flow flow = { self, old, blocks, way, outermost, origin, equal, NULL, FALSE, BAL_FORM_TAGS, FALSE };
  int before = -1;
  guint first = 0;

  bal_writer_match (old, blocks, origin, equal);
  if (outermost)
    flow.left = left = bal_writer_find_left (old, origin, equal, blocks->len);
  for (guint i = 0; i < blocks->len; i++)
    {
      BalBlock *child;

      if (origin[i] < 0)
        continue;
      child = bal_block_get_child (old, origin[i]);
      write_between (&flow, before, origin[i], first, i);
      if (equal[i])
        {
          append_parted (&flow, bal_block_source_at (child, 0), bal_block_source_length (child),
                         child->form == BAL_FORM_BARE);
        }
      else
        {
          write_changed (&flow, child, g_ptr_array_index (blocks, i));
        }
      before = origin[i];
      first = i + 1;
    }
  write_between (&flow, before, bal_block_get_n_children (old), first, blocks->len);
}

static gboolean
is_unclosed (BalBlock *block)
{
  return block->kind == BAL_BLOCK_OPAQUE && block->unclosed;
}

/* What ends inside of a tag would swallow all that follows: it goes last. */
static GPtrArray *
put_unclosed_last (GPtrArray *blocks)
{
  GPtrArray *sorted = g_ptr_array_new ();

  for (guint i = 0; i < blocks->len; i++)
    if (!is_unclosed (g_ptr_array_index (blocks, i)))
      g_ptr_array_add (sorted, g_ptr_array_index (blocks, i));
  for (guint i = 0; i < blocks->len; i++)
    if (is_unclosed (g_ptr_array_index (blocks, i)))
      g_ptr_array_add (sorted, g_ptr_array_index (blocks, i));
  return sorted;
}

static gboolean
is_unchanged (BalBlock  *root,
              GPtrArray *blocks)
{
  if (bal_block_get_n_children (root) != blocks->len)
    return FALSE;
  for (guint i = 0; i < blocks->len; i++)
    if (!bal_block_equal (bal_block_get_child (root, i), g_ptr_array_index (blocks, i)))
      return FALSE;
  return TRUE;
}

GBytes *
bal_writer_rewrite (BalBlock   *root,
                    GPtrArray  *blocks,
                    BalDialect  dialect)
{
  Writer writer = { dialect, NULL };
  g_autoptr(GPtrArray) sorted = NULL;

  if (is_unchanged (root, blocks))
    return NULL;
  sorted = put_unclosed_last (blocks);
  writer.out = g_string_sized_new (bal_block_source_length (root));
  rewrite_children (&writer, root, sorted, BAL_WAY_REUSE, TRUE);
  return g_string_free_to_bytes (writer.out);
}
