/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporters.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "bal-export-util.h"
#include "bal-letterboxd-text.h"
#include "bal-review-html.h"
#include "bal-text.h"

/* Letterboxd takes files of at most 1 MB. */
#define MOST_BYTES 1000000

static const char header[] = "LetterboxdURI,tmdbID,imdbID,Title,Year,Directors,Rating,Rating10,WatchedDate,Rewatch,Tags,Review\n";

/* A row, but for the word that says whether it is a second viewing: that is known when all are. */
typedef struct
{
  char    day[11];
  guint32 order;
  gsize   film;                  /* hash */
  long    start;
  gsize   before;                /* bytes up to that word */
  gsize   after;
} Row;

/*
 * One row a review that readers see: what Letterboxd gets is public there. Nothing in the files is a stranger's; so a title
 * that begins with a sign of arithmetic stays as it is, and is found.
 */
struct _BalLetterboxdExporter
{
  BalExporter    parent_instance;

  /* owned */
  FILE          *spool;          /* the rows' text, in a file without a name */
  GArray        *rows;
  GHashTable    *films;          /* hashes of those that were in a row */
  GHashTable    *viewings;       /* hashes of film and day */
  BalExportFile *file;           /* (nullable): the present one */
  guint          n_files;
};

G_DEFINE_FINAL_TYPE (BalLetterboxdExporter, bal_letterboxd_exporter, BAL_TYPE_EXPORTER)

/* Letterboxd asks for a backslash before a quotation mark, not for two marks. */
static void
append_cell (GString    *out,
             const char *text)
{
  if (strpbrk (text, ",\"\\\r\n") == NULL && !g_ascii_isspace (*text))
    {
      g_string_append (out, text);
      return;
    }

  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
}

/* The day that the field tells, or else that of the review; none where neither has one. */
static void
set_day (Row       *row,
         BalReview *review)
{
  const char *text = bal_review_get_watched_on (review);
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GRegex) shape = g_regex_new ("\\b(1[89]|20)\\d\\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])\\b", 0, 0, NULL);
  g_autoptr(GDateTime) time = bal_export_time_is_fit (bal_review_get_published (review))
                              ? g_date_time_new_from_unix_local (bal_review_get_published (review)) : NULL;
  g_autofree char *day = NULL;

  if (text != NULL && g_regex_match (shape, text, 0, &match))
    day = g_match_info_fetch (match, 0);
  else
    day = time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("");
  g_strlcpy (row->day, day, sizeof row->day);
}

static gsize
hash_film (BalReview *review)
{
  g_autofree char *folded = bal_text_fold (bal_review_get_film (review), -1);
  g_autofree char *text = g_strdup_printf ("%s|%d", folded, bal_review_get_film_year (review));
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);

  sum[16] = '\0';
  return (gsize) g_ascii_strtoull (sum, NULL, 16);
}

static void
append_rating (GString         *out,
               BalReview       *review,
               BalReviewFormat *format)
{
  BalGradeScale *scale = bal_review_format_get_scale (format);
  const char *grade = bal_review_get_grade (review);
  double value;
  guint halves;

  if (grade == NULL || !bal_grade_scale_parse (scale, grade, &value))
    {
      g_string_append (out, ",,");
      return;
    }

  halves = bal_letterboxd_rate (scale, value);
  g_string_append_printf (out, "%u%s,%u,", halves / 2, halves % 2 == 1 ? ".5" : "", halves);
}

static void
append_tags (GString   *out,
             BalReview *review)
{
  const char *const *names[] = { bal_review_get_labels (review), bal_review_get_categories (review) };
  g_autoptr(GString) tags = g_string_new (NULL);

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    for (guint i = 0; names[k][i] != NULL; i++)
      {
        g_autofree char *name = g_strdelimit (g_strdup (names[k][i]), ",\r\n", ' ');

        g_string_append_printf (tags, "%s%s", tags->len > 0 ? ", " : "", name);
      }
  append_cell (out, tags->str);
}

