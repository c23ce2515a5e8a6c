/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-review.h"

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          GPtrArray  *names)
{
  g_ptr_array_add (names, (gpointer) g_param_spec_get_name (pspec));
}

static gboolean
was_notified (GPtrArray  *names,
              const char *name)
{
  return g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL);
}

/* A review with another value in every property than a new one has. */
static BalReview *
make_full_review (gint64 id)
{
  BalReview *review = bal_review_new (id);
  const char *labels[] = { "indie", "horror", NULL };
  BalReviewFields fields = {
    "Indie Gems", "The Perfection", 2018, "B", "Netflix Instant", "It's what's expected of us.",
    "Lizzie", "Logan Browning",
  };

  bal_review_set_blog_id (review, 2);
  bal_review_set_remote_id (review, "731");
  bal_review_set_revision (review, "2019-05-30T18:04:00");
  bal_review_set_key (review, "3f2a");
  bal_review_set_title (review, "Indie Gems: The Perfection (2018)");
  bal_review_set_html (review, "<p>Grade: B</p>");
  bal_review_set_excerpt (review, "Cellos.");
  bal_review_set_slug (review, "the-perfection");
  bal_review_set_url (review, "https://blog.example/the-perfection");
  bal_review_set_featured_image (review, "media:3");
  bal_review_set_audience (review, BAL_AUDIENCE_MEMBERS);
  bal_review_set_labels (review, labels);
  bal_review_set_categories (review, labels + 1);
  bal_review_set_status (review, BAL_REVIEW_STATUS_PUBLISHED);
  bal_review_set_published (review, 1559239440);
  bal_review_set_updated (review, 1559239441);
  bal_review_set_fields (review, &fields);
  bal_review_set_comment_count (review, 8);
  bal_review_set_pending_count (review, 1);
  bal_review_set_sync_state (review, BAL_SYNC_STATE_QUEUED);
  bal_review_set_edit_seq (review, 5);
  bal_review_set_loaded (review, TRUE);
  return review;
}

/* Whether two reviews are equal in every property that GObject knows, but the id. */
static void
assert_all_equal (BalReview *a,
                  BalReview *b)
{
  guint n_properties;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (a), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_auto(GValue) one = G_VALUE_INIT;
      g_auto(GValue) other = G_VALUE_INIT;

      if (g_str_equal (pspecs[i]->name, "id"))
        continue;
      g_object_get_property (G_OBJECT (a), pspecs[i]->name, &one);
      g_object_get_property (G_OBJECT (b), pspecs[i]->name, &other);
      if (G_VALUE_HOLDS (&one, G_TYPE_STRV))
        g_assert_true (g_strv_equal (g_value_get_boxed (&one), g_value_get_boxed (&other)));
      else
        g_assert_cmpint (g_param_values_cmp (pspecs[i], &one, &other), ==, 0);
    }
}

static void
test_dup_has_every_property (void)
{
  g_autoptr(BalReview) review = make_full_review (7);
  g_autoptr(BalReview) empty = bal_review_new (0);
  g_autoptr(BalReview) copy = bal_review_dup (review);
  guint n_properties;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (review), &n_properties);

  g_assert_cmpuint (n_properties, ==, 30);
  g_assert_cmpint (bal_review_get_id (copy), ==, 7);
  assert_all_equal (review, copy);

  /* And make_full_review() has left none out. */
  for (guint i = 0; i < n_properties; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (copy), pspecs[i]->name, &value);
      if (G_VALUE_HOLDS (&value, G_TYPE_STRV))
        g_assert_cmpuint (g_strv_length (g_value_get_boxed (&value)), >, 0);
      else
        g_assert_false (g_param_value_defaults (pspecs[i], &value));
    }
}

