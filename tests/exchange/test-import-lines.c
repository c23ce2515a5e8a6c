/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importer.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

/* No line is lost: each word of a page that somebody has written, in whatever layout, comes in: with the review, in one of
 * its fields, in a comment; or it is in the report. Pages are made of words none of which is there twice. */

typedef struct
{
  GString   *text;
  GPtrArray *words;
  guint      n_words;
} Page;

typedef struct
{
  BalImportTarget target;
  char           *path;
} Reading;

static Reading reading;

static guint
pick (guint n)
{
  return (guint) g_test_rand_int_range (0, (gint32) n);
}

static const char *
choose (const char *const *from,
        guint              n)
{
  return from[pick (n)];
}
#define CHOOSE(from) choose (from, G_N_ELEMENTS (from))

static void
page_clear (Page *page)
{
  g_clear_pointer (&page->words, g_ptr_array_unref);
  if (page->text != NULL)
    g_string_free (page->text, TRUE);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Page, page_clear)

static void
put (Page       *page,
     const char *text)
{
  g_string_append (page->text, text);
}

static void
put_word (Page *page)
{
  char *word = g_strdup_printf ("w%uq", ++page->n_words);

  g_ptr_array_add (page->words, word);
  put (page, word);
}

/* Some words, with what stands between words. */
static void
put_words (Page *page,
           guint n)
{
  static const char *const between[] = {
    " ", " ", " ", " ", ", ", ". ", ": ", "; ", " – ", " — ", "… ", "\t", "  ", "\302\240", " & ",
    "! ", "? (", ") ", " “", "” ", " 'q' ", " \"a\" ", " 3. ", " 1) ", " é", " /", " #", " A+ " };

  for (guint i = 0; i < n; i++)
    {
      if (i > 0)
        put (page, CHOOSE (between));
      put_word (page);
    }
}

static void
put_line (Page       *page,
          const char *before,
          guint       n)
{
  put (page, before);
  put_words (page, n);
  put (page, "\n");
}

/* ---- plain text, as blogs lay it out ---- */

static void
put_paragraph (Page *page)
{
  static const char *const before[] = {
    "", "", "", "  ", "\t", "- ", "* ", "1. ", "2) ", "    1. ", "> ", "== ", "\302\205", "\342\200\250", "\f",
    "Spoiler: ", "Title: ", "By ", "5/5 ", "<b>", "&amp; ", "\357\273\277" };

  for (guint n = 1 + pick (4); n > 0; n--)
    put_line (page, CHOOSE (before), pick (40) == 0 ? 4000 : 1 + pick (14));
  put (page, pick (6) == 0 ? "   \n" : "\n");
}

static void
put_fields (Page *page)
{
  static const char *const before[] = {
    "Grade: ", "grade : ", "Rating: B+ ", "Watched on: ", "Memorable Quote: \"", "Score: 7/10 ",
    "Director: ", "Cast: ", "Starring ", "Seen: ", "GRADE - " };

  for (guint n = pick (5); n > 0; n--)
    {
      put_line (page, CHOOSE (before), 1 + pick (4));
      if (g_test_rand_bit ())
        put (page, "\n");
    }
  if (pick (3) == 0)
    put (page, "Grade: B\n\n");
}

static void
put_comments (Page *page)
{
  static const char *const indents[] = { "", "  ", "    ", "      ", "\t", "\t\t", "        ", " " };
  guint numbers[8] = { 0 };

  for (guint n = pick (9); n > 0; n--)
    {
      guint depth = pick (G_N_ELEMENTS (indents)), number = pick (5) == 0 ? pick (30) : ++numbers[depth];
      g_autofree char *before = g_strdup_printf ("%s%u%s", indents[depth], number, pick (4) == 0 ? ") " : ". ");

      if (pick (12) == 0)
        {
          put (page, before);
          put (page, "\n");
        }
      else
        {
          put_line (page, before, 1 + pick (10));
        }
      for (guint k = pick (3); k > 0; k--)
        put_line (page, CHOOSE (indents), 1 + pick (6));
      put (page, pick (4) == 0 ? "" : "\n");
    }
}

static void
make_text (Page *page)
{
  if (pick (4) == 0)
    put (page, "\n  \n");
  put_line (page, "", 1 + pick (6));
  if (pick (4) != 0)
    put (page, "\n");
  for (guint n = pick (5); n > 0; n--)
    put_paragraph (page);
  put_fields (page);
  if (pick (3) == 0)
    put_paragraph (page);
  put_comments (page);
  if (pick (5) == 0)
    put_paragraph (page);
}

/* ---- HTML ---- */

static void
make_html (Page *page)
{
  static const char *const blocks[] = {
    "<p>%</p>", "<div>%</div>", "<h1>%</h1>", "<h2>%</h2>", "<ul><li>%<li>%</ul>", "<blockquote>%<p>%</blockquote>",
    "%", "<pre>%\n%</pre>", "<table><tr><td>%<td>%</table>", "<p>%<br>%", "<img src=a.jpg>%",
    "<article><p>%</p></article>", "<custom>%</custom>",
    "<h1>%<b>%</b></h1>", "<h1>%<img src=a.jpg></h1>", "<section><header>%</header>%</section>", "<p>%</div>%",
    "<footer>%</footer>", "<a href=x>%" };
  static const char *const heads[] = {
    "", "<html><body>", "<!DOCTYPE html>\n<html><head><title>T</title></head><body>",
    "<html><head><meta charset=utf-8><title>T</title><body class=a>" };
  static const char *const tails[] = { "", "</body></html>", "\n</html>\n", "</body>" };

  put (page, CHOOSE (heads));
  for (guint n = 1 + pick (8); n > 0; n--)
    for (const char *p = CHOOSE (blocks); *p != '\0'; p++)
      if (*p == '%')
        put_words (page, pick (30) == 0 ? 400 : 1 + pick (8));
      else
        g_string_append_c (page->text, *p);
  put (page, CHOOSE (tails));
}