static gboolean
note (BalLetterboxdExporter  *self,
      BalExportNoteKind       kind,
      BalReview              *review,
      const char             *reason,
      GError                **error)
{
  return bal_exporter_note_review (BAL_EXPORTER (self), kind, review, reason, error);
}

static gboolean
spool (BalLetterboxdExporter  *self,
       Row                    *row,
       GString                *before,
       GString                *after,
       GError                **error)
{
  row->start = ftell (self->spool);
  row->before = before->len;
  row->after = after->len;
  row->order = self->rows->len;
  if (row->start < 0 || fwrite (before->str, 1, before->len, self->spool) != before->len ||
      fwrite (after->str, 1, after->len, self->spool) != after->len)
    {
      bal_export_set_error (errno, error);
      return FALSE;
    }

  g_array_append_val (self->rows, *row);
  return TRUE;
}

/* What can't be in a row. (nullable) */
static const char *
find_reason (BalReview *review)
{
  if (bal_review_get_status (review) != BAL_REVIEW_STATUS_PUBLISHED)
    return _("Readers don’t see it, and Letterboxd would show it.");
  if (!bal_export_is_for_everyone (review))
    return _("Not everyone may read it on the blog, and Letterboxd would show it to everyone.");
  if (bal_review_get_film (review) == NULL || *bal_review_get_film (review) == '\0')
    return _("Its title names no film.");
  return NULL;
}

static gboolean
note_losses (BalLetterboxdExporter  *self,
             BalReview              *review,
             const Row              *row,
             guint                   n_left_out,
             GError                **error)
{
  gboolean is_first = g_hash_table_add (self->viewings, GSIZE_TO_POINTER (row->film ^ ((gsize) g_str_hash (row->day) << 16)));
  g_autofree char *reason = g_strdup_printf (ngettext ("%u picture, table or embed is left out, for which Letterboxd has no place.",
                                                       "%u pictures, tables or embeds are left out, for which Letterboxd has no place.",
                                                       n_left_out), n_left_out);

  return (n_left_out == 0 || note (self, BAL_EXPORT_NOTE_CHANGED, review, reason, error)) &&
         (is_first || note (self, BAL_EXPORT_NOTE_CHANGED, review,
                            _("Another review of its film has the same day; Letterboxd makes one entry of both."), error)) &&
         (bal_review_get_film_year (review) != 0 ||
          note (self, BAL_EXPORT_NOTE_CHANGED, review,
                _("Its film has no year; Letterboxd may take another film of that title for it."), error));
}

static gboolean
bal_letterboxd_exporter_add (BalExporter            *exporter,
                             const BalExportReview  *item,
                             GError                **error)
{
  BalLetterboxdExporter *self = BAL_LETTERBOXD_EXPORTER (exporter);
  BalReview *review = item->review;
  const char *reason = find_reason (review), *html = bal_review_get_html (review);
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(GString) before = g_string_new (",,,");
  g_autoptr(GString) after = g_string_new (",");
  g_autofree char *text = NULL;
  guint n_left_out = 0;
  Row row = { .film = 0 };

  if (reason != NULL)
    return note (self, BAL_EXPORT_NOTE_LEFT_OUT, review, reason, error);

  document = bal_document_new_from_html (html != NULL ? html : "", -1, BAL_DIALECT_HTML);
  text = bal_letterboxd_text_from_document (document, &n_left_out);
  set_day (&row, review);
  row.film = hash_film (review);

  append_cell (before, bal_review_get_film (review));
  g_string_append_c (before, ',');
  if (bal_review_get_film_year (review) != 0)
    g_string_append_printf (before, "%04d", bal_review_get_film_year (review));
  g_string_append (before, ",,");
  append_rating (before, review, bal_blog_get_format (bal_exporter_get_blog (exporter)));
  g_string_append_printf (before, "%s,", row.day);
  append_tags (after, review);
  g_string_append_c (after, ',');
  append_cell (after, text);
  g_string_append_c (after, '\n');
  if (sizeof header + before->len + strlen ("false") + after->len > MOST_BYTES)
    return note (self, BAL_EXPORT_NOTE_LEFT_OUT, review, _("It is longer than what Letterboxd takes in one file."), error);

  bal_exporter_get_report (exporter)->n_reviews++;
  return spool (self, &row, before, after, error) && note_losses (self, review, &row, n_left_out, error);
}