static void
test_properties_can_be_set_by_name (void)
{
  g_autoptr(BalReview) review = make_full_review (7);
  g_autoptr(BalReview) other = bal_review_new (0);
  guint n_properties;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (review), &n_properties);

  for (guint i = 0; i < n_properties; i++)
    {
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (review), pspecs[i]->name, &value);
      g_object_set_property (G_OBJECT (other), pspecs[i]->name, &value);
    }
  g_assert_cmpint (bal_review_get_id (other), ==, 7);
  assert_all_equal (review, other);
}

static void
test_assign_notifies_only_changes (void)
{
  g_autoptr(BalReview) review = make_full_review (7);
  g_autoptr(BalReview) from = make_full_review (8);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *labels[] = { "indie", NULL };

  g_signal_connect (review, "notify", G_CALLBACK (count_cb), names);
  bal_review_assign (review, from);
  bal_review_assign (review, review);
  g_assert_cmpuint (names->len, ==, 0);

  bal_review_set_grade (from, "B+");
  bal_review_set_labels (from, labels);
  bal_review_set_status (from, BAL_REVIEW_STATUS_DRAFT);
  bal_review_set_published (from, 0);
  bal_review_set_html (from, NULL);
  bal_review_assign (review, from);

  g_assert_cmpuint (names->len, ==, 5);
  g_assert_true (was_notified (names, "grade"));
  g_assert_true (was_notified (names, "labels"));
  g_assert_true (was_notified (names, "status"));
  g_assert_true (was_notified (names, "published"));
  g_assert_true (was_notified (names, "html"));
  g_assert_cmpint (bal_review_get_id (review), ==, 7);
  assert_all_equal (review, from);
}

static void
check_whole_cb (BalReview  *review,
                GParamSpec *pspec,
                BalReview  *from)
{
  assert_all_equal (review, from);
}

static void
test_assign_notifies_when_all_is_copied (void)
{
  g_autoptr(BalReview) review = bal_review_new (7);
  g_autoptr(BalReview) from = make_full_review (7);

  g_signal_connect (review, "notify", G_CALLBACK (check_whole_cb), from);
  bal_review_assign (review, from);
  assert_all_equal (review, from);
}

static void
test_setters_notify_only_changes (void)
{
  g_autoptr(BalReview) review = bal_review_new (0);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const char *none[] = { NULL };

  g_signal_connect (review, "notify", G_CALLBACK (count_cb), names);
  bal_review_set_grade (review, NULL);
  bal_review_set_grade (review, "");
  bal_review_set_labels (review, NULL);
  bal_review_set_labels (review, none);
  bal_review_set_published (review, 0);
  g_assert_cmpuint (names->len, ==, 0);

  bal_review_set_grade (review, "A");
  bal_review_set_grade (review, "A");
  bal_review_set_grade (review, bal_review_get_grade (review));
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_true (was_notified (names, "grade"));
}

static void
test_empty_texts (void)
{
  g_autoptr(BalReview) review = bal_review_new (0);

  bal_review_set_remote_id (review, "");
  bal_review_set_slug (review, "");
  bal_review_set_quote_actor (review, "");
  g_assert_null (bal_review_get_remote_id (review));
  g_assert_null (bal_review_get_slug (review));
  g_assert_null (bal_review_get_quote_actor (review));

  g_assert_null (bal_review_get_html (review));
  bal_review_set_html (review, "");
  bal_review_set_title (review, "");
  g_assert_cmpstr (bal_review_get_html (review), ==, "");
  g_assert_cmpstr (bal_review_get_title (review), ==, "");
}

static void
test_labels_are_never_null (void)
{
  g_autoptr(BalReview) review = bal_review_new (0);
  const char *labels[] = { "indie", NULL };

  g_assert_nonnull (bal_review_get_labels (review));
  g_assert_null (bal_review_get_labels (review)[0]);
  bal_review_set_labels (review, labels);
  g_assert_cmpstr (bal_review_get_labels (review)[0], ==, "indie");
  g_assert_null (bal_review_get_labels (review)[1]);
  g_assert_null (bal_review_get_categories (review)[0]);
}

