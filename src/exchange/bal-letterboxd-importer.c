/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "bal-csv.h"
#include "bal-error.h"
#include "bal-letterboxd-columns.h"
#include "bal-letterboxd-text.h"
#include "bal-review-html.h"

struct _BalLetterboxdImporter
{
  BalImporter           parent_instance;

  /* owned */
  GHashTable           *ratings;      /* hash of a film -> rating in halves */
  GHashTable           *films;        /* hashes of films that have a review */
  GHashTable           *told[2];      /* hash of a viewing -> how many rows of reviews.csv and diary.csv told it */
  char                 *name;         /* of the present file */
  BalCsv               *csv;          /* (nullable): of the present file */
  BalImportFilter      *filter;
  GString              *text;

  BalLetterboxdFile     pass;
  BalLetterboxdColumns  columns;
  gboolean              has_header;
  gboolean              is_orphaned;  /* Letterboxd has no films any more for the present file */
  gboolean              is_end_told;  /* of the present file */
  gboolean              is_doubtful;  /* what is read: it may be within a text */
};

G_DEFINE_FINAL_TYPE (BalLetterboxdImporter, bal_letterboxd_importer, BAL_TYPE_IMPORTER)

static void
close_file (BalLetterboxdImporter *self)
{
  g_clear_pointer (&self->csv, bal_csv_free);
  g_clear_pointer (&self->filter, bal_import_filter_free);
  g_clear_pointer (&self->name, g_free);
  self->has_header = self->is_end_told = self->is_doubtful = self->is_orphaned = FALSE;
}

static const char *
cell (BalLetterboxdImporter *self,
      GPtrArray             *row,
      BalLetterboxdColumn    column)
{
  return bal_letterboxd_columns_get (&self->columns, row, column);
}

static gpointer
hash_texts (const char *a,
            const char *b,
            const char *c)
{
  g_autofree char *text = g_strjoin ("\037", a, b, c, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_MD5, text, -1);

  sum[16] = '\0';
  return GSIZE_TO_POINTER ((gsize) g_ascii_strtoull (sum, NULL, 16));
}

static gpointer
hash_film (BalLetterboxdImporter *self,
           GPtrArray             *row)
{
  return hash_texts (cell (self, row, BAL_LETTERBOXD_NAME), cell (self, row, BAL_LETTERBOXD_YEAR), "");
}

static const char *
get_date (BalLetterboxdImporter *self,
          GPtrArray             *row)
{
  const char *watched = cell (self, row, BAL_LETTERBOXD_WATCHED_ON);

  return *watched != '\0' ? watched : cell (self, row, BAL_LETTERBOXD_DATE);
}

/* In halves of a star; 0: none. */
static guint
read_rating (BalLetterboxdImporter *self,
             GPtrArray             *row)
{
  double stars = g_ascii_strtod (cell (self, row, BAL_LETTERBOXD_RATING), NULL);
  double halves = g_ascii_strtod (cell (self, row, BAL_LETTERBOXD_RATING_10), NULL);

  if (stars >= 0.5 && stars <= 5)
    return (guint) lround (2 * stars);
  return halves >= 1 && halves <= 10 ? (guint) lround (halves) : 0;
}

/* Letterboxd shows blank lines as paragraphs. */
static char *
make_html (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto(GStrv) paragraphs = NULL;
  g_autoptr(GRegex) blank = NULL;
  GString *html;

  if (strstr (stripped, "<p>") != NULL || strstr (stripped, "<p ") != NULL)
    return g_steal_pointer (&stripped);

  blank = g_regex_new ("(?:\\r?\\n[ \\t]*){2,}", 0, 0, NULL);
  paragraphs = g_regex_split (blank, stripped, 0);
  html = g_string_new (NULL);
  for (guint i = 0; paragraphs[i] != NULL; i++)
    {
      g_autofree char *broken = bal_import_comment_html (paragraphs[i]);

      if (*broken != '\0')
        g_string_append_printf (html, "%s<p>%s</p>", html->len > 0 ? "\n" : "", broken);
    }
  return g_string_free (html, FALSE);
}

