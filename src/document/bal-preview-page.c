/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-preview-page.h"

#include "bal-block-private.h"
#include "bal-entities.h"
#include "bal-tokenizer.h"
#include "bal-writer.h"

#include <string.h>

#define LONG_ENOUGH 24     /* bytes of folded text that are hardly anywhere else in a page */
#define MOST_PLACES 50     /* that are looked at in a page which repeats itself */

/* The letters and digits of a page, in lower case, and the token that each stands in: blogs make
 * other quotes, dashes and white space of what was written. */
typedef struct
{
  GString *text;
  GArray  *tokens;         /* guint: for each byte of the text */
} Folded;

static void
folded_clear (Folded *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->tokens);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folded, folded_clear)

static void
fold (Folded     *self,
      const char *text,
      guint       token)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      gsize before = self->text->len;

      if (!g_unichar_isalnum (c))
        continue;
      g_string_append_unichar (self->text, g_unichar_tolower (c));
      for (; before < self->text->len; before++)
        g_array_append_val (self->tokens, token);
    }
}

static Folded
folded_new (void)
{
  return (Folded) { g_string_new (NULL), g_array_new (FALSE, FALSE, sizeof (guint)) };
}

static char *
fold_text (const char *text)
{
  g_auto(Folded) folded = folded_new ();

  fold (&folded, text, 0);
  return g_strdup (folded.text->str);
}

static void
fold_tokens (Folded          *self,
             const BalTokens *page,
             guint            first,
             guint            last)
{
  for (guint i = first; i < last; i++)
    {
      const BalToken *token = &page->tokens[i];
      g_autofree char *valid = NULL;
      g_autofree char *text = NULL;

      if (token->type != BAL_TOKEN_TEXT || token->raw)
        continue;
      valid = g_utf8_make_valid (page->source + token->start, token->end - token->start);
      text = bal_entities_decode (valid, strlen (valid), FALSE);
      fold (self, text, i);
    }
}

/* ---- where the post is ---- */

/* (transfer full) (element-type utf8): what the blocks of a post say, folded, those that are
 * long enough to be told from others; any when none is. */
static GPtrArray *
list_texts (BalDocument *document)
{
  g_autoptr(GPtrArray) any = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);
      BalBlockKind kind = bal_block_get_kind (block);
      g_autofree char *text = NULL;

      if (kind != BAL_BLOCK_PARAGRAPH && kind != BAL_BLOCK_HEADING && kind != BAL_BLOCK_PREFORMATTED)
        continue;
      text = fold_text (bal_block_get_text (block));
      if (strlen (text) >= LONG_ENOUGH)
        g_ptr_array_add (texts, g_strdup (text));
      if (*text != '\0')
        g_ptr_array_add (any, g_steal_pointer (&text));
    }
  if (texts->len == 0)
    {
      GPtrArray *swap = texts;

      texts = g_steal_pointer (&any);
      any = swap;
    }
  return texts;
}

/* The shortest stretch of the page that begins with the first text and ends with the last. */
static gboolean
find_words (const Folded *page,
            GPtrArray    *texts,
            guint        *first,
            guint        *last)
{
  const char *head = g_ptr_array_index (texts, 0);
  const char *tail = g_ptr_array_index (texts, texts->len - 1);
  const char *p = strstr (page->text->str, head);
  gsize shortest = G_MAXSIZE;

  for (guint i = 0; i < MOST_PLACES && p != NULL; i++, p = strstr (p + 1, head))
    {
      const char *end = texts->len == 1 ? p : strstr (p + strlen (head), tail);

      if (end == NULL)
        break;
      if ((gsize) (end + strlen (tail) - p) >= shortest)
        continue;
      shortest = end + strlen (tail) - p;
      *first = g_array_index (page->tokens, guint, p - page->text->str);
      *last = g_array_index (page->tokens, guint, p - page->text->str + shortest - 1);
    }
  return shortest != G_MAXSIZE;
}

