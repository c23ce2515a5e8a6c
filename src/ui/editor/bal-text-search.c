/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-text-search.h"

#include <string.h>

/* A text as it is compared: what a letter with its marks folds to, and which letter that was. */
typedef struct
{
  GArray *codes;      /* gunichar */
  GArray *places;     /* guint: the first character of the letter; one more, for the end */
} Folded;

struct _BalTextSearch
{
  gatomicrefcount     ref_count;
  BalTextSearchFlags  flags;
  Folded              words;
};

static void
folded_clear (Folded *self)
{
  g_clear_pointer (&self->codes, g_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folded, folded_clear)

static void
add_code (Folded   *self,
          gunichar  code,
          guint     place)
{
  g_array_append_val (self->codes, code);
  g_array_append_val (self->places, place);
}

static void
add_letter (Folded     *self,
            const char *letter,
            gsize       length,
            gboolean    match_case,
            guint       place)
{
  g_autofree char *folded = match_case ? g_strndup (letter, length) : g_utf8_casefold (letter, length);
  g_autofree char *whole = g_utf8_normalize (folded, -1, G_NORMALIZE_NFD);

  for (const char *p = whole; p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    add_code (self, g_utf8_get_char (p) == 0xa0 ? ' ' : g_utf8_get_char (p), place);
}

static void
fold (Folded     *self,
      const char *text,
      gboolean    match_case)
{
  guint place = 0;
  const char *p = text;

  self->codes = g_array_new (FALSE, FALSE, sizeof (gunichar));
  self->places = g_array_new (FALSE, FALSE, sizeof (guint));
  while (*p != '\0')
    {
      const char *end = g_utf8_next_char (p);
      guint n = 1;

      /* Nearly all of most texts. */
      if ((guchar) *p < 0x80 && (guchar) *end < 0x80)
        {
          add_code (self, match_case ? *p : g_ascii_tolower (*p), place++);
          p = end;
          continue;
        }
      for (; *end != '\0' && g_unichar_ismark (g_utf8_get_char (end)); n++)
        end = g_utf8_next_char (end);
      add_letter (self, p, end - p, match_case, place);
      place += n;
      p = end;
    }
  g_array_append_val (self->places, place);
}

static gboolean
is_letter (const Folded *self,
           guint         index)
{
  gunichar c = g_array_index (self->codes, gunichar, index);

  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

static guint
get_place (const Folded *self,
           guint         index)
{
  return g_array_index (self->places, guint, index);
}

/* A match is made of whole letters. */
static gboolean
is_edge (const Folded *text,
         guint         index)
{
  return index == 0 || index == text->codes->len || get_place (text, index) != get_place (text, index - 1);
}

static gboolean
is_match (BalTextSearch *self,
          const Folded  *text,
          guint          start)
{
  guint length = self->words.codes->len;
  guint end = start + length;

  if (memcmp (&g_array_index (text->codes, gunichar, start), self->words.codes->data, length * sizeof (gunichar)) != 0)
    return FALSE;
  if (!is_edge (text, start) || !is_edge (text, end))
    return FALSE;
  if (!(self->flags & BAL_TEXT_SEARCH_WHOLE_WORDS))
    return TRUE;
  return !(start > 0 && is_letter (text, start - 1) && is_letter (text, start)) &&
         !(end < text->codes->len && is_letter (text, end) && is_letter (text, end - 1));
}

void
bal_text_search_find (BalTextSearch *self,
                      const char    *text,
                      GArray        *matches)
{
  g_auto(Folded) folded = { NULL, NULL };
  guint length = self->words.codes->len;
  gunichar first = g_array_index (self->words.codes, gunichar, 0);

  g_return_if_fail (self != NULL);
  g_return_if_fail (text != NULL);

  fold (&folded, text, (self->flags & BAL_TEXT_SEARCH_MATCH_CASE) != 0);
  for (guint i = 0; i + length <= folded.codes->len; i++)
    if (g_array_index (folded.codes, gunichar, i) == first && is_match (self, &folded, i))
      {
        BalTextMatch match = { get_place (&folded, i), get_place (&folded, i + length) };

        g_array_append_val (matches, match);
        i += length - 1;
      }
}

BalTextSearch *
bal_text_search_new (const char         *words,
                     BalTextSearchFlags  flags)
{
  BalTextSearch *self;

  g_return_val_if_fail (words != NULL, NULL);

  if (*words == '\0')
    return NULL;
  self = g_new0 (BalTextSearch, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->flags = flags;
  fold (&self->words, words, (flags & BAL_TEXT_SEARCH_MATCH_CASE) != 0);
  return self;
}

BalTextSearch *
bal_text_search_ref (BalTextSearch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_text_search_unref (BalTextSearch *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  folded_clear (&self->words);
  g_free (self);
}