static void
set_tags (BalLetterboxdImporter *self,
          BalReview             *review,
          GPtrArray             *row)
{
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_auto(GStrv) tags = g_strsplit (cell (self, row, BAL_LETTERBOXD_TAGS), ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    if (*g_strstrip (tags[i]) != '\0')
      g_ptr_array_add (labels, g_strdup (tags[i]));
  if (g_ascii_strcasecmp (cell (self, row, BAL_LETTERBOXD_REWATCH), "yes") == 0 ||
      g_ascii_strcasecmp (cell (self, row, BAL_LETTERBOXD_REWATCH), "true") == 0)
    g_ptr_array_add (labels, g_strdup ("rewatch"));
  bal_import_set_labels (review, bal_importer_get_target (BAL_IMPORTER (self)), labels, NULL);
}

static void
push_review (BalLetterboxdImporter *self,
             GPtrArray             *row,
             guint                  occurrence)
{
  const BalImportTarget *target = bal_importer_get_target (BAL_IMPORTER (self));
  const char *name = cell (self, row, BAL_LETTERBOXD_NAME), *year = cell (self, row, BAL_LETTERBOXD_YEAR);
  const char *date = self->pass == BAL_LETTERBOXD_REVIEWS || self->pass == BAL_LETTERBOXD_DIARY ? get_date (self, row) : "";
  g_autofree char *number = occurrence > 1 ? g_strdup_printf ("#%u", occurrence) : g_strdup ("");
  g_autofree char *key = g_strdup_printf ("%s|%s|%s%s", name, year, date, number);
  g_autofree char *html = make_html (cell (self, row, BAL_LETTERBOXD_REVIEW));
  g_autofree char *noon = g_strconcat (get_date (self, row), "T12:00:00Z", NULL);
  guint rating = read_rating (self, row);
  BalImportItem *item = bal_import_item_new_review ("letterboxd", key);
  BalReview *review = item->review;

  if (rating == 0)
    rating = GPOINTER_TO_UINT (g_hash_table_lookup (self->ratings, hash_film (self, row)));
  bal_review_set_title (review, "");
  bal_review_set_html (review, html);
  bal_review_read_fields (review, target->format);
  bal_review_set_film (review, name);
  bal_review_set_film_year (review, (int) g_ascii_strtoll (year, NULL, 10));
  /* What the text says is more exact than stars. */
  if (rating != 0 && !bal_import_is_set (bal_review_get_grade (review)))
    bal_review_set_grade (review, bal_letterboxd_find_grade (bal_review_format_get_scale (target->format), rating));
  bal_review_write_fields (review, target->format, target->dialect);
  bal_review_set_status (review, BAL_REVIEW_STATUS_DRAFT);
  bal_review_set_published (review, bal_import_time (noon));
  set_tags (self, review, row);
  g_hash_table_add (self->films, hash_film (self, row));
  bal_importer_push (BAL_IMPORTER (self), item);
  if (self->is_orphaned)
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, self->name,
                            _("Letterboxd has no films any more for what is in it; it comes in all the same."));
  self->is_orphaned = FALSE;
}

/* Which row of this viewing it is, from 1. */
static guint
count_row (GHashTable *told,
           gpointer    viewing)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (told, viewing)) + 1;

  g_hash_table_insert (told, viewing, GUINT_TO_POINTER (n));
  return n;
}

static void
take_row (BalLetterboxdImporter *self,
          GPtrArray             *row)
{
  gpointer film = hash_film (self, row);
  gpointer viewing = hash_texts (cell (self, row, BAL_LETTERBOXD_NAME), cell (self, row, BAL_LETTERBOXD_YEAR), get_date (self, row));
  guint n;

  switch (self->pass)
    {
    case BAL_LETTERBOXD_RATINGS_FIRST:
      g_hash_table_insert (self->ratings, film, GUINT_TO_POINTER (read_rating (self, row)));
      break;

    case BAL_LETTERBOXD_REVIEWS:
      push_review (self, row, count_row (self->told[0], viewing));
      break;

    case BAL_LETTERBOXD_DIARY:
      n = count_row (self->told[1], viewing);
      if (n > GPOINTER_TO_UINT (g_hash_table_lookup (self->told[0], viewing)))
        push_review (self, row, n);
      break;

    case BAL_LETTERBOXD_RATINGS:
    case BAL_LETTERBOXD_WATCHED:
    default:
      if (!g_hash_table_contains (self->films, film))
        push_review (self, row, 1);
      break;
    }
}

static void
skip_row (BalLetterboxdImporter *self,
          GPtrArray             *row,
          char                  *reason)
{
  g_autofree char *where = g_strdup_printf ("%s:%u", self->name, bal_csv_get_line (self->csv));

  if (self->pass != BAL_LETTERBOXD_RATINGS_FIRST)
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED,
                            row != NULL && *cell (self, row, BAL_LETTERBOXD_NAME) != '\0' ? cell (self, row, BAL_LETTERBOXD_NAME) : where,
                            reason);
  g_free (reason);
}

