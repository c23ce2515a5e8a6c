/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "samples.h"

#include <string.h>

#include "bal-entities.h"

Sample *
sample_new (const char *name,
            const char *data,
            gsize       length)
{
  Sample *sample = g_new (Sample, 1);

  sample->name = g_strdup (name);
  sample->bytes = g_bytes_new (data, length);
  return sample;
}

void
sample_free (Sample *sample)
{
  g_free (sample->name);
  g_bytes_unref (sample->bytes);
  g_free (sample);
}

static void
add_sample (GPtrArray  *samples,
            const char *name,
            guint       number,
            char       *data,
            gsize       length)
{
  Sample *sample = g_new (Sample, 1);

  sample->name = g_strdup_printf ("%s#%u", name, number);
  sample->bytes = g_bytes_new_take (data, length);
  g_ptr_array_add (samples, sample);
}

const char *
sample_data (Sample *sample,
             gsize  *length)
{
  const char *data = g_bytes_get_data (sample->bytes, length);

  return data != NULL ? data : "";
}

static char *
find_shared (void)
{
  const char *folder = g_getenv ("BALCONY_SHARED");

  if (folder != NULL)
    return g_strdup (folder);
  return g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
}

char *
samples_read_shared (const char *path,
                     gsize      *length)
{
  g_autofree char *folder = find_shared ();
  g_autofree char *file = g_build_filename (folder, path, NULL);
  g_autofree char *deeper = g_build_filename (folder, "data", path, NULL);
  char *data = NULL;

  if (!g_file_get_contents (file, &data, length, NULL))
    g_file_get_contents (deeper, &data, length, NULL);
  return data;
}

guint
sample_count (guint count)
{
  const char *factor = g_getenv ("BALCONY_TEST_FACTOR");

  return factor != NULL ? count * MAX (1, (guint) g_ascii_strtoull (factor, NULL, 10)) : count;
}

static void
add_unichar_escape (GString     *out,
                    const char **p)
{
  gunichar c = 0;

  for (int i = 0; i < 4 && g_ascii_isxdigit ((*p)[i]); i++)
    c = c * 16 + g_ascii_xdigit_value ((*p)[i]);
  *p += 3;
  if (c != 0 && g_unichar_validate (c))
    g_string_append_unichar (out, c);
}

GPtrArray *
samples_json_strings (const char *json)
{
  GPtrArray *strings = g_ptr_array_new_with_free_func (g_free);

  for (const char *p = json; (p = strchr (p, '"')) != NULL; p++)
    {
      GString *out = g_string_new (NULL);

      for (p++; *p != '\0' && *p != '"'; p++)
        {
          if (*p != '\\')
            {
              g_string_append_c (out, *p);
              continue;
            }
          p++;
          if (*p == 'n')
            g_string_append_c (out, '\n');
          else if (*p == 't')
            g_string_append_c (out, '\t');
          else if (*p == 'r')
            g_string_append_c (out, '\r');
          else if (*p == 'u')
            {
              p++;
              add_unichar_escape (out, &p);
            }
          else
            g_string_append_c (out, *p);
        }
      g_ptr_array_add (strings, g_string_free (out, FALSE));
      if (*p == '\0')
        break;
    }
  return strings;
}

/* The parts of @text between two marks; some of them have NUL in them. */
static void
add_between (GPtrArray  *samples,
             const char *name,
             const char *text,
             gsize       length,
             const char *open,
             const char *close,
             gboolean    escaped)
{
  const char *last = text + length;
  guint number = 0;

  for (const char *p = text; (p = memmem (p, last - p, open, strlen (open))) != NULL;)
    {
      const char *start = p + strlen (open);
      const char *end = memmem (start, last - start, close, strlen (close));

      if (end == NULL)
        break;
      if (escaped)
        {
          char *decoded = bal_entities_decode (start, end - start, FALSE);

          add_sample (samples, name, number++, decoded, strlen (decoded));
        }
      else
        {
          add_sample (samples, name, number++, g_memdup2 (start, end - start), end - start);
        }
      p = end;
    }
}

static void
add_file (GPtrArray  *samples,
          const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *data = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  if (g_str_has_suffix (path, ".dat"))
    {
      add_between (samples, name, data, length, "#data\n", "\n#errors", FALSE);
    }
  else if (g_str_has_suffix (path, ".xml") || g_str_has_suffix (path, ".atom"))
    {
      add_between (samples, name, data, length, "<content:encoded><![CDATA[", "]]>", FALSE);
      add_between (samples, name, data, length, "<content type='html'>", "</content>", TRUE);
      add_between (samples, name, data, length, "<content type=\"html\">", "</content>", TRUE);
    }
  else if (g_str_has_suffix (path, ".json"))
    {
      g_autoptr(GPtrArray) strings = samples_json_strings (data);

      for (guint i = 0; i < strings->len; i++)
        add_sample (samples, name, i, g_strdup (strings->pdata[i]), strlen (strings->pdata[i]));
    }
  else
    {
      add_sample (samples, name, 0, g_steal_pointer (&data), length);
    }
}

