/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

#include "bal-comment-list.h"
#include "bal-desk-persons.h"
#include "bal-person-key.h"
#include "bal-transaction.h"

static gint64 n_remote;

static BalComment *
make_signed (BalTransaction   *transaction,
             Fixture          *fixture,
             const char       *author,
             const char       *email,
             BalCommentStatus  status)
{
  g_autoptr(GError) error = NULL;
  gint64 review_id = bal_review_table_find_remote (transaction, fixture->blog_id, "r", &error);
  g_autofree char *remote_id = g_strdup_printf ("c%d", (int) ++n_remote);
  BalComment *comment;

  if (review_id == 0)
    review_id = put_pulled_review (transaction, fixture->blog_id, "r", "Film", "<p>x</p>");
  comment = make_comment (fixture->blog_id, review_id, 0, author, "<p>Some words.</p>");
  bal_comment_set_remote_id (comment, remote_id);
  bal_comment_set_author_email (comment, email);
  bal_comment_set_status (comment, status);
  bal_comment_set_created (comment, 1000 + n_remote);
  bal_comment_set_mine (comment, g_strcmp0 (author, "Brittani") == 0);
  return comment;
}

static gint64
put (BalTransaction   *transaction,
     Fixture          *fixture,
     const char       *author,
     const char       *email,
     BalCommentStatus  status)
{
  g_autoptr(BalComment) comment = make_signed (transaction, fixture, author, email, status);
  g_autoptr(GError) failed = NULL;
  GError **error = &failed;

  must (bal_comment_table_insert (transaction, comment, error) != 0);
  must (bal_comment_base_put (transaction, bal_comment_get_id (comment), comment, error));
  return bal_comment_get_id (comment);
}

static gint64
author_of (BalTransaction *transaction,
           gint64          comment_id)
{
  g_autoptr(GError) error = NULL;
  gint64 id = bal_person_table_make_author (transaction, comment_id, &error);

  g_assert_no_error (error);
  return id;
}

static void
assert_figures (BalTransaction *transaction,
                gint64          person_id,
                guint           pending,
                guint           approved,
                guint           spam,
                guint           trash)
{
  g_autoptr(GError) failed = NULL;
  GError **error = &failed;
  BalPersonFigures figures;

  must (bal_person_table_count (transaction, person_id, &figures, error));
  g_assert_cmpuint (figures.pending, ==, pending);
  g_assert_cmpuint (figures.approved, ==, approved);
  g_assert_cmpuint (figures.spam, ==, spam);
  g_assert_cmpuint (figures.trash, ==, trash);
}

/* ---- who it is ---- */