/* FALSE: not a file for this pass. */
static gboolean
take_header (BalLetterboxdImporter *self,
             GPtrArray             *row)
{
  BalLetterboxdFile file;

  bal_letterboxd_columns_read (&self->columns, row);
  bal_csv_set_escapes (self->csv, self->columns.is_for_letterboxd);
  self->has_header = TRUE;
  file = bal_letterboxd_columns_judge (&self->columns);
  return file == self->pass || (file == BAL_LETTERBOXD_RATINGS && self->pass == BAL_LETTERBOXD_RATINGS_FIRST);
}

/* A quotation mark too many, or one that is lost, makes texts of what are other rows. Only reviews have several lines. The last
 * row of a file that was cut ends anywhere; an empty cell there may be all that it was. */
static gboolean
is_whole (BalLetterboxdImporter *self,
          GPtrArray             *row)
{
  const char *review = cell (self, row, BAL_LETTERBOXD_REVIEW), *watched = cell (self, row, BAL_LETTERBOXD_WATCHED_ON);
  gboolean has_lines = FALSE, has_more = FALSE;
  char line_end = bal_csv_get_line_end (self->csv);

  for (guint i = 0; i < row->len; i++)
    {
      const char *text = g_ptr_array_index (row, i);

      has_more |= i >= self->columns.n && *text != '\0';
      has_lines |= strchr (text, line_end) != NULL;
      if (text != review && strchr (text, line_end) != NULL)
        return FALSE;
    }
  if (has_lines && has_more)
    return FALSE;
  if (bal_csv_is_open_ended (self->csv) && *watched != '\0' && strlen (watched) != strlen ("2024-01-01"))
    return FALSE;
  return row->len >= self->columns.n;
}

static gboolean
is_date (const char *text)
{
  static const char like[] = "0000-00-00";

  for (guint i = 0; i < sizeof like; i++)
    if (like[i] == '0' ? !g_ascii_isdigit (text[i]) : text[i] != like[i])
      return FALSE;
  return TRUE;
}

/* Whether lines that were first taken for a text may be a row all the same: a text, too, has lines with commas. */
static gboolean
is_like_row (BalLetterboxdImporter *self,
             GPtrArray             *row)
{
  gboolean has_date = self->columns.at[BAL_LETTERBOXD_DATE] >= 0;
  const char *date = cell (self, row, BAL_LETTERBOXD_DATE), *watched = cell (self, row, BAL_LETTERBOXD_WATCHED_ON);
  const char *year = cell (self, row, BAL_LETTERBOXD_YEAR), *uri = cell (self, row, BAL_LETTERBOXD_URI);

  return is_date (has_date ? date : watched) && (*watched == '\0' || is_date (watched)) &&
         (*year == '\0' || (strlen (year) == 4 && strspn (year, "0123456789") == 4)) &&
         (g_str_has_prefix (uri, "http") || (!has_date && *uri == '\0'));
}

/* FALSE: it is damaged, or a line of a text that is, the first of which is told. */
static gboolean
judge_row (BalLetterboxdImporter *self,
           GPtrArray             *row)
{
  gboolean is_reread = bal_csv_is_reread (self->csv);
  guint line = bal_csv_get_line (self->csv);
  g_autofree char *reason = NULL;

  self->is_doubtful |= is_reread;
  if (!is_whole (self, row) || (self->is_doubtful && !is_like_row (self, row)))
    {
      if (!self->is_doubtful || is_date (cell (self, row, BAL_LETTERBOXD_DATE)))
        skip_row (self, row, g_strdup_printf (_("Line %u is not whole."), line));
      bal_csv_reread (self->csv);
      return FALSE;
    }

  self->is_doubtful = is_reread;
  if (!is_reread || self->pass == BAL_LETTERBOXD_RATINGS_FIRST)
    return TRUE;

  reason = g_strdup_printf (_("Line %u stands behind damage and may be part of another text; see whether it is one of your films."),
                            line);
  bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, cell (self, row, BAL_LETTERBOXD_NAME), reason);
  return TRUE;
}

/* The last row of a file that was cut: "4.5" may be "4" there, "10" "1". Nothing comes behind a half or a five, nor behind a two. */
static gboolean
is_whole_rating (BalLetterboxdImporter *self,
                 const char            *rating,
                 int                    column)
{
  if (column == self->columns.at[BAL_LETTERBOXD_RATING_10])
    return *rating != '\0' && !g_str_equal (rating, "1");
  return g_str_equal (rating, "5") || g_str_has_suffix (rating, ".5");
}

