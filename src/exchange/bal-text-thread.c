/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-thread.h"

#include "bal-comment.h"
#include "bal-safe-text.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

#define TAB_WIDTH 4

/* A comment whose numbered line has been seen and that can still get text or replies. */
typedef struct
{
  guint indent;   /* columns before the number */
  guint number;
  guint index;    /* 1-based, in the array of comments */
} OpenComment;

typedef struct
{
  GPtrArray  *comments;
  GArray     *open;      /* OpenComment, outermost first */
  GString    *text;      /* of the innermost open comment */
  const char *author;
  gboolean    after_blank;
} Parser;

static guint
indent_of (const char  *line,
           const char **content)
{
  guint column = 0;

  for (; *line == ' ' || *line == '\t'; line++)
    column += (*line == '\t') ? TAB_WIDTH - column % TAB_WIDTH : 1;
  *content = line;

  return column;
}

/* "12. text" or "12) text": the number and where the text begins; 0 for anything else. */
static guint
number_of (const char  *content,
           const char **text)
{
  guint number = 0, n_digits = 0;

  while (g_ascii_isdigit (content[n_digits]) && n_digits < 5)
    number = number * 10 + (guint) (content[n_digits++] - '0');

  if (n_digits == 0 || (content[n_digits] != '.' && content[n_digits] != ')'))
    return 0;
  content += n_digits + 1;
  if (*content != ' ' && *content != '\t')
    return 0;
  while (*content == ' ' || *content == '\t')
    content++;
  if (*content == '\0')
    return 0;
  *text = content;

  return number;
}

static gboolean
is_blank (const char *line)
{
  const char *content;

  indent_of (line, &content);

  return *content == '\0';
}

guint
bal_text_thread_find (const char *const *lines,
                      guint              first,
                      gboolean           after_fields)
{
  guint i;

  for (i = first; lines[i] != NULL; i++)
    {
      const char *content, *text;
      guint indent = indent_of (lines[i], &content);
      gboolean after_blank = i == 0 || is_blank (lines[i - 1]);

      if (after_blank && (indent > 0 || after_fields) && number_of (content, &text) == 1)
        return i;
    }

  return i;
}

static void
end_text (Parser *parser)
{
  BalComment *comment;
  g_autofree char *html = NULL;

  if (parser->open->len == 0)
    return;

  comment = g_ptr_array_index (parser->comments, parser->comments->len - 1);
  g_strchomp (parser->text->str);
  html = bal_safe_text_to_html (parser->text->str);
  bal_comment_set_html (comment, html);
  bal_comment_set_text (comment, parser->text->str);
  g_string_truncate (parser->text, 0);
}

static void
begin_comment (Parser     *parser,
               guint       indent,
               guint       number,
               const char *text)
{
  BalComment *comment = bal_comment_new (0);
  OpenComment opened = { indent, number, parser->comments->len + 1 };
  gboolean is_reply;

  end_text (parser);
  while (parser->open->len > 0 &&
         g_array_index (parser->open, OpenComment, parser->open->len - 1).indent >= indent)
    g_array_set_size (parser->open, parser->open->len - 1);

  is_reply = parser->open->len > 0;
  if (is_reply)
    bal_comment_set_parent_id (comment,
                               g_array_index (parser->open, OpenComment, parser->open->len - 1).index);
  bal_comment_set_status (comment, BAL_COMMENT_STATUS_APPROVED);
  bal_comment_set_mine (comment, is_reply);
  bal_comment_set_author (comment, is_reply ? parser->author : "Anonymous");

  g_ptr_array_add (parser->comments, comment);
  g_array_append_val (parser->open, opened);
  g_string_append (parser->text, text);
}

/* A number opens a comment when it goes on counting at the indentation of an open one, or when
 * it is a deeper 1. What a reader numbered inside a comment ("2 reasons: …") is text. */
static gboolean
opens_comment (Parser *parser,
               guint   indent,
               guint   number)
{
  const OpenComment *innermost;

  if (number == 0 || !parser->after_blank)
    return FALSE;
  if (parser->open->len == 0)
    return TRUE;

  innermost = &g_array_index (parser->open, OpenComment, parser->open->len - 1);
  if (indent > innermost->indent)
    return number == 1;

  for (guint i = parser->open->len; i > 0; i--)
    {
      const OpenComment *open = &g_array_index (parser->open, OpenComment, i - 1);

      if (open->indent == indent)
        return number > open->number;
    }

  return FALSE;
}

static void
parse_line (Parser     *parser,
            const char *line)
{
  const char *content, *text = NULL;
  guint indent = indent_of (line, &content);
  guint number = number_of (content, &text);

  if (*content == '\0')
    {
      parser->after_blank = TRUE;
      return;
    }

  if (opens_comment (parser, indent, number))
    begin_comment (parser, indent, number, text);
  else
    {
      if (parser->text->len > 0)
        g_string_append (parser->text, parser->after_blank ? "\n\n" : "\n");
      g_string_append (parser->text, content);
    }
  parser->after_blank = FALSE;
}

GPtrArray *
bal_text_thread_parse (const char *const *lines,
                       guint              first,
                       const char        *author)
{
  g_autoptr(GPtrArray) comments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (OpenComment));
  g_autoptr(GString) text = g_string_new (NULL);
  Parser parser = { comments, open, text, author, TRUE };
  gint64 now = bal_time_now ();

  for (guint i = first; lines[i] != NULL; i++)
    parse_line (&parser, lines[i]);
  end_text (&parser);

  /* The file tells no times; a second apart, they keep their order on the blog too. */
  for (guint i = 0; i < comments->len; i++)
    bal_comment_set_created (g_ptr_array_index (comments, i), now - comments->len + i);

  return g_steal_pointer (&comments);
}