static gboolean
names_meet (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  gint64 first = put (transaction, data, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_APPROVED);
  gint64 second = put (transaction, data, "Ann S.", " ANN@mail.example", BAL_COMMENT_STATUS_PENDING);
  gint64 other = put (transaction, data, "Ann", NULL, BAL_COMMENT_STATUS_SPAM);
  gint64 nobody = put (transaction, data, "Anonymous", NULL, BAL_COMMENT_STATUS_PENDING);
  gint64 mine = put (transaction, data, "Brittani", "ann@mail.example", BAL_COMMENT_STATUS_APPROVED);
  gint64 id = author_of (transaction, first);
  g_autoptr(BalPerson) person = NULL;

  g_assert_cmpint (id, !=, 0);
  g_assert_cmpint (author_of (transaction, second), ==, id);
  g_assert_cmpint (author_of (transaction, other), !=, id);
  g_assert_cmpint (author_of (transaction, nobody), ==, 0);
  g_assert_cmpint (author_of (transaction, mine), ==, 0);
  g_assert_cmpint (bal_person_table_find_author (transaction, second, error), ==, id);
  assert_figures (transaction, id, 1, 1, 0, 0);

  person = bal_person_table_get (transaction, id, error);
  g_assert_cmpstr (person->name, ==, "Ann S.");
  g_assert_cmpstr (person->key, ==, "mail:ann@mail.example");
  must_fail (bal_person_table_get (transaction, 4711, error) != NULL, BAL_ERROR_NOT_FOUND);
  must_fail (bal_person_table_make_author (transaction, 4711, error) != 0, BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
long_names (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autofree char *name = g_strnfill (1000 * 1000, 'x');
  g_autofree char *accents = g_strdup_printf ("%.*sé", 399, name);
  gint64 id = author_of (transaction, put (transaction, data, name, NULL, BAL_COMMENT_STATUS_PENDING));
  gint64 cut = author_of (transaction, put (transaction, data, accents, NULL, BAL_COMMENT_STATUS_PENDING));
  g_autoptr(BalPerson) person = bal_person_table_get (transaction, id, error);
  g_autoptr(BalPerson) other = bal_person_table_get (transaction, cut, error);

  g_assert_cmpint (cut, !=, id);
  g_assert_cmpuint (strlen (person->name), ==, 400);
  g_assert_cmpuint (strlen (person->key), <, 100);
  g_assert_true (g_utf8_validate (other->name, -1, NULL));
  return TRUE;
}

static gboolean
add_three (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  for (guint i = 0; i < 3; i++)
    put (transaction, data, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_PENDING);
  return TRUE;
}

static gboolean
rename_one (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, 1, error);

  assert_figures (transaction, author_of (transaction, 2), 3, 0, 0, 0);
  bal_comment_set_author_email (comment, "bea@mail.example");
  must (bal_comment_table_update (transaction, comment, error));
  return bal_comment_table_remove (transaction, 3, error);
}

static gboolean
look_at_renamed (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  gboolean complete;

  must (bal_person_table_is_complete (transaction, &complete, error));
  g_assert_true (complete);
  assert_figures (transaction, bal_person_table_find_author (transaction, 1, error), 1, 0, 0, 0);
  assert_figures (transaction, bal_person_table_find_author (transaction, 2, error), 1, 0, 0, 0);
  return TRUE;
}

static void
complete (Fixture *fixture)
{
  g_autoptr(GError) error = NULL;

  bal_person_table_complete (fixture->store, &error);
  g_assert_no_error (error);
}

static void
test_what_changes_is_followed (Fixture       *fixture,
                               gconstpointer  data)
{
  fixture_write (fixture, add_three, fixture);
  complete (fixture);
  fixture_write (fixture, rename_one, fixture);
  complete (fixture);
  fixture_read (fixture, look_at_renamed, fixture);
}

/* Nobody asks for it: the writer does so when it is idle. */
static gboolean
look_at_complete (BalTransaction  *transaction,
                  gpointer         data,
                  GError         **error)
{
  return bal_person_table_is_complete (transaction, data, error);
}

static gboolean
is_looked_at (gpointer data)
{
  Fixture *fixture = data;
  gboolean complete_now = FALSE;

  g_usleep (20000);
  fixture_read (fixture, look_at_complete, &complete_now);
  return complete_now;
}

static void
test_the_idle_writer_looks (Fixture       *fixture,
                            gconstpointer  data)
{
  fixture_write (fixture, add_three, fixture);
  while (!is_looked_at (fixture));
}

/* ---- figures ---- */

#define N_PEOPLE 5
#define N_ACTS 400

/* The same by looking at every single comment. */
static void
assert_plain_count (BalTransaction *transaction,
                    const char     *key)
{
  g_autoptr(GError) failed = NULL;
  GError **error = &failed;
  g_autoptr(BalStatement) statement = NULL;
  g_autoptr(GArray) listed = NULL;
  BalPersonFigures figures, plain = { 0 };
  guint counts[4] = { 0 };
  gint64 person_id = 0;
  BalStep step;

  statement = bal_transaction_prepare (transaction, "SELECT id FROM comment ORDER BY created DESC, id DESC", error);
  must (statement != NULL);
  while ((step = bal_statement_step (statement, error)) == BAL_STEP_ROW)
    {
      g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, bal_statement_read_int (statement), error);
      g_autofree char *of = bal_person_key_for_comment (comment);
      gint64 created = bal_comment_get_created (comment);

      if (g_strcmp0 (of, key) != 0)
        continue;
      person_id = bal_person_table_find_author (transaction, bal_comment_get_id (comment), error);
      counts[bal_comment_get_status (comment)]++;
      plain.first = plain.first == 0 ? created : MIN (plain.first, created);
      plain.last = MAX (plain.last, created);
    }
  g_assert_cmpint (step, ==, BAL_STEP_DONE);
  if (person_id == 0)
    return;

  must (bal_person_table_count (transaction, person_id, &figures, error));
  g_assert_cmpuint (figures.pending, ==, counts[0]);
  g_assert_cmpuint (figures.approved, ==, counts[1]);
  g_assert_cmpuint (figures.spam, ==, counts[2]);
  g_assert_cmpuint (figures.trash, ==, counts[3]);
  g_assert_cmpint (figures.first, ==, plain.first);
  g_assert_cmpint (figures.last, ==, plain.last);
  listed = bal_person_table_list_comments (transaction, person_id, -1, error);
  g_assert_cmpuint (listed->len, ==, bal_person_figures_count (&figures));
}

