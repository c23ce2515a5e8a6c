/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-image-place-window.h"
#include "store-fixture.h"

/* The blog of the fixture takes no pictures; another one does, and a third lies in a folder. */
typedef struct
{
  Fixture             *fixture;
  BalImagePlaceWindow *window;
  GPtrArray           *blogs;
  BalBlog             *guest;
} Desk;

static gboolean
blogs_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  Desk *desk = data;

  g_clear_pointer (&desk->blogs, g_ptr_array_unref);
  desk->blogs = bal_blog_table_list (transaction, error);
  for (guint i = 0; desk->blogs != NULL && i < desk->blogs->len; i++)
    if (bal_blog_get_id (desk->blogs->pdata[i]) == desk->fixture->blog_id)
      desk->guest = desk->blogs->pdata[i];
  return desk->blogs != NULL;
}

static gboolean
add_hosts (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  static const char *const names[] = { "Hosted", "Kept in a Folder" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr(BalBlog) blog = bal_blog_new (0);

      bal_blog_set_name (blog, names[i]);
      bal_blog_set_provider (blog, "folder");
      bal_blog_set_endpoint (blog, i == 0 ? "https://hosted.example/wp-json/" : "/srv/blog");
      bal_blog_set_capabilities (blog, BAL_CAPABILITY_UPLOAD_MEDIA);
      must (bal_blog_table_insert (transaction, blog, error) != 0);
    }
  return TRUE;
}

static void
open_window (Desk    *desk,
             Fixture *fixture)
{
  desk->fixture = fixture;
  fixture_read (fixture, blogs_work, desk);
  desk->window = BAL_IMAGE_PLACE_WINDOW (bal_image_place_window_new (NULL, fixture->store, desk->blogs, desk->guest));
  g_object_add_weak_pointer (G_OBJECT (desk->window), (gpointer *) &desk->window);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
close_window (Desk *desk)
{
  if (desk->window != NULL)
    gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  g_clear_pointer (&desk->blogs, g_ptr_array_unref);
}

/* (nullable): the first widget of that type which can be seen */
static GtkWidget *
find_shown (GtkWidget *root,
            GType      type)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (root) || g_type_is_a (G_OBJECT_TYPE (root), type))
    return gtk_widget_get_visible (root) ? root : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (root); found == NULL && child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_shown (child, type);
  return found;
}

static AdwComboRow *
get_row (Desk *desk)
{
  return ADW_COMBO_ROW (find_shown (GTK_WIDGET (desk->window), ADW_TYPE_COMBO_ROW));
}

static void
assert_can_save (Desk     *desk,
                 gboolean  can)
{
  GtkWidget *button = gtk_window_get_default_widget (GTK_WINDOW (desk->window));

  g_assert_nonnull (button);
  g_assert_cmpint (gtk_widget_is_sensitive (button), ==, can);
}

static void
save_and_wait (Desk *desk)
{
  gtk_widget_activate_action (GTK_WIDGET (desk->window), "image-place.save", NULL);
  while (desk->window != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_blog_is_chosen_and_shown_again (Fixture       *fixture,
                                     gconstpointer  data)
{
  Desk desk = { 0 };

  fixture_write (fixture, add_hosts, NULL);
  open_window (&desk, fixture);
  /* Nowhere, two blogs, a folder; not itself. */
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (get_row (&desk))), ==, 4);
  g_assert_cmpuint (adw_combo_row_get_selected (get_row (&desk)), ==, 0);
  adw_combo_row_set_selected (get_row (&desk), 1);
  g_assert_null (find_shown (GTK_WIDGET (desk.window), ADW_TYPE_ENTRY_ROW));
  assert_can_save (&desk, TRUE);
  save_and_wait (&desk);
  close_window (&desk);

  open_window (&desk, fixture);
  g_assert_cmpint (bal_blog_get_image_host (desk.guest), !=, 0);
  g_assert_cmpuint (adw_combo_row_get_selected (get_row (&desk)), ==, 1);
  adw_combo_row_set_selected (get_row (&desk), 0);
  save_and_wait (&desk);
  fixture_read (fixture, blogs_work, &desk);
  g_assert_false (bal_blog_has_image_place (desk.guest));
  close_window (&desk);
}

/* Nobody finds a folder without an address, and what is none is told. */
static void
test_folder_needs_a_web_address (Fixture       *fixture,
                                 gconstpointer  data)
{
  Desk desk = { 0 };
  GtkWidget *entry, *label;

  fixture_write (fixture, add_hosts, NULL);
  open_window (&desk, fixture);
  adw_combo_row_set_selected (get_row (&desk), 3);
  assert_can_save (&desk, FALSE);
  adw_combo_row_set_selected (get_row (&desk), 2);
  assert_can_save (&desk, FALSE);

  entry = find_shown (GTK_WIDGET (desk.window), ADW_TYPE_ENTRY_ROW);
  gtk_editable_set_text (GTK_EDITABLE (entry), "pictures.example");
  assert_can_save (&desk, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (desk.window), "image-place.save", NULL);
  label = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (desk.window), BAL_TYPE_IMAGE_PLACE_WINDOW, "error_label"));
  while (!gtk_widget_get_visible (label))
    g_main_context_iteration (NULL, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (entry), "https://pictures.example/media/");
  save_and_wait (&desk);
  fixture_read (fixture, blogs_work, &desk);
  g_assert_cmpint (bal_blog_get_image_host (desk.guest), !=, 0);
  g_assert_cmpstr (bal_blog_get_image_url (desk.guest), ==, "https://pictures.example/media");
  close_window (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  fixture_add ("/image-place/a-blog-is-chosen-and-shown-again", test_blog_is_chosen_and_shown_again);
  fixture_add ("/image-place/a-folder-needs-a-web-address", test_folder_needs_a_web_address);

  return g_test_run ();
}
