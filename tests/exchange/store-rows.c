/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-rows.h"

#include <sqlite3.h>
#include <string.h>

/*
 * Every column of every table, so that a new one is noticed: what it is compared by (NULL: as it is), or that it is made of others
 * (OWN_WORK), which nobody could lose. In the expressions, {R} and so on stand for the shift of reviews, comments, pictures,
 * outbox rows, conflicts and imports.
 */

#define OWN_WORK "-"
#define BLOG "(SELECT name FROM blog WHERE id = t.blog_id)"
#define THING "entity_id - CASE entity WHEN 1 THEN {R} ELSE {C} END"
#define IS_OF_BLOG "t.blog_id = {B}"
/* Pictures that have other numbers. */
#define SHOWING(column) "CASE WHEN {S} AND instr (" column ", 'media:') THEN 'pictures' ELSE " column " END"
#define IS_DECIDED \
  "(t.trust <> 0 OR t.note IS NOT NULL OR t.leader <> t.id OR EXISTS (SELECT 1 FROM person o WHERE o.leader = t.id AND o.id <> t.id))"

typedef struct
{
  const char *table;
  const char *which;     /* (nullable): of several blogs */
  const char *columns;   /* names; behind "=" what they are compared by, up to ";" */
} Known;

static const Known known[] = {
  { "blog", "t.id = {B}", "id=" OWN_WORK ";name;provider;url;endpoint;authorize_url;user;user_id;author;capabilities;signed_in;format;"
    "dialect;language;last_sync;image_host=(SELECT name FROM blog b WHERE b.id = t.image_host);image_folder;image_url;" },
  { "review", IS_OF_BLOG, "id=id - {R};blog_id=" BLOG ";remote_id;revision;key;title;excerpt;slug;url;featured_image="
    SHOWING ("featured_image") ";status;audience;previous_status;published;updated;series;film;film_year;grade;watched_on;quote;"
    "quote_character;quote_actor;sort_time;sort_title;grade_value;edit_seq;" },
  { "review_body", "review_id IN (SELECT id FROM review WHERE blog_id = {B})", "review_id=review_id - {R};html=" SHOWING ("html") ";" },
  { "review_base", IS_OF_BLOG, "review_id=review_id - {R};blog_id=" BLOG ";remote_id;revision;title;excerpt;slug;url;featured_image;"
    "labels;categories;status;audience;published;updated;html;" },
  { "label", "review_id IN (SELECT id FROM review WHERE blog_id = {B})", "review_id=review_id - {R};kind;position;name;" },
  { "comment", IS_OF_BLOG, "id=id - {C};blog_id=" BLOG ";review_id=review_id - {R};parent_id=parent_id - {C};remote_id;"
    "remote_parent_id;key;author;author_email;author_url;author_ip;user_agent;mine;status;previous_status;created;url;unanswered;"
    "edit_seq;html;dismissed;spam_score=" OWN_WORK ";has_link;" },
  { "comment_base", IS_OF_BLOG, "comment_id=comment_id - {C};blog_id=" BLOG ";review_id=review_id - {R};remote_id;remote_parent_id;"
    "author;author_email;author_url;author_ip;user_agent;mine;status;created;url;html;" },
  { "media", IS_OF_BLOG, "id=id - {M};blog_id=" BLOG ";file_name;mime_type;stored_name;alt_text;key;remote_id;url;" },
  { "revision", "(entity = 1 AND entity_id > {R}) OR (entity = 2 AND entity_id > {C})", "id=(SELECT count (*) FROM revision r WHERE"
    " r.entity = t.entity AND r.entity_id = t.entity_id AND r.id < t.id);entity;entity_id=" THING ";created;kind;title;html="
    SHOWING ("html") ";excerpt;slug;featured_image=" SHOWING ("featured_image") ";labels;categories;" },
  /* What is created waits for a person and is looked for before it is sent; what was being sent is looked for, too. */
  { "outbox", IS_OF_BLOG, "id=id - {O};blog_id=" BLOG ";entity;entity_id=" THING ";op;state=CASE WHEN op = 0 THEN 3 WHEN state = 1 THEN 2 ELSE state END;"
    "edit_seq;key;remote_id;attempts=max (attempts, op = 0);not_before;"
    "error=CASE WHEN op <> 0 THEN error END;" },
  { "sync_cursor", IS_OF_BLOG, "blog_id=" BLOG ";name;value;" },
  { "conflict", IS_OF_BLOG, "id=id - {X};blog_id=" BLOG ";entity;entity_id=" THING ";created;what;is_gone;remote_id;revision;title;excerpt;"
    "slug;url;featured_image;labels;categories;status;audience;published;updated;html;author;author_email;author_url;remote_parent_id;" },
  { "text_mark", NULL, "entity=" OWN_WORK ";id=" OWN_WORK ";" },
  { "text_todo", NULL, "entity=" OWN_WORK ";id=" OWN_WORK ";" },
  { "count", IS_OF_BLOG, "blog_id=" BLOG ";kind;value;" },
  { "spam_sign", NULL, "hash;n_spam;n_good;" },
  { "spam_lesson", "comment_id > {C}", "comment_id=comment_id - {C};kind;" },
  { "spam_help", NULL, "id;threshold;n_spam;n_good;trained_id=" OWN_WORK ";n_changes=" OWN_WORK ";scored_changes=" OWN_WORK ";pass_created="
    OWN_WORK ";pass_id=" OWN_WORK ";" },
  { "person", NULL, "id=" OWN_WORK ";key;leader=(SELECT key FROM person l WHERE l.id = t.leader);trust;automatic;note;created=CASE WHEN "
    IS_DECIDED " THEN created END;name;email;url;seen;sought;" },
  { "comment_author", "comment_id > {C}", "comment_id=comment_id - {C};person_id=(SELECT key FROM person p WHERE p.id = t.person_id);"
    "status;created;acted;" },
  { "person_help", NULL, "id=" OWN_WORK ";known_id=" OWN_WORK ";" },
  { "person_todo", NULL, "comment_id=" OWN_WORK ";" },
  { "reply_draft", IS_OF_BLOG, "comment_id=comment_id - {C};edit;blog_id=" BLOG ";html;base;updated;" },
  { "snippet", NULL, "id=" OWN_WORK ";name;html;position=(SELECT count (*) FROM snippet s WHERE s.position < t.position);" },
  { "filter", NULL, "id=" OWN_WORK ";name;line;position=(SELECT count (*) FROM filter f WHERE f.position < t.position);" },
  /* Of what is gone since, nothing is told: it means nothing any more. */
  { "import_item", IS_OF_BLOG " AND CASE entity WHEN 1 THEN entity_id IN (SELECT id FROM review) ELSE entity_id IN (SELECT id FROM comment) END",
    "blog_id=" BLOG ";entity;source;key;entity_id=" THING ";hash;run_id=run_id - {I};" },
  { "import_run", IS_OF_BLOG, "id=id - {I};blog_id=" BLOG ";created;name;" },
};

