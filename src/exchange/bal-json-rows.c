/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-json-rows.h"

#include <string.h>

#define OF_THINGS (BAL_JSON_OF_REVIEW | BAL_JSON_OF_COMMENT)
#define OF_GONE   (BAL_JSON_OF_GONE_REVIEW | BAL_JSON_OF_GONE_COMMENT)

static const struct
{
  const char   *name;
  BalWholePart  part;
  BalJsonOf     of;
  gboolean      are_many;
} members[] = {
  { "state", BAL_WHOLE_REVIEW, BAL_JSON_OF_REVIEW, FALSE },
  { "state", BAL_WHOLE_COMMENT, BAL_JSON_OF_COMMENT, FALSE },
  { "base", BAL_WHOLE_REVIEW_BASE, BAL_JSON_OF_REVIEW | BAL_JSON_OF_GONE_REVIEW, FALSE },
  { "base", BAL_WHOLE_COMMENT_BASE, BAL_JSON_OF_COMMENT | BAL_JSON_OF_GONE_COMMENT, FALSE },
  { "outbox", BAL_WHOLE_OUTBOX, OF_THINGS | OF_GONE, FALSE },
  { "conflict", BAL_WHOLE_CONFLICT, OF_THINGS | OF_GONE, FALSE },
  { "imported", BAL_WHOLE_IMPORTED, OF_THINGS, TRUE },
  { "lesson", BAL_WHOLE_LESSON, BAL_JSON_OF_COMMENT | BAL_JSON_OF_GONE_COMMENT, FALSE },
  { "by_author", BAL_WHOLE_AUTHOR, BAL_JSON_OF_COMMENT, FALSE },
  { "versions", BAL_WHOLE_REVISION, OF_GONE, TRUE },
  { "answers", BAL_WHOLE_DRAFT, BAL_JSON_OF_GONE_COMMENT, TRUE },
  { "cursors", BAL_WHOLE_CURSOR, BAL_JSON_OF_BLOG, TRUE },
  { "imports", BAL_WHOLE_IMPORT_RUN, BAL_JSON_OF_BLOG, TRUE },
};

static BalEntity
get_entity (BalJsonOf of)
{
  return of & (BAL_JSON_OF_REVIEW | BAL_JSON_OF_GONE_REVIEW) ? BAL_ENTITY_REVIEW : BAL_ENTITY_COMMENT;
}

/* ---- writing ---- */

static void
write_row (BalJsonWriter *out,
           const char    *name,
           GVariant      *row)
{
  GVariantIter iter;
  const char *column;
  GVariant *value;

  bal_json_writer_open (out, name, '{');
  g_variant_iter_init (&iter, row);
  while (g_variant_iter_loop (&iter, "{&sv}", &column, &value))
    {
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
        bal_json_writer_int (out, column, g_variant_get_int64 (value));
      else
        bal_json_writer_text (out, column, g_variant_get_bytestring (value));
    }
  bal_json_writer_close (out, '}');
}

gboolean
bal_json_rows_write (BalJsonWriter   *out,
                     BalTransaction  *transaction,
                     BalJsonOf        of,
                     gint64           id,
                     GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr(GPtrArray) rows = NULL;

      if (!(members[i].of & of))
        continue;
      rows = bal_whole_list (transaction, members[i].part, get_entity (of), id, error);
      if (rows == NULL)
        return FALSE;
      if (rows->len == 0)
        continue;

      if (!members[i].are_many)
        {
          write_row (out, members[i].name, rows->pdata[0]);
          continue;
        }
      bal_json_writer_open (out, members[i].name, '[');
      for (guint j = 0; j < rows->len; j++)
        write_row (out, NULL, rows->pdata[j]);
      bal_json_writer_close (out, ']');
    }
  return TRUE;
}

/* ---- reading ---- */

char *
bal_json_dup_value (const json_t *value,
                    gboolean     *is_repaired)
{
  const char *text = json_string_value (json_is_object (value) ? json_object_get (value, "base64") : value);
  g_autofree char *bytes = NULL;
  gsize length;

  if (text == NULL || !json_is_object (value))
    return g_strdup (text);

  bytes = (char *) g_base64_decode (text, &length);
  *is_repaired = TRUE;
  return g_utf8_make_valid (bytes, (gssize) strnlen (bytes, length));
}

static GVariant *
read_row (const json_t *object,
          gboolean     *is_repaired)
{
  GVariantBuilder builder;
  const char *column;
  const json_t *value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE_VARDICT);
  json_object_foreach ((json_t *) object, column, value)
    {
      g_autofree char *text = json_is_integer (value) ? NULL : bal_json_dup_value (value, is_repaired);

      if (json_is_integer (value))
        g_variant_builder_add (&builder, "{sv}", column, g_variant_new_int64 (json_integer_value (value)));
      else if (text != NULL)
        g_variant_builder_add (&builder, "{sv}", column, g_variant_new_bytestring (text));
    }
  return g_variant_builder_end (&builder);
}

void
bal_json_rows_read (const json_t  *item,
                    BalJsonOf      of,
                    BalImportRows *rows,
                    gboolean      *is_repaired)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      const json_t *member = members[i].of & of ? json_object_get (item, members[i].name) : NULL, *value;
      gsize j;

      if (json_is_object (member) && !members[i].are_many)
        bal_import_rows_add (rows, members[i].part, read_row (member, is_repaired));
      json_array_foreach (members[i].are_many ? member : NULL, j, value)
        if (json_is_object (value))
          bal_import_rows_add (rows, members[i].part, read_row (value, is_repaired));
    }
}
