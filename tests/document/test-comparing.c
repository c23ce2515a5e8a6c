/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was changed between two versions, and that nothing of either is left out. */

#include "bal-document-diff.h"
#include "random-blocks.h"
#include "samples.h"

#include <string.h>

#define MOST_SECONDS 5.0

static const char marks[] = { [BAL_DIFFERENCE_SAME] = '=',
                              [BAL_DIFFERENCE_ADDED] = '+',
                              [BAL_DIFFERENCE_REMOVED] = '-',
                              [BAL_DIFFERENCE_ALTERED] = '~' };

static char *
format_pieces (GPtrArray *pieces)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->change == BAL_DIFFERENCE_SAME)
        g_string_append (out, piece->text);
      else
        g_string_append_printf (out, "{%c%s}", marks[piece->change], piece->text);
    }
  return g_string_free (out, FALSE);
}

static char *
join_pieces (GPtrArray *pieces,
             BalDifference  left_out)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->change != left_out)
        g_string_append (out, piece->text);
    }
  return g_string_free (out, FALSE);
}

static void
check_pieces (GPtrArray  *pieces,
              const char *old,
              const char *new_)
{
  g_autofree char *old_again = join_pieces (pieces, BAL_DIFFERENCE_ADDED);
  g_autofree char *new_again = join_pieces (pieces, BAL_DIFFERENCE_REMOVED);

  g_assert_cmpstr (old_again, ==, old);
  g_assert_cmpstr (new_again, ==, new_);
  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      g_assert_cmpstr (piece->text, !=, "");
      g_assert_cmpint (piece->change, !=, BAL_DIFFERENCE_ALTERED);
      if (i > 0)
        g_assert_cmpint (piece->change, !=,
                         ((BalTextPiece *) g_ptr_array_index (pieces, i - 1))->change);
    }
}

static void
test_words_read_well (void)
{
  static const struct
  {
    const char *old;
    const char *new_;
    const char *diff;
  } cases[] = {
    { "", "", "" },
    { "", "a", "{+a}" },
    { "a film", "a film", "a film" },
    { "A good film.", "A great film.", "A {-good}{+great} film." },
    { "A film.", "A short film.", "A {+short }film." },
    { "don't go", "doesn’t go", "{-don't}{+doesn’t} go" },
    { "one, two", "one; two", "one{-,}{+;} two" },
    { "good old movie", "bad new film", "{-good old movie}{+bad new film}" },
    { "so: good, old and loud", "so: bad, new and loud", "so: {-good, old}{+bad, new} and loud" },
    { "Grade: B minus", "Grade: A plus (really)", "Grade: {-B minus}{+A plus (really)}" },
    { "eins zwei drei vier", "eins drei vier", "eins {-zwei }drei vier" },
    { "映画はとても良い", "映画はあまり良くない", "映画は{-とても}{+あまり}良{+くな}い" },
    { "สวัสดี", "สวัสดา", "สวัส{-ดี}{+ดา}" },
    { "cafe\xcc\x81 noir", "cafe noir", "{-cafe\xcc\x81}{+cafe} noir" },
    { "😀 yes", "👍🏽 yes", "{-😀}{+👍🏽} yes" },
    { "עברית טובה", "עברית רעה", "עברית {-טובה}{+רעה}" },
    { "a\nb", "a\n\nb", "a\n{+\n}b" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GPtrArray) pieces = bal_text_diff (cases[i].old, cases[i].new_);
      g_autofree char *diff = format_pieces (pieces);

      g_assert_cmpstr (diff, ==, cases[i].diff);
      check_pieces (pieces, cases[i].old, cases[i].new_);
    }
}

static char *
random_words (GRand *rand)
{
  GString *out = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, 6); n > 0; n--)
    {
      g_autofree char *text = random_text (rand, TRUE);

      g_string_append (out, text);
    }
  return g_string_free (out, FALSE);
}

static void
test_pieces_give_both_texts_back (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);

  for (guint n = sample_count (5000); n > 0; n--)
    {
      g_autofree char *old = random_words (rand);
      g_autofree char *new_ = random_words (rand);
      g_autoptr(GPtrArray) pieces = bal_text_diff (old, new_);
      g_autoptr(GPtrArray) none = bal_text_diff (old, old);

      check_pieces (pieces, old, new_);
      g_assert_cmpuint (none->len, ==, *old != '\0' ? 1 : 0);
    }
}

static void
check_altered (BalBlockChange *change)
{
  g_autofree char *old_text = bal_block_to_text (change->old_block);
  g_autofree char *new_text = bal_block_to_text (change->new_block);

  g_assert_nonnull (change->pieces);
  check_pieces (change->pieces, old_text, new_text);
  g_assert_cmpint (change->restyled, ==, g_str_equal (old_text, new_text));
}

