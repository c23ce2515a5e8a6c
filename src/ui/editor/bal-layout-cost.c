/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-layout-cost.h"

#include <string.h>

/* Nanoseconds, measured with Pango 1.50 in 600 pixels, and with GTK 4.8 what is one more piece to draw. */
#define LETTER             450   /* in lines that are broken at words */
#define LETTER_BROKEN     1000   /* at any character */
#define FOREIGN            600   /* of any other alphabet */
#define CHANGE            5000   /* from one alphabet to another */
#define TURN             10000   /* … that is written from right to left */
#define CONTROL           6000   /* that turns text around */
#define EMOJI             2400
#define JOINED_EMOJI     26000   /* for each joiner in it */
#define PERSON           75000   /* after another emoji: hundreds of joined ones begin with it, and each is tried */
#define MARK               500   /* the first on a letter … */
#define NEXT_MARK          100   /* … so much more for each that is on it already, of the first sixteen … */
#define LATER_MARK           6   /* … and of all */
#define LINE_BREAK        5500
#define RUN                 50   /* times their number: each is looked for among all others */

#define FIRST_EMOJI    0x1f000
#define JOINER          0x200d
#define LONG_WORD         2000   /* characters: takes 4 ms as one, 2 ms in pieces … */
#define LONGISH_WORD       500   /* … as do several of at least so many */
#define FEW_RUNS           300

typedef struct
{
  guint64  nanoseconds;
  guint64  n_chars;
  guint64  squares;    /* of the lengths of long words */
  guint64  word;
  guint    marks;      /* on the present letter */
  gunichar before;
} Cost;

/* Whether lines may be broken beside it, wherever it stands. */
static gboolean
parts_words (gunichar c,
             gunichar before)
{
  if (c < 0x80)
    return c == ' ' || c == '\n' || c == '\t' || c == '/' || (c == '-' && before != '-');
  return c == 0xad || c == 0x200b || c == 0x2028 ||
         (c >= 0xe00 && c < 0xf00) || (c >= 0x1000 && c < 0x10a0) || (c >= 0x1780 && c < 0x1800) ||
         (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00) ||
         (c >= 0xff00 && c < 0xfff0) || c >= FIRST_EMOJI;
}

static void
add_word (Cost     *self,
          gunichar  c)
{
  if (parts_words (c, self->before))
    {
      self->squares += self->word >= LONGISH_WORD ? self->word * self->word : 0;
      self->word = 0;
    }
  else
    {
      self->word++;
    }
}

/* To Latin, accents included. */
static gboolean
is_foreign (gunichar c)
{
  return c >= 0x370 && (c < 0x1e00 || c >= 0x2e80);
}

static gboolean
is_control (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f;
}

/* Man, woman, person. */
static gboolean
is_person (gunichar c)
{
  return c == 0x1f468 || c == 0x1f469 || c == 0x1f9d1;
}

static guint
cost_of (Cost     *self,
         gunichar  c)
{
  gboolean foreign = is_foreign (c) && g_unichar_isalpha (c);
  guint marks;

  if (c == '\n' || c == 0x2028)
    return LINE_BREAK;
  if (g_unichar_ismark (c))
    {
      marks = self->marks++;
      return MARK + NEXT_MARK * MIN (marks, 16) + LATER_MARK * marks;
    }
  self->marks = 0;
  if (c == JOINER)
    return self->before >= FIRST_EMOJI ? JOINED_EMOJI : FOREIGN;
  if (c >= FIRST_EMOJI)
    return is_person (c) && self->before >= FIRST_EMOJI ? PERSON : EMOJI;
  if (is_control (c))
    return CONTROL;
  if (foreign != is_foreign (self->before) && (foreign || g_unichar_isalpha (c)))
    return FOREIGN + (foreign && c >= 0x590 && c < 0x900 ? TURN : CHANGE);
  return c < 0x80 ? LETTER : FOREIGN;
}

guint
bal_layout_cost (const char *text,
                 guint       n_runs,
                 gboolean   *long_words)
{
  Cost cost = { .nanoseconds = (guint64) n_runs * n_runs * RUN };

  if (long_words != NULL)
    *long_words = FALSE;
  if (n_runs < FEW_RUNS && strnlen (text, BAL_LAYOUT_SHORT) < BAL_LAYOUT_SHORT)
    return 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      cost.nanoseconds += c < 0x80 && c != '\n' && cost.before < 0x80 ? LETTER : cost_of (&cost, c);
      add_word (&cost, c);
      cost.n_chars++;
      cost.before = c;
    }
  add_word (&cost, ' ');
  if (cost.squares > (guint64) LONG_WORD * LONG_WORD)
    {
      cost.nanoseconds += cost.n_chars * (LETTER_BROKEN - LETTER);
      if (long_words != NULL)
        *long_words = TRUE;
    }
  return (guint) MIN (cost.nanoseconds / 1000, G_MAXUINT);
}

guint
bal_layout_cost_of_lines (const char *text)
{
  guint most = 0;

  while (*text != '\0')
    {
      gsize length = strcspn (text, "\n");

      if (length >= BAL_LAYOUT_SHORT)
        {
          g_autofree char *line = g_strndup (text, length);

          most = MAX (most, bal_layout_cost (line, 0, NULL));
        }
      text += length;
      text += *text == '\n';
    }
  return most;
}
