/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-planner.h"

/*
 * Whatever states a review and a reply below it are in, and whatever waits for them, following the planner comes to rest
 * within 50 rounds, and the order in which the rows are looked at makes no difference. No store, no network, no clock.
 *
 * BALCONY_SEED=N runs one case, BALCONY_CASES=N that many.
 */

#define MAX_ROUNDS 50
#define DEFAULT_CASES 2000

typedef struct
{
  BalReview       *base;
  BalReview       *local;        /* NULL: removed */
  BalReview       *remote;       /* NULL: not there, or gone */
  BalOutboxItem    item;
  gboolean         has_item;
  gboolean         takes_mine;   /* what the person chooses in a conflict */
} Review;

typedef struct
{
  BalComment      *base;
  BalComment      *local;
  BalComment      *remote;
  BalOutboxItem    item;
  gboolean         has_item;
  gboolean         takes_mine;
} Comment;

typedef struct
{
  Review           review;
  Comment          comment;
  BalCapabilities  capabilities;
} Case;

/* ---- making a case ---- */

static BalReview *
make_review (GRand *rand)
{
  static const char *const titles[] = { "One", "Two", "Three" };
  static const char *const texts[] = { "<p>a b c</p>", "<p>a x c</p>", "<p>a b y</p>", "<p>a b c</p><p>d</p>" };
  static const char *const labels[][3] = { { "A" }, { "A", "B" }, { "B", "C" } };
  BalReview *review = bal_review_new (0);

  bal_review_set_title (review, titles[g_rand_int_range (rand, 0, 3)]);
  bal_review_set_html (review, texts[g_rand_int_range (rand, 0, 4)]);
  bal_review_set_labels (review, labels[g_rand_int_range (rand, 0, 3)]);
  bal_review_set_status (review, (BalReviewStatus) g_rand_int_range (rand, 0, BAL_REVIEW_STATUS_TRASH + 1));
  return review;
}

static BalComment *
make_comment (GRand *rand)
{
  static const char *const texts[] = { "Yes.", "No.", "Perhaps." };
  BalComment *comment = bal_comment_new (0);

  bal_comment_set_html (comment, texts[g_rand_int_range (rand, 0, 3)]);
  bal_comment_set_status (comment, (BalCommentStatus) g_rand_int_range (rand, 0, 4));
  bal_comment_set_mine (comment, TRUE);
  return comment;
}

/* States that can be: what has no base was not agreed; what waits says which kind of a row it is. */
static void
make_item (GRand         *rand,
           BalOutboxItem *item,
           gboolean      *has_item,
           BalEntity      entity,
           gboolean       has_base)
{
  *item = (BalOutboxItem) { .entity = entity, .op = has_base ? BAL_OUTBOX_UPDATE : BAL_OUTBOX_CREATE };
  *has_item = !has_base || g_rand_boolean (rand);
  item->state = (BalOutboxState) g_rand_int_range (rand, BAL_OUTBOX_PENDING, BAL_OUTBOX_UNKNOWN + 1);
  item->attempts = item->state == BAL_OUTBOX_PENDING ? (guint) g_rand_int_range (rand, 0, 2) : 1;
}

static void
case_init (Case    *self,
           guint32  seed)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (seed);
  gboolean has_base = g_rand_int_range (rand, 0, 4) > 0;

  *self = (Case) { .capabilities = g_rand_boolean (rand) ? (BalCapabilities) ~0u
                                                         : (BalCapabilities) g_rand_int (rand) };
  self->review.local = make_review (rand);
  self->review.base = has_base ? g_rand_boolean (rand) ? bal_review_dup (self->review.local) : make_review (rand) : NULL;
  make_item (rand, &self->review.item, &self->review.has_item, BAL_ENTITY_REVIEW, has_base);
  /* What differs from the base waits to be sent, if it was ever offered. */
  self->review.has_item |= has_base && !bal_review_content_equal (self->review.base, self->review.local);
  if (has_base ? g_rand_int_range (rand, 0, 4) > 0 : self->review.item.attempts > 0 && g_rand_boolean (rand))
    self->review.remote = g_rand_boolean (rand) ? bal_review_dup (has_base ? self->review.base : self->review.local)
                                                : make_review (rand);
  self->review.takes_mine = g_rand_boolean (rand);

  has_base = has_base && g_rand_int_range (rand, 0, 3) > 0;
  self->comment.local = make_comment (rand);
  self->comment.base = has_base ? make_comment (rand) : NULL;
  make_item (rand, &self->comment.item, &self->comment.has_item, BAL_ENTITY_COMMENT, has_base);
  self->comment.has_item |= has_base;
  if (self->review.remote != NULL && (has_base || self->comment.item.attempts > 0) && g_rand_boolean (rand))
    self->comment.remote = make_comment (rand);
  self->comment.takes_mine = g_rand_boolean (rand);
}

