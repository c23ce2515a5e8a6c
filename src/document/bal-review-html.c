/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review-html.h"

#include "bal-document-private.h"
#include "bal-field-lines.h"
#include "bal-writer.h"

#include <string.h>

/* A post's blocks on their way to new fields. */
typedef struct
{
  BalReviewFormat       *format;
  const BalReviewFields *fields;
  GPtrArray             *blocks;   /* owned: BalBlock */
} Joiner;

static GPtrArray *
new_blocks (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
}

static void
take_fields (GArray          *lines,
             BalReviewFields *fields)
{
  BalReviewFields none = { NULL };

  for (BalFieldLine which = BAL_FIELD_LINE_GRADE; which < BAL_N_FIELD_LINES; which++)
    {
      BalFoundLine *line = bal_field_lines_get (lines, which);

      bal_field_lines_copy (which, line != NULL ? &line->fields : &none, fields);
    }
}

static GPtrArray *
find_body (GPtrArray *blocks,
           GArray    *lines)
{
  GPtrArray *body = new_blocks ();

  for (guint i = 0; i < blocks->len; i++)
    if (!bal_field_lines_fill_block (lines, i, g_ptr_array_index (blocks, i)))
      g_ptr_array_add (body, bal_block_ref (g_ptr_array_index (blocks, i)));
  return body;
}

BalDocument *
bal_document_split_fields (BalDocument     *self,
                           BalReviewFormat *format,
                           BalReviewFields *fields)
{
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GPtrArray) body = NULL;
  g_autoptr(GArray) lines = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  blocks = bal_document_dup_blocks (self);
  lines = bal_field_lines_find (blocks, format);
  if (fields != NULL)
    take_fields (lines, fields);
  body = find_body (blocks, lines);
  return bal_document_with_blocks (self, body);
}

GPtrArray *
bal_document_dup_body (BalDocument     *self,
                       BalReviewFormat *format)
{
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GArray) lines = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  blocks = bal_document_dup_blocks (self);
  lines = bal_field_lines_find (blocks, format);
  return find_body (blocks, lines);
}

static void
replace_block (GPtrArray *blocks,
               guint      index,
               BalBlock  *block)
{
  bal_block_unref (g_ptr_array_index (blocks, index));
  g_ptr_array_index (blocks, index) = block;
}

static gboolean
is_blank_block (BalBlock *block)
{
  for (const char *p = bal_block_get_text (block); *p != '\0'; p++)
    if (!g_ascii_isspace (*p))
      return FALSE;
  return TRUE;
}

/* Makes one line say what the fields say; a block that has lost all its lines goes. FALSE: it says so. */
static gboolean
rewrite_line (Joiner       *self,
              BalFoundLine *line)
{
  BalBlock *block = g_ptr_array_index (self->blocks, line->block);
  g_autofree char *like = NULL;
  g_autofree char *text = NULL;

  if (bal_field_lines_equal (line->which, &line->fields, self->fields))
    return FALSE;
  like = g_strndup (bal_block_get_text (block) + line->start, line->length);
  text = bal_review_format_write_line (self->format, line->which, self->fields, like);
  block = bal_field_lines_replace (block, line->start, line->length, text);
  if (text == NULL && is_blank_block (block))
    {
      bal_block_unref (block);
      g_ptr_array_remove_index (self->blocks, line->block);
    }
  else
    {
      replace_block (self->blocks, line->block, block);
    }
  return TRUE;
}

static guint
order_of (BalReviewFormat *format,
          BalFieldLine     which)
{
  guint n_lines;
  const BalFieldLine *order = bal_review_format_get_order (format, &n_lines);

  for (guint i = 0; i < n_lines; i++)
    if (order[i] == which)
      return i;
  return n_lines;
}

/* The line beside which a new one belongs: the one that comes before it in the format's order, or
 * else the one that comes after (then @before is set). */
