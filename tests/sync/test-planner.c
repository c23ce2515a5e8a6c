/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"

#define LABELS(...) ((const char *const[]) { __VA_ARGS__ __VA_OPT__ (,) NULL })

static BalReview *
make_review (void)
{
  BalReview *review = bal_review_new (0);

  bal_review_set_remote_id (review, "7");
  bal_review_set_title (review, "The Perfection");
  bal_review_set_html (review, "<p>Lizzie.</p>");
  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
  bal_review_set_published (review, 1559239440);
  bal_review_set_labels (review, LABELS ("Horror", "2018"));
  return review;
}

/* One change to each field that is merged, in two versions. */
typedef void (*Change) (BalReview *review,
                        gboolean   other);

static void
change_title (BalReview *review,
              gboolean   other)
{
  bal_review_set_title (review, other ? "Perfection" : "The Perfection (2018)");
}

static void
change_html (BalReview *review,
             gboolean   other)
{
  bal_review_set_html (review, other ? "<p>Charlotte.</p>" : "<p>Lizzie Wells.</p>");
}

static void
change_excerpt (BalReview *review,
                gboolean   other)
{
  bal_review_set_excerpt (review, other ? "Cello." : "Cellos.");
}

static void
change_slug (BalReview *review,
             gboolean   other)
{
  bal_review_set_slug (review, other ? "perfection" : "the-perfection");
}

static void
change_status (BalReview *review,
               gboolean   other)
{
  bal_review_set_status (review, other ? BAL_REVIEW_STATUS_TRASH : BAL_REVIEW_STATUS_DRAFT);
}

static void
change_image (BalReview *review,
              gboolean   other)
{
  bal_review_set_featured_image (review, other ? "12" : "media:3");
}

static const struct
{
  const char *name;
  Change      change;
} changes[] = {
  { "title", change_title },   { "html", change_html },     { "excerpt", change_excerpt },
  { "slug", change_slug },     { "status", change_status }, { "featured_image", change_image },
};

static BalPlan
plan (BalReview  *base,
      BalReview  *local,
      BalReview  *remote,
      BalReview **merged,
      char      **what)
{
  BalPlan made;

  g_clear_object (merged);
  g_clear_pointer (what, g_free);
  made = bal_plan_review (base, local, remote, merged, what);
  g_assert_cmpint (*merged != NULL, ==, made == BAL_PLAN_MERGE);
  g_assert_cmpint (*what != NULL, ==, made == BAL_PLAN_CONFLICT);
  return made;
}

static void
test_one_side_changed (void)
{
  g_autoptr(BalReview) base = make_review ();
  g_autoptr(BalReview) merged = NULL;
  g_autofree char *what = NULL;

  g_assert_cmpint (plan (base, base, base, &merged, &what), ==, BAL_PLAN_NOTHING);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr(BalReview) changed = make_review ();

      changes[i].change (changed, FALSE);
      g_assert_cmpint (plan (base, changed, base, &merged, &what), ==, BAL_PLAN_SEND_LOCAL);
      g_assert_cmpint (plan (base, base, changed, &merged, &what), ==, BAL_PLAN_TAKE_REMOTE);
      g_assert_cmpint (plan (base, changed, changed, &merged, &what), ==, BAL_PLAN_ADOPT);
      g_assert_cmpint (plan (base, changed, NULL, &merged, &what), ==, BAL_PLAN_CREATE_AGAIN);
    }
  g_assert_cmpint (plan (base, base, NULL, &merged, &what), ==, BAL_PLAN_REMOVE_LOCAL);
}

/* Each field against each other one: different fields merge, the same one is a conflict that names it. */
static void
test_both_sides_changed (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (changes); j++)
      {
        g_autoptr(BalReview) base = make_review ();
        g_autoptr(BalReview) local = make_review ();
        g_autoptr(BalReview) remote = make_review ();
        g_autoptr(BalReview) both = make_review ();
        g_autoptr(BalReview) merged = NULL;
        g_autofree char *what = NULL;

        changes[i].change (local, FALSE);
        changes[j].change (remote, TRUE);
        changes[i].change (both, FALSE);
        if (i == j)
          {
            g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_CONFLICT);
            g_assert_cmpstr (what, ==, changes[i].name);
            continue;
          }

        changes[j].change (both, TRUE);
        g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_MERGE);
        g_assert_true (bal_review_content_equal (merged, both));
      }
}