static gboolean
compare_with_plain_count (BalTransaction  *transaction,
                          gpointer         data,
                          GError         **error)
{
  for (guint i = 0; i < N_PEOPLE; i++)
    {
      g_autofree char *email = g_strdup_printf ("p%u@mail.example", i);
      g_autofree char *key = bal_person_key_new (NULL, email, NULL);

      assert_plain_count (transaction, key);
    }
  return TRUE;
}

static gint64
pick_comment (BalTransaction *transaction)
{
  g_autoptr(GError) error = NULL;
  gint64 id;

  bal_connection_read_int (transaction->connection, "SELECT id FROM comment ORDER BY random () LIMIT 1", &id, &error);
  g_assert_no_error (error);
  return id;
}

static void
sign_anew (BalTransaction *transaction,
           gint64          id,
           const char     *email)
{
  g_autoptr(GError) failed = NULL;
  GError **error = &failed;
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, id, error);

  must (comment != NULL);
  bal_comment_set_author_email (comment, email);
  bal_comment_set_created (comment, g_test_rand_int_range (1, 5000));
  must (bal_comment_table_update (transaction, comment, error));
}

static gboolean
act_at_random (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  static const BalTriage acts[] = { BAL_TRIAGE_HOLD, BAL_TRIAGE_APPROVE, BAL_TRIAGE_SPAM, BAL_TRIAGE_TRASH,
                                    BAL_TRIAGE_RESTORE };
  g_autofree char *email = g_strdup_printf ("p%d@mail.example", g_test_rand_int_range (0, N_PEOPLE));
  g_autoptr(GArray) steps = g_array_new (FALSE, FALSE, sizeof (BalTriageStep));
  gint64 id = pick_comment (transaction);
  guint n_late = 0;

  switch (g_test_rand_int_range (0, id == 0 ? 1 : 6))
    {
    case 0:
    case 1:
      put (transaction, data, "P", email, g_test_rand_int_range (0, 4));
      break;
    case 2:
      sign_anew (transaction, id, email);
      break;
    case 3:
      must (bal_desk_delete_comments (transaction, &id, 1, error));
      break;
    default:
      must (bal_desk_triage (transaction, acts[g_test_rand_int_range (0, 5)], &id, 1, steps, error));
      if (g_test_rand_bit ())
        must (bal_desk_undo_triage (transaction, (BalTriageStep *) (gpointer) steps->data, steps->len, &n_late, error));
      break;
    }
  return TRUE;
}

static void
test_figures_equal_a_plain_count (Fixture       *fixture,
                                  gconstpointer  data)
{
  for (guint i = 0; i < N_ACTS; i++)
    {
      fixture_write (fixture, act_at_random, fixture);
      if (i % 20 == 19)
        {
          complete (fixture);
          fixture_read (fixture, compare_with_plain_count, fixture);
        }
    }
}

/* ---- what a person decides ---- */