static BalFoundLine *
find_neighbour (Joiner       *self,
                GArray       *lines,
                BalFieldLine  which,
                gboolean     *before)
{
  BalFoundLine *preceding = NULL;
  BalFoundLine *following = NULL;

  for (guint i = 0; i < lines->len; i++)
    {
      BalFoundLine *line = &g_array_index (lines, BalFoundLine, i);

      if (!bal_field_lines_fill_block (lines, line->block,
                                       g_ptr_array_index (self->blocks, line->block)))
        continue;
      if (order_of (self->format, line->which) < order_of (self->format, which))
        preceding = line;
      else if (following == NULL)
        following = line;
    }
  *before = preceding == NULL;
  return preceding != NULL ? preceding : following;
}

/* A block with one line in it, labelled like the one beside it. */
static BalBlock *
new_line_block (BalBlock     *beside,
                BalFoundLine *line,
                const char   *text)
{
  g_autoptr(BalBlock) two = NULL;

  if (beside == NULL)
    return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0);
  two = bal_field_lines_insert (beside, line->start, line->length, text, FALSE);
  {
    gsize start = line->start + line->length + 1;
    gsize end = start + strlen (text);
    gsize total = strlen (bal_block_get_text (two));
    g_autoptr(BalBlock) headless = NULL;

    if (end < total)
      {
        BalBlock *shorter = bal_field_lines_replace (two, end, total - end, "");

        bal_block_unref (two);
        two = shorter;
      }
    headless = bal_field_lines_replace (two, 0, start, "");
    return bal_block_ref (headless);
  }
}

static gboolean
holds_several (GArray *lines,
               guint   block)
{
  guint n_lines = 0;

  for (guint i = 0; i < lines->len; i++)
    if (g_array_index (lines, BalFoundLine, i).block == block)
      n_lines++;
  return n_lines > 1;
}

/* Returns whether there was one to add. */
static gboolean
add_line (Joiner       *self,
          GArray       *lines,
          BalFieldLine  which)
{
  g_autofree char *text = NULL;
  BalFoundLine *beside;
  BalBlock *block;
  gboolean before;

  if (bal_field_lines_get (lines, which) != NULL &&
      bal_field_lines_equal (which, &bal_field_lines_get (lines, which)->fields, self->fields))
    return FALSE;
  text = bal_review_format_write_line (self->format, which, self->fields, NULL);
  if (text == NULL)
    return FALSE;

  beside = find_neighbour (self, lines, which, &before);
  if (beside == NULL)
    {
      g_ptr_array_add (self->blocks, new_line_block (NULL, NULL, text));
      return TRUE;
    }
  block = g_ptr_array_index (self->blocks, beside->block);
  if (holds_several (lines, beside->block))
    replace_block (self->blocks, beside->block,
                   bal_field_lines_insert (block, beside->start, beside->length, text, before));
  else
    g_ptr_array_insert (self->blocks, beside->block + (before ? 0 : 1),
                        new_line_block (block, beside, text));
  return TRUE;
}

static void
find_again (Joiner  *self,
            GArray **lines)
{
  g_array_unref (*lines);
  *lines = bal_field_lines_find (self->blocks, self->format);
}