static void
test_conflict_names_all_fields_and_merges_the_rest (void)
{
  g_autoptr(BalReview) base = make_review ();
  g_autoptr(BalReview) local = make_review ();
  g_autoptr(BalReview) remote = make_review ();
  g_autoptr(BalReview) merged = NULL;
  g_autofree char *what = NULL;

  change_title (local, FALSE);
  change_html (local, FALSE);
  change_title (remote, TRUE);
  change_html (remote, TRUE);
  change_excerpt (remote, TRUE);
  bal_review_set_revision (remote, "r9");
  g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_CONFLICT);
  g_assert_cmpstr (what, ==, "title,html");

  g_clear_pointer (&what, g_free);
  merged = bal_plan_merge_review (base, local, remote, &what);
  g_assert_cmpstr (what, ==, "title,html");
  g_assert_cmpstr (bal_review_get_html (merged), ==, bal_review_get_html (local));
  g_assert_cmpstr (bal_review_get_excerpt (merged), ==, "Cello.");
  g_assert_cmpstr (bal_review_get_revision (merged), ==, "r9");
}

/* Both wrote in one text: what they wrote in different places is put together, in the bytes of each. */
static void
test_texts_merge_by_words (void)
{
  static const struct
  {
    const char *base, *local, *remote;
    const char *merged;                  /* NULL: a conflict */
  } cases[] = {
    { "<p>one</p>\n<p>two</p>", "<p>uno</p>\n<p>two</p>", "<p>one</p>\n<p class=x>dos</p>",
      "<p>uno</p>\n<p class=x>dos</p>" },
    { "one two three", "uno two three", "one two tres\n\nfour", "uno two tres\n\nfour" },
    { "<p>one</p>", "<p>uno</p>", "<p>un</p>", NULL },
    { "<p>one</p><p>two</p>", "<p>one</p>", "<p>one</p><p>dos</p>", NULL },
    /* What they wrote comes from nothing that both had. */
    { "", "<p>mine</p>", "<h2>Theirs</h2>", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalReview) base = make_review ();
      g_autoptr(BalReview) local = make_review ();
      g_autoptr(BalReview) remote = make_review ();
      g_autoptr(BalReview) merged = NULL;
      g_autofree char *what = NULL;

      bal_review_set_html (base, cases[i].base);
      bal_review_set_html (local, cases[i].local);
      bal_review_set_html (remote, cases[i].remote);
      change_excerpt (remote, TRUE);
      g_assert_cmpint (plan (base, local, remote, &merged, &what), ==,
                       cases[i].merged != NULL ? BAL_PLAN_MERGE : BAL_PLAN_CONFLICT);
      g_assert_cmpstr (what, ==, cases[i].merged != NULL ? NULL : "html");
      if (merged == NULL)
        continue;
      g_assert_cmpstr (bal_review_get_html (merged), ==, cases[i].merged);
      g_assert_cmpstr (bal_review_get_excerpt (merged), ==, "Cello.");
    }
}

/* While something else is in conflict the base stays, and a text merged over it twice would have the blog's words
 * twice: it waits, too. */
static void
test_texts_wait_for_a_conflict (void)
{
  g_autoptr(BalReview) base = make_review ();
  g_autoptr(BalReview) local = make_review ();
  g_autoptr(BalReview) remote = make_review ();
  g_autoptr(BalReview) merged = NULL;
  g_autofree char *what = NULL;

  change_title (local, FALSE);
  change_title (remote, TRUE);
  bal_review_set_html (local, "<p>Lizzie.</p><p>Mine.</p>");
  bal_review_set_html (remote, "<p>Lizzie!</p>");
  g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_CONFLICT);
  g_assert_cmpstr (what, ==, "title,html");
  merged = bal_plan_merge_review (base, local, remote, NULL);
  g_assert_cmpstr (bal_review_get_html (merged), ==, "<p>Lizzie.</p><p>Mine.</p>");
}

static void
test_labels_merge_as_sets (void)
{
  static const struct
  {
    const char *base[4], *local[4], *remote[4], *merged[5];
  } cases[] = {
    { { "a", "b" }, { "a", "b", "c" }, { "a", "b", "d" }, { "a", "b", "c", "d" } },
    { { "a", "b" }, { "a" }, { "a", "b", "d" }, { "a", "d" } },
    { { "a", "b" }, { "b" }, { "a" }, { NULL } },
    { { "a" }, { "a", "c" }, { NULL }, { "c" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalReview) base = make_review ();
      g_autoptr(BalReview) local = make_review ();
      g_autoptr(BalReview) remote = make_review ();
      g_autoptr(BalReview) merged = NULL;
      g_autofree char *what = NULL;

      bal_review_set_labels (base, cases[i].base);
      bal_review_set_labels (local, cases[i].local);
      bal_review_set_labels (remote, cases[i].remote);
      g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_MERGE);
      g_assert_true (g_strv_equal (bal_review_get_labels (merged), cases[i].merged));
    }
}

