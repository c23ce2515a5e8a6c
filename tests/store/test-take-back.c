/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "bal-conflict-table.h"
#include "bal-time.h"

/* One review and one comment of the blog's, and what was made here. */
typedef struct
{
  BalTransaction *transaction;
  gint64          blog_id;
  gint64          review;
  gint64          comment;
  gint64          made;        /* a review or a reply that only stands here; 0: none */
  BalEntity       entity;      /* what the act was on */
  gint64          entity_id;
  guint           n_texts;     /* texts written so far */
} Scene;

#define LATER 4102444800

static gint64
put_review (Scene           *scene,
            const char      *remote_id,
            BalReviewStatus  status,
            GError         **error)
{
  g_autoptr(BalReview) review = make_review (scene->blog_id, remote_id, "Gems: A", "<p>agreed</p>");
  const char *const labels[] = { "sea", NULL };
  gint64 id;

  bal_review_set_status (review, status);
  bal_review_set_published (review, status == BAL_REVIEW_STATUS_DRAFT ? 0 : 2000);
  bal_review_set_labels (review, labels);
  id = bal_review_table_insert (scene->transaction, review, error);
  must (id != 0);
  must (bal_review_base_put (scene->transaction, id, review, error));
  return id;
}

static void
set_scene (Scene            *scene,
           BalTransaction   *transaction,
           Fixture          *fixture,
           BalReviewStatus   review_status,
           BalCommentStatus  comment_status,
           GError          **error)
{
  static guint n_scenes;
  g_autofree char *remote_id = g_strdup_printf ("%u", ++n_scenes);

  *scene = (Scene) { .transaction = transaction, .blog_id = fixture->blog_id };
  scene->review = put_review (scene, remote_id, review_status, error);
  scene->comment = put_pulled_comment (transaction, fixture->blog_id, scene->review, 0, remote_id, "Ann",
                                       comment_status);
}

/* All that a person sees of what @entity names, and whether something waits for it. */
static char *
describe (Scene     *scene,
          BalEntity  entity,
          gint64     id)
{
  g_autoptr(BalOutboxItem) item = bal_outbox_find (scene->transaction, entity, id, NULL);
  const char *waits = item != NULL ? bal_outbox_op_to_nick (item->op) : "nothing";

  if (entity == BAL_ENTITY_REVIEW)
    {
      g_autoptr(BalReview) review = bal_review_table_get (scene->transaction, id, NULL);
      g_autofree char *labels = NULL;

      if (review == NULL)
        return g_strdup_printf ("no review, %s", waits);
      labels = g_strjoinv ("+", (char **) bal_review_get_labels (review));
      return g_strdup_printf ("%s|%s|%s|%s|%" G_GINT64_FORMAT "|%s", bal_review_get_title (review),
                              bal_review_get_html (review), labels,
                              bal_review_status_to_nick (bal_review_get_status (review)),
                              bal_review_get_published (review), waits);
    }
  else
    {
      g_autoptr(BalComment) comment = bal_comment_table_get (scene->transaction, id, NULL);

      if (comment == NULL)
        return g_strdup_printf ("no comment, %s", waits);
      return g_strdup_printf ("%s|%s|%s", bal_comment_get_html (comment),
                              bal_comment_status_to_nick (bal_comment_get_status (comment)), waits);
    }
}

/* ---- acts ---- */

typedef gboolean (*Act) (Scene   *scene,
                         GError **error);

static void
aim (Scene     *scene,
     BalEntity  entity,
     gint64     id)
{
  scene->entity = entity;
  scene->entity_id = id;
}

static gboolean
publish (Scene   *scene,
         GError **error)
{
  aim (scene, BAL_ENTITY_REVIEW, scene->review);
  return bal_desk_publish_review (scene->transaction, scene->review, 0, error);
}

static gboolean
schedule (Scene   *scene,
          GError **error)
{
  aim (scene, BAL_ENTITY_REVIEW, scene->review);
  return bal_desk_publish_review (scene->transaction, scene->review, LATER, error);
}

static gboolean
unpublish (Scene   *scene,
           GError **error)
{
  aim (scene, BAL_ENTITY_REVIEW, scene->review);
  return bal_desk_set_review_status (scene->transaction, scene->review, BAL_REVIEW_STATUS_DRAFT, error);
}