static gboolean
notes_and_trust (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  gint64 comment_id = put (transaction, data, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_PENDING);
  gint64 id = author_of (transaction, comment_id);
  g_autoptr(GPtrArray) steps = bal_person_steps_new ();
  g_autoptr(BalPerson) person = NULL;
  g_autoptr(BalPerson) undone_person = NULL;
  g_autoptr(BalComment) comment = NULL;
  gboolean undone;

  must (bal_desk_set_person_note (transaction, id, "Met her\nin May", steps, error));
  must (bal_desk_set_person_note (transaction, id, "Met her\nin May", steps, error));
  must (bal_desk_set_person_trust (transaction, id, BAL_PERSON_TRUSTED, TRUE, steps, error));
  g_assert_cmpuint (steps->len, ==, 2);
  person = bal_person_table_get (transaction, id, error);
  g_assert_cmpstr (person->note, ==, "Met her\nin May");
  g_assert_cmpint (person->trust, ==, BAL_PERSON_TRUSTED);
  g_assert_true (person->automatic);
  comment = bal_comment_table_get (transaction, comment_id, error);
  g_assert_cmpint (bal_comment_get_person_marks (comment), ==, BAL_PERSON_MARK_TRUSTED | BAL_PERSON_MARK_NOTED);
  must (bal_change_set_has (transaction->changes, BAL_ENTITY_PERSON, id));
  g_assert_cmpint (bal_outbox_find (transaction, BAL_ENTITY_COMMENT, comment_id, error) == NULL, ==, TRUE);

  /* Only who is trusted is approved. */
  must (bal_desk_set_person_trust (transaction, id, BAL_PERSON_BLOCKED, TRUE, NULL, error));
  must (bal_desk_undo_persons (transaction, steps, &undone, error));
  g_assert_false (undone);
  must (bal_desk_set_person_trust (transaction, id, BAL_PERSON_TRUSTED, TRUE, NULL, error));

  /* What was noted meanwhile stays. */
  g_ptr_array_remove_index (steps, 0);
  must (bal_desk_set_person_note (transaction, id, "Met her in May", NULL, error));
  must (bal_desk_undo_persons (transaction, steps, &undone, error));
  g_assert_true (undone);
  undone_person = bal_person_table_get (transaction, id, error);
  g_assert_cmpint (undone_person->trust, ==, BAL_PERSON_NEUTRAL);
  g_assert_false (undone_person->automatic);
  g_assert_cmpstr (undone_person->note, ==, "Met her in May");

  must (bal_desk_set_person_note (transaction, id, " \n", NULL, error));
  g_clear_object (&comment);
  comment = bal_comment_table_get (transaction, comment_id, error);
  g_assert_cmpint (bal_comment_get_person_marks (comment), ==, BAL_PERSON_MARK_NONE);
  return TRUE;
}

static gboolean
merge_and_split (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  gint64 ann = author_of (transaction, put (transaction, data, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_APPROVED));
  gint64 bea = author_of (transaction, put (transaction, data, "Bea", NULL, BAL_COMMENT_STATUS_SPAM));
  gint64 cleo = author_of (transaction, put (transaction, data, "Cleo", NULL, BAL_COMMENT_STATUS_PENDING));
  g_autoptr(GPtrArray) steps = bal_person_steps_new ();
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(BalPerson) person = NULL;
  g_autoptr(BalPerson) split = NULL;
  gboolean undone;

  must (bal_desk_set_person_note (transaction, ann, "Of the club", NULL, error));
  must (bal_desk_set_person_note (transaction, bea, "Loud", NULL, error));
  must (bal_desk_set_person_trust (transaction, bea, BAL_PERSON_BLOCKED, FALSE, NULL, error));
  must (bal_desk_merge_persons (transaction, bea, cleo, NULL, error));
  must (bal_desk_merge_persons (transaction, ann, cleo, steps, error));
  must_fail (bal_desk_merge_persons (transaction, cleo, ann, NULL, error), BAL_ERROR_INVALID);
  assert_figures (transaction, cleo, 1, 1, 1, 0);

  person = bal_person_table_get (transaction, bea, error);
  g_assert_cmpint (person->id, ==, ann);
  g_assert_cmpstr (person->note, ==, "Of the club\n\nLoud");
  g_assert_cmpint (person->trust, ==, BAL_PERSON_BLOCKED);
  names = bal_person_table_list_aliases (transaction, bea, error);
  g_assert_cmpuint (names->len, ==, 3);
  g_assert_cmpint (((BalPerson *) names->pdata[0])->id, ==, ann);

  must_fail (bal_desk_split_person (transaction, ann, NULL, error), BAL_ERROR_INVALID);
  must (bal_desk_undo_persons (transaction, steps, &undone, error));
  g_assert_true (undone);
  assert_figures (transaction, ann, 0, 1, 0, 0);
  assert_figures (transaction, bea, 1, 0, 1, 0);

  must (bal_desk_merge_persons (transaction, ann, bea, NULL, error));
  must (bal_desk_split_person (transaction, bea, NULL, error));
  assert_figures (transaction, ann, 1, 1, 0, 0);
  assert_figures (transaction, bea, 0, 0, 1, 0);
  split = bal_person_table_get (transaction, bea, error);
  g_assert_cmpstr (split->note, ==, "Loud");
  g_assert_cmpint (split->trust, ==, BAL_PERSON_BLOCKED);
  return TRUE;
}

