/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spam-desk.h"

#include "bal-spam-chores.h"
#include "bal-spam-lessons.h"

/* ---- what was learnt, written out ---- */

static gboolean
dump_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  GString *text = data;
  g_autoptr(BalStatement) signs = NULL;
  g_autoptr(BalStatement) help = NULL;

  help = bal_transaction_prepare (transaction, "SELECT n_spam, n_good FROM spam_help", error);
  must (help != NULL && bal_statement_step (help, error) == BAL_STEP_ROW);
  g_string_assign (text, "");
  g_string_append_printf (text, "%" G_GINT64_FORMAT "/", bal_statement_read_int (help));
  g_string_append_printf (text, "%" G_GINT64_FORMAT "\n", bal_statement_read_int (help));

  signs = bal_transaction_prepare (transaction, "SELECT hash, n_spam, n_good FROM spam_sign ORDER BY hash", error);
  must (signs != NULL);
  while (bal_statement_step (signs, error) == BAL_STEP_ROW)
    for (guint i = 0; i < 3; i++)
      g_string_append_printf (text, "%" G_GINT64_FORMAT "%c", bal_statement_read_int (signs), i < 2 ? ' ' : '\n');
  return TRUE;
}

char *
spam_dump (Fixture *fixture)
{
  GString *text = g_string_new (NULL);

  fixture_write (fixture, dump_work, text);
  return g_string_free (text, FALSE);
}

/* ---- comments ---- */

static const char *const spam_texts[] = {
  "<p>Cheap watches, free shipping <a href=\"http://watches.example/a\">here</a></p>",
  "<p>Free casino bonus, click http://casino.example now</p>",
  "<p>Cheap pills, free shipping, click http://pills.example now</p>",
};
static const char *const good_texts[] = {
  "<p>The ending of this film surprised me a lot.</p>",
  "<p>I liked the first scene, and the music in it.</p>",
  "<p>The book is better than the film, I think.</p>",
};

gboolean
spam_add_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  SpamAdding *adding = data;
  gint64 blog_id = adding->fixture->blog_id;
  gint64 review_id = bal_review_table_find_remote (transaction, blog_id, "r", error);

  if (review_id == 0)
    review_id = put_pulled_review (transaction, blog_id, "r", "Film", "<p>x</p>");

  for (guint i = 0; i < adding->n; i++)
    {
      const char *text = (adding->spam ? spam_texts : good_texts)[i % 3];
      g_autoptr(BalComment) comment = make_comment (blog_id, review_id, 0, adding->spam ? "Best Deals" : "Ann", text);
      g_autofree char *remote_id = g_uuid_string_random ();
      gint64 id;

      bal_comment_set_status (comment, adding->status);
      bal_comment_set_mine (comment, adding->mine);
      bal_comment_set_remote_id (comment, remote_id);
      bal_comment_set_created (comment, 3000 + i);
      must ((id = bal_comment_table_insert (transaction, comment, error)) != 0);
      must (bal_comment_base_put (transaction, id, comment, error));
      if (adding->ids != NULL)
        g_array_append_val (adding->ids, id);
    }
  return TRUE;
}

GArray *
spam_add (Fixture          *fixture,
     guint             n,
     BalCommentStatus  status,
     gboolean          spam)
{
  SpamAdding adding = { fixture, n, status, spam, FALSE, g_array_new (FALSE, FALSE, sizeof (gint64)) };

  fixture_write (fixture, spam_add_work, &adding);
  return adding.ids;
}

static gboolean
has_work_work (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  return bal_spam_chores_has_work (transaction->connection, data, error);
}

static gboolean
run_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  return bal_spam_chores_run (transaction, error);
}

guint
spam_run_chores (Fixture *fixture)
{
  gboolean has_work = TRUE;

  for (guint n = 0; n < 10000; n++)
    {
      fixture_write (fixture, has_work_work, &has_work);
      if (!has_work)
        return n;
      fixture_write (fixture, run_work, NULL);
    }
  g_error ("The spam help never comes to an end");
}

typedef struct
{
  GArray           *ids;
  BalCommentStatus  status;
} Act;

static gboolean
act_work (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  Act *act = data;

  return bal_desk_set_comment_status (transaction, (const gint64 *) (gpointer) act->ids->data, act->ids->len,
                                      act->status, error);
}

void
spam_move (Fixture          *fixture,
           GArray           *ids,
           BalCommentStatus  status)
{
  Act act = { ids, status };

  fixture_write (fixture, act_work, &act);
}

typedef struct
{
  gint64      id;
  const char *text;
} Edit;

static gboolean
edit_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Edit *edit = data;

  return bal_desk_edit_comment (transaction, edit->id, edit->text, error);
}

void
spam_edit (Fixture    *fixture,
           GArray     *ids,
           const char *text)
{
  Edit edit = { g_array_index (ids, gint64, 0), text };

  fixture_write (fixture, edit_work, &edit);
}

gboolean
spam_restore_work (BalTransaction  *transaction,
                   gpointer         data,
                   GError         **error)
{
  GArray *ids = data;

  return bal_desk_restore_comments (transaction, (const gint64 *) (gpointer) ids->data, ids->len, error);
}

BalComment *
spam_get (Fixture *fixture,
     GArray  *ids,
     guint    i)
{
  return fixture_get_comment (fixture, g_array_index (ids, gint64, i));
}

double
spam_get_score (Fixture *fixture,
                GArray  *ids,
                guint    i)
{
  g_autoptr(BalComment) comment = spam_get (fixture, ids, i);

  return bal_comment_get_spam_score (comment);
}

void
spam_teach (Fixture *fixture,
            guint    n)
{
  g_autoptr(GArray) spam = spam_add (fixture, n, BAL_COMMENT_STATUS_SPAM, TRUE);
  g_autoptr(GArray) good = spam_add (fixture, n, BAL_COMMENT_STATUS_APPROVED, FALSE);

  spam_run_chores (fixture);
}