static gboolean
trash_review (Scene   *scene,
              GError **error)
{
  aim (scene, BAL_ENTITY_REVIEW, scene->review);
  return bal_desk_set_review_status (scene->transaction, scene->review, BAL_REVIEW_STATUS_TRASH, error);
}

static gboolean
restore_review (Scene   *scene,
                GError **error)
{
  aim (scene, BAL_ENTITY_REVIEW, scene->review);
  return bal_desk_restore_review (scene->transaction, scene->review, error);
}

static gboolean
write_review (Scene   *scene,
              GError **error)
{
  g_autoptr(BalReview) review = bal_review_table_get (scene->transaction, scene->review, error);
  g_autofree char *html = g_strdup_printf ("<p>text %u</p>", ++scene->n_texts);
  const char *const labels[] = { "sea", "night", NULL };

  aim (scene, BAL_ENTITY_REVIEW, scene->review);
  bal_review_set_html (review, html);
  bal_review_set_labels (review, labels);
  return bal_desk_save_review (scene->transaction, review, TRUE, error);
}

static gboolean
add_review (Scene   *scene,
            GError **error)
{
  g_autoptr(BalReview) review = make_review (scene->blog_id, NULL, "New", "<p>new</p>");

  scene->made = bal_desk_add_review (scene->transaction, review, NULL, error);
  aim (scene, BAL_ENTITY_REVIEW, scene->made);
  return scene->made != 0;
}

static gboolean
add_and_publish (Scene   *scene,
                 GError **error)
{
  return (scene->made != 0 || add_review (scene, error)) &&
         bal_desk_publish_review (scene->transaction, scene->made, 0, error);
}

static gboolean
set_comment_status (Scene             *scene,
                    BalCommentStatus   status,
                    GError           **error)
{
  aim (scene, BAL_ENTITY_COMMENT, scene->comment);
  return bal_desk_set_comment_status (scene->transaction, &scene->comment, 1, status, error);
}

static gboolean
approve (Scene   *scene,
         GError **error)
{
  return set_comment_status (scene, BAL_COMMENT_STATUS_APPROVED, error);
}

static gboolean
hold (Scene   *scene,
      GError **error)
{
  return set_comment_status (scene, BAL_COMMENT_STATUS_PENDING, error);
}

static gboolean
spam (Scene   *scene,
      GError **error)
{
  return set_comment_status (scene, BAL_COMMENT_STATUS_SPAM, error);
}

static gboolean
trash_comment (Scene   *scene,
               GError **error)
{
  return set_comment_status (scene, BAL_COMMENT_STATUS_TRASH, error);
}

static gboolean
restore_comment (Scene   *scene,
                 GError **error)
{
  aim (scene, BAL_ENTITY_COMMENT, scene->comment);
  return bal_desk_restore_comments (scene->transaction, &scene->comment, 1, error);
}

static gboolean
write_comment (Scene   *scene,
               GError **error)
{
  g_autofree char *text = g_strdup_printf ("text %u", ++scene->n_texts);

  aim (scene, BAL_ENTITY_COMMENT, scene->comment);
  return bal_desk_edit_comment (scene->transaction, scene->comment, text, error);
}

static gboolean
delete_comment (Scene   *scene,
                GError **error)
{
  aim (scene, BAL_ENTITY_COMMENT, scene->comment);
  return bal_desk_delete_comments (scene->transaction, &scene->comment, 1, error);
}

static gboolean
reply (Scene   *scene,
       GError **error)
{
  g_autofree char *text = g_strdup_printf ("text %u", ++scene->n_texts);

  scene->made = bal_desk_reply (scene->transaction, scene->comment, text, error);
  aim (scene, BAL_ENTITY_COMMENT, scene->made);
  return scene->made != 0;
}

/* ---- each act in each state ---- */

typedef struct
{
  const char       *name;
  Act               act;
  BalReviewStatus   review;     /* before it */
  BalCommentStatus  comment;
  BalOutboxParts    part;
} Case;

