/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "bal-spam-lessons.h"
#include "spam-desk.h"

/* ---- acting alone ---- */

typedef struct
{
  Fixture         *fixture;
  double           threshold;
  BalCapabilities  capabilities;
} Setting;

static gboolean
set_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Setting *setting = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, setting->fixture->blog_id, error);

  bal_blog_set_capabilities (blog, setting->capabilities);
  must (bal_blog_table_update (transaction, blog, error));
  must (bal_spam_help_set_threshold (transaction, setting->threshold, error));
  must_fail (bal_spam_help_set_threshold (transaction, 0.5, error), BAL_ERROR_INVALID);
  must_fail (bal_spam_help_set_threshold (transaction, 1, error), BAL_ERROR_INVALID);
  must_fail (bal_spam_help_set_threshold (transaction, NAN, error), BAL_ERROR_INVALID);
  return TRUE;
}

typedef struct
{
  GArray *ids;
  guint   n_moved;
} Receiving;

static gboolean
receive_work (BalTransaction  *transaction,
              gpointer         data,
              GError         **error)
{
  Receiving *receiving = data;

  receiving->n_moved = 0;
  for (guint i = 0; i < receiving->ids->len; i++)
    {
      gboolean moved = TRUE;

      must (bal_spam_help_receive (transaction, g_array_index (receiving->ids, gint64, i), &moved, error));
      receiving->n_moved += moved;
    }
  return TRUE;
}

static guint
receive (Fixture *fixture,
         GArray  *ids)
{
  Receiving receiving = { ids };

  fixture_write (fixture, receive_work, &receiving);
  return receiving.n_moved;
}

static gboolean
outbox_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  const gint64 *id = data;
  g_autoptr(BalOutboxItem) item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, *id, error);

  must (item != NULL);
  g_assert_cmpint (item->op, ==, BAL_OUTBOX_UPDATE);
  return TRUE;
}

static void
test_never_alone_unless_told (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GArray) spam = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, FALSE);
  g_autoptr(BalComment) moved = NULL;
  g_autoptr(BalComment) restored = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  Setting setting = { fixture, 0.95, BAL_CAPABILITY_MODERATE };
  gint64 id = g_array_index (spam, gint64, 0);

  spam_teach (fixture, 20);
  g_assert_cmpuint (receive (fixture, spam), ==, 0);

  fixture_write (fixture, set_work, &setting);
  before = spam_dump (fixture);
  g_assert_cmpuint (receive (fixture, good), ==, 0);
  g_assert_cmpuint (receive (fixture, spam), ==, 3);
  moved = spam_get (fixture, spam, 0);
  g_assert_cmpint (bal_comment_get_status (moved), ==, BAL_COMMENT_STATUS_SPAM);
  fixture_read (fixture, outbox_work, &id);

  /* It does not believe itself. */
  spam_run_chores (fixture);
  after = spam_dump (fixture);
  g_assert_cmpstr (before, ==, after);

  /* A person who restores one has it where it was; it may teach the contrary. */
  fixture_write (fixture, spam_restore_work, spam);
  restored = spam_get (fixture, spam, 0);
  g_assert_cmpint (bal_comment_get_status (restored), ==, BAL_COMMENT_STATUS_PENDING);
  spam_move (fixture, spam, BAL_COMMENT_STATUS_APPROVED);
  g_clear_pointer (&after, g_free);
  after = spam_dump (fixture);
  g_assert_true (g_str_has_prefix (after, "20/23\n"));
}

static void
test_does_not_act (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GArray) spam = spam_add (fixture, 3, BAL_COMMENT_STATUS_PENDING, TRUE);
  SpamAdding mine = { fixture, 1, BAL_COMMENT_STATUS_PENDING, TRUE, TRUE, ids };
  Setting setting = { fixture, 0.9, BAL_CAPABILITY_MODERATE };

  /* …having learnt little… */
  fixture_write (fixture, set_work, &setting);
  spam_teach (fixture, 19);
  g_assert_cmpuint (receive (fixture, spam), ==, 0);

  /* …on own comments… */
  spam_teach (fixture, 20);
  fixture_write (fixture, spam_add_work, &mine);
  g_assert_cmpuint (receive (fixture, ids), ==, 0);

  /* …where the blog does not let us moderate. */
  setting.capabilities = BAL_CAPABILITY_REPLY;
  fixture_write (fixture, set_work, &setting);
  g_assert_cmpuint (receive (fixture, spam), ==, 0);
  setting.capabilities = BAL_CAPABILITY_MODERATE;
  fixture_write (fixture, set_work, &setting);
  g_assert_cmpuint (receive (fixture, spam), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/spam/never-alone-unless-told", test_never_alone_unless_told);
  fixture_add ("/store/spam/does-not-act-where-it-must-not", test_does_not_act);
  return g_test_run ();
}