static void
test_content_is_what_the_blog_holds (void)
{
  static const char *const content[] = {
    "title", "html", "excerpt", "slug", "status", "published", "labels", "categories",
    "featured-image", NULL,
  };
  g_autoptr(BalReview) empty = bal_review_new (7);
  guint n_properties;
  g_autofree GParamSpec **pspecs =
    g_object_class_list_properties (G_OBJECT_GET_CLASS (empty), &n_properties);

  /* One property after the other is emptied: that is a difference only where it is content. */
  for (guint i = 0; i < n_properties; i++)
    {
      g_autoptr(BalReview) one = make_full_review (7);
      g_autoptr(BalReview) other = make_full_review (7);
      g_auto(GValue) value = G_VALUE_INIT;

      g_object_get_property (G_OBJECT (empty), pspecs[i]->name, &value);
      g_object_set_property (G_OBJECT (other), pspecs[i]->name, &value);
      g_assert_true (bal_review_content_equal (one, other) !=
                     g_strv_contains (content, pspecs[i]->name));
    }
}

static void
test_equal_content_may_look_different (void)
{
  g_autoptr(BalReview) one = make_full_review (7);
  g_autoptr(BalReview) other = make_full_review (7);
  const char *labels[] = { "horror", "indie", NULL };
  const char *more[] = { "horror", "indie", "cello", NULL };

  bal_review_set_labels (other, labels);
  bal_review_set_html (one, NULL);
  bal_review_set_html (other, "");
  g_assert_true (bal_review_content_equal (one, other));

  bal_review_set_labels (other, more);
  g_assert_false (bal_review_content_equal (one, other));
  g_assert_false (bal_review_content_equal (other, one));
}

static void
test_fields_are_copied (void)
{
  g_autoptr(BalReview) review = make_full_review (7);
  g_autoptr(BalReviewFields) empty = bal_review_fields_new ();
  g_auto(BalReviewFields) fields = { NULL };
  g_auto(BalReviewFields) copy = { NULL };
  BalReviewFields blank = { "", "", 0, "", "", "", "", "" };

  bal_review_dup_fields (review, &fields);
  g_assert_cmpstr (fields.series, ==, "Indie Gems");
  g_assert_cmpstr (fields.film, ==, "The Perfection");
  g_assert_cmpint (fields.film_year, ==, 2018);
  g_assert_cmpstr (fields.quote_actor, ==, "Logan Browning");

  bal_review_dup_fields (review, &copy);
  g_assert_true (bal_review_fields_equal (&copy, &fields));
  copy.film_year = 2019;
  g_assert_false (bal_review_fields_equal (&copy, &fields));

  bal_review_set_fields (review, &blank);
  g_assert_null (bal_review_get_series (review));
  g_assert_true (bal_review_fields_equal (empty, &blank));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/review/dup-has-every-property", test_dup_has_every_property);
  g_test_add_func ("/model/review/properties-can-be-set-by-name",
                   test_properties_can_be_set_by_name);
  g_test_add_func ("/model/review/assign-notifies-only-changes", test_assign_notifies_only_changes);
  g_test_add_func ("/model/review/assign-notifies-when-all-is-copied",
                   test_assign_notifies_when_all_is_copied);
  g_test_add_func ("/model/review/setters-notify-only-changes", test_setters_notify_only_changes);
  g_test_add_func ("/model/review/empty-texts-are-none-but-for-title-and-html", test_empty_texts);
  g_test_add_func ("/model/review/labels-are-never-null", test_labels_are_never_null);
  g_test_add_func ("/model/review/content-is-what-the-blog-holds",
                   test_content_is_what_the_blog_holds);
  g_test_add_func ("/model/review/equal-content-may-look-different",
                   test_equal_content_may_look_different);
  g_test_add_func ("/model/review/fields-are-copied", test_fields_are_copied);

  return g_test_run ();
}