static void
test_equal_additions_are_no_change_to_send (void)
{
  g_autoptr(BalReview) base = make_review ();
  g_autoptr(BalReview) local = make_review ();
  g_autoptr(BalReview) remote = make_review ();
  g_autoptr(BalReview) merged = NULL;
  g_autofree char *what = NULL;

  bal_review_set_labels (local, LABELS ("Horror", "2018", "Cello"));
  bal_review_set_labels (remote, LABELS ("Cello", "2018", "Horror", "Netflix"));
  g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_TAKE_REMOTE);

  bal_review_set_labels (local, LABELS ("2018", "Horror"));
  bal_review_set_revision (local, "r2");
  g_assert_cmpint (plan (base, local, base, &merged, &what), ==, BAL_PLAN_NOTHING);
}

static void
test_edited_here_and_trashed_there_keeps_both (void)
{
  g_autoptr(BalReview) base = make_review ();
  g_autoptr(BalReview) local = make_review ();
  g_autoptr(BalReview) remote = make_review ();
  g_autoptr(BalReview) merged = NULL;
  g_autofree char *what = NULL;

  change_html (local, FALSE);
  bal_review_set_status (remote, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpint (plan (base, local, remote, &merged, &what), ==, BAL_PLAN_MERGE);
  g_assert_cmpint (bal_review_get_status (merged), ==, BAL_REVIEW_STATUS_TRASH);
  g_assert_cmpstr (bal_review_get_html (merged), ==, "<p>Lizzie Wells.</p>");
}

static void
test_without_a_base (void)
{
  g_autoptr(BalReview) local = make_review ();
  g_autoptr(BalReview) remote = make_review ();
  g_autoptr(BalReview) merged = NULL;
  g_autofree char *what = NULL;

  g_assert_cmpint (plan (NULL, local, remote, &merged, &what), ==, BAL_PLAN_ADOPT);
  g_assert_cmpint (plan (NULL, local, NULL, &merged, &what), ==, BAL_PLAN_CREATE_AGAIN);
  change_html (remote, TRUE);
  g_assert_cmpint (plan (NULL, local, remote, &merged, &what), ==, BAL_PLAN_CONFLICT);
  g_assert_cmpstr (what, ==, "html");
}

/* ---- comments ---- */

static BalComment *
make_comment (BalCommentStatus  status,
              const char       *html)
{
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_remote_id (comment, "9");
  bal_comment_set_author (comment, "Anonymous");
  bal_comment_set_status (comment, status);
  bal_comment_set_html (comment, html);
  return comment;
}

static void
test_comments (void)
{
  static const struct
  {
    BalCommentStatus local, remote;
    const char      *local_html, *remote_html;
    BalPlan          plan;
    const char      *what;
  } cases[] = {
    { 0, 0, "a", "a", BAL_PLAN_NOTHING, NULL },      { 1, 0, "a", "a", BAL_PLAN_SEND_LOCAL, NULL },
    { 0, 1, "a", "a", BAL_PLAN_TAKE_REMOTE, NULL },  { 1, 1, "a", "a", BAL_PLAN_ADOPT, NULL },
    { 1, 2, "a", "a", BAL_PLAN_CONFLICT, "status" }, { 1, 0, "a", "b", BAL_PLAN_MERGE, NULL },
    { 0, 3, "b", "a", BAL_PLAN_MERGE, NULL },        { 0, 0, "b", "c", BAL_PLAN_CONFLICT, "html" },
    { 1, 2, "b", "c", BAL_PLAN_CONFLICT, "status,html" },
  };
  g_autoptr(BalComment) base = make_comment (BAL_COMMENT_STATUS_PENDING, "a");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(BalComment) local = make_comment (cases[i].local, cases[i].local_html);
      g_autoptr(BalComment) remote = make_comment (cases[i].remote, cases[i].remote_html);
      g_autoptr(BalComment) merged = NULL;
      g_autofree char *what = NULL;

      g_assert_cmpint (bal_plan_comment (base, local, remote, &merged, &what), ==, cases[i].plan);
      g_assert_cmpstr (what, ==, cases[i].what);
      if (cases[i].plan == BAL_PLAN_MERGE)
        {
          g_assert_cmpint (bal_comment_get_status (merged), ==, cases[i].local | cases[i].remote);
          g_assert_cmpstr (bal_comment_get_html (merged), ==, "b");
        }
    }
}