static sqlite3 *
open_store (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "balcony.db", NULL);
  sqlite3 *db;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 60000);
  return db;
}

static sqlite3_stmt *
prepare (sqlite3    *db,
         const char *sql)
{
  sqlite3_stmt *statement;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return statement;
}

void
store_rows_run (const char *dir,
                const char *sql)
{
  sqlite3 *db = open_store (dir);

  if (sqlite3_exec (db, sql, NULL, NULL, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  sqlite3_close (db);
}

gint64
store_rows_ask (const char *dir,
                const char *sql)
{
  sqlite3 *db = open_store (dir);
  sqlite3_stmt *statement = prepare (db, sql);
  gint64 number;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return number;
}

/* Another thread does it, and tells nobody when it is done. */
void
store_rows_await (const char *dir)
{
  static const char is_idle[] =
    "SELECT (SELECT coalesce (max (id), 0) FROM comment) <= trained_id AND NOT EXISTS (SELECT 1 FROM person_todo)"
    "  AND (SELECT coalesce (max (id), 0) FROM comment) <= (SELECT known_id FROM person_help)"
    "  AND (SELECT coalesce (max (id), 0) FROM comment) <= (SELECT id FROM text_mark WHERE entity = 2)"
    "  AND NOT EXISTS (SELECT 1 FROM text_todo) FROM spam_help";

  for (guint i = 0; i < 12000; i++)
    {
      if (store_rows_ask (dir, is_idle))
        return;
      g_usleep (10000);
    }
  g_error ("The store has not come to rest within two minutes");
}

/* ---- the schema ---- */

static char *
put_in (const char     *expression,
        const RowShift *shift,
        gint64          blog_id)
{
  const struct { const char *word; gint64 value; } words[] = {
    { "{R}", shift->review }, { "{C}", shift->comment }, { "{M}", shift->media }, { "{O}", shift->outbox },
    { "{X}", shift->conflict }, { "{I}", shift->import_run }, { "{S}", shift->is_moved }, { "{B}", blog_id },
  };
  GString *out = g_string_new (expression);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, words[i].value);

      g_string_replace (out, words[i].word, number, 0);
    }
  return g_string_free (out, FALSE);
}

