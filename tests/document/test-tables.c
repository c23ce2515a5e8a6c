/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which tables are read, and that a changed cell touches nothing but itself. */

#include "bal-table.h"
#include "random-blocks.h"
#include "samples.h"

#include <string.h>

#define N_CHANGES 20000

#define PLAIN "<table><tr><td>a</td><td>b</td></tr></table>"
#define WP                                                                                     \
  "<!-- wp:table {\"className\":\"x\"} -->\n<figure class=\"wp-block-table\"><table><thead><tr>" \
  "<th scope=\"col\">One</th><th>Two</th></tr></thead><tbody><tr><td colspan='2'>A <b>b</b> &eacute;</td></tr>" \
  "<tr><td rowspan=3>c</td><td>\n  d<br>e\n</td></tr></tbody></table><figcaption>F</figcaption></figure>\n" \
  "<!-- /wp:table -->"

static char *
source_of (BalBlock *block)
{
  gsize length;
  const char *source = bal_block_get_source (block, &length);

  return g_strndup (source, length);
}

/* (transfer full): the only block of a post. */
static BalBlock *
read_block (const char *html)
{
  g_autoptr(BalDocument) document = bal_document_new_from_html (html, -1, BAL_DIALECT_WP_CLASSIC);

  g_assert_cmpuint (bal_document_get_n_blocks (document), ==, 1);
  return bal_block_ref (bal_document_get_block (document, 0));
}

static BalTable *
read_table (const char *html)
{
  g_autoptr(BalBlock) block = read_block (html);

  g_assert_cmpint (bal_block_get_kind (block), ==, BAL_BLOCK_TABLE);
  return bal_table_new_from_block (block);
}

static void
assert_cell (BalTable   *table,
             guint       row,
             guint       cell,
             const char *text)
{
  BalBlock *content = bal_table_get_cell (table, row, cell);

  g_assert_cmpstr (content != NULL ? bal_block_get_text (content) : NULL, ==, text);
}

static void
test_cells_are_read (void)
{
  g_autoptr(BalTable) plain = read_table (PLAIN);
  g_autoptr(BalTable) table = read_table (WP);
  g_autofree char *text = NULL;
  guint columns, rows, n_runs;

  g_assert_cmpuint (bal_table_get_n_rows (plain), ==, 1);
  assert_cell (plain, 0, 1, "b");
  g_assert_cmpuint (bal_table_get_n_rows (table), ==, 3);
  g_assert_cmpuint (bal_table_get_n_cells (table, 0), ==, 2);
  g_assert_cmpuint (bal_table_get_n_cells (table, 1), ==, 1);
  assert_cell (table, 0, 0, "One");
  assert_cell (table, 1, 0, "A b é");
  assert_cell (table, 2, 1, "d\ne");
  g_assert_true (bal_table_get_is_header (table, 0, 1));
  g_assert_false (bal_table_get_is_header (table, 1, 0));
  bal_table_get_span (table, 1, 0, &columns, &rows);
  g_assert_cmpuint (columns, ==, 2);
  g_assert_cmpuint (rows, ==, 1);
  bal_table_get_span (table, 2, 0, NULL, &rows);
  g_assert_cmpuint (rows, ==, 3);
  g_assert_cmpint (bal_block_get_runs (bal_table_get_cell (table, 1, 0), &n_runs)[0].style, ==, BAL_STYLE_BOLD);
  text = bal_table_dup_cell_text (table, 1, 0);
  g_assert_cmpstr (g_strstrip (text), ==, "A b é");
}