static void
case_clear (Case *self)
{
  g_clear_object (&self->review.base);
  g_clear_object (&self->review.local);
  g_clear_object (&self->review.remote);
  g_clear_object (&self->comment.base);
  g_clear_object (&self->comment.local);
  g_clear_object (&self->comment.remote);
}

/* ---- following the planner ---- */

/* One of these for each kind: the two differ in types alone. */
#define DEFINE_FOLLOWING(Kind, kind, Type, parent_known)                                              \
  static void                                                                                         \
  kind##_agree (Kind *self, Type *what)                                                               \
  {                                                                                                   \
    g_autoptr(Type) agreed = bal_##kind##_dup (what);                                                 \
                                                                                                      \
    g_set_object (&self->base, agreed);                                                               \
  }                                                                                                   \
                                                                                                      \
  static void                                                                                         \
  kind##_note (Kind *self, BalOutboxOp op, BalOutboxState state)                                      \
  {                                                                                                   \
    self->has_item = TRUE;                                                                            \
    self->item.op = op;                                                                               \
    if (self->item.state != BAL_OUTBOX_PARKED)                                                        \
      self->item.state = state;                                                                       \
  }                                                                                                   \
                                                                                                      \
  static void                                                                                         \
  kind##_merge (Kind *self)                                                                           \
  {                                                                                                   \
    g_autoptr(Type) merged = NULL;                                                                    \
    g_autofree char *what = NULL;                                                                     \
                                                                                                      \
    switch (bal_plan_##kind (self->base, self->local, self->remote, &merged, &what))                  \
      {                                                                                               \
      case BAL_PLAN_TAKE_REMOTE:                                                                      \
      case BAL_PLAN_ADOPT:                                                                            \
      case BAL_PLAN_NOTHING:                                                                          \
        g_clear_object (&self->local);                                                                \
        self->local = bal_##kind##_dup (self->remote);                                                \
        kind##_agree (self, self->remote);                                                            \
        self->has_item = FALSE;                                                                       \
        break;                                                                                        \
      case BAL_PLAN_MERGE:                                                                            \
        g_set_object (&self->local, merged);                                                          \
        kind##_agree (self, self->remote);                                                            \
        kind##_note (self, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING);                                    \
        break;                                                                                        \
      case BAL_PLAN_SEND_LOCAL:                                                                       \
        kind##_note (self, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING);                                    \
        break;                                                                                        \
      case BAL_PLAN_CONFLICT:                                                                         \
        kind##_agree (self, self->remote);                                                            \
        if (self->takes_mine)                                                                         \
          kind##_note (self, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING);                                  \
        else                                                                                          \
          {                                                                                           \
            g_clear_object (&self->local);                                                            \
            self->local = bal_##kind##_dup (self->remote);                                            \
            self->has_item = FALSE;                                                                   \
          }                                                                                           \
        break;                                                                                        \
      case BAL_PLAN_REMOVE_LOCAL:                                                                     \
        g_clear_object (&self->local);                                                                \
        g_clear_object (&self->base);                                                                 \
        self->has_item = FALSE;                                                                       \
        break;                                                                                        \
      case BAL_PLAN_CREATE_AGAIN:                                                                     \
        g_clear_object (&self->base);                                                                 \
        self->item.attempts = 1;                                                                      \
        kind##_note (self, BAL_OUTBOX_CREATE, BAL_OUTBOX_UNKNOWN);                                    \
        break;                                                                                        \
      default:                                                                                        \
        g_assert_not_reached ();                                                                      \
      }                                                                                               \
  }                                                                                                   \
                                                                                                      \
  static void                                                                                         \
  kind##_store (Kind *self)                                                                           \
  {                                                                                                   \
    g_clear_object (&self->remote);                                                                   \
    self->remote = bal_##kind##_dup (self->local);                                                    \
    kind##_agree (self, self->local);                                                                 \
    self->has_item = FALSE;                                                                           \
  }                                                                                                   \
                                                                                                      \
  static void                                                                                         \
  kind##_push (Case *all, Kind *self)                                                                 \
  {                                                                                                   \
    const char *why;                                                                                  \
                                                                                                      \
    for (guint tries = 0; self->has_item && self->local != NULL && tries < 2; tries++)                \
      switch (bal_plan_step (&self->item, self->base != NULL, parent_known,                           \
                             bal_plan_##kind##_needs (self->base, self->local), all->capabilities, 0, &why)) \
        {                                                                                             \
        case BAL_STEP_LOOK_UP:                                                                        \
          self->item.state = BAL_OUTBOX_PENDING;                                                      \
          self->item.attempts = 0;                                                                    \
          if (self->remote == NULL)                                                                   \
            break;                                                                                    \
          kind##_agree (self, self->remote);                                                          \
          kind##_note (self, BAL_OUTBOX_UPDATE, BAL_OUTBOX_PENDING);                                  \
          return;                                                                                     \
        case BAL_STEP_CREATE:                                                                         \
          g_assert_null (self->remote);    /* nothing is created twice */                             \
          kind##_store (self);                                                                        \
          return;                                                                                     \
        case BAL_STEP_READ_THEN_UPDATE:                                                               \
          kind##_merge (self);                                                                        \
          if (self->has_item && self->base != NULL && self->remote != NULL)                           \
            kind##_store (self);                                                                      \
          return;                                                                                     \
        case BAL_STEP_PARK:                                                                           \
          self->item.state = BAL_OUTBOX_PARKED;                                                       \
          return;                                                                                     \
        case BAL_STEP_DROP:                                                                           \
          self->has_item = FALSE;                                                                     \
          return;                                                                                     \
        case BAL_STEP_WAIT:                                                                           \
        case BAL_STEP_DELETE:                                                                         \
        default:                                                                                      \
          return;                                                                                     \
        }                                                                                             \
  }                                                                                                   \
                                                                                                      \
  static void                                                                                         \
  kind##_round (Case *all, Kind *self)                                                                \
  {                                                                                                   \
    if (self->local != NULL && self->base != NULL)                                                    \
      kind##_merge (self);                                                                            \
    kind##_push (all, self);                                                                          \
  }

DEFINE_FOLLOWING (Review, review, BalReview, TRUE)
/* Whether a blog takes comments below a draft is left out: what is said before a review is withdrawn stands. */
DEFINE_FOLLOWING (Comment, comment, BalComment, all->review.remote != NULL)

/* ---- what must hold ---- */

static char *
describe_review (BalReview *review)
{
  g_autofree char *labels = NULL;

  if (review == NULL)
    return g_strdup ("-");
  labels = g_strjoinv ("+", (char **) bal_review_get_labels (review));
  return g_strdup_printf ("%s %s %s %d", bal_review_get_title (review), bal_review_get_html (review), labels,
                          bal_review_get_status (review));
}

static char *
describe_comment (BalComment *comment)
{
  return comment == NULL ? g_strdup ("-")
                         : g_strdup_printf ("%s %d", bal_comment_get_html (comment),
                                            bal_comment_get_status (comment));
}

static char *
describe (Case *self)
{
  g_autofree char *review = describe_review (self->review.local);
  g_autofree char *remote_review = describe_review (self->review.remote);
  g_autofree char *comment = describe_comment (self->comment.local);
  g_autofree char *remote_comment = describe_comment (self->comment.remote);

  return g_strdup_printf ("%s | %s (%d %d %d) | %s | %s (%d %d %d)", review, remote_review, self->review.has_item,
                          self->review.has_item ? (int) self->review.item.op : 0,
                          self->review.has_item ? (int) self->review.item.state : 0, comment, remote_comment,
                          self->comment.has_item, self->comment.has_item ? (int) self->comment.item.op : 0,
                          self->comment.has_item ? (int) self->comment.item.state : 0);
}

/* Returns the end, as text. */
static char *
follow (guint32  seed,
        gboolean comment_first)
{
  Case all;
  char *before;

  case_init (&all, seed);
  before = describe (&all);
  for (guint n = 0; ; n++)
    {
      g_autofree char *old = g_steal_pointer (&before);

      g_assert_cmpuint (n, <, MAX_ROUNDS);
      if (comment_first)
        comment_round (&all, &all.comment);
      review_round (&all, &all.review);
      if (!comment_first)
        comment_round (&all, &all.comment);
      before = describe (&all);
      if (g_str_equal (before, old))
        break;
    }

  /* Only what waits for a person or for a review is not equal in the end. */
  if (!all.review.has_item && all.review.local != NULL && all.review.remote != NULL)
    g_assert_true (bal_review_content_equal (all.review.local, all.review.remote));
  if (all.review.has_item)
    g_assert_cmpint (all.review.item.state, ==, BAL_OUTBOX_PARKED);
  if (all.comment.has_item && all.comment.item.state != BAL_OUTBOX_PARKED)
    g_assert_cmpint (all.comment.item.op, ==, BAL_OUTBOX_CREATE);
  case_clear (&all);
  return before;
}

static guint
read_number (const char *variable,
             guint       otherwise)
{
  const char *value = g_getenv (variable);

  return value != NULL ? (guint) g_ascii_strtoull (value, NULL, 10) : otherwise;
}

static void
test_any_states_come_to_rest_in_any_order (void)
{
  gboolean is_one = g_getenv ("BALCONY_SEED") != NULL;
  guint first = read_number ("BALCONY_SEED", 1);
  guint n = is_one ? 1 : read_number ("BALCONY_CASES", DEFAULT_CASES);

  for (guint seed = first; seed < first + n; seed++)
    {
      g_autofree char *one = NULL;
      g_autofree char *other = NULL;

      if (seed % 1000 == 0)
        g_test_message ("BALCONY_SEED=%u", seed);
      one = follow (seed, FALSE);
      other = follow (seed, TRUE);
      if (!g_str_equal (one, other))
        g_error ("BALCONY_SEED=%u: %s is not %s", seed, one, other);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/planner/any-states-come-to-rest-in-any-order", test_any_states_come_to_rest_in_any_order);

  return g_test_run ();
}