static gboolean
may_hold_post (const BalTokens *page,
               const BalToken  *token)
{
  static const char *const names[] = { "div", "article", "section", "main", "td", "body" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (bal_tokens_name_is (page, token, names[i]))
      return TRUE;
  return FALSE;
}

/* The innermost element around both. */
static gboolean
find_place (const BalTokens *page,
            guint            first,
            guint            last,
            guint           *place)
{
  for (guint i = first; i-- > 0;)
    {
      const BalToken *token = &page->tokens[i];

      if (token->type == BAL_TOKEN_START && token->match != BAL_TOKEN_NO_MATCH && token->match > last &&
          may_hold_post (page, token))
        {
          *place = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
is_silent (const BalTokens *page,
           guint            first,
           guint            last)
{
  g_auto(Folded) folded = folded_new ();

  fold_tokens (&folded, page, first, last);
  return folded.text->len == 0;
}

/* Within @place, the children from that with @first to that with @last, and what is beside them and
 * says nothing, such as pictures. A theme may have its title and its thanks in the same element. */
static void
find_children (const BalTokens *page,
               guint            place,
               guint           *first,
               guint           *last)
{
  guint start = place + 1, end = page->tokens[place].match, next;
  guint from = G_MAXUINT;

  for (guint i = start; i < end; i = next)
    {
      const BalToken *token = &page->tokens[i];

      next = token->type == BAL_TOKEN_START && token->match != BAL_TOKEN_NO_MATCH ? token->match + 1 : i + 1;
      if (*first >= i && *first < next)
        from = start;
      if (i > *last)
        {
          if (!is_silent (page, i, next))
            {
              end = i;
              break;
            }
        }
      else if (next <= *first && !is_silent (page, i, next))
        {
          start = next;
        }
    }
  *first = from != G_MAXUINT ? from : start;
  *last = end;
}

/* ---- putting the page together ---- */

typedef struct
{
  gsize  start;
  gsize  end;
  char  *text;
} Piece;

static void
piece_clear (Piece *piece)
{
  g_free (piece->text);
}

static void
add_piece (GArray     *pieces,
           gsize       start,
           gsize       end,
           const char *text)
{
  Piece piece = { start, end, g_strdup (text) };

  g_array_append_val (pieces, piece);
}

/* Where to write a title within a heading: in the link in it, when there is one. */
static void
add_heading (GArray          *pieces,
             const BalTokens *page,
             guint            index,
             const char      *escaped)
{
  const BalToken *heading = &page->tokens[index];

  for (guint i = index + 1; i < heading->match; i++)
    {
      const BalToken *token = &page->tokens[i];

      if (bal_tokens_name_is (page, token, "a") && token->type == BAL_TOKEN_START &&
          token->match != BAL_TOKEN_NO_MATCH && token->match < heading->match)
        {
          add_piece (pieces, token->end, page->tokens[token->match].start, escaped);
          return;
        }
    }
  add_piece (pieces, heading->end, page->tokens[heading->match].start, escaped);
}

static gboolean
says (const BalTokens *page,
      guint            index,
      const char      *folded_title)
{
  g_auto(Folded) folded = folded_new ();

  fold_tokens (&folded, page, index + 1, page->tokens[index].match);
  return g_str_equal (folded.text->str, folded_title);
}

/* (nullable): behind the colon of "Series: Film". */
static const char *
get_second_part (const char *title)
{
  const char *colon = strstr (title, ": ");

  return colon != NULL && colon > title ? colon + strlen (": ") : NULL;
}

static char *
escape (const char *text,
        gsize       length)
{
  GString *escaped = g_string_new (NULL);

  bal_entities_append (escaped, text, length, FALSE);
  return g_string_free (escaped, FALSE);
}

/* A theme that knows series shows the title in two: the series right before a heading with the
 * film. */
static void
add_split_title (GArray          *pieces,
                 const BalTokens *page,
                 guint            heading,
                 const char      *known_title,
                 const char      *title)
{
  const char *film = get_second_part (title);
  g_autofree char *known_series = g_strndup (known_title, get_second_part (known_title) - strlen (": ") - known_title);
  g_autofree char *folded_series = fold_text (known_series);
  g_autofree char *escaped_film = escape (film != NULL ? film : title, strlen (film != NULL ? film : title));
  g_autofree char *escaped_series = escape (title, film != NULL ? film - strlen (": ") - title : 0);

  for (guint i = heading; i-- > 0;)
    {
      g_auto(Folded) folded = folded_new ();

      fold_tokens (&folded, page, i, i + 1);
      if (folded.text->len == 0)
        continue;
      if (g_str_equal (folded.text->str, folded_series))
        add_piece (pieces, page->tokens[i].start, page->tokens[i].end, escaped_series);
      break;
    }
  add_heading (pieces, page, heading, escaped_film);
}

/* Not within the post's own place, which gets its headings from the document. */
static void
add_titles (GArray          *pieces,
            const BalTokens *page,
            guint            first,
            guint            last,
            const char      *known_title,
            const char      *title)
{
  static const char *const names[] = { "h1", "h2", "h3" };
  const char *known_film = get_second_part (known_title);
  g_autofree char *folded_title = fold_text (known_title);
  g_autofree char *folded_film = fold_text (known_film != NULL ? known_film : "");
  g_autofree char *escaped = escape (title, strlen (title));

  for (guint i = first; i < last; i++)
    {
      const BalToken *token = &page->tokens[i];

      if (token->type != BAL_TOKEN_START || token->match == BAL_TOKEN_NO_MATCH)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        {
          if (!bal_tokens_name_is (page, token, names[k]))
            continue;
          if (*folded_title != '\0' && says (page, i, folded_title))
            add_heading (pieces, page, i, escaped);
          else if (*folded_film != '\0' && says (page, i, folded_film))
            add_split_title (pieces, page, i, known_title, title);
        }
    }
}

char *
bal_preview_in_page (const char  *page,
                     gsize        length,
                     const char  *known_title,
                     BalDocument *known,
                     const char  *title,
                     BalDocument *shown)
{
  g_autoptr(BalTokens) tokens = NULL;
  g_auto(Folded) folded = folded_new ();
  g_autoptr(GPtrArray) texts = NULL;
  g_autoptr(GArray) pieces = NULL;
  g_autofree char *body = NULL;
  GString *out;
  guint first = 0, last = 0, place = 0;
  gsize at = 0;

  g_return_val_if_fail (page != NULL && known_title != NULL && known != NULL, NULL);
  g_return_val_if_fail (title != NULL && shown != NULL, NULL);

  texts = list_texts (known);
  if (texts->len == 0)
    return NULL;
  tokens = bal_tokens_new (page, length, FALSE);
  fold_tokens (&folded, tokens, 0, tokens->n_tokens);
  if (!find_words (&folded, texts, &first, &last) || !find_place (tokens, first, last, &place))
    return NULL;

  pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  g_array_set_clear_func (pieces, (GDestroyNotify) piece_clear);
  body = bal_document_to_readers_html (shown);
  find_children (tokens, place, &first, &last);
  add_titles (pieces, tokens, 0, first, known_title, title);
  add_piece (pieces, tokens->tokens[first].start, tokens->tokens[last].start, body);
  add_titles (pieces, tokens, last, tokens->n_tokens, known_title, title);

  out = g_string_new (NULL);
  for (guint i = 0; i < pieces->len; i++)
    {
      Piece *piece = &g_array_index (pieces, Piece, i);

      if (piece->start < at)
        continue;
      g_string_append_len (out, page + at, piece->start - at);
      g_string_append (out, piece->text);
      at = piece->end;
    }
  g_string_append_len (out, page + at, length - at);
  return g_string_free (out, FALSE);
}

char *
bal_preview_plain_page (const char  *title,
                        BalDocument *shown,
                        const char  *style)
{
  g_autofree char *body = NULL;
  GString *out;

  g_return_val_if_fail (title != NULL && shown != NULL && style != NULL, NULL);

  body = bal_document_to_readers_html (shown);
  out = g_string_new ("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\">\n<title>");
  bal_entities_append (out, title, strlen (title), FALSE);
  g_string_append_printf (out, "</title>\n<style>\n%s</style></head>\n<body><article>\n<h1>", style);
  bal_entities_append (out, title, strlen (title), FALSE);
  g_string_append_printf (out, "</h1>\n%s\n</article></body></html>\n", body);
  return g_string_free (out, FALSE);
}

/* ---- what readers get ---- */

char *
bal_document_to_readers_html (BalDocument *self)
{
  BalSpelling spelling = { BAL_DIALECT_HTML, BAL_FORM_TAGS, TRUE };
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  if (bal_document_get_dialect (self) != BAL_DIALECT_WP_CLASSIC)
    return bal_document_to_html (self, NULL);

  out = g_string_new (NULL);
  for (guint i = 0; i < bal_document_get_n_blocks (self); i++)
    {
      BalBlock *block = bal_document_get_block (self, i);

      if (block->form == BAL_FORM_BARE && bal_block_get_kind (block) == BAL_BLOCK_PARAGRAPH)
        bal_writer_write_block (out, block, spelling);
      else
        g_string_append_len (out, bal_block_source_at (block, 0), bal_block_source_length (block));
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}