/* The post's blocks as they would be with this body: field lines return to where they stood. */
static GPtrArray *
merge_body (GPtrArray *mine,
            GPtrArray *theirs,
            GArray    *lines)
{
  g_autoptr(GPtrArray) body = find_body (mine, lines);
  g_autoptr(BalBlock) old = bal_block_new_container (BAL_BLOCK_QUOTE, FALSE, NULL, NULL, 0, body);
  g_autofree int *origin = g_new (int, theirs->len + 1);
  g_autofree gboolean *equal = g_new (gboolean, theirs->len + 1);
  GPtrArray *merged = new_blocks ();
  guint next = 0;     /* of @theirs */
  guint passed = 0;   /* blocks of the body as it was */

  bal_writer_match (old, theirs, origin, equal);
  for (guint i = 0; i < mine->len; i++)
    {
      if (!bal_field_lines_fill_block (lines, i, g_ptr_array_index (mine, i)))
        {
          passed++;
          continue;
        }
      /* Behind the whole body the lines stay behind what was added to it. */
      for (guint k = next; k < theirs->len; k++)
        if (passed == body->len || (origin[k] >= 0 && (guint) origin[k] < passed))
          for (; next <= k; next++)
            g_ptr_array_add (merged, bal_block_ref (g_ptr_array_index (theirs, next)));
      g_ptr_array_add (merged, bal_block_ref (g_ptr_array_index (mine, i)));
    }
  for (; next < theirs->len; next++)
    g_ptr_array_add (merged, bal_block_ref (g_ptr_array_index (theirs, next)));
  return merged;
}

/* (transfer full): all blocks of the post with this body and these fields. */
static GPtrArray *
join (BalDocument           *self,
      GPtrArray             *body,
      BalReviewFormat       *format,
      const BalReviewFields *fields)
{
  g_autoptr(GPtrArray) blocks = bal_document_dup_blocks (self);
  g_autoptr(GArray) told = bal_field_lines_find (blocks, format);
  g_autoptr(GArray) lines = NULL;
  Joiner joiner = { format, fields, merge_body (blocks, body, told) };
  guint n_lines;
  const BalFieldLine *order = bal_review_format_get_order (format, &n_lines);

  /* A line that the person has just typed into the body is no field of the form's to clear. */
  lines = bal_field_lines_find (joiner.blocks, format);
  for (BalFieldLine which = BAL_FIELD_LINE_GRADE; which < BAL_N_FIELD_LINES; which++)
    {
      BalFoundLine *line = bal_field_lines_get (lines, which);

      if (line != NULL && bal_field_lines_get (told, which) != NULL && rewrite_line (&joiner, line))
        find_again (&joiner, &lines);
    }
  for (guint i = 0; i < n_lines; i++)
    if (add_line (&joiner, lines, order[i]))
      find_again (&joiner, &lines);
  return joiner.blocks;
}

BalDocument *
bal_document_join_fields (BalDocument           *self,
                          GPtrArray             *body,
                          BalReviewFormat       *format,
                          const BalReviewFields *fields)
{
  g_autoptr(GPtrArray) blocks = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  blocks = join (self, body, format, fields);
  return bal_document_with_blocks (self, blocks);
}

char *
bal_document_join_html (BalDocument           *self,
                        GPtrArray             *body,
                        BalReviewFormat       *format,
                        const BalReviewFields *fields)
{
  g_autoptr(GPtrArray) blocks = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (body != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  blocks = join (self, body, format, fields);
  return bal_document_write (self, blocks);
}

/* A post says the same of its fields in any dialect that keeps newlines. */
static BalDocument *
read_html (BalReview  *review,
           BalDialect  fallback)
{
  return bal_document_new_from_html (bal_review_get_html (review), -1, fallback);
}

void
bal_review_read_fields (BalReview       *review,
                        BalReviewFormat *format)
{
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GArray) lines = NULL;
  const char *title, *html;

  g_return_if_fail (BAL_IS_REVIEW (review));
  g_return_if_fail (format != NULL);

  title = bal_review_get_title (review);
  html = bal_review_get_html (review);
  bal_review_format_split_title (format, title != NULL ? title : "", &fields);
  document = bal_document_new_for_lines (html != NULL ? html : "", BAL_DIALECT_WP_CLASSIC);
  blocks = bal_document_dup_blocks (document);
  lines = bal_field_lines_find (blocks, format);
  take_fields (lines, &fields);
  bal_review_set_fields (review, &fields);
}