static const Case cases[] = {
  { "publish", publish, BAL_REVIEW_STATUS_DRAFT, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_STATUS },
  { "schedule", schedule, BAL_REVIEW_STATUS_DRAFT, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_STATUS },
  { "unpublish", unpublish, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_STATUS },
  { "trash", trash_review, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_HIDING },
  { "restore", restore_review, BAL_REVIEW_STATUS_TRASH, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_STATUS },
  { "write", write_review, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_TEXT },
  { "approve", approve, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_STATUS },
  { "hold", hold, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, BAL_OUTBOX_PART_STATUS },
  { "spam", spam, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, BAL_OUTBOX_PART_HIDING },
  { "trash comment", trash_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, BAL_OUTBOX_PART_HIDING },
  { "trash spam", trash_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_SPAM, BAL_OUTBOX_PART_HIDING },
  { "restore comment", restore_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_TRASH, BAL_OUTBOX_PART_STATUS },
  { "edit comment", write_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, BAL_OUTBOX_PART_TEXT },
  { "delete comment", delete_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_TRASH, BAL_OUTBOX_PART_DELETION },
  { "reply", reply, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, BAL_OUTBOX_PART_CREATION },
  { "new review", add_review, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, BAL_OUTBOX_PART_CREATION },
  { "publish new", add_and_publish, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, BAL_OUTBOX_PART_STATUS },
};

typedef enum
{
  STAGE_UNSENT,
  STAGE_TOLD_TO_WAIT,          /* parked before it was ever tried */
  STAGE_TRIED,                 /* and all after: too late */
  STAGE_SENDING,
  STAGE_UNKNOWN,
  STAGE_REFUSED,
  N_STAGES,
} Stage;

static void
bring_to_stage (Scene   *scene,
                Stage    stage,
                GError **error)
{
  g_autoptr(BalOutboxItem) item = bal_outbox_find (scene->transaction, scene->entity, scene->entity_id, error);

  must (item != NULL);
  if (stage >= STAGE_TRIED)
    must (bal_outbox_set_sending (scene->transaction, item->id, error));
  if (stage == STAGE_TRIED)
    must (bal_outbox_set_retry (scene->transaction, item->id, 4711, "503", error));
  else if (stage == STAGE_UNKNOWN)
    must (bal_outbox_set_unknown (scene->transaction, item->id, "cut", error));
  else if (stage == STAGE_TOLD_TO_WAIT || stage == STAGE_REFUSED)
    must (bal_outbox_set_parked (scene->transaction, item->id, "no", error));
}

/* What taking back the first act on something leaves. */
static void
check_taken_back (Scene      *scene,
                  const Case *c,
                  const char *before)
{
  g_autofree char *after = describe (scene, scene->entity, scene->entity_id);

  if (c->act == reply)
    g_assert_cmpstr (after, ==, "no comment, nothing");
  else if (c->act == add_review)
    g_assert_cmpstr (after, ==, "New|<p>new</p>||trash|0|nothing");
  else if (c->act == add_and_publish)
    g_assert_cmpstr (after, ==, "New|<p>new</p>||draft|0|create");
  else
    g_assert_cmpstr (after, ==, before);
}

static void
check_case (BalTransaction  *transaction,
            Fixture         *fixture,
            const Case      *c,
            Stage            stage,
            GError         **error)
{
  Scene scene;
  BalOutboxParts taken = BAL_OUTBOX_PART_NONE;
  g_autofree char *before = NULL;
  g_autofree char *done = NULL;
  g_autofree char *after = NULL;

  g_test_message ("%s, stage %d", c->name, stage);
  set_scene (&scene, transaction, fixture, c->review, c->comment, error);
  /* Which of the two it is, the act knows. */
  aim (&scene, c->review == BAL_REVIEW_STATUS_PUBLISHED && c->act != unpublish && c->act != trash_review &&
               c->act != write_review ? BAL_ENTITY_COMMENT : BAL_ENTITY_REVIEW, 0);
  before = describe (&scene, scene.entity, scene.entity == BAL_ENTITY_COMMENT ? scene.comment : scene.review);
  must (c->act (&scene, error));
  bring_to_stage (&scene, stage, error);
  done = describe (&scene, scene.entity, scene.entity_id);

  if (stage < STAGE_TRIED)
    {
      must (bal_desk_take_back (transaction, scene.entity, scene.entity_id, &taken, error));
      g_assert_cmpint (taken, ==, c->part);
      check_taken_back (&scene, c, before);
      return;
    }

  must_fail (bal_desk_take_back (transaction, scene.entity, scene.entity_id, &taken, error),
             (stage == STAGE_SENDING ? BAL_ERROR_BUSY : BAL_ERROR_CONFLICT));
  after = describe (&scene, scene.entity, scene.entity_id);
  g_assert_cmpstr (after, ==, done);
}

static gboolean
each_act_in_each_state (BalTransaction  *transaction,
                        gpointer         data,
                        GError         **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (Stage stage = STAGE_UNSENT; stage < N_STAGES; stage++)
      check_case (transaction, data, &cases[i], stage, error);
  return TRUE;
}