/* ---- the files ---- */

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const Row *left = a, *right = b;
  int order = strcmp (left->day, right->day);

  return order != 0 ? order : left->order < right->order ? -1 : left->order > right->order;
}

static gboolean
close_file (BalLetterboxdExporter  *self,
            GError                **error)
{
  return self->file == NULL || bal_export_file_close (g_steal_pointer (&self->file), error);
}

static gboolean
open_file (BalLetterboxdExporter  *self,
           GError                **error)
{
  g_autofree char *name = g_strdup_printf ("letterboxd-%02u.csv", ++self->n_files);

  self->file = bal_exporter_new_file (BAL_EXPORTER (self), name, error);
  if (self->file != NULL)
    bal_export_file_put (self->file, header);
  return self->file != NULL;
}

static gboolean
write_row (BalLetterboxdExporter  *self,
           const Row              *row,
           GError                **error)
{
  const char *word = g_hash_table_add (self->films, GSIZE_TO_POINTER (row->film)) ? "false" : "true";
  g_autofree char *text = g_malloc (row->before + row->after);

  if (fseek (self->spool, row->start, SEEK_SET) < 0 ||
      fread (text, 1, row->before + row->after, self->spool) != row->before + row->after)
    {
      bal_export_set_error (errno, error);
      return FALSE;
    }
  if (self->file != NULL &&
      bal_export_file_get_size (self->file) + row->before + strlen (word) + row->after > MOST_BYTES &&
      !close_file (self, error))
    return FALSE;
  if (self->file == NULL && !open_file (self, error))
    return FALSE;

  bal_export_file_put_bytes (self->file, text, row->before);
  bal_export_file_put (self->file, word);
  bal_export_file_put_bytes (self->file, text + row->before, row->after);
  return bal_export_file_check (self->file, error);
}

static gboolean
bal_letterboxd_exporter_begin (BalExporter  *exporter,
                               GError      **error)
{
  BAL_LETTERBOXD_EXPORTER (exporter)->spool = tmpfile ();
  if (BAL_LETTERBOXD_EXPORTER (exporter)->spool != NULL)
    return TRUE;

  bal_export_set_error (errno, error);
  return FALSE;
}

static gboolean
bal_letterboxd_exporter_end (BalExporter  *exporter,
                             GError      **error)
{
  BalLetterboxdExporter *self = BAL_LETTERBOXD_EXPORTER (exporter);

  g_array_sort (self->rows, compare_rows);
  for (guint i = 0; i < self->rows->len; i++)
    if (!write_row (self, &g_array_index (self->rows, Row, i), error))
      return FALSE;

  /* A file without a row still tells that nothing was to be written. */
  return (self->n_files > 0 || open_file (self, error)) && close_file (self, error);
}

static void
bal_letterboxd_exporter_finalize (GObject *object)
{
  BalLetterboxdExporter *self = BAL_LETTERBOXD_EXPORTER (object);

  g_clear_pointer (&self->spool, fclose);
  g_clear_pointer (&self->file, bal_export_file_free);
  g_array_unref (self->rows);
  g_hash_table_unref (self->films);
  g_hash_table_unref (self->viewings);

  G_OBJECT_CLASS (bal_letterboxd_exporter_parent_class)->finalize (object);
}

static void
bal_letterboxd_exporter_class_init (BalLetterboxdExporterClass *klass)
{
  BalExporterClass *exporter_class = BAL_EXPORTER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = bal_letterboxd_exporter_finalize;
  exporter_class->begin = bal_letterboxd_exporter_begin;
  exporter_class->add = bal_letterboxd_exporter_add;
  exporter_class->end = bal_letterboxd_exporter_end;
}

static void
bal_letterboxd_exporter_init (BalLetterboxdExporter *self)
{
  self->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  self->films = g_hash_table_new (NULL, NULL);
  self->viewings = g_hash_table_new (NULL, NULL);
}