static void
check_diff (BalDocument *old,
            BalDocument *new_)
{
  g_autoptr(GPtrArray) changes = bal_document_diff (old, new_);
  guint from = 0;
  guint to = 0;

  for (guint i = 0; i < changes->len; i++)
    {
      BalBlockChange *change = g_ptr_array_index (changes, i);

      g_assert_cmpint (change->old_block == NULL, ==, change->change == BAL_DIFFERENCE_ADDED);
      g_assert_cmpint (change->new_block == NULL, ==, change->change == BAL_DIFFERENCE_REMOVED);
      if (change->old_block != NULL)
        g_assert_true (change->old_block == bal_document_get_block (old, from++));
      if (change->new_block != NULL)
        g_assert_true (change->new_block == bal_document_get_block (new_, to++));
      if (change->change == BAL_DIFFERENCE_ALTERED)
        check_altered (change);
      else
        g_assert_null (change->pieces);
      if (change->change == BAL_DIFFERENCE_ALTERED || change->change == BAL_DIFFERENCE_SAME)
        g_assert_cmpint (bal_block_equal (change->old_block, change->new_block), ==,
                         change->change == BAL_DIFFERENCE_SAME);
    }
  g_assert_cmpuint (from, ==, bal_document_get_n_blocks (old));
  g_assert_cmpuint (to, ==, bal_document_get_n_blocks (new_));
}

static char *
summarise (const char *old_html,
           const char *new_html)
{
  g_autoptr(BalDocument) old = bal_document_new_from_html (old_html, -1, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) new_ = bal_document_new_from_html (new_html, -1, BAL_DIALECT_HTML);
  g_autoptr(GPtrArray) changes = bal_document_diff (old, new_);
  GString *out = g_string_new (NULL);

  check_diff (old, new_);
  for (guint i = 0; i < changes->len; i++)
    {
      BalBlockChange *change = g_ptr_array_index (changes, i);
      g_autofree char *text = change->pieces != NULL
                                ? format_pieces (change->pieces)
                                : bal_block_to_text (change->new_block != NULL
                                                       ? change->new_block
                                                       : change->old_block);

      g_string_append_printf (out, "%c%s%s\n", marks[change->change], change->restyled ? "*" : "",
                              text);
    }
  return g_string_free (out, FALSE);
}

static void
test_blocks_read_well (void)
{
  static const struct
  {
    const char *old;
    const char *new_;
    const char *diff;
  } cases[] = {
    { "<p>a</p><p>b</p>", "<p class=\"x\">a</p>\n<p>b</p>", "=a\n=b\n" },
    { "<p>one film</p><p>two</p>", "<p>one movie</p><p>new</p><p>two</p>",
      "~one {-film}{+movie}\n+new\n=two\n" },
    { "<p>a</p><p>b</p><p>c</p>", "<p>a</p><p>c</p>", "=a\n-b\n=c\n" },
    { "<p>a <b>b</b></p>", "<p>a <i>b</i></p>", "~*a b\n" },
    { "<p>All of it stays.</p>", "<h2>All of it stays.</h2>", "~*All of it stays.\n" },
    { "<p>All of it goes.</p>", "<h2>Rosebud</h2>", "-All of it goes.\n+Rosebud\n" },
    { "<ul><li>one</li><li>two</li></ul>", "<ul><li>one</li><li>three</li></ul>",
      "~one\n{-two}{+three}\n" },
    { "<blockquote><p>a</p><p>b c</p></blockquote>", "<blockquote><p>a</p><p>b d</p></blockquote>",
      "~a\nb {-c}{+d}\n" },
    { "<p>x</p><iframe src=\"a\"></iframe>", "<p>x</p><iframe src=\"b\"></iframe>",
      "=x\n~*[iframe]\n" },
    { "<p>see <img src=\"a.png\"> here</p>", "<p>see <img src=\"a.png\"> there</p>",
      "~see [img] {-here}{+there}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *diff = summarise (cases[i].old, cases[i].new_);

      g_assert_cmpstr (diff, ==, cases[i].diff);
    }
}

/* Some blocks of @document changed, left out, doubled or put in. */
static BalDocument *
random_version (GRand       *rand,
                BalDocument *document)
{
  g_autoptr(GPtrArray) blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);

  for (guint i = 0; i < bal_document_get_n_blocks (document); i++)
    {
      BalBlock *block = bal_document_get_block (document, i);
      BalBlock *edited = NULL;

      switch (g_rand_int_range (rand, 0, 8))
        {
        case 0:
          break;
        case 1:
          g_ptr_array_add (blocks, random_block (rand, 1));
          g_ptr_array_add (blocks, bal_block_ref (block));
          break;
        case 2:
          edited = random_edit (rand, block);
          g_ptr_array_add (blocks, edited != NULL ? edited : bal_block_ref (block));
          break;
        default:
          g_ptr_array_add (blocks, bal_block_ref (block));
          break;
        }
    }
  return bal_document_with_blocks (document, blocks);
}

