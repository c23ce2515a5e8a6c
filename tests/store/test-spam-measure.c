/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "bal-safe-links.h"
#include "bal-safe-text.h"
#include "bal-spam-score.h"
#include "bal-spam-signs.h"

/*
 * How well the spam help tells spam from comments that it has not seen: of a set of comments that people have labelled, it
 * learns some and is asked about the others, over several random splits. What is measured is how much of what it calls
 * spam is spam (precision) where it finds nine of ten.
 */
#define N_SPLITS   10
#define RECALL     0.90
#define PRECISION  0.98

typedef struct
{
  gboolean   is_spam;
  GPtrArray *signs;
  double     score;
} Sample;

static void
sample_free (gpointer data)
{
  Sample *sample = data;

  g_ptr_array_unref (sample->signs);
  g_free (sample);
}

static Sample *
sample_new (gboolean    is_spam,
            const char *author,
            const char *html)
{
  g_autofree char *text = bal_safe_text_from_html (html);
  g_autoptr(GPtrArray) links = bal_safe_links_list (html);
  BalSpamSource source = { .text = text, .author = author, .links = links };
  Sample *sample = g_new0 (Sample, 1);

  sample->is_spam = is_spam;
  sample->signs = bal_spam_signs_list (&source);
  return sample;
}

/* A line has set, class ("spam" or "ham") and text, perhaps with the author before it, parted by tabs, under a heading. */
static GPtrArray *
read_samples (const char *path)
{
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;
  GPtrArray *samples = g_ptr_array_new_with_free_func (sample_free);

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    return samples;

  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    {
      g_auto(GStrv) fields = g_strsplit (lines[i], "\t", -1);
      guint n = g_strv_length (fields);

      if (n >= 3)
        g_ptr_array_add (samples, sample_new (g_str_equal (fields[1], "spam"), n > 3 ? fields[2] : NULL, fields[n - 1]));
    }
  return samples;
}

/* ---- learning, without a store ---- */

typedef struct
{
  GHashTable   *counts;          /* gint64 -> BalSpamCount */
  BalSpamCount  lessons;
} Learnt;

static void
learn (Learnt *self,
       Sample *sample)
{
  self->lessons.n_spam += sample->is_spam;
  self->lessons.n_good += !sample->is_spam;
  for (guint i = 0; i < sample->signs->len; i++)
    {
      gint64 hash = bal_spam_sign_hash (g_ptr_array_index (sample->signs, i));
      BalSpamCount *count = g_hash_table_lookup (self->counts, &hash);

      if (count == NULL)
        {
          count = g_new0 (BalSpamCount, 1);
          g_hash_table_insert (self->counts, g_memdup2 (&hash, sizeof hash), count);
        }
      count->n_spam += sample->is_spam;
      count->n_good += !sample->is_spam;
    }
}

static double
get_score (Learnt *self,
           Sample *sample)
{
  g_autofree BalSpamCount *counts = g_new0 (BalSpamCount, sample->signs->len + 1);

  for (guint i = 0; i < sample->signs->len; i++)
    {
      gint64 hash = bal_spam_sign_hash (g_ptr_array_index (sample->signs, i));
      BalSpamCount *count = g_hash_table_lookup (self->counts, &hash);

      if (count != NULL)
        counts[i] = *count;
    }
  return bal_spam_score (counts, sample->signs->len, &self->lessons);
}

/* ---- measuring ---- */

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  const Sample *x = *(Sample *const *) a, *y = *(Sample *const *) b;

  /* Between equal scores the worse order counts. */
  return x->score != y->score ? (x->score > y->score ? -1 : 1) : x->is_spam - y->is_spam;
}

typedef struct
{
  double precision;    /* where RECALL of the spam is found */
  double recall;       /* as far down as precision is PRECISION */
  guint  n_certain;    /* scores over 0.99 */
  guint  n_wrong;      /* of these, no spam */
} Figures;