static guint
count_found (BalTransaction *transaction,
             int             trust,
             gboolean        noted,
             const char     *search)
{
  BalPersonQuery query = { .trust = trust, .noted = noted, .search = search };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) found = bal_person_table_query (transaction, &query, &error);

  g_assert_no_error (error);
  return found->len;
}

static gboolean
searches (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  gint64 ann = author_of (transaction, put (transaction, data, "Ann Lee", "ann@mail.example", BAL_COMMENT_STATUS_PENDING));
  gint64 zoe = author_of (transaction, put (transaction, data, "Zoë", NULL, BAL_COMMENT_STATUS_PENDING));
  BalPersonQuery all = BAL_PERSON_QUERY_INIT;
  g_autoptr(GPtrArray) everybody = bal_person_table_query (transaction, &all, error);

  g_assert_cmpuint (everybody->len, ==, 2);
  g_assert_cmpint (((BalPerson *) everybody->pdata[0])->id, ==, zoe);
  must (bal_desk_set_person_trust (transaction, ann, BAL_PERSON_TRUSTED, FALSE, NULL, error));
  must (bal_desk_set_person_note (transaction, zoe, "x", NULL, error));
  g_assert_cmpuint (count_found (transaction, -1, FALSE, "ANN  L"), ==, 1);
  g_assert_cmpuint (count_found (transaction, -1, FALSE, "MAIL.example"), ==, 1);
  g_assert_cmpuint (count_found (transaction, -1, FALSE, "zoë"), ==, 1);
  g_assert_cmpuint (count_found (transaction, -1, FALSE, "%"), ==, 0);
  g_assert_cmpuint (count_found (transaction, -1, FALSE, "\xff"), ==, 0);
  g_assert_cmpuint (count_found (transaction, BAL_PERSON_TRUSTED, FALSE, NULL), ==, 1);
  g_assert_cmpuint (count_found (transaction, BAL_PERSON_BLOCKED, FALSE, NULL), ==, 0);
  g_assert_cmpuint (count_found (transaction, -1, TRUE, NULL), ==, 1);

  /* Found by the other name. */
  must (bal_desk_merge_persons (transaction, ann, zoe, NULL, error));
  g_assert_cmpuint (count_found (transaction, -1, FALSE, "zoë"), ==, 1);
  g_assert_cmpuint (count_found (transaction, -1, FALSE, NULL), ==, 1);
  return TRUE;
}

/* ---- what arrives ---- */