static void
test_gone_comment_keeps_our_text (void)
{
  g_autoptr(BalComment) base = make_comment (BAL_COMMENT_STATUS_APPROVED, "a");
  g_autoptr(BalComment) moderated = make_comment (BAL_COMMENT_STATUS_SPAM, "a");
  g_autoptr(BalComment) edited = make_comment (BAL_COMMENT_STATUS_APPROVED, "b");
  g_autoptr(BalComment) merged = NULL;
  g_autofree char *what = NULL;

  g_assert_cmpint (bal_plan_comment (base, base, NULL, &merged, &what), ==, BAL_PLAN_REMOVE_LOCAL);
  g_assert_cmpint (bal_plan_comment (base, moderated, NULL, &merged, &what), ==, BAL_PLAN_REMOVE_LOCAL);
  g_assert_cmpint (bal_plan_comment (base, edited, NULL, &merged, &what), ==, BAL_PLAN_CREATE_AGAIN);
}

/* ---- steps ---- */

static void
test_steps (void)
{
  const BalCapabilities all = BAL_CAPABILITY_REPLY | BAL_CAPABILITY_MODERATE;
  static const struct
  {
    BalEntity       entity;
    BalOutboxOp     op;
    BalOutboxState  state;
    guint           attempts;
    gint64          not_before;
    gboolean        has_remote_id, parent_known;
    BalCapabilities needs;
    BalStep         step;
    gboolean        says_why;
  } cases[] = {
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_CREATE, BAL_OUTBOX_PENDING, 0, 0, FALSE, FALSE, 0, BAL_STEP_CREATE, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_CREATE, BAL_OUTBOX_UNKNOWN, 1, 0, FALSE, FALSE, 0, BAL_STEP_LOOK_UP, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_CREATE, BAL_OUTBOX_SENDING, 1, 0, FALSE, FALSE, 0, BAL_STEP_LOOK_UP, FALSE },
    /* A 504 may have been carried out. */
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_CREATE, BAL_OUTBOX_PENDING, 1, 0, FALSE, FALSE, 0, BAL_STEP_LOOK_UP, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_CREATE, BAL_OUTBOX_UNKNOWN, 1, 0, TRUE, FALSE, 0,
      BAL_STEP_READ_THEN_UPDATE, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING, 0, 0, TRUE, FALSE, 0,
      BAL_STEP_READ_THEN_UPDATE, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING, 0, 0, FALSE, FALSE, 0, BAL_STEP_CREATE, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PARKED, 0, 0, TRUE, FALSE, 0, BAL_STEP_WAIT, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING, 2, 1001, TRUE, FALSE, 0, BAL_STEP_WAIT, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING, 2, 1000, TRUE, FALSE, 0,
      BAL_STEP_READ_THEN_UPDATE, FALSE },
    { BAL_ENTITY_REVIEW, BAL_OUTBOX_CREATE, BAL_OUTBOX_PENDING, 0, 0, FALSE, FALSE, BAL_CAPABILITY_PUBLISH,
      BAL_STEP_PARK, TRUE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_CREATE, BAL_OUTBOX_PENDING, 0, 0, FALSE, TRUE, BAL_CAPABILITY_REPLY,
      BAL_STEP_CREATE, FALSE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_CREATE, BAL_OUTBOX_PENDING, 0, 0, FALSE, FALSE, BAL_CAPABILITY_REPLY,
      BAL_STEP_WAIT, TRUE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_CREATE, BAL_OUTBOX_PENDING, 0, 0, FALSE, TRUE, BAL_CAPABILITY_ADD_COMMENTS,
      BAL_STEP_PARK, TRUE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING, 0, 0, TRUE, TRUE, BAL_CAPABILITY_EDIT_COMMENTS,
      BAL_STEP_PARK, TRUE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_DELETE, BAL_OUTBOX_PENDING, 0, 0, TRUE, FALSE, BAL_CAPABILITY_MODERATE,
      BAL_STEP_DELETE, FALSE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_DELETE, BAL_OUTBOX_UNKNOWN, 1, 0, TRUE, FALSE, BAL_CAPABILITY_MODERATE,
      BAL_STEP_DELETE, FALSE },
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_DELETE, BAL_OUTBOX_PENDING, 0, 0, FALSE, FALSE, 0, BAL_STEP_DROP, FALSE },
    /* Deleted here while its create was on its way: it must be found to be deleted there. */
    { BAL_ENTITY_COMMENT, BAL_OUTBOX_DELETE, BAL_OUTBOX_UNKNOWN, 1, 0, FALSE, FALSE, 0, BAL_STEP_LOOK_UP, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BalOutboxItem item = {
        .entity = cases[i].entity, .op = cases[i].op, .state = cases[i].state,
        .attempts = cases[i].attempts, .not_before = cases[i].not_before,
      };
      const char *why;

      g_test_message ("case %u", i);
      g_assert_cmpint (bal_plan_step (&item, cases[i].has_remote_id, cases[i].parent_known, cases[i].needs,
                                      all, 1000, &why),
                       ==, cases[i].step);
      g_assert_cmpint (why != NULL, ==, cases[i].says_why);
    }
}