/* Browsers close what has no end tag, and move what stands between cells: neither is guessed at. */
static void
test_unclear_tables_are_not_read (void)
{
  static const char *const unclear[] = {
    "<table><tr><td>a<td>b</tr></table>",
    "<table><tr><td>a</td><tr><td>b</td></tr></table>",
    "<table><tr>x<td>a</td></tr></table>",
    "<table><tbody><td>a</td></tbody></table>",
    "<table></table>",
    "<table><tr><td>a<tr><td>b</td></tr></td></tr></table>",
    "<table><tr><td><table></td></tr></table>",
    "<table><tr><td>a</td></tr><p>b</p></table>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (unclear); i++)
    {
      g_autoptr(BalBlock) block = bal_block_new_table (unclear[i], -1);
      g_autoptr(BalTable) table = bal_table_new_from_block (block);

      if (table != NULL)
        g_error ("read: %s", unclear[i]);
    }
}

static void
assert_changed (const char *html,
                guint       row,
                guint       cell,
                BalBlock   *content,
                const char *expected)
{
  g_autoptr(BalTable) table = read_table (html);
  g_autoptr(BalBlock) changed = bal_table_with_cell (table, row, cell, content);
  g_autofree char *source = source_of (changed);

  g_assert_cmpstr (source, ==, expected);
}

static BalBlock *
line (const char *text)
{
  return bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, text, NULL, 0);
}

static void
test_only_the_cell_changes (void)
{
  BalRun bold = { .start = 2, .length = 1, .style = BAL_STYLE_BOLD };
  g_autoptr(BalBlock) typo = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "A b éé", &bold, 1);
  g_autoptr(BalBlock) plain = line ("x\ny & z");
  g_autoptr(BalBlock) blank = line ("");
  g_autoptr(GString) expected = g_string_new (WP);

  g_string_replace (expected, "&eacute;", "&eacute;é", 0);
  assert_changed (WP, 1, 0, typo, expected->str);
  assert_changed (PLAIN, 0, 1, plain, "<table><tr><td>a</td><td>x<br />y &amp; z</td></tr></table>");
  assert_changed (PLAIN, 0, 0, blank, "<table><tr><td></td><td>b</td></tr></table>");
  assert_changed ("<table><tr><td> <p class=\"x\">a</p> </td></tr></table>", 0, 0, plain,
                  "<table><tr><td> <p class=\"x\">x<br />y &amp; z</p> </td></tr></table>");
}

/* A cell of several blocks, or with a table in it, has no line that could be changed. */
static void
test_rich_cells_are_left_alone (void)
{
  static const char *const rich[] = {
    "<table><tr><td><p>a</p><p>b</p></td></tr></table>",
    "<table><tr><td><table><tr><td>a</td></tr></table></td></tr></table>",
    "<table><tr><td><ul><li>a</li></ul></td></tr></table>",
  };
  g_autoptr(BalBlock) content = line ("x");

  for (guint i = 0; i < G_N_ELEMENTS (rich); i++)
    {
      g_autoptr(BalTable) table = read_table (rich[i]);

      g_assert_nonnull (table);
      assert_cell (table, 0, 0, NULL);
      assert_changed (rich[i], 0, 0, content, rich[i]);
    }
}

/* ---- over all samples ---- */

static void
collect (GPtrArray *all,
         BalBlock  *block)
{
  if (bal_block_get_kind (block) == BAL_BLOCK_TABLE)
    g_ptr_array_add (all, bal_block_ref (block));
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    collect (all, bal_block_get_child (block, i));
}

static GPtrArray *
all_tables (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  g_autoptr(BalBlock) own = read_block (WP);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  g_ptr_array_add (all, bal_block_ref (own));
  for (guint i = 0; i < samples->len; i++)
    {
      gsize length;
      const char *data = sample_data (g_ptr_array_index (samples, i), &length);
      g_autoptr(BalDocument) document = bal_document_new_from_html (data, length, BAL_DIALECT_WP_CLASSIC);

      for (guint k = 0; k < bal_document_get_n_blocks (document); k++)
        collect (all, bal_document_get_block (document, k));
    }
  return all;
}