static gboolean
what_is_in_conflict_waits_for_the_choice (BalTransaction  *transaction,
                                          gpointer         data,
                                          GError         **error)
{
  Scene scene;
  g_autoptr(BalReview) remote = NULL;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, error);
  remote = make_review (scene.blog_id, "1", "Other", "<p>other</p>");
  must (write_review (&scene, error));
  must (bal_conflict_table_put_review (transaction, scene.review, "html", remote, error));
  must_fail (bal_desk_take_back (transaction, BAL_ENTITY_REVIEW, scene.review, NULL, error), BAL_ERROR_CONFLICT);
  return TRUE;
}

static gboolean
where_nothing_waits_nothing_is_taken_back (BalTransaction  *transaction,
                                           gpointer         data,
                                           GError         **error)
{
  Scene scene;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_TRASH, BAL_COMMENT_STATUS_TRASH, error);
  must_fail (bal_desk_take_back (transaction, BAL_ENTITY_REVIEW, scene.review, NULL, error), BAL_ERROR_NOT_FOUND);
  must_fail (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, scene.comment, NULL, error), BAL_ERROR_NOT_FOUND);
  must_fail (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, 4711, NULL, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

/* ---- more than one act ---- */

static gboolean
only_the_last_part_is_taken_back (BalTransaction  *transaction,
                                  gpointer         data,
                                  GError         **error)
{
  static const Act on_review[] = { write_review, unpublish, trash_review };
  static const Act on_comment[] = { write_comment, write_comment, approve, trash_comment };
  Scene scene;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, error);
  for (guint which = 0; which < 2; which++)
    {
      const Act *acts = which == 0 ? on_review : on_comment;
      guint n_acts = which == 0 ? G_N_ELEMENTS (on_review) : G_N_ELEMENTS (on_comment);
      g_autoptr(GPtrArray) before = g_ptr_array_new_with_free_func (g_free);
      BalEntity entity = which == 0 ? BAL_ENTITY_REVIEW : BAL_ENTITY_COMMENT;
      gint64 id = which == 0 ? scene.review : scene.comment;

      for (guint i = 0; i < n_acts; i++)
        {
          g_ptr_array_add (before, describe (&scene, entity, id));
          must (acts[i] (&scene, error));
        }
      for (guint i = n_acts; i > 0; i--)
        {
          g_autofree char *after = NULL;

          must (bal_desk_take_back (transaction, entity, id, NULL, error));
          after = describe (&scene, entity, id);
          g_assert_cmpstr (after, ==, before->pdata[i - 1]);
        }
    }
  return TRUE;
}

static gboolean
a_deleted_comment_comes_back_with_its_unsent_words (BalTransaction  *transaction,
                                                    gpointer         data,
                                                    GError         **error)
{
  Scene scene;
  g_autofree char *edited = NULL;
  g_autofree char *after = NULL;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, error);
  must (write_comment (&scene, error));
  edited = describe (&scene, BAL_ENTITY_COMMENT, scene.comment);
  must (delete_comment (&scene, error));
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, scene.comment, NULL, error));
  after = describe (&scene, BAL_ENTITY_COMMENT, scene.comment);
  g_assert_cmpstr (after, ==, edited);
  return TRUE;
}

static gboolean
an_edited_reply_loses_the_edit_first (BalTransaction  *transaction,
                                      gpointer         data,
                                      GError         **error)
{
  Scene scene;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  BalOutboxParts taken;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, error);
  must (reply (&scene, error));
  before = describe (&scene, BAL_ENTITY_COMMENT, scene.made);
  must (bal_desk_edit_comment (transaction, scene.made, "better", error));
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, scene.made, &taken, error));
  g_assert_cmpint (taken, ==, BAL_OUTBOX_PART_TEXT);
  after = describe (&scene, BAL_ENTITY_COMMENT, scene.made);
  g_assert_cmpstr (after, ==, before);
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, scene.made, &taken, error));
  g_assert_cmpint (taken, ==, BAL_OUTBOX_PART_CREATION);
  g_assert_cmpuint (count_revisions (transaction, BAL_ENTITY_COMMENT, scene.made), ==, 2);
  return TRUE;
}