static void
drop_cut_rating (BalLetterboxdImporter *self,
                 GPtrArray             *row)
{
  int column = (int) row->len - 1;

  if (!bal_csv_is_open_ended (self->csv) ||
      (column != self->columns.at[BAL_LETTERBOXD_RATING] && column != self->columns.at[BAL_LETTERBOXD_RATING_10]) ||
      is_whole_rating (self, row->pdata[column], column))
    return;

  self->is_end_told = TRUE;
  if (self->pass != BAL_LETTERBOXD_RATINGS_FIRST)
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, cell (self, row, BAL_LETTERBOXD_NAME),
                            _("The file ends in the middle of its line, or right behind: its rating may be cut and is left out."));
  g_free (row->pdata[column]);
  row->pdata[column] = g_strdup ("");
}

static void
note_odd (BalLetterboxdImporter *self,
          GPtrArray             *row)
{
  g_autofree char *reason = NULL;

  if (!bal_csv_is_odd (self->csv) || self->pass == BAL_LETTERBOXD_RATINGS_FIRST)
    return;

  reason = g_strdup_printf (_("A quotation mark is missing, or one too many, in line %u; see whether its text is right."),
                            bal_csv_get_line (self->csv));
  bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, cell (self, row, BAL_LETTERBOXD_NAME), reason);
}

static void
take_rows (BalLetterboxdImporter *self,
           gboolean               last)
{
  GPtrArray *row;

  while (self->csv != NULL && (row = bal_csv_next (self->csv, last)) != NULL)
    {
      g_autoptr(GPtrArray) owned = row;
      gint64 year;

      if (!self->has_header)
        {
          if (!take_header (self, row))
            close_file (self);
          continue;
        }

      if (!judge_row (self, row))
        continue;

      year = g_ascii_strtoll (cell (self, row, BAL_LETTERBOXD_YEAR), NULL, 10);
      if (*cell (self, row, BAL_LETTERBOXD_NAME) == '\0')
        skip_row (self, row, g_strdup_printf (_("Line %u names no film."), bal_csv_get_line (self->csv)));
      else if (year < 0 || year > 9999)
        skip_row (self, row, g_strdup_printf (_("Line %u has no year that can be."), bal_csv_get_line (self->csv)));
      else
        {
          drop_cut_rating (self, row);
          take_row (self, row);
          note_odd (self, row);
        }
    }
}

/* Whether a file is in a folder of that name, whatever the folder around all is called. */
static gboolean
is_in (const char *name,
       const char *folder)
{
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);

  for (guint i = 0; parts[i] != NULL && parts[i + 1] != NULL; i++)
    if (g_str_equal (parts[i], folder))
      return TRUE;
  return FALSE;
}

/* Other lists of the export, what the person has deleted there, and what others wrote, are no reviews of the person. */
static char *
judge_name (const char *name)
{
  if (is_in (name, "deleted"))
    return g_strdup (_("It was deleted at Letterboxd."));
  if (is_in (name, "likes") || is_in (name, "lists") || g_str_has_suffix (name, "watchlist.csv"))
    return g_strdup (_("It is a list, not reviews."));
  return NULL;
}

static gboolean
open_file (BalLetterboxdImporter  *self,
           GError                **error)
{
  BalImportSource *source = bal_importer_get_source (BAL_IMPORTER (self));
  g_autofree char *refused = NULL;
  const char *name;

  if (!bal_import_source_next (source, &name, &refused, error))
    return FALSE;

  if (refused == NULL && bal_import_source_is_many (source))
    refused = judge_name (name);
  if (refused != NULL)
    {
      if (self->pass == BAL_LETTERBOXD_RATINGS_FIRST)
        bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, name, refused);
      return TRUE;
    }

  self->name = g_strdup (name);
  self->is_orphaned = is_in (name, "orphaned");
  self->csv = bal_csv_new ();
  self->filter = bal_import_filter_new ();
  return TRUE;
}

