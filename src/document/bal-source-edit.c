/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-source-edit.h"

#include "bal-entities.h"

#include <string.h>

typedef struct
{
  gsize  start;
  gsize  end;
  int    number;   /* of the call; below zero: before all others */
  char  *text;
} Change;

/* The JSON of one delimiter, with all that was asked of it so far. */
typedef struct
{
  const BalToken *delimiter;
  char           *json;    /* NULL: none */
} Members;

/* What an attribute shall be. */
typedef struct
{
  const BalToken *tag;
  const char     *name;
  char           *value;   /* NULL: away */
} Value;

struct _BalSourceEdit
{
  const BalTokens *tokens;
  GArray          *changes;   /* Change */
  GArray          *values;    /* Value */
  GArray          *members;   /* Members */
};

static void
clear_change (gpointer data)
{
  g_free (((Change *) data)->text);
}

static void
clear_members (gpointer data)
{
  g_free (((Members *) data)->json);
}

static void
clear_value (gpointer data)
{
  g_free (((Value *) data)->value);
}

BalSourceEdit *
bal_source_edit_new (const BalTokens *tokens)
{
  BalSourceEdit *self = g_new0 (BalSourceEdit, 1);

  self->tokens = tokens;
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, clear_change);
  self->values = g_array_new (FALSE, FALSE, sizeof (Value));
  g_array_set_clear_func (self->values, clear_value);
  self->members = g_array_new (FALSE, FALSE, sizeof (Members));
  g_array_set_clear_func (self->members, clear_members);
  return self;
}

void
bal_source_edit_free (BalSourceEdit *self)
{
  g_array_unref (self->changes);
  g_array_unref (self->values);
  g_array_unref (self->members);
  g_free (self);
}

void
bal_source_edit_replace (BalSourceEdit *self,
                         gsize          start,
                         gsize          end,
                         const char    *text)
{
  Change change = { start, end, self->changes->len, g_strdup (text) };

  g_array_append_val (self->changes, change);
}

void
bal_source_edit_put_first (BalSourceEdit *self,
                           gsize          at,
                           const char    *text)
{
  Change change = { at, at, -(int) self->changes->len - 1, g_strdup (text) };

  g_array_append_val (self->changes, change);
}

void
bal_source_edit_rename (BalSourceEdit  *self,
                        const BalToken *tag,
                        const char     *name)
{
  bal_source_edit_replace (self, tag->name_start, tag->name_start + tag->name_length, name);
}

/* ---- attributes ---- */

static char *
escape_value (const char *value,
              char        quote)
{
  GString *out = g_string_new (NULL);

  bal_entities_append (out, value, strlen (value), TRUE);
  if (quote == '\'')
    g_string_replace (out, "'", "&#39;", 0);
  return g_string_free (out, FALSE);
}

static gboolean
can_stay_unquoted (const char *value)
{
  return *value != '\0' && value[strlen (value) - 1] != '/' &&
         strpbrk (value, " \t\n\f\r\"'=<>`&") == NULL;
}

static void
change_value (BalSourceEdit      *self,
              const BalAttribute *attribute,
              const char         *value)
{
  const char *source = self->tokens->source;
  gsize start, end;
  char quote = '\0';
  g_autofree char *escaped = NULL;

  if (attribute->value != NULL && attribute->value > source)
    quote = attribute->value[-1];
  if (quote != '"' && quote != '\'')
    quote = '\0';
  escaped = escape_value (value, quote);
  start = attribute->value != NULL ? (gsize) (attribute->value - source)
                                   : (gsize) (attribute->name - source) + attribute->name_length;
  end = start + attribute->value_length;

  if (attribute->value == NULL || (quote == '\0' && !can_stay_unquoted (value)))
    {
      g_autofree char *quoted =
        g_strdup_printf ("%s\"%s\"", attribute->value == NULL ? "=" : "", escaped);

      bal_source_edit_replace (self, start, end, quoted);
      return;
    }
  bal_source_edit_replace (self, start, end, escaped);
}