/* (transfer full): what a column is compared by; NULL: it is not. */
static char *
find_expression (const Known *table,
                 const char  *column)
{
  g_auto(GStrv) parts = g_strsplit (table->columns, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (equals != NULL)
        *equals = '\0';
      if (g_str_equal (parts[i], column))
        return equals == NULL ? g_strdup (column) : g_str_equal (equals + 1, OWN_WORK) ? NULL : g_strdup (equals + 1);
    }
  g_error ("The column “%s” of “%s” is new: write it into the export of everything, and into this list.", column, table->table);
}

static const Known *
find_table (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].table, name))
      return &known[i];
  g_error ("The table “%s” is new: write it into the export of everything, and into this list.", name);
}

static void
add_value (GString      *line,
           sqlite3_stmt *statement,
           int           column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  g_autofree char *shown = text != NULL ? g_strescape (text, NULL) : g_strdup ("NULL");

  g_string_append_printf (line, " %s=%s", sqlite3_column_name (statement, column), shown);
}

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static void
describe_table (sqlite3        *db,
                const Known    *table,
                const RowShift *shift,
                gint64          blog_id,
                GString        *out)
{
  g_autoptr(GString) sql = g_string_new ("SELECT 0");
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *info = g_strdup_printf ("PRAGMA table_info (%s)", table->table);
  g_autofree char *where = put_in (table->which != NULL ? table->which : "1", shift, blog_id);
  sqlite3_stmt *statement = prepare (db, info);

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *column = (const char *) sqlite3_column_text (statement, 1);
      g_autofree char *expression = find_expression (table, column);
      g_autofree char *whole = expression != NULL ? put_in (expression, shift, blog_id) : NULL;

      if (whole != NULL)
        g_string_append_printf (sql, ", %s AS %s", whole, column);
    }
  sqlite3_finalize (statement);

  g_string_append_printf (sql, " FROM %s t WHERE %s", table->table, where);
  statement = prepare (db, sql->str);
  while (sqlite3_column_count (statement) > 1 && sqlite3_step (statement) == SQLITE_ROW)
    {
      GString *line = g_string_new (table->table);

      for (int i = 1; i < sqlite3_column_count (statement); i++)
        add_value (line, statement, i);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  sqlite3_finalize (statement);

  g_ptr_array_sort (lines, compare_lines);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (out, "%s\n", (char *) lines->pdata[i]);
}

char *
store_rows_describe (const char     *dir,
                     const char     *name,
                     const RowShift *shift)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM blog WHERE name = '%s'", name);
  gint64 blog_id = store_rows_ask (dir, sql);
  sqlite3 *db = open_store (dir);
  sqlite3_stmt *statement = prepare (db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                                         "  AND name NOT LIKE '%_fts%' ORDER BY name");
  GString *out = g_string_new (NULL);
  guint n = 0;

  for (; sqlite3_step (statement) == SQLITE_ROW; n++)
    describe_table (db, find_table ((const char *) sqlite3_column_text (statement, 0)), shift, blog_id, out);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (known));
  sqlite3_finalize (statement);
  sqlite3_close (db);
  return g_string_free (out, FALSE);
}