static void
test_tables_in_the_wild_are_read (void)
{
  g_autoptr(GPtrArray) all = all_tables ();
  guint n_read = 0;
  guint n_cells = 0;
  guint n_lines = 0;

  for (guint i = 0; i < all->len; i++)
    {
      BalBlock *block = g_ptr_array_index (all, i);
      g_autoptr(BalTable) table = bal_table_new_from_block (block);

      n_read += table != NULL;
      for (guint row = 0; table != NULL && row < bal_table_get_n_rows (table); row++)
        for (guint cell = 0; cell < bal_table_get_n_cells (table, row); cell++)
          {
            BalBlock *content = bal_table_get_cell (table, row, cell);
            g_autoptr(BalBlock) copy = content != NULL ? sample_rebuild_block (content) : NULL;
            g_autoptr(BalBlock) same = copy != NULL ? bal_table_with_cell (table, row, cell, copy) : NULL;

            n_cells++;
            n_lines += content != NULL;
            if (copy != NULL)
              g_assert_true (same == block);
          }
    }
  g_test_message ("%u of %u tables are read; %u of %u cells are a line of text", n_read, all->len,
                  n_lines, n_cells);
}

/* The new source is the old one with the cell's text exchanged: the same bytes before and behind it, and every other
 * cell says what it said. */
static void
check_change (GRand    *rand,
              BalBlock *block,
              BalTable *table,
              guint    *n_changed)
{
  guint row = g_rand_int_range (rand, 0, bal_table_get_n_rows (table));
  guint n_cells = bal_table_get_n_cells (table, row);
  guint cell = n_cells > 0 ? g_rand_int_range (rand, 0, n_cells) : 0;
  BalBlock *content = n_cells > 0 ? bal_table_get_cell (table, row, cell) : NULL;
  g_autoptr(BalBlock) wanted = NULL;
  g_autoptr(BalBlock) changed = NULL;
  g_autoptr(BalTable) again = NULL;
  g_autofree char *source = NULL;

  if (content == NULL)
    return;
  wanted = g_rand_boolean (rand) ? random_edit (rand, content) : random_text_block (rand, BAL_BLOCK_PARAGRAPH);
  changed = bal_table_with_cell (table, row, cell, wanted);
  source = source_of (changed);
  again = bal_table_new_from_block (changed);
  if (again == NULL || bal_table_get_cell (again, row, cell) == NULL ||
      !bal_block_equal (bal_table_get_cell (again, row, cell), wanted))
    g_error ("\"%s\" in %u,%u of\n%s", bal_block_get_text (wanted), row, cell, source);
  g_assert_cmpuint (bal_table_get_n_rows (again), ==, bal_table_get_n_rows (table));
  for (guint r = 0; r < bal_table_get_n_rows (table); r++)
    for (guint c = 0; c < bal_table_get_n_cells (table, r); c++)
      {
        BalBlock *before = bal_table_get_cell (table, r, c);
        BalBlock *after = bal_table_get_cell (again, r, c);

        if (r == row && c == cell)
          continue;
        g_assert_true ((before == NULL) == (after == NULL));
        g_assert_true (before == NULL || bal_block_equal (before, after));
      }
  ++*n_changed;
}

static void
test_random_changes_say_what_they_should (void)
{
  g_autoptr(GPtrArray) all = all_tables ();
  g_autoptr(GRand) rand = g_rand_new_with_seed (20190530);
  guint n_changed = 0;

  for (guint i = 0; i < sample_count (N_CHANGES); i++)
    {
      BalBlock *block = g_ptr_array_index (all, g_rand_int_range (rand, 0, all->len));
      g_autoptr(BalTable) table = bal_table_new_from_block (block);

      if (table != NULL)
        check_change (rand, block, table, &n_changed);
    }
  g_test_message ("%u cells changed", n_changed);
  g_assert_cmpuint (n_changed, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tables/cells-are-read", test_cells_are_read);
  g_test_add_func ("/tables/unclear-tables-are-not-read", test_unclear_tables_are_not_read);
  g_test_add_func ("/tables/only-the-cell-changes", test_only_the_cell_changes);
  g_test_add_func ("/tables/rich-cells-are-left-alone", test_rich_cells_are_left_alone);
  g_test_add_func ("/tables/tables-in-the-wild-are-read", test_tables_in_the_wild_are_read);
  g_test_add_func ("/tables/random-changes-say-what-they-should", test_random_changes_say_what_they_should);
  return g_test_run ();
}