static gboolean
a_new_review_goes_to_the_trash_and_back (BalTransaction  *transaction,
                                         gpointer         data,
                                         GError         **error)
{
  Scene scene;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, error);
  must (add_review (&scene, error));
  before = describe (&scene, BAL_ENTITY_REVIEW, scene.made);
  must (bal_desk_take_back (transaction, BAL_ENTITY_REVIEW, scene.made, NULL, error));
  must (bal_desk_take_back (transaction, BAL_ENTITY_REVIEW, scene.made, NULL, error));
  after = describe (&scene, BAL_ENTITY_REVIEW, scene.made);
  g_assert_cmpstr (after, ==, before);
  return TRUE;
}

static gboolean
acts_that_cancel_out_leave_nothing_to_send (BalTransaction  *transaction,
                                            gpointer         data,
                                            GError         **error)
{
  Scene scene;
  BalOutboxParts taken;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  set_scene (&scene, transaction, data, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, error);
  before = describe (&scene, BAL_ENTITY_COMMENT, scene.comment);
  must (approve (&scene, error));
  must (hold (&scene, error));
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, scene.comment, &taken, error));
  g_assert_cmpint (taken, ==, BAL_OUTBOX_PART_NONE);
  after = describe (&scene, BAL_ENTITY_COMMENT, scene.comment);
  g_assert_cmpstr (after, ==, before);
  return TRUE;
}

/* ---- whatever was done ---- */

static const Act acts[] = {
  publish, schedule, unpublish, trash_review, restore_review, write_review,
  approve, hold, spam, trash_comment, restore_comment, write_comment, delete_comment,
};

static gboolean
is_kept (Scene      *scene,
         BalEntity   entity,
         gint64      id,
         const char *html,
         GError    **error)
{
  g_autoptr(GPtrArray) revisions = bal_revision_table_list (scene->transaction, entity, id, error);

  for (guint i = 0; i < revisions->len; i++)
    if (g_strcmp0 (((BalRevision *) revisions->pdata[i])->html, html) == 0)
      return TRUE;
  return FALSE;
}

static void
take_all_back (Scene     *scene,
               BalEntity  entity,
               gint64     id,
               GError   **error)
{
  for (guint i = 0;; i++)
    {
      g_autoptr(BalOutboxItem) item = bal_outbox_find (scene->transaction, entity, id, error);

      if (item == NULL)
        return;
      g_assert_cmpuint (i, <, 20);
      must (bal_desk_take_back (scene->transaction, entity, id, NULL, error));
    }
}

static void
check_random_acts (BalTransaction  *transaction,
                   Fixture         *fixture,
                   GError         **error)
{
  Scene scene;
  g_autofree char *review = NULL;
  g_autofree char *comment = NULL;
  g_autofree char *review_after = NULL;
  g_autofree char *comment_after = NULL;
  guint n_acts = g_test_rand_int_range (1, 14);

  set_scene (&scene, transaction, fixture, g_test_rand_int_range (0, 5), g_test_rand_int_range (0, 4), error);
  review = describe (&scene, BAL_ENTITY_REVIEW, scene.review);
  comment = describe (&scene, BAL_ENTITY_COMMENT, scene.comment);
  for (guint i = 0; i < n_acts; i++)
    {
      Act act = acts[g_test_rand_int_range (0, G_N_ELEMENTS (acts))];
      gboolean on_comment = act == approve || act == hold || act == spam || act == trash_comment ||
                            act == restore_comment || act == write_comment || act == delete_comment;
      g_autoptr(BalComment) there = bal_comment_table_get (transaction, scene.comment, NULL);

      if (there != NULL || !on_comment)
        must (act (&scene, error));
      else if (g_test_rand_bit ())
        must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, scene.comment, NULL, error));
    }

  take_all_back (&scene, BAL_ENTITY_REVIEW, scene.review, error);
  take_all_back (&scene, BAL_ENTITY_COMMENT, scene.comment, error);
  review_after = describe (&scene, BAL_ENTITY_REVIEW, scene.review);
  comment_after = describe (&scene, BAL_ENTITY_COMMENT, scene.comment);
  g_assert_cmpstr (review_after, ==, review);
  g_assert_cmpstr (comment_after, ==, comment);
  for (guint i = 1; i <= scene.n_texts; i++)
    {
      g_autofree char *html = g_strdup_printf ("<p>text %u</p>", i);

      g_assert_true (is_kept (&scene, BAL_ENTITY_REVIEW, scene.review, html, error) ||
                     is_kept (&scene, BAL_ENTITY_COMMENT, scene.comment, html, error));
    }
}