static void
end_file (BalLetterboxdImporter *self)
{
  guint64 n_repaired = bal_import_filter_get_n_controls (self->filter) + bal_import_filter_get_n_invalid (self->filter);

  if (bal_csv_get_lost_line (self->csv) > 0)
    skip_row (self, NULL, g_strdup_printf (_("It is damaged in too many places: some lines behind line %u did not come in."),
                                           bal_csv_get_lost_line (self->csv)));
  else if (bal_csv_get_cut_line (self->csv) > 0)
    skip_row (self, NULL, g_strdup_printf (_("A quotation mark in line %u is never closed: the file ends too early, or the "
                                             "line is damaged. All whole lines came in."),
                                           bal_csv_get_cut_line (self->csv)));
  else if (bal_csv_is_open_ended (self->csv) && bal_csv_get_line (self->csv) == 1)
    skip_row (self, NULL, g_strdup_printf (_("Line %u is not whole."), 1));
  else if (bal_csv_is_open_ended (self->csv) && self->pass != BAL_LETTERBOXD_RATINGS_FIRST && !self->is_end_told)
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, self->name,
                            _("Its last line has no end: perhaps the file ends in the middle of it, and there was more."));
  if (bal_csv_get_n_too_long (self->csv) > 0)
    skip_row (self, NULL, g_strdup (_("A line is longer than any review.")));
  if (n_repaired > 0 && self->pass != BAL_LETTERBOXD_RATINGS_FIRST)
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, self->name,
                            _("Characters that are no text were replaced."));
  close_file (self);
}

/* Whether a file is one of Letterboxd's at all is said in the first pass, for those that no pass takes. */
static gboolean
check_header (BalLetterboxdImporter *self)
{
  if (self->has_header || bal_letterboxd_guess (self->text->str))
    return TRUE;

  if (self->pass == BAL_LETTERBOXD_RATINGS_FIRST)
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, self->name,
                            _("It is none of Letterboxd’s diary, reviews, ratings and watched films."));
  close_file (self);
  return FALSE;
}

/* Other files of an archive may be whole. It is told in the one pass that takes the file's rows. */
static void
give_up_file (BalLetterboxdImporter *self,
              const GError          *error)
{
  if (self->has_header == (self->pass != BAL_LETTERBOXD_RATINGS_FIRST))
    bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, self->name, error->message);
  close_file (self);
}

static gboolean
read_file (BalLetterboxdImporter *self)
{
  g_autoptr(GError) error = NULL;
  char buffer[64 * 1024];
  gssize n = bal_import_source_read (bal_importer_get_source (BAL_IMPORTER (self)), buffer, sizeof buffer, &error);

  if (n < 0)
    {
      give_up_file (self, error);
      return TRUE;
    }

  bal_import_filter_push (self->filter, buffer, (gsize) n, n == 0, self->text);
  if ((self->text->len > 0 || n == 0) && check_header (self))
    {
      bal_csv_push (self->csv, self->text->str, self->text->len);
      take_rows (self, n == 0);
    }
  g_string_truncate (self->text, 0);
  if (n == 0 && self->csv != NULL)
    end_file (self);
  return TRUE;
}

static gboolean
bal_letterboxd_importer_fill (BalImporter  *importer,
                              GError      **error)
{
  BalLetterboxdImporter *self = BAL_LETTERBOXD_IMPORTER (importer);
  g_autoptr(GError) local_error = NULL;

  if (self->csv != NULL ? read_file (self) : open_file (self, &local_error))
    return TRUE;

  /* A damaged archive ends each pass where it ends; that is told once. */
  if (local_error != NULL && self->pass == BAL_LETTERBOXD_WATCHED)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return ++self->pass < BAL_LETTERBOXD_N_FILES && bal_import_source_rewind (bal_importer_get_source (importer), error);
}

static void
bal_letterboxd_importer_finalize (GObject *object)
{
  BalLetterboxdImporter *self = BAL_LETTERBOXD_IMPORTER (object);

  close_file (self);
  g_string_free (self->text, TRUE);
  g_hash_table_unref (self->ratings);
  g_hash_table_unref (self->films);
  g_hash_table_unref (self->told[0]);
  g_hash_table_unref (self->told[1]);

  G_OBJECT_CLASS (bal_letterboxd_importer_parent_class)->finalize (object);
}

static void
bal_letterboxd_importer_class_init (BalLetterboxdImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_letterboxd_importer_finalize;
  BAL_IMPORTER_CLASS (klass)->fill = bal_letterboxd_importer_fill;
}

static void
bal_letterboxd_importer_init (BalLetterboxdImporter *self)
{
  self->ratings = g_hash_table_new (NULL, NULL);
  self->films = g_hash_table_new (NULL, NULL);
  self->told[0] = g_hash_table_new (NULL, NULL);
  self->told[1] = g_hash_table_new (NULL, NULL);
  self->text = g_string_new (NULL);
}