static gsize
attribute_end (const char         *source,
               const BalAttribute *attribute)
{
  gsize end;

  if (attribute->value == NULL)
    return attribute->name - source + attribute->name_length;
  end = attribute->value - source + attribute->value_length;
  return attribute->value[-1] == '"' || attribute->value[-1] == '\'' ? end + 1 : end;
}

static void
write_value (BalSourceEdit  *self,
             const BalToken *tag,
             const char     *name,
             const char     *value)
{
  const char *source = self->tokens->source;
  gsize last_end = tag->name_start + tag->name_length;
  BalAttribute attribute;
  gsize cursor = 0;

  while (bal_tokens_next_attribute (self->tokens, tag, &cursor, &attribute))
    {
      gsize end = attribute_end (source, &attribute);

      if (attribute.name_length == strlen (name) &&
          g_ascii_strncasecmp (attribute.name, name, attribute.name_length) == 0)
        {
          if (value != NULL)
            change_value (self, &attribute, value);
          else
            bal_source_edit_replace (self, last_end, end, "");
          return;
        }
      last_end = end;
    }
  if (value != NULL)
    {
      g_autofree char *escaped = escape_value (value, '"');
      g_autofree char *added = g_strdup_printf (" %s=\"%s\"", name, escaped);

      bal_source_edit_replace (self, last_end, last_end, added);
    }
}

static Value *
find_value (BalSourceEdit  *self,
            const BalToken *tag,
            const char     *name)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      Value *value = &g_array_index (self->values, Value, i);

      if (value->tag == tag && g_str_equal (value->name, name))
        return value;
    }
  return NULL;
}

void
bal_source_edit_set_attribute (BalSourceEdit  *self,
                               const BalToken *tag,
                               const char     *name,
                               const char     *value)
{
  Value *found = find_value (self, tag, name);
  Value first = { tag, name, NULL };

  if (found == NULL)
    {
      g_array_append_val (self->values, first);
      found = &g_array_index (self->values, Value, self->values->len - 1);
    }
  g_free (found->value);
  found->value = g_strdup (value);
}

void
bal_source_edit_set_class (BalSourceEdit  *self,
                           const BalToken *tag,
                           const char     *word,
                           gboolean        wanted)
{
  Value *found = find_value (self, tag, "class");
  g_autofree char *value = found != NULL ? g_strdup (found->value)
                                         : bal_tokens_dup_attribute (self->tokens, tag, "class");
  g_auto(GStrv) words = g_strsplit_set (value != NULL ? value : "", " \t\n\f\r", -1);
  g_autoptr(GString) changed = g_string_new (NULL);

  if (g_strv_contains ((const char *const *) words, word) == wanted)
    return;
  if (wanted)
    {
      if (value != NULL && *value != '\0')
        g_string_append_printf (changed, "%s ", value);
      g_string_append (changed, word);
    }
  for (guint i = 0; !wanted && words[i] != NULL; i++)
    if (*words[i] != '\0' && !g_str_equal (words[i], word))
      g_string_append_printf (changed, "%s%s", changed->len > 0 ? " " : "", words[i]);
  bal_source_edit_set_attribute (self, tag, "class", changed->len > 0 ? changed->str : NULL);
}

/* ---- the JSON of delimiters ---- */

static gsize
skip_space (const char *json,
            gsize       p)
{
  while (bal_is_space (json[p]))
    p++;
  return p;
}

/* The byte behind the string that begins at @p; 0 when it has no end. */
static gsize
skip_string (const char *json,
             gsize       p)
{
  for (p++; json[p] != '\0'; p++)
    {
      if (json[p] == '"')
        return p + 1;
      if (json[p] == '\\' && json[p + 1] != '\0')
        p++;
    }
  return 0;
}