/* ---- Markdown ---- */

static void
make_markdown (Page *page)
{
  static const char *const before[] = {
    "", "", "# ", "## ", "- ", "* ", "1. ", "> ", "    ", "\t", "> > ", "| ", "<div>", "**", "_", "`", "- [ ] ",
    "![", "[", "<!-- ", "Term\n: ", "[^1]: ", "***\n", "~~" };
  gboolean has_matter = g_test_rand_bit ();

  if (has_matter)
    {
      put_line (page, g_test_rand_bit () ? "---\ntitle: x " : "---\ndate: 2020-01-01\ndescription: x ", 1);
      put (page, "---\n");
    }
  for (guint n = 1 + pick (12); n > 0; n--)
    {
      put_line (page, CHOOSE (before), 1 + pick (8));
      if (g_test_rand_bit ())
        put (page, "\n");
    }
}

/* ---- what comes of it ---- */

static void
collect (GString    *all,
         const char *text)
{
  g_string_append (all, text != NULL ? text : "");
  g_string_append_c (all, '\n');
}

static char *
read_all (BalImportFormat format)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalImporter) importer = bal_importer_open (reading.path, format, &reading.target, &error);
  GString *all = g_string_new (NULL);
  BalImportItem *item;

  g_assert_no_error (error);
  while ((item = bal_importer_next (importer, NULL, &error)) != NULL)
    {
      if (item->review != NULL)
        {
          collect (all, bal_review_get_title (item->review));
          collect (all, bal_review_get_html (item->review));
          collect (all, bal_review_get_excerpt (item->review));
        }
      if (item->comment != NULL)
        collect (all, bal_comment_get_html (item->comment));
      collect (all, item->reason);
      bal_import_item_free (item);
    }
  g_assert_no_error (error);
  return g_string_free (all, FALSE);
}

static void
check (const Page      *page,
       BalImportFormat  format,
       const char      *bytes,
       gsize            length)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *all = NULL;

  /* Without it the end of a longer file that was there would stay. */
  g_unlink (reading.path);
  g_file_set_contents_full (reading.path, bytes, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
  all = read_all (format);
  for (guint i = 0; i < page->words->len; i++)
    {
      const char *word = g_ptr_array_index (page->words, i);

      if (strstr (all, word) == NULL && strstr (all, "stands around it") == NULL)
        g_error ("“%s” is lost of the page %s; there is:\n%s", word, reading.path, all);
    }
}

/* As editors save it. */
static void
check_saved (const Page      *page,
             BalImportFormat  format)
{
  static const char *const ends[] = { "\n", "\r\n", "\r" };
  static const char *const encodings[] = { "UTF-8", "UTF-8", "WINDOWS-1252", "UTF-16LE", "UTF-16BE" };
  static const char *const marks[] = { "", "\xef\xbb\xbf", "", "\xff\xfe", "\xfe\xff" };
  g_autoptr(GString) text = g_string_new (page->text->str);
  g_autofree char *bytes = NULL;
  guint how = pick (format == BAL_IMPORT_FORMAT_TEXT ? 5 : 2);
  gsize length;

  g_string_replace (text, "\n", CHOOSE (ends), 0);
  bytes = g_convert_with_fallback (text->str, (gssize) text->len, encodings[how], "UTF-8", "?", NULL, &length, NULL);
  g_assert_nonnull (bytes);
  g_string_truncate (text, 0);
  g_string_append (text, marks[how]);
  g_string_append_len (text, bytes, (gssize) length);
  check (page, format, text->str, text->len);
}

static const struct
{
  const char      *path;
  BalImportFormat  format;
  void           (*make) (Page *page);
} kinds[] = {
  { "/import/lines/text", BAL_IMPORT_FORMAT_TEXT, make_text },
  { "/import/lines/html", BAL_IMPORT_FORMAT_HTML, make_html },
  { "/import/lines/markdown", BAL_IMPORT_FORMAT_MARKDOWN, make_markdown },
};

static void
test_lines (gconstpointer data)
{
  guint kind = GPOINTER_TO_UINT (data);
  const char *factor = g_getenv ("BALCONY_TEST_FACTOR");
  guint n_times = 120 * (factor != NULL ? (guint) atoi (factor) : 1);

  for (guint i = 0; i < n_times; i++)
    {
      g_auto(Page) page = { g_string_new (NULL), g_ptr_array_new_with_free_func (g_free), 0 };

      kinds[kind].make (&page);
      check_saved (&page, kinds[kind].format);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *dir = g_dir_make_tmp ("balcony-lines-XXXXXX", NULL);
  int status;

  g_test_init (&argc, &argv, NULL);
  reading.path = g_build_filename (dir, "page", NULL);
  reading.target.format = bal_review_format_new_default ();
  reading.target.author = (char *) "Ada";
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_test_add_data_func (kinds[i].path, GUINT_TO_POINTER (i), test_lines);
  status = g_test_run ();
  bal_review_format_unref (reading.target.format);
  g_remove (reading.path);
  g_rmdir (dir);
  g_free (reading.path);
  return status;
}
