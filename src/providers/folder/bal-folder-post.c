/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include <string.h>

/*
 * One post's file: front matter, then the post's HTML.
 *
 *     ---
 *     id: 2019-05-30-tin-moon
 *     title: "\"Tin Moon\", once more"
 *     status: published
 *     date: 2019-05-30T18:04:00Z
 *     labels: robots, slow burn
 *     ---
 *     <p>…
 *
 * A line is `name: value`; a value that begins with a quote mark is a JSON string, and a list one of words with commas
 * or a JSON array of strings. Names that we don't know, blank lines and comments keep their bytes and place,
 * and so do known lines whose value stays. The body is every byte after the newline of the second `---`, to
 * the end of the file: nothing is added or trimmed, so any body comes back as it was.
 *
 * Anything else (no first `---`, no second, a NUL between them, not one named line) is no front matter: then the whole
 * file is the body, and front matter is put before it when there is something to say.
 */

#define LONGEST_HEADER (1024 * 1024)

typedef struct
{
  char *raw;      /* with its line end */
  char *name;     /* lower case; NULL for what is not `name: value` */
  char *value;    /* as written, trimmed */
  char *text;     /* decoded */
} Line;

struct _BalFolderPost
{
  char      *open;      /* the first `---` with a byte order mark and its line end */
  char      *close;     /* NULL: the file had no front matter */
  GPtrArray *lines;
  GBytes    *body;
};

static void
line_free (Line *line)
{
  g_free (line->raw);
  g_free (line->name);
  g_free (line->value);
  g_free (line->text);
  g_free (line);
}

static char *
decode_value (const char *value)
{
  if (value[0] == '"')
    {
      g_autoptr(json_t) json = json_loads (value, JSON_DECODE_ANY, NULL);

      if (json_is_string (json))
        return g_strdup (json_string_value (json));
    }
  return g_utf8_make_valid (value, -1);
}

static Line *
line_new (const char *start,
          gsize       length)
{
  Line *line = g_new0 (Line, 1);
  gsize n = 0;

  line->raw = g_strndup (start, length);
  while (n < length &&
         (g_ascii_isalnum (start[n]) || (n > 0 && (start[n] == '-' || start[n] == '_' || start[n] == ' '))))
    n++;
  if (n > 0 && n < length && start[n] == ':')
    {
      g_autofree char *name = g_strchomp (g_strndup (start, n));

      line->name = g_ascii_strdown (name, -1);
      line->value = g_strstrip (g_strndup (start + n + 1, length - n - 1));
      line->text = decode_value (line->value);
    }
  return line;
}

/* The length of the line at @start, its line end included. */
static gsize
line_length (const char *start,
             const char *end)
{
  const char *newline = memchr (start, '\n', end - start);

  return (newline != NULL ? newline + 1 : end) - start;
}

static gboolean
is_fence (const char *start,
          gsize       length)
{
  while (length > 0 && (start[length - 1] == '\n' || start[length - 1] == '\r'))
    length--;
  return length == 3 && memcmp (start, "---", 3) == 0;
}

/* Fills in open, lines and close; returns where the body starts, or NULL without front matter. */
static const char *
parse_header (BalFolderPost *self,
              const char    *start,
              const char    *end)
{
  const char *p = start;
  gboolean named = FALSE;
  gsize length;

  if (end - p >= 3 && memcmp (p, "\xef\xbb\xbf", 3) == 0)
    p += 3;
  length = line_length (p, end);
  if (!is_fence (p, length))
    return NULL;
  p += length;
  self->open = g_strndup (start, p - start);

  for (; p < end && p - start < LONGEST_HEADER; p += length)
    {
      length = line_length (p, end);
      if (memchr (p, '\0', length) != NULL)
        return NULL;
      if (is_fence (p, length))
        {
          self->close = named ? g_strndup (p, length) : NULL;
          return named ? p + length : NULL;
        }
      g_ptr_array_add (self->lines, line_new (p, length));
      named |= ((Line *) g_ptr_array_index (self->lines, self->lines->len - 1))->name != NULL;
    }
  return NULL;
}

static BalFolderPost *
post_new (void)
{
  BalFolderPost *self = g_new0 (BalFolderPost, 1);

  self->lines = g_ptr_array_new_with_free_func ((GDestroyNotify) line_free);
  return self;
}

/* (transfer full): an empty post, which gets front matter */
BalFolderPost *
bal_folder_post_new (void)
{
  BalFolderPost *self = post_new ();

  self->body = g_bytes_new_static ("", 0);
  return self;
}

/* (transfer full): never fails; what makes no sense is body */
BalFolderPost *
bal_folder_post_parse (GBytes *bytes)
{
  BalFolderPost *self = post_new ();
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *body = data != NULL ? parse_header (self, data, data + length) : NULL;

  if (body == NULL)
    {
      g_ptr_array_set_size (self->lines, 0);
      g_clear_pointer (&self->open, g_free);
      self->body = g_bytes_ref (bytes);
    }
  else
    self->body = g_bytes_new_from_bytes (bytes, body - data, length - (body - data));
  return self;
}

void
bal_folder_post_free (BalFolderPost *self)
{
  g_free (self->open);
  g_free (self->close);
  g_ptr_array_unref (self->lines);
  g_bytes_unref (self->body);
  g_free (self);
}

gboolean
bal_folder_post_has_header (BalFolderPost *self)
{
  return self->close != NULL;
}

static const char *
line_end (BalFolderPost *self)
{
  return self->open != NULL && g_str_has_suffix (self->open, "\r\n") ? "\r\n" : "\n";
}