static gboolean
all_taken_back_is_as_before (BalTransaction  *transaction,
                             gpointer         data,
                             GError         **error)
{
  g_autoptr(GPtrArray) items = NULL;

  for (guint i = 0; i < 500; i++)
    check_random_acts (transaction, data, error);

  items = bal_outbox_list (transaction, 0, error);
  g_assert_cmpuint (items->len, ==, 0);
  return TRUE;
}

/* ---- in words ---- */

static void
check_label (Scene      *scene,
             const char *expected,
             GError    **error)
{
  g_autoptr(GPtrArray) items = bal_outbox_list (scene->transaction, 0, error);
  BalOutboxItem *last = g_ptr_array_index (items, items->len - 1);

  g_assert_cmpstr (last->label, ==, expected);
}

static gboolean
the_outbox_says_what_it_will_do (BalTransaction  *transaction,
                                 gpointer         data,
                                 GError         **error)
{
  static const struct { Act act; BalReviewStatus review; BalCommentStatus comment; const char *label; } labels[] = {
    { publish, BAL_REVIEW_STATUS_DRAFT, BAL_COMMENT_STATUS_PENDING, "Publish “Gems: A”" },
    { publish, BAL_REVIEW_STATUS_TRASH, BAL_COMMENT_STATUS_PENDING, "Restore “Gems: A”" },
    { schedule, BAL_REVIEW_STATUS_DRAFT, BAL_COMMENT_STATUS_PENDING, "Schedule “Gems: A”" },
    { schedule, BAL_REVIEW_STATUS_SCHEDULED, BAL_COMMENT_STATUS_PENDING, "Another date for “Gems: A”" },
    { unpublish, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Unpublish “Gems: A”" },
    { trash_review, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Move “Gems: A” to the trash" },
    { write_review, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Changes to “Gems: A”" },
    { add_review, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "New review “New”" },
    { add_and_publish, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Publish “New”" },
    { approve, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Approve the comment by Ann" },
    { approve, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_SPAM, "Restore the comment by Ann" },
    { hold, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, "Hold back the comment by Ann" },
    { spam, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Mark the comment by Ann as spam" },
    { trash_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_PENDING, "Move the comment by Ann to the trash" },
    { write_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, "Changes to the comment by Ann" },
    { delete_comment, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_TRASH, "Delete the comment by Ann for good" },
    { reply, BAL_REVIEW_STATUS_PUBLISHED, BAL_COMMENT_STATUS_APPROVED, "Reply to Ann" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      Scene scene;

      set_scene (&scene, transaction, data, labels[i].review, labels[i].comment, error);
      must (labels[i].act (&scene, error));
      check_label (&scene, labels[i].label, error);
    }

  /* What has no name yet is not called “”. */
  {
    g_autoptr(BalReview) review = make_review (((Fixture *) data)->blog_id, NULL, "", "");
    Scene scene = { .transaction = transaction };

    must (bal_desk_add_review (transaction, review, NULL, error) != 0);
    check_label (&scene, "New review “Untitled”", error);
  }
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/take-back/each-act-in-each-state", each_act_in_each_state);
  fixture_add_body ("/store/take-back/what-is-in-conflict-waits-for-the-choice", what_is_in_conflict_waits_for_the_choice);
  fixture_add_body ("/store/take-back/where-nothing-waits-nothing-is-taken-back",
                    where_nothing_waits_nothing_is_taken_back);
  fixture_add_body ("/store/take-back/only-the-last-part-is-taken-back", only_the_last_part_is_taken_back);
  fixture_add_body ("/store/take-back/a-deleted-comment-comes-back-with-its-unsent-words",
                    a_deleted_comment_comes_back_with_its_unsent_words);
  fixture_add_body ("/store/take-back/an-edited-reply-loses-the-edit-first", an_edited_reply_loses_the_edit_first);
  fixture_add_body ("/store/take-back/a-new-review-goes-to-the-trash-and-back", a_new_review_goes_to_the_trash_and_back);
  fixture_add_body ("/store/take-back/acts-that-cancel-out-leave-nothing-to-send",
                    acts_that_cancel_out_leave_nothing_to_send);
  fixture_add_body ("/store/take-back/all-taken-back-is-as-before", all_taken_back_is_as_before);
  fixture_add_body ("/store/take-back/the-outbox-says-what-it-will-do", the_outbox_says_what_it_will_do);

  return g_test_run ();
}