static gsize
skip_value (const char *json,
            gsize       p)
{
  guint depth = 0;

  while (json[p] != '\0')
    {
      if (json[p] == '"')
        {
          p = skip_string (json, p);
          if (p == 0)
            return 0;
          continue;
        }
      if (json[p] == '{' || json[p] == '[')
        depth++;
      else if ((json[p] == '}' || json[p] == ']' || json[p] == ',') && depth == 0)
        return p;
      else if (json[p] == '}' || json[p] == ']')
        depth--;
      p++;
    }
  return 0;
}

/* Where a member of the object @json stands. */
typedef struct
{
  gsize start;         /* of its name */
  gsize value_start;
  gsize value_end;
  gsize behind;        /* the comma or brace behind it */
} Member;

/* Steps through the members; @p is 0 at first. FALSE at the end: then @p is the closing brace, or 0 when it
 * is no object. */
static gboolean
next_member (const char *json,
             gsize      *p,
             Member     *member)
{
  gsize at = skip_space (json, *p);

  if (json[at] == '}' && *p > 0)
    {
      *p = at;
      return FALSE;
    }
  if (json[at] == (*p == 0 ? '{' : ','))
    at = skip_space (json, at + 1);
  else
    at = strlen (json);
  if (*p == 0 && json[at] == '}')
    {
      *p = at;
      return FALSE;
    }
  *p = 0;
  if (json[at] != '"')
    return FALSE;
  member->start = at;
  at = skip_string (json, at);
  at = at > 0 ? skip_space (json, at) : strlen (json);
  if (json[at] != ':')
    return FALSE;
  member->value_start = skip_space (json, at + 1);
  member->behind = skip_value (json, member->value_start);
  if (member->behind <= member->value_start)
    return FALSE;
  member->value_end = member->behind;
  while (bal_is_space (json[member->value_end - 1]))
    member->value_end--;
  *p = member->behind;
  return TRUE;
}

static gboolean
is_named (const char   *json,
          const Member *member,
          const char   *name)
{
  return strncmp (json + member->start + 1, name, strlen (name)) == 0 &&
         json[member->start + 1 + strlen (name)] == '"';
}

/* (transfer full) (nullable): the JSON without this member, or with it; NULL when it can't be
 * read. "" when nothing is left. */
static char *
set_member (const char *json,
            const char *name,
            const char *value)
{
  gsize previous = 0;    /* the brace or comma before the member */
  gsize p = 0;
  guint n_members = 0;
  Member member, found = { 0 };
  gsize before = 0;

  for (; next_member (json, &p, &member); n_members++)
    {
      if (found.behind == 0 && is_named (json, &member, name))
        {
          found = member;
          before = previous;
        }
      previous = member.behind;
    }
  if (p == 0 || json[skip_space (json, p + 1)] != '\0')
    return NULL;

  if (found.behind > 0 && value != NULL)
    return g_strdup_printf ("%.*s%s%s", (int) found.value_start, json, value,
                            json + found.value_end);
  if (found.behind > 0 && n_members == 1)
    return g_strdup ("");
  if (found.behind > 0 && json[found.behind] == ',')
    return g_strdup_printf ("%.*s%s", (int) found.start, json,
                            json + skip_space (json, found.behind + 1));
  if (found.behind > 0)
    return g_strdup_printf ("%.*s%s", (int) before, json, json + found.value_end);
  if (value == NULL)
    return g_strdup (json);
  return g_strdup_printf ("%.*s%s\"%s\":%s%s", (int) p, json, n_members > 0 ? "," : "", name, value,
                          json + p);
}

/* Where the JSON of a delimiter stands, or would stand: behind its name. */
static void
find_json (const BalTokens *tokens,
           const BalToken  *delimiter,
           gsize           *start,
           gsize           *end)
{
  const char *source = tokens->source;
  gsize last = delimiter->end - strlen ("-->");
  gsize p = delimiter->name_start + delimiter->name_length;

  if (delimiter->type == BAL_TOKEN_WP_VOID)
    last--;
  while (p < last && bal_is_space (source[p]))
    p++;
  while (last > p && bal_is_space (source[last - 1]))
    last--;
  *start = p;
  *end = last;
}

