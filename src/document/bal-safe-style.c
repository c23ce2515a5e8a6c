/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-safe-style.h"

#include "bal-entities.h"
#include "bal-safe-text.h"

#include <string.h>

/* What editors hold; <small> is none of it. */
#define STYLES (BAL_STYLE_BOLD | BAL_STYLE_ITALIC | BAL_STYLE_UNDERLINE | BAL_STYLE_STRIKE | \
                BAL_STYLE_CODE | BAL_STYLE_SUPERSCRIPT | BAL_STYLE_SUBSCRIPT)

#define LONGEST_VALUE 32768

/* Elements that Balcony reads as text without a meaning, and browsers with one. */
static const struct
{
  const char *name;
  BalStyle    style;
} more_names[] = {
  { "cite", BAL_STYLE_ITALIC }, { "dfn", BAL_STYLE_ITALIC },    { "ins", BAL_STYLE_UNDERLINE },
  { "kbd", BAL_STYLE_CODE },    { "samp", BAL_STYLE_CODE },     { "tt", BAL_STYLE_CODE },
  { "var", BAL_STYLE_ITALIC },
};

static void
set_style (BalSafeStyle *self,
           BalStyle      style)
{
  self->set |= style;
  self->clear &= ~style;
}

static void
clear_style (BalSafeStyle *self,
             BalStyle      style)
{
  self->clear |= style;
  self->set &= ~style;
}

static void
read_weight (BalSafeStyle *self,
             const char   *value)
{
  if (g_str_has_prefix (value, "bold") || g_ascii_strtoull (value, NULL, 10) >= 600)
    set_style (self, BAL_STYLE_BOLD);
  else if (g_ascii_isdigit (*value) || g_str_equal (value, "normal") ||
           g_str_equal (value, "lighter"))
    clear_style (self, BAL_STYLE_BOLD);
}

static void
read_decoration (BalSafeStyle *self,
                 const char   *value)
{
  /* What an element around it draws goes on; what this one would, does not. */
  if (strstr (value, "none") != NULL)
    self->set &= ~(BAL_STYLE_UNDERLINE | BAL_STYLE_STRIKE);
  if (strstr (value, "underline") != NULL)
    set_style (self, BAL_STYLE_UNDERLINE);
  if (strstr (value, "line-through") != NULL)
    set_style (self, BAL_STYLE_STRIKE);
}

static void
read_vertical_align (BalSafeStyle *self,
                     const char   *value)
{
  clear_style (self, BAL_STYLE_SUPERSCRIPT | BAL_STYLE_SUBSCRIPT);
  if (g_str_equal (value, "super"))
    set_style (self, BAL_STYLE_SUPERSCRIPT);
  else if (g_str_equal (value, "sub"))
    set_style (self, BAL_STYLE_SUBSCRIPT);
}

static void
read_white_space (BalSafeStyle *self,
                  const char   *value)
{
  self->keep_space = g_str_has_prefix (value, "pre") || g_str_equal (value, "break-spaces");
  self->fold_space = !self->keep_space;
}

/* "l0 level2 lfo1", or "Ignore" for the bullet itself. */
static void
read_word_list (BalSafeStyle *self,
                const char   *value)
{
  const char *level = strstr (value, "level");

  if (g_str_equal (value, "ignore"))
    {
      self->marker = TRUE;
      return;
    }
  if (level == NULL || *value != 'l')
    return;
  self->list_level = CLAMP (g_ascii_strtoull (level + strlen ("level"), NULL, 10), 1, 9);
  g_free (self->list);
  self->list = g_strdup_printf ("%.*s%s", (int) (level - value), value,
                                level + strcspn (level, " "));
}

