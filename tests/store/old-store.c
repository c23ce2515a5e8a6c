/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "old-store.h"

#include <glib/gstdio.h>

#include "bal-backup.h"
#include "bal-connection.h"

char *
old_store_make (const char *dir,
                int         version)
{
  g_autofree char *name = g_strdup_printf ("schema-%d.sql", version);
  g_autofree char *source = g_test_build_filename (G_TEST_DIST, "data", name, NULL);
  g_autofree char *path = g_build_filename (dir, BAL_DATABASE_NAME, NULL);
  g_autofree char *sql = NULL;
  g_autoptr(BalConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (source, &sql, NULL, &error);
  g_assert_no_error (error);
  connection = bal_connection_open (path, BAL_CONNECTION_WRITER, &error);
  g_assert_no_error (error);
  bal_connection_execute (connection, sql, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

/* One text of all rows that @sql gives. */
static char *
read_text (BalConnection *connection,
           const char    *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalStatement) statement = bal_connection_prepare_once (connection, sql, &error);
  g_autoptr(GString) text = g_string_new (NULL);
  BalStep step;

  g_assert_no_error (error);
  while ((step = bal_statement_step (statement, &error)) == BAL_STEP_ROW)
    g_string_append_printf (text, "%s\n", bal_statement_read_text (statement));
  g_assert_no_error (error);
  g_assert_cmpint (step, ==, BAL_STEP_DONE);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* (element-type utf8): for each table of the connection a query for all of its rows; the counts only of what was
 * counted, and the last ids of the tables that there were; how far reviews were listed may be forgotten. The text indexes are the program's, not the person's. */
static GPtrArray *
make_queries (BalConnection *connection)
{
  g_autofree char *text = read_text (connection,
    "SELECT 'SELECT ''' || t.name || ''' || ' || group_concat ('quote (\"' || c.name || '\")', ' || '','' || ')"
    "  || ' FROM \"' || t.name || '\"' || CASE t.name WHEN 'count' THEN ' WHERE kind IN (' ||"
    "    (SELECT group_concat (DISTINCT kind) FROM count) || ')' WHEN 'sqlite_sequence' THEN ' WHERE name IN (' ||"
    "    (SELECT group_concat (quote (name)) FROM sqlite_sequence) || ')' WHEN 'sync_cursor'"
    "    THEN ' WHERE name NOT LIKE ''reviews%''' ELSE '' END || ' ORDER BY 1'"
    "  FROM sqlite_schema t, pragma_table_info (t.name) c"
    "  WHERE t.type = 'table' AND t.name NOT LIKE '%\\_fts%' ESCAPE '\\' AND t.name NOT LIKE 'text\\_%' ESCAPE '\\'"
    "  GROUP BY t.name");
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *queries = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      g_ptr_array_add (queries, g_strdup (lines[i]));
  return queries;
}

char *
old_store_read_rows (const char *path,
                     int         version)
{
  g_autofree char *dir = g_dir_make_tmp ("balcony-old-XXXXXX", NULL);
  g_autofree char *pattern_path = old_store_make (dir, version);
  g_autoptr(GString) rows = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) queries = NULL;
  BalConnection *connection;

  connection = bal_connection_open (pattern_path, BAL_CONNECTION_TOOL, &error);
  g_assert_no_error (error);
  queries = make_queries (connection);
  g_assert_cmpuint (queries->len, >, 10);
  bal_connection_execute (connection, "PRAGMA journal_mode = DELETE", &error);
  g_assert_no_error (error);
  bal_connection_close (connection);
  g_assert_cmpint (g_unlink (pattern_path), ==, 0);
  g_assert_cmpint (g_rmdir (dir), ==, 0);

  connection = bal_connection_open (path, BAL_CONNECTION_TOOL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < queries->len; i++)
    {
      g_autofree char *text = read_text (connection, g_ptr_array_index (queries, i));

      g_string_append (rows, text);
    }
  bal_connection_close (connection);
  return g_string_free (g_steal_pointer (&rows), FALSE);
}