static void
test_changes_cover_both_documents (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);

  for (guint n = sample_count (1500); n > 0; n--)
    {
      g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, (BalDialect) (n % 4));
      g_autoptr(GPtrArray) blocks =
        g_ptr_array_new_with_free_func ((GDestroyNotify) bal_block_unref);
      g_autoptr(BalDocument) old = NULL;
      g_autoptr(BalDocument) new_ = NULL;

      for (int k = g_rand_int_range (rand, 0, 8); k > 0; k--)
        g_ptr_array_add (blocks, random_block (rand, 2));
      old = bal_document_with_blocks (empty, blocks);
      new_ = random_version (rand, old);
      check_diff (old, new_);
      check_diff (new_, old);
      check_diff (empty, old);
    }
}

static void
test_hostile_documents_compare (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (20261122);
  g_autoptr(GPtrArray) samples = samples_load_own ();

  for (guint n = sample_count (500); n > 0; n--)
    {
      g_autoptr(GBytes) one = sample_mutate (rand, samples);
      g_autoptr(GBytes) two = sample_mutate (rand, samples);
      g_autoptr(BalDocument) old = bal_document_new_from_html (
        g_bytes_get_data (one, NULL), g_bytes_get_size (one), (BalDialect) (n % 4));
      g_autoptr(BalDocument) new_ = bal_document_new_from_html (
        g_bytes_get_data (two, NULL), g_bytes_get_size (two), (BalDialect) (n % 4));

      check_diff (old, new_);
    }
}

static void
test_equal_documents_are_all_the_same (void)
{
  g_autoptr(GPtrArray) samples = samples_load ();
  guint n_blocks = 0;

  for (guint i = 0; i < samples->len; i++)
    {
      gsize length;
      const char *data = sample_data (g_ptr_array_index (samples, i), &length);
      g_autoptr(BalDocument) one = bal_document_new_from_html (data, length, BAL_DIALECT_HTML);
      g_autoptr(BalDocument) two = bal_document_new_from_html (data, length, BAL_DIALECT_HTML);
      g_autoptr(GPtrArray) changes = bal_document_diff (one, two);

      g_assert_cmpuint (changes->len, ==, bal_document_get_n_blocks (one));
      for (guint k = 0; k < changes->len; k++)
        g_assert_cmpint (((BalBlockChange *) g_ptr_array_index (changes, k))->change, ==,
                         BAL_DIFFERENCE_SAME);
      n_blocks += changes->len;
    }
  g_test_message ("%u posts of %u blocks", samples->len, n_blocks);
  g_assert_cmpuint (n_blocks, >, 40);
}

/* 1 MB, of few words and of many, changed everywhere and in two places. */
static void
test_big_texts_take_little_time (void)
{
  g_autoptr(GString) few = g_string_new (NULL);
  g_autoptr(GString) many = g_string_new (NULL);
  g_autoptr(GString) other = g_string_new (NULL);
  g_autoptr(GString) twice = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();
  double seconds;

  for (guint i = 0; few->len < 1 << 20; i++)
    {
      g_string_append (few, "A film, about nothing. ");
      g_string_append_printf (many, "Film number %u, about %x. ", i, i * 7919);
      g_string_append_printf (other, "Film no. %u; about %x! ", i, i * 104729);
    }
  g_string_append (twice, few->str);
  g_string_insert (twice, 2, "long ");
  g_string_append (twice, "The end.");
  for (guint i = 0; i < 4; i++)
    {
      const char *pairs[4][2] = { { few->str, twice->str },
                                  { many->str, other->str },
                                  { few->str, many->str },
                                  { many->str, many->str + many->len / 2 } };
      g_autoptr(GPtrArray) pieces = NULL;

      if (!g_utf8_validate (pairs[i][1], -1, NULL))
        continue;
      pieces = bal_text_diff (pairs[i][0], pairs[i][1]);
      check_pieces (pieces, pairs[i][0], pairs[i][1]);
      if (i == 0)
        g_assert_cmpuint (pieces->len, ==, 4);
    }
  seconds = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
  g_test_message ("four pairs of 1 MB: %.0f ms", seconds * 1e3);
  g_assert_cmpfloat (seconds, <, 4 * MOST_SECONDS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/comparing/words-read-well", test_words_read_well);
  g_test_add_func ("/comparing/pieces-give-both-texts-back", test_pieces_give_both_texts_back);
  g_test_add_func ("/comparing/blocks-read-well", test_blocks_read_well);
  g_test_add_func ("/comparing/changes-cover-both-documents", test_changes_cover_both_documents);
  g_test_add_func ("/comparing/hostile-documents-compare", test_hostile_documents_compare);
  g_test_add_func ("/comparing/equal-documents-are-all-the-same",
                   test_equal_documents_are_all_the_same);
  g_test_add_func ("/comparing/big-texts-take-little-time", test_big_texts_take_little_time);
  return g_test_run ();
}