static Figures
measure (GPtrArray *asked)
{
  Figures figures = { 0 };
  guint n_spam = 0, n_found = 0;

  g_ptr_array_sort (asked, compare_scores);
  for (guint i = 0; i < asked->len; i++)
    n_spam += ((Sample *) g_ptr_array_index (asked, i))->is_spam;
  for (guint i = 0; i < asked->len; i++)
    {
      const Sample *sample = g_ptr_array_index (asked, i);
      double precision;

      n_found += sample->is_spam;
      precision = (double) n_found / (i + 1);
      if (figures.precision == 0 && n_found >= RECALL * n_spam)
        figures.precision = precision;
      if (precision >= PRECISION)
        figures.recall = (double) n_found / n_spam;
      figures.n_certain += sample->score > 0.99;
      figures.n_wrong += sample->score > 0.99 && !sample->is_spam;
    }
  return figures;
}

static Figures
run_split (GPtrArray *samples,
           guint      seed,
           double     share)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();
  g_autoptr(GPtrArray) asked = g_ptr_array_new ();
  g_autoptr(GHashTable) counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  Learnt learnt = { counts };
  guint n_learnt = (guint) (share * samples->len);

  for (guint i = 0; i < samples->len; i++)
    g_ptr_array_add (order, g_ptr_array_index (samples, i));
  for (guint i = order->len - 1; i > 0; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i + 1);
      gpointer swapped = order->pdata[i];

      order->pdata[i] = order->pdata[j];
      order->pdata[j] = swapped;
    }

  for (guint i = 0; i < n_learnt; i++)
    learn (&learnt, g_ptr_array_index (order, i));
  for (guint i = n_learnt; i < order->len; i++)
    {
      Sample *sample = g_ptr_array_index (order, i);

      sample->score = get_score (&learnt, sample);
      g_ptr_array_add (asked, sample);
    }
  return measure (asked);
}

static double
run_splits (GPtrArray *samples,
            double     share)
{
  double sum = 0, squares = 0, recalls = 0;
  guint n_certain = 0, n_wrong = 0;

  for (guint seed = 0; seed < N_SPLITS; seed++)
    {
      Figures figures = run_split (samples, seed, share);

      g_test_message ("split %u: precision %.4f at recall %.2f; recall %.4f at precision %.2f; %u above 0.99, %u wrong",
                      seed, figures.precision, RECALL, figures.recall, PRECISION, figures.n_certain, figures.n_wrong);
      sum += figures.precision;
      squares += figures.precision * figures.precision;
      recalls += figures.recall;
      n_certain += figures.n_certain;
      n_wrong += figures.n_wrong;
    }

  g_test_message ("%.0f %% of %u learnt: precision %.4f, standard deviation %.4f; recall %.4f at precision %.2f; "
                  "%u above 0.99, %u wrong", 100 * share, samples->len, sum / N_SPLITS,
                  sqrt (MAX (0, squares / N_SPLITS - sum * sum / N_SPLITS / N_SPLITS)), recalls / N_SPLITS, PRECISION,
                  n_certain, n_wrong);
  return sum / N_SPLITS;
}

static void
test_shared_sample (void)
{
  const char *shared = g_getenv ("BALCONY_SHARED");
  g_autofree char *path = g_build_filename (shared != NULL ? shared : "", "data", "comments", "labelled-comments.tsv", NULL);
  g_autoptr(GPtrArray) samples = read_samples (path);

  if (samples->len == 0)
    {
      g_test_skip ("the sample of labelled comments is not here");
      return;
    }
  for (guint tenth = 1; tenth <= 5; tenth += 2)
    run_splits (samples, tenth / 10.0);
  g_assert_cmpfloat (run_splits (samples, 0.7), >=, PRECISION);
}

static void
test_own_sample (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", "data", "comments.tsv", NULL);
  g_autoptr(GPtrArray) samples = read_samples (path);

  g_assert_cmpuint (samples->len, >, 200);
  g_assert_cmpfloat (run_splits (samples, 0.7), >=, PRECISION);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/spam/precision-on-the-shared-sample", test_shared_sample);
  g_test_add_func ("/store/spam/precision-on-an-own-sample", test_own_sample);
  return g_test_run ();
}