static void
read_property (BalSafeStyle *self,
               const char   *name,
               const char   *value)
{
  if (g_str_equal (name, "font-weight"))
    read_weight (self, value);
  else if (g_str_equal (name, "font-style") && g_str_equal (value, "normal"))
    clear_style (self, BAL_STYLE_ITALIC);
  else if (g_str_equal (name, "font-style") &&
           (g_str_equal (value, "italic") || g_str_has_prefix (value, "oblique")))
    set_style (self, BAL_STYLE_ITALIC);
  else if (g_str_equal (name, "text-decoration") || g_str_equal (name, "text-decoration-line"))
    read_decoration (self, value);
  else if (g_str_equal (name, "vertical-align"))
    read_vertical_align (self, value);
  else if (g_str_equal (name, "white-space"))
    read_white_space (self, value);
  else if (g_str_equal (name, "mso-list"))
    read_word_list (self, value);
  else if (g_str_equal (name, "mso-tab-count"))
    self->tab = TRUE;
  else if (g_str_equal (name, "mso-spacerun"))
    self->plain_space = TRUE;
  else if ((g_str_equal (name, "display") && g_str_equal (value, "none")) ||
           (g_str_equal (name, "visibility") && g_str_equal (value, "hidden")) ||
           (g_str_equal (name, "mso-hide") && !g_str_equal (value, "none")) ||
           (g_str_equal (name, "mso-element") && g_str_has_prefix (value, "comment")) ||
           (g_str_equal (name, "opacity") && *value == '0' && g_ascii_strtod (value, NULL) == 0))
    self->hidden = TRUE;
}

static void
read_css (BalSafeStyle *self,
          const char   *css)
{
  g_autofree char *lower = g_ascii_strdown (css, -1);
  g_auto(GStrv) declarations = g_strsplit (lower, ";", 200);

  for (guint i = 0; declarations[i] != NULL; i++)
    {
      char *colon = strchr (declarations[i], ':');
      char *important;

      if (colon == NULL)
        continue;
      *colon = '\0';
      important = strchr (colon + 1, '!');
      if (important != NULL)
        *important = '\0';
      read_property (self, g_strstrip (declarations[i]), g_strstrip (colon + 1));
    }
}

static void
read_class (BalSafeStyle *self,
            const char   *value)
{
  if (strstr (value, "Apple-converted-space") != NULL)
    self->plain_space = TRUE;
  else if (strstr (value, "Apple-interchange-newline") != NULL)
    self->line_end = TRUE;
  else if (strstr (value, "MsoCommentReference") != NULL)
    self->hidden = TRUE;
}

static gboolean
name_is (const BalAttribute *attribute,
         const char         *name)
{
  return attribute->name_length == strlen (name) &&
         g_ascii_strncasecmp (attribute->name, name, attribute->name_length) == 0;
}

static void
read_attribute (BalSafeStyle       *self,
                const BalToken     *token,
                const BalAttribute *attribute,
                gboolean            is_link)
{
  g_autofree char *value = NULL;

  if (name_is (attribute, "hidden"))
    {
      self->hidden = TRUE;
      return;
    }
  if (attribute->value == NULL || attribute->value_length > LONGEST_VALUE)
    return;
  if (!name_is (attribute, "style") && !name_is (attribute, "class") &&
      !(is_link && name_is (attribute, "href")) &&
      !(bal_token_is (token, "img") && name_is (attribute, "alt")))
    return;

  value = bal_entities_decode (attribute->value, attribute->value_length, TRUE);
  if (name_is (attribute, "style"))
    read_css (self, value);
  else if (name_is (attribute, "class"))
    read_class (self, value);
  else if (name_is (attribute, "href") && self->link == NULL)
    self->link = bal_safe_link (value);
  else if (name_is (attribute, "alt") && self->alt == NULL)
    self->alt = g_steal_pointer (&value);
}

void
bal_safe_style_read (BalSafeStyle    *self,
                     const BalTokens *tokens,
                     const BalToken  *token)
{
  gboolean is_link = bal_tokens_name_is (tokens, token, "a");
  BalAttribute attribute;
  gsize cursor = 0;

  *self = (BalSafeStyle) { 0 };
  if (token->tag != NULL)
    self->set = token->tag->style & STYLES;
  else
    for (guint i = 0; i < G_N_ELEMENTS (more_names); i++)
      if (bal_tokens_name_is (tokens, token, more_names[i].name))
        self->set = more_names[i].style;
  while (bal_tokens_next_attribute (tokens, token, &cursor, &attribute))
    read_attribute (self, token, &attribute, is_link);
}

void
bal_safe_style_clear (BalSafeStyle *self)
{
  g_clear_pointer (&self->list, g_free);
  g_clear_pointer (&self->link, g_free);
  g_clear_pointer (&self->alt, g_free);
}