static void
write_title (BalReview             *review,
             BalReviewFormat       *format,
             const BalReviewFields *fields)
{
  const char *title = bal_review_get_title (review);
  g_auto(BalReviewFields) told = { NULL };
  g_auto(BalReviewFields) wanted = { NULL };
  g_autofree char *joined = NULL;

  bal_review_format_split_title (format, title != NULL ? title : "", &told);
  wanted.series = g_strdup (fields->series);
  wanted.film = g_strdup (fields->film);
  wanted.film_year = fields->film_year;
  if (bal_review_fields_equal (&told, &wanted))
    return;
  joined = bal_review_format_join_title (format, fields);
  bal_review_set_title (review, joined);
}

static void
set_document (BalReview   *review,
              BalDocument *document)
{
  gsize length;
  g_autofree char *html = bal_document_to_html (document, &length);

  bal_review_set_html (review, html);
}

void
bal_review_write_fields (BalReview       *review,
                         BalReviewFormat *format,
                         BalDialect       fallback)
{
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GPtrArray) body = NULL;
  g_autoptr(BalDocument) joined = NULL;

  g_return_if_fail (BAL_IS_REVIEW (review));
  g_return_if_fail (format != NULL);

  bal_review_dup_fields (review, &fields);
  write_title (review, format, &fields);
  document = read_html (review, fallback);
  body = bal_document_dup_body (document, format);
  joined = bal_document_join_fields (document, body, format, &fields);
  if (joined != document)
    set_document (review, joined);
}

/* The old post's field lines that the new body does not have. */
static void
append_missing_lines (GPtrArray       *blocks,
                      BalDocument     *old,
                      BalReviewFormat *format)
{
  g_autoptr(GPtrArray) old_blocks = bal_document_dup_blocks (old);
  g_autoptr(GArray) old_lines = bal_field_lines_find (old_blocks, format);
  g_autoptr(GArray) lines = bal_field_lines_find (blocks, format);

  for (guint i = 0; i < old_blocks->len; i++)
    {
      gboolean missing =
        bal_field_lines_fill_block (old_lines, i, g_ptr_array_index (old_blocks, i));

      for (guint k = 0; k < old_lines->len; k++)
        {
          BalFoundLine *line = &g_array_index (old_lines, BalFoundLine, k);

          if (line->block == i && bal_field_lines_get (lines, line->which) != NULL)
            missing = FALSE;
        }
      if (missing)
        g_ptr_array_add (blocks, bal_block_ref (g_ptr_array_index (old_blocks, i)));
    }
}

/**
 * bal_review_set_body:
 * @review: a review
 * @format: how its blog writes fields
 * @body_html: the new body; a field line in it counts, and what it does not say stays as it was
 * @fallback: the blog's dialect
 */
void
bal_review_set_body (BalReview       *review,
                     BalReviewFormat *format,
                     const char      *body_html,
                     BalDialect       fallback)
{
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalDocument) old = NULL;
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(BalDocument) whole = NULL;
  g_autoptr(BalDocument) joined = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  g_autoptr(GPtrArray) body = NULL;
  g_autoptr(GArray) lines = NULL;

  g_return_if_fail (BAL_IS_REVIEW (review));
  g_return_if_fail (format != NULL);
  g_return_if_fail (body_html != NULL);

  old = read_html (review, fallback);
  document = bal_document_new_from_html (body_html, -1, bal_document_get_dialect (old));
  blocks = bal_document_dup_blocks (document);
  lines = bal_field_lines_find (blocks, format);
  bal_review_dup_fields (review, &fields);
  for (guint i = 0; i < lines->len; i++)
    {
      BalFoundLine *line = &g_array_index (lines, BalFoundLine, i);

      bal_field_lines_copy (line->which, &line->fields, &fields);
    }

  append_missing_lines (blocks, old, format);
  whole = bal_document_with_blocks (document, blocks);
  body = bal_document_dup_body (whole, format);
  joined = bal_document_join_fields (whole, body, format, &fields);
  set_document (review, joined);
  bal_review_set_fields (review, &fields);
}