static char *
dup_json (const BalTokens *tokens,
          const BalToken  *delimiter)
{
  gsize start, end;

  find_json (tokens, delimiter, &start, &end);
  return g_strndup (tokens->source + start, end - start);
}

char *
bal_delimiter_dup_member (const BalTokens *tokens,
                          const BalToken  *delimiter,
                          const char      *name)
{
  g_autofree char *json = dup_json (tokens, delimiter);
  Member member;
  gsize p = 0;

  while (next_member (json, &p, &member))
    if (is_named (json, &member, name))
      return g_strndup (json + member.value_start, member.value_end - member.value_start);
  return NULL;
}

void
bal_source_edit_set_member (BalSourceEdit  *self,
                            const BalToken *delimiter,
                            const char     *name,
                            const char     *json)
{
  Members *members = NULL;
  g_autofree char *changed = NULL;

  for (guint i = 0; i < self->members->len && members == NULL; i++)
    if (g_array_index (self->members, Members, i).delimiter == delimiter)
      members = &g_array_index (self->members, Members, i);
  if (members == NULL)
    {
      Members first = { delimiter, dup_json (self->tokens, delimiter) };

      g_array_append_val (self->members, first);
      members = &g_array_index (self->members, Members, self->members->len - 1);
    }
  changed = set_member (*members->json != '\0' ? members->json : "{}", name, json);
  if (changed == NULL)
    return;
  g_free (members->json);
  members->json = g_strdup (g_str_equal (changed, "{}") ? "" : changed);
}

static void
take_members (BalSourceEdit *self)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      Members *members = &g_array_index (self->members, Members, i);
      g_autofree char *before = dup_json (self->tokens, members->delimiter);
      gsize start, end, name_end;

      if (g_str_equal (before, members->json))
        continue;
      find_json (self->tokens, members->delimiter, &start, &end);
      name_end = members->delimiter->name_start + members->delimiter->name_length;
      if (*members->json == '\0')
        bal_source_edit_replace (self, name_end, end, "");
      else if (*before == '\0')
        {
          g_autofree char *added = g_strconcat (" ", members->json, NULL);

          bal_source_edit_replace (self, name_end, name_end, added);
        }
      else
        bal_source_edit_replace (self, start, end, members->json);
    }
  g_array_set_size (self->members, 0);
}

static int
compare_changes_cb (gconstpointer a,
                    gconstpointer b)
{
  const Change *one = a;
  const Change *two = b;

  if (one->start != two->start)
    return one->start < two->start ? -1 : 1;
  /* What is put in before a stretch comes before what replaces it. */
  if ((one->end == one->start) != (two->end == two->start))
    return one->end == one->start ? -1 : 1;
  return one->number < two->number ? -1 : one->number > two->number;
}

GBytes *
bal_source_edit_apply (BalSourceEdit *self)
{
  GString *out = g_string_sized_new (self->tokens->length + 64);
  gsize at = 0;

  take_members (self);
  for (guint i = 0; i < self->values->len; i++)
    {
      Value *value = &g_array_index (self->values, Value, i);

      write_value (self, value->tag, value->name, value->value);
    }
  g_array_set_size (self->values, 0);
  g_array_sort (self->changes, compare_changes_cb);
  for (guint i = 0; i < self->changes->len; i++)
    {
      Change *change = &g_array_index (self->changes, Change, i);

      if (change->start < at)
        continue;
      g_string_append_len (out, self->tokens->source + at, change->start - at);
      g_string_append (out, change->text);
      at = change->end;
    }
  g_string_append_len (out, self->tokens->source + at, self->tokens->length - at);
  return g_string_free_to_bytes (out);
}