static int
compare_names_cb (gconstpointer a,
                  gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_folder (GPtrArray  *samples,
            const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names_cb);
  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, names->pdata[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        add_file (samples, path);
    }
}

GPtrArray *
samples_load_own (void)
{
  GPtrArray *samples = g_ptr_array_new_with_free_func ((GDestroyNotify) sample_free);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "document", "data", NULL);

  add_folder (samples, folder);
  g_assert_cmpuint (samples->len, >, 0);
  return samples;
}

GPtrArray *
samples_load (void)
{
  static const char *const folders[] = {
    "html",         "html/gutenberg", "html/html5lib",         "exchange/blogger",
    "exchange/wxr", "hostile",        "merge/clean-resolution"
  };
  GPtrArray *samples = samples_load_own ();
  g_autofree char *shared = find_shared ();

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (shared, folders[i], NULL);
      g_autofree char *deeper = g_build_filename (shared, "data", folders[i], NULL);

      add_folder (samples, folder);
      add_folder (samples, deeper);
    }
  g_test_message ("%u sample posts%s", samples->len,
                  g_file_test (shared, G_FILE_TEST_IS_DIR) ?
                    "" :
                    " (the shared collections are absent)");
  return samples;
}

GBytes *
sample_mutate (GRand     *rand,
               GPtrArray *samples)
{
  static const char *const pieces[] = {
    "<", ">", "</", "<!--", "-->", "<p>", "</p>", "<b>", "</b>", "<br />", "<br>", "\n", "\n\n",
    "\r\n", "&amp;", "&", "<!-- wp:paragraph -->", "<!-- /wp:paragraph -->", "<!-- wp:x /-->",
    "<div>", "</div>", "<ul><li>", "</li></ul>", "<blockquote>", "</blockquote>", "\"", "'",
    "<a href=\"x\">", "</a>", "<script>", "</script>", "<!--more-->", "\xef\xbf\xbc", "\xff",
    "\xe2\x80", "<img src=x>", "<pre>", "</pre>", "<table>", "</table>", "&#0;", " ", "<li>",
  };
  Sample *sample = g_ptr_array_index (samples, g_rand_int_range (rand, 0, samples->len));
  gsize length;
  const char *data = sample_data (sample, &length);
  gsize start = length > 0 ? (gsize) g_rand_int_range (rand, 0, length) : 0;
  gsize size = g_rand_int_range (rand, 1, 600);
  g_autoptr(GString) out = g_string_new_len (data + start, MIN (length - start, size));

  for (int n = g_rand_int_range (rand, 1, 8); n > 0; n--)
    {
      gsize at = g_rand_int_range (rand, 0, out->len + 1);
      gsize most = g_rand_int_range (rand, 0, 12);
      gsize span = MIN (out->len - at, most);
      char byte = g_rand_int_range (rand, 0, 256);

      switch (g_rand_int_range (rand, 0, 5))
        {
        case 0:
          g_string_insert_len (out, at, &byte, 1);
          break;
        case 1:
          g_string_erase (out, at, span);
          break;
        case 2:
          {
            g_autofree char *copy = g_strndup (out->str + at, span);

            g_string_insert (out, g_rand_int_range (rand, 0, out->len + 1), copy);
          }
          break;
        default:
          g_string_insert (out, at, pieces[g_rand_int_range (rand, 0, G_N_ELEMENTS (pieces))]);
          break;
        }
    }
  return g_string_free_to_bytes (g_steal_pointer (&out));
}

BalBlock *
sample_rebuild_block (BalBlock *block)
{
  g_autoptr(GPtrArray) children = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
  BalBlockKind kind = bal_block_get_kind (block);
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);
  gsize length;
  const char *source = bal_block_get_source (block, &length);

  if (kind == BAL_BLOCK_OPAQUE)
    return bal_block_new_opaque (source, length);
  if (kind == BAL_BLOCK_IMAGE)
    return bal_block_new_image (source, length);
  if (kind == BAL_BLOCK_TABLE)
    return bal_block_new_table (source, length);
  if (kind != BAL_BLOCK_QUOTE && kind != BAL_BLOCK_LIST && kind != BAL_BLOCK_ITEM)
    return bal_block_new_text (kind, bal_block_get_level (block), bal_block_get_text (block), runs,
                               n_runs);
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    g_ptr_array_add (children, sample_rebuild_block (bal_block_get_child (block, i)));
  return bal_block_new_container (kind, bal_block_get_ordered (block), bal_block_get_text (block),
                                  runs, n_runs, children);
}

GPtrArray *
sample_rebuild_blocks (BalDocument *document)
{
  GPtrArray *blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    g_ptr_array_add (blocks, sample_rebuild_block (bal_document_get_block (document, i)));
  return blocks;
}