static void
append_whole_line (BalFolderPost *self,
                   GString       *out,
                   const char    *raw)
{
  g_string_append (out, raw);
  if (!g_str_has_suffix (raw, "\n"))
    g_string_append (out, line_end (self));
}

/**
 * bal_folder_post_to_bytes:
 * @self: a post
 *
 * Returns: (transfer full): the file; the very bytes it was read from when nothing was set
 */
GBytes *
bal_folder_post_to_bytes (BalFolderPost *self)
{
  GString *out = g_string_new (NULL);
  gsize length;
  const char *body = g_bytes_get_data (self->body, &length);

  if (self->close != NULL || self->lines->len > 0)
    {
      append_whole_line (self, out, self->open != NULL ? self->open : "---");
      for (guint i = 0; i < self->lines->len; i++)
        append_whole_line (self, out, ((Line *) g_ptr_array_index (self->lines, i))->raw);
      if (self->close != NULL && length == 0)
        g_string_append (out, self->close);
      else
        append_whole_line (self, out, self->close != NULL ? self->close : "---");
    }
  g_string_append_len (out, body, length);
  return g_string_free_to_bytes (out);
}

static guint
find_line (BalFolderPost *self,
           const char    *name)
{
  for (guint i = 0; i < self->lines->len; i++)
    if (g_strcmp0 (((Line *) g_ptr_array_index (self->lines, i))->name, name) == 0)
      return i;
  return G_MAXUINT;
}

const char *
bal_folder_post_get (BalFolderPost *self,
                     const char    *name)
{
  guint i = find_line (self, name);

  return i != G_MAXUINT ? ((Line *) g_ptr_array_index (self->lines, i))->text : NULL;
}

/* (nullable): the strings of a JSON array */
static char **
parse_array (const char *value)
{
  g_autoptr(json_t) array = json_loads (value, 0, NULL);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  json_t *item;
  size_t i;

  if (!json_is_array (array))
    return NULL;
  json_array_foreach (array, i, item)
    {
      if (!json_is_string (item))
        return NULL;
      g_strv_builder_add (builder, json_string_value (item));
    }
  return g_strv_builder_end (builder);
}

/* (transfer full): empty where there is no such line */
char **
bal_folder_post_get_list (BalFolderPost *self,
                          const char    *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) parts = NULL;
  guint i = find_line (self, name);
  Line *line = i != G_MAXUINT ? g_ptr_array_index (self->lines, i) : NULL;
  char **array;

  if (line == NULL)
    return g_new0 (char *, 1);
  if (line->value[0] == '[' && (array = parse_array (line->value)) != NULL)
    return array;

  parts = g_strsplit (line->text, ",", -1);
  for (char **part = parts; *part != NULL; part++)
    if (*g_strstrip (*part) != '\0')
      g_strv_builder_add (builder, *part);
  return g_strv_builder_end (builder);
}

static gboolean
is_plain (const char *value)
{
  gsize length = strlen (value);

  if (length == 0 || strchr ("\"[ ", value[0]) != NULL || value[length - 1] == ' ')
    return FALSE;
  for (const char *p = value; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return FALSE;
  return TRUE;
}

static char *
encode_json (json_t *json)
{
  char *dumped = json_dumps (json, JSON_ENCODE_ANY);
  char *encoded = g_strdup (dumped);

  free (dumped);
  return encoded;
}

/* Writes the line anew; NULL takes it away. */
static void
replace_line (BalFolderPost *self,
              const char    *name,
              const char    *value)
{
  guint i = find_line (self, name);
  g_autofree char *raw = NULL;
  Line *line;

  if (value == NULL)
    {
      if (i != G_MAXUINT)
        g_ptr_array_remove_index (self->lines, i);
      return;
    }

  raw = g_strdup_printf ("%s: %s%s", name, value, line_end (self));
  line = line_new (raw, strlen (raw));
  if (i == G_MAXUINT)
    g_ptr_array_add (self->lines, line);
  else
    {
      line_free (g_ptr_array_index (self->lines, i));
      g_ptr_array_index (self->lines, i) = line;
    }
}

void
bal_folder_post_set (BalFolderPost *self,
                     const char    *name,
                     const char    *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : NULL;
  g_autofree char *encoded = NULL;

  if (g_strcmp0 (bal_folder_post_get (self, name), valid) == 0)
    return;
  if (valid != NULL && !is_plain (valid))
    {
      g_autoptr(json_t) json = json_string (valid);

      encoded = encode_json (json);
    }
  replace_line (self, name, encoded != NULL ? encoded : valid);
}

void
bal_folder_post_set_list (BalFolderPost     *self,
                          const char        *name,
                          const char *const *values)
{
  g_auto(GStrv) old = bal_folder_post_get_list (self, name);
  g_autoptr(json_t) array = json_array ();
  g_autofree char *encoded = NULL;
  gboolean plain = TRUE;

  if (g_strv_equal ((const char *const *) old, values))
    return;

  for (guint i = 0; values[i] != NULL; i++)
    {
      g_autofree char *valid = g_utf8_make_valid (values[i], -1);

      plain = plain && is_plain (valid) && strchr (valid, ',') == NULL;
      json_array_append_new (array, json_string (valid));
    }
  if (values[0] != NULL)
    encoded = plain ? g_strjoinv (", ", (char **) values) : encode_json (array);
  replace_line (self, name, encoded);
}

/* (transfer none) */
GBytes *
bal_folder_post_get_body (BalFolderPost *self)
{
  return self->body;
}

void
bal_folder_post_set_body (BalFolderPost *self,
                          const char    *html)
{
  g_bytes_unref (self->body);
  self->body = g_bytes_new (html, strlen (html));
}