static void
test_needs (void)
{
  g_autoptr(BalReview) review = make_review ();
  g_autoptr(BalReview) draft = make_review ();
  g_autoptr(BalComment) pending = make_comment (BAL_COMMENT_STATUS_PENDING, "a");
  g_autoptr(BalComment) spam = make_comment (BAL_COMMENT_STATUS_SPAM, "a");
  g_autoptr(BalComment) edited = make_comment (BAL_COMMENT_STATUS_PENDING, "b");

  bal_review_set_status (draft, BAL_REVIEW_STATUS_DRAFT);
  g_assert_cmpint (bal_plan_review_needs (NULL, review), ==, BAL_CAPABILITY_PUBLISH);
  g_assert_cmpint (bal_plan_review_needs (draft, review), ==, BAL_CAPABILITY_PUBLISH);
  g_assert_cmpint (bal_plan_review_needs (review, review), ==, BAL_CAPABILITY_NONE);
  g_assert_cmpint (bal_plan_review_needs (NULL, draft), ==, BAL_CAPABILITY_NONE);
  bal_review_set_featured_image (draft, "media:3");
  g_assert_cmpint (bal_plan_review_needs (NULL, draft), ==, BAL_CAPABILITY_UPLOAD_MEDIA);

  g_assert_cmpint (bal_plan_comment_needs (NULL, pending), ==, BAL_CAPABILITY_ADD_COMMENTS);
  g_assert_cmpint (bal_plan_comment_needs (pending, spam), ==, BAL_CAPABILITY_MODERATE);
  g_assert_cmpint (bal_plan_comment_needs (pending, edited), ==, BAL_CAPABILITY_EDIT_COMMENTS);
  bal_comment_set_mine (pending, TRUE);
  g_assert_cmpint (bal_plan_comment_needs (NULL, pending), ==, BAL_CAPABILITY_REPLY);
}

static void
test_backoff (void)
{
  guint longest = 2;

  for (guint attempts = 1; attempts < 100; attempts++)
    {
      g_assert_cmpuint (bal_plan_backoff (attempts, 0, 0.0), ==, longest / 2);
      g_assert_cmpuint (bal_plan_backoff (attempts, 0, 1.0), ==, longest);
      g_assert_cmpuint (bal_plan_backoff (attempts, 120, 0.0), >=, 120);
      longest = MIN (longest * 2, 3600);
    }
}

static void
test_too_many_gone (void)
{
  g_assert_false (bal_plan_too_many_gone (0, 0));
  g_assert_false (bal_plan_too_many_gone (1, 3));
  g_assert_true (bal_plan_too_many_gone (2, 9));
  g_assert_false (bal_plan_too_many_gone (2, 10));
  g_assert_false (bal_plan_too_many_gone (10, 5000));
  g_assert_true (bal_plan_too_many_gone (11, 5000));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/planner/one-side-changed", test_one_side_changed);
  g_test_add_func ("/planner/both-sides-changed", test_both_sides_changed);
  g_test_add_func ("/planner/conflict-names-all-fields-and-merges-the-rest",
                   test_conflict_names_all_fields_and_merges_the_rest);
  g_test_add_func ("/planner/texts-merge-by-words", test_texts_merge_by_words);
  g_test_add_func ("/planner/texts-wait-for-a-conflict", test_texts_wait_for_a_conflict);
  g_test_add_func ("/planner/labels-merge-as-sets", test_labels_merge_as_sets);
  g_test_add_func ("/planner/equal-additions-are-no-change-to-send", test_equal_additions_are_no_change_to_send);
  g_test_add_func ("/planner/edited-here-and-trashed-there-keeps-both",
                   test_edited_here_and_trashed_there_keeps_both);
  g_test_add_func ("/planner/without-a-base", test_without_a_base);
  g_test_add_func ("/planner/comments", test_comments);
  g_test_add_func ("/planner/gone-comment-keeps-our-text", test_gone_comment_keeps_our_text);
  g_test_add_func ("/planner/steps", test_steps);
  g_test_add_func ("/planner/needs", test_needs);
  g_test_add_func ("/planner/backoff", test_backoff);
  g_test_add_func ("/planner/too-many-gone", test_too_many_gone);

  return g_test_run ();
}
