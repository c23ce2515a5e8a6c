/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-chars.h"

/* Thousands of combining marks on one letter stall the text layout for seconds (GTK 4.8). */
#define MOST_MARKS 8

/* Controls, what turns text around, objects, language tags and no characters at all. */
static gboolean
is_control (gunichar c)
{
  return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c <= 0x9F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) ||
         (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ||
         (c >= 0xFFF0 && c <= 0xFFFC) || (c >= 0xE0000 && c <= 0xE0FFF) ||
         (c >= 0x1D173 && c <= 0x1D17A);
}

/* Letters that nobody sees, with which one word can look like another. The joiners and the marks of
 * direction are not among them: scripts and emoji need them. */
static gboolean
is_invisible (gunichar c)
{
  return c == 0x00AD || c == 0x034F || c == 0x180E || c == 0x200B ||
         (c >= 0x2060 && c <= 0x2065) || c == 0xFEFF || c == 0x115F || c == 0x1160 ||
         c == 0x3164 || c == 0xFFA0 || c == 0x17B4 || c == 0x17B5;
}

gboolean
bal_char_is_direction_mark (gunichar c)
{
  return c == 0x200E || c == 0x200F || c == 0x061C;
}

gboolean
bal_char_is_joiner (gunichar c)
{
  return c == 0x200C || c == 0x200D;
}

static gboolean
is_variation_selector (gunichar c)
{
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F);
}

/* Emoji, and the blocks of the scripts whose letters join: Arabic and its relatives, those of India
 * and south-east Asia, Mongolian. */
static gboolean
may_join (gunichar c)
{
  return g_unichar_type (c) == G_UNICODE_OTHER_SYMBOL || (c >= 0x1F3FB && c <= 0x1F3FF) ||
         (c >= 0x0600 && c <= 0x109F) || (c >= 0x1780 && c <= 0x18AF) ||
         (c >= 0x1900 && c <= 0x1CFF) || (c >= 0xA800 && c <= 0xAAFF) ||
         (c >= 0xFB50 && c <= 0xFDFF) || (c >= 0xFE70 && c <= 0xFEFE) ||
         (c >= 0x10A00 && c <= 0x11FFF);
}

gboolean
bal_safe_chars_take (BalSafeChars *self,
                     gunichar      c)
{
  if (is_control (c) || is_invisible (c))
    return FALSE;
  if (bal_char_is_joiner (c))
    {
      if (!self->joins)
        return FALSE;
      self->joins = FALSE;
    }
  else if (bal_char_is_direction_mark (c))
    {
      if (bal_char_is_direction_mark (self->last) || g_unichar_isalnum (self->last))
        return FALSE;
    }
  else if (g_unichar_ismark (c))
    {
      if (self->n_marks >= MOST_MARKS ||
          (is_variation_selector (c) && is_variation_selector (self->last)))
        return FALSE;
      self->n_marks++;
    }
  else
    {
      self->n_marks = 0;
      self->joins = may_join (c);
    }
  self->last = c;
  return TRUE;
}