static gint64
receive (BalTransaction   *transaction,
         Fixture          *fixture,
         const char       *author,
         const char       *email,
         BalCommentStatus  status,
         BalPersonAct      expected,
         BalCommentStatus  status_after,
         gboolean          queued)
{
  g_autoptr(GError) failed = NULL;
  GError **error = &failed;
  g_autoptr(BalComment) comment = make_signed (transaction, fixture, author, email, status);
  g_autoptr(BalComment) after = NULL;
  g_autoptr(BalOutboxItem) item = NULL;
  BalPersonAct act;

  must (bal_comment_table_insert (transaction, comment, error) != 0);
  must (bal_comment_base_put (transaction, bal_comment_get_id (comment), comment, error));
  must (bal_person_table_receive (transaction, comment, &act, error));
  g_assert_cmpint (act, ==, expected);
  after = bal_comment_table_get (transaction, bal_comment_get_id (comment), error);
  g_assert_cmpint (bal_comment_get_status (after), ==, status_after);
  g_assert_cmpint ((bal_comment_get_person_marks (after) & BAL_PERSON_MARK_ACTED) != 0, ==, queued);
  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, bal_comment_get_id (comment), error);
  g_assert_cmpint (item != NULL, ==, queued);
  return bal_comment_get_id (comment);
}

static void
allow_moderation (BalTransaction  *transaction,
                  Fixture         *fixture,
                  BalCapabilities  capabilities)
{
  g_autoptr(GError) failed = NULL;
  GError **error = &failed;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, fixture->blog_id, error);

  bal_blog_set_capabilities (blog, capabilities);
  must (bal_blog_table_update (transaction, blog, error));
}

static gboolean
arrivals (BalTransaction  *transaction,
          gpointer         data,
          GError         **error)
{
  const char *mail = "ann@mail.example";
  gint64 first = put (transaction, data, "Ann", mail, BAL_COMMENT_STATUS_APPROVED);
  gint64 id = author_of (transaction, first), acted;
  BalOutboxParts taken;
  g_autoptr(BalComment) comment = NULL;

  allow_moderation (transaction, data, BAL_CAPABILITY_MODERATE);
  receive (transaction, data, "Ann", mail, 0, BAL_PERSON_ACT_NONE, 0, FALSE);

  /* Trust alone approves nothing. */
  must (bal_desk_set_person_trust (transaction, id, BAL_PERSON_TRUSTED, FALSE, NULL, error));
  receive (transaction, data, "Ann", mail, 0, BAL_PERSON_ACT_SPARED, 0, FALSE);
  must (bal_desk_set_person_trust (transaction, id, BAL_PERSON_TRUSTED, TRUE, NULL, error));
  acted = receive (transaction, data, "ANN L", "Ann@Mail.example", 0, BAL_PERSON_ACT_APPROVED, 1, TRUE);
  receive (transaction, data, "Ann", "bea@mail.example", 0, BAL_PERSON_ACT_NONE, 0, FALSE);
  receive (transaction, data, "Ann", NULL, 0, BAL_PERSON_ACT_NONE, 0, FALSE);
  receive (transaction, data, "Ann", mail, BAL_COMMENT_STATUS_SPAM, BAL_PERSON_ACT_NONE, BAL_COMMENT_STATUS_SPAM, FALSE);

  /* Until it is sent it can be taken back, and says no longer who did it. */
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, acted, &taken, error));
  comment = bal_comment_table_get (transaction, acted, error);
  g_assert_cmpint (bal_comment_get_status (comment), ==, BAL_COMMENT_STATUS_PENDING);
  g_assert_cmpint (bal_comment_get_person_marks (comment), ==, BAL_PERSON_MARK_TRUSTED);

  must (bal_desk_set_person_trust (transaction, id, BAL_PERSON_BLOCKED, FALSE, NULL, error));
  receive (transaction, data, "Ann", mail, 0, BAL_PERSON_ACT_TRASHED, BAL_COMMENT_STATUS_TRASH, TRUE);
  receive (transaction, data, "Ann", mail, 1, BAL_PERSON_ACT_NONE, 1, FALSE);
  receive (transaction, data, "Brittani", mail, 0, BAL_PERSON_ACT_NONE, 0, FALSE);

  /* Where nobody may decide, nothing is decided. */
  allow_moderation (transaction, data, BAL_CAPABILITY_REPLY);
  receive (transaction, data, "Ann", mail, 0, BAL_PERSON_ACT_NONE, 0, FALSE);
  return TRUE;
}

