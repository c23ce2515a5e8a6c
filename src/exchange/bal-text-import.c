/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-import.h"

#include "bal-error.h"
#include "bal-review-html.h"
#include "bal-text-thread.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* A paragraph whose lines all end about here was wrapped by an editor, not by its writer. */
#define WRAP_MIN 60
#define WRAP_MAX 82

void
bal_text_review_free (BalTextReview *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->review);
  g_clear_pointer (&self->comments, g_ptr_array_unref);
  g_free (self);
}

/* Whether it is UTF-8 with some damage, such as a last character that is cut: most of what is not ASCII can be read so. */
static gboolean
is_damaged_utf8 (const char *text,
                 gsize       length)
{
  const char *end = text + length, *bad;
  gsize n_good = 0, n_bad = 0;

  while (!g_utf8_validate_len (text, (gsize) (end - text), &bad))
    {
      for (; text < bad; text = g_utf8_next_char (text))
        n_good += (guchar) *text >= 0x80;
      n_bad++;
      text = bad + 1;
    }
  for (; text < end; text = g_utf8_next_char (text))
    n_good += (guchar) *text >= 0x80;
  return n_good > n_bad;
}

/* The Windows code page of old editors; the five bytes that mean nothing there stay visible. */
static char *
decode_windows (const char *text,
                gsize       length)
{
  GString *out = g_string_sized_new (length);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *c = (guchar) text[i] >= 0x80 ? g_convert (text + i, 1, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL) : NULL;

      if ((guchar) text[i] < 0x80)
        g_string_append_c (out, text[i]);
      else
        g_string_append (out, c != NULL ? c : "\357\277\275");
    }
  return g_string_free (out, FALSE);
}

/* UTF-16 with a byte order mark; UTF-8 with or without one; what is neither is taken for Windows'. */
static char *
decode (const char  *text,
        gsize        length,
        GError     **error)
{
  g_autofree char *wide = NULL;

  if (length >= 2 && (memcmp (text, "\xff\xfe", 2) == 0 || memcmp (text, "\xfe\xff", 2) == 0))
    {
      wide = g_convert (text, (gssize) (length & ~(gsize) 1), "UTF-8", "UTF-16", NULL, &length, NULL);
      if (wide == NULL)
        {
          g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                               _("The text is in an unknown encoding; save it as UTF-8 and try again."));
          return NULL;
        }
      text = wide;
    }
  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    {
      text += 3;
      length -= 3;
    }

  if (memchr (text, '\0', length) != NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("This is not a text file; choose one with the review as plain text."));
      return NULL;
    }

  if (g_utf8_validate_len (text, length, NULL) || is_damaged_utf8 (text, length))
    return g_utf8_make_valid (text, (gssize) length);
  return decode_windows (text, length);
}

/* Lines end as on Unix, Windows or old Macs. */
static char **
split_lines (const char *text)
{
  GPtrArray *lines = g_ptr_array_new ();
  gsize length = strcspn (text, "\r\n");

  while (text[length] != '\0')
    {
      g_ptr_array_add (lines, g_strchomp (g_strndup (text, length)));
      text += length + (text[length] == '\r' && text[length + 1] == '\n' ? 2 : 1);
      length = strcspn (text, "\r\n");
    }
  g_ptr_array_add (lines, g_strchomp (g_strdup (text)));
  g_ptr_array_add (lines, NULL);

  return (char **) g_ptr_array_free (lines, FALSE);
}

static gboolean
is_hard_wrapped (GPtrArray       *lines,
                 BalReviewFormat *format)
{
  if (lines->len < 2)
    return FALSE;

  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      glong width = g_utf8_strlen (line, -1);

      if (bal_review_format_read_line (format, line, NULL) != BAL_FIELD_LINE_NONE)
        return FALSE;
      if (i + 1 < lines->len && (width < WRAP_MIN || width > WRAP_MAX))
        return FALSE;
    }

  return TRUE;
}

static void
end_paragraph (GPtrArray       *blocks,
               GPtrArray       *lines,
               BalReviewFormat *format)
{
  g_autofree char *text = NULL;
  const char *glue;

  if (lines->len == 0)
    return;

  glue = is_hard_wrapped (lines, format) ? " " : "\n";
  g_ptr_array_add (lines, NULL);
  text = g_strjoinv (glue, (char **) lines->pdata);
  g_ptr_array_add (blocks, bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0));
  g_ptr_array_set_size (lines, 0);
}

static char *
body_to_html (char            **lines,
              guint             first,
              guint             end,
              BalReviewFormat  *format,
              BalDialect        dialect)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  g_autoptr(GPtrArray) paragraph = g_ptr_array_new ();
  g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, dialect);
  g_autoptr(BalDocument) document = NULL;

  for (guint i = first; i < end; i++)
    {
      g_strchug (lines[i]);
      if (*lines[i] == '\0')
        end_paragraph (blocks, paragraph, format);
      else
        g_ptr_array_add (paragraph, lines[i]);
    }
  end_paragraph (blocks, paragraph, format);

  document = bal_document_with_blocks (empty, blocks);

  return bal_document_to_html (document, NULL);
}

/* The line after the last field line of the review, or @first when it has none. A reader may
 * have written "Grade: A" too: once a field was seen, the search ends at the first numbered
 * comment. */
static guint
after_fields (char            **lines,
              guint             first,
              BalReviewFormat  *format)
{
  guint limit = g_strv_length (lines);
  guint after = first;

  for (guint i = first; i < limit; i++)
    if (bal_review_format_read_line (format, lines[i], NULL) != BAL_FIELD_LINE_NONE)
      {
        after = i + 1;
        limit = bal_text_thread_find ((const char *const *) lines, after, TRUE);
      }

  return after;
}

BalTextReview *
bal_text_import (const char       *text,
                 gssize            length,
                 BalReviewFormat  *format,
                 BalDialect        dialect,
                 const char       *blog_author,
                 GError          **error)
{
  g_autoptr(BalTextReview) result = NULL;
  g_auto(GStrv) lines = NULL;
  g_autofree char *decoded = NULL;
  g_autofree char *html = NULL;
  guint first = 0, fields_end, thread;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  decoded = decode (text, length < 0 ? strlen (text) : (gsize) length, error);
  if (decoded == NULL)
    return NULL;

  lines = split_lines (decoded);
  while (lines[first] != NULL && *g_strchug (lines[first]) == '\0')
    first++;
  if (lines[first] == NULL)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("The file is empty; its first line must be the review’s title."));
      return NULL;
    }

  fields_end = after_fields (lines, first + 1, format);
  thread = bal_text_thread_find ((const char *const *) lines, fields_end, fields_end > first + 1);
  html = body_to_html (lines, first + 1, thread, format, dialect);

  result = g_new0 (BalTextReview, 1);
  result->review = bal_review_new (0);
  bal_review_set_title (result->review, lines[first]);
  bal_review_set_html (result->review, html);
  bal_review_read_fields (result->review, format);
  result->comments = bal_text_thread_parse ((const char *const *) lines, thread, blog_author);

  return g_steal_pointer (&result);
}