static gboolean
merged_arrivals (BalTransaction  *transaction,
                 gpointer         data,
                 GError         **error)
{
  gint64 ann = author_of (transaction, put (transaction, data, "Ann", "ann@mail.example", BAL_COMMENT_STATUS_APPROVED));
  gint64 bea = author_of (transaction, put (transaction, data, "Bea", "bea@mail.example", BAL_COMMENT_STATUS_APPROVED));

  allow_moderation (transaction, data, BAL_CAPABILITY_MODERATE);
  must (bal_desk_set_person_trust (transaction, bea, BAL_PERSON_BLOCKED, FALSE, NULL, error));
  must (bal_desk_set_person_trust (transaction, ann, BAL_PERSON_TRUSTED, TRUE, NULL, error));
  must (bal_desk_merge_persons (transaction, ann, bea, NULL, error));
  receive (transaction, data, "Bea", "bea@mail.example", 0, BAL_PERSON_ACT_APPROVED, 1, TRUE);
  must (bal_desk_split_person (transaction, bea, NULL, error));
  receive (transaction, data, "Bea", "bea@mail.example", 0, BAL_PERSON_ACT_TRASHED, BAL_COMMENT_STATUS_TRASH, TRUE);
  return TRUE;
}

/* ---- the rest ---- */

static gboolean
remove_blog (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Fixture *fixture = data;
  gint64 ann = author_of (transaction, put (transaction, data, "Ann", NULL, BAL_COMMENT_STATUS_PENDING)), left;

  author_of (transaction, put (transaction, data, "Bea", NULL, BAL_COMMENT_STATUS_PENDING));
  must (bal_desk_set_person_note (transaction, ann, "Mine to keep", NULL, error));
  must (bal_blog_table_remove (transaction, fixture->blog_id, error));
  must (bal_connection_read_int (transaction->connection, "SELECT count(*) FROM person", &left, error));
  g_assert_cmpint (left, ==, 1);
  must (bal_connection_read_int (transaction->connection, "SELECT count(*) FROM comment_author", &left, error));
  g_assert_cmpint (left, ==, 0);
  return TRUE;
}

static gboolean
has_loaded (gpointer data)
{
  return !bal_comment_list_get_loading (data);
}

static void
test_list_follows (Fixture       *fixture,
                   gconstpointer  data)
{
  g_autoptr(BalCommentList) list = bal_comment_list_new (fixture->store);

  fixture_write (fixture, add_three, fixture);
  complete (fixture);
  bal_comment_list_set_person (list, 1);
  wait_until (has_loaded, list);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);

  fixture_write (fixture, add_three, fixture);
  complete (fixture);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) != 6)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (bal_comment_list_get_id (list, 0), >, bal_comment_list_get_id (list, 5));
  bal_comment_list_set_person (list, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/persons/names-meet-in-one-person", names_meet);
  fixture_add_body ("/store/persons/long-names-fill-no-disk", long_names);
  fixture_add ("/store/persons/what-changes-is-followed", test_what_changes_is_followed);
  fixture_add ("/store/persons/the-idle-writer-looks", test_the_idle_writer_looks);
  fixture_add ("/store/persons/figures-equal-a-plain-count", test_figures_equal_a_plain_count);
  fixture_add_body ("/store/persons/notes-and-trust-can-be-taken-back", notes_and_trust);
  fixture_add_body ("/store/persons/merged-and-split-again", merge_and_split);
  fixture_add_body ("/store/persons/searches", searches);
  fixture_add_body ("/store/persons/what-arrives-is-treated-as-was-wished", arrivals);
  fixture_add_body ("/store/persons/all-names-of-a-person-are-treated-alike", merged_arrivals);
  fixture_add_body ("/store/persons/a-blog-takes-its-commenters-along", remove_blog);
  fixture_add ("/store/persons/the-list-follows", test_list_follows);

  return g_test_run ();
}
