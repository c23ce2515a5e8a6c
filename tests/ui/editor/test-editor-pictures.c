/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "page-desk.h"

#include <glib/gstdio.h>
#include <string.h>

#include "bal-island-source.h"
#include "bal-island.h"
#include "bal-picture-popover.h"

static const char html[] =
  "<p>One line.</p>\n"
  "<iframe src=\"/a\"></iframe>\n"
  "<p>Another line.</p>\n";

static void
write_png (const char *path,
           int         width,
           int         height)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, 0x336699ff);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

/* As dropped or pasted at the cursor. */
static void
give_file (Page       *page,
           const char *path)
{
  BalTextView *view = page_get_view (page);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  GtkTextIter cursor;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  g_signal_emit_by_name (view, "pictures", list, NULL, &cursor);
  g_boxed_free (GDK_TYPE_FILE_LIST, list);
}

static gboolean
is_modified (gpointer data)
{
  return bal_editor_get_modified (((Page *) data)->editor);
}

static gboolean
has_failed (gpointer data)
{
  return ((Page *) data)->message != NULL;
}

static gboolean
asks (gpointer data)
{
  GtkWidget *popover = widget_find_named (GTK_WIDGET (((Page *) data)->editor), BAL_TYPE_PICTURE_POPOVER, NULL);

  return popover != NULL && gtk_widget_get_mapped (popover);
}

static gboolean
shows_picture (gpointer data)
{
  return widget_find_named (GTK_WIDGET (page_get_view (data)), GTK_TYPE_PICTURE, NULL) != NULL;
}

static void
insert_picture (Page *page)
{
  g_autofree char *path = g_build_filename (page->base.dir, "boat.png", NULL);

  write_png (path, 80, 60);
  page_place_cursor (page, 0, 3);
  give_file (page, path);
  wait_until (is_modified, page);
  g_unlink (path);
}

/* ---- tests ---- */

static void
test_a_picture_is_put_in_as_one_step (Page          *page,
                                      gconstpointer  data)
{
  g_autofree char *saved = NULL;

  insert_picture (page);
  saved = page_dup_saved (page);
  g_test_message ("%s", saved);
  g_assert_nonnull (strstr (saved, "src=\"media:1\""));
  g_assert_true (strstr (saved, "media:") == g_strrstr (saved, "media:"));
  wait_until (shows_picture, page);
  wait_until (asks, page);
  page_act (page, "editor.undo");
  page_assert_saved (page, html);
  page_act (page, "editor.redo");
  page_assert_saved (page, saved);
  g_assert_null (page->message);
}

typedef struct
{
  gint64          blog_id;
  BalCapabilities capabilities;
} Abilities;

static gboolean
set_abilities (BalTransaction  *transaction,
               gpointer         data,
               GError         **error)
{
  Abilities *abilities = data;
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, abilities->blog_id, error);

  bal_blog_set_capabilities (blog, abilities->capabilities);
  return bal_blog_table_update (transaction, blog, error);
}

static void
no_place_cb (BalEditor *editor,
             BalBlog   *blog,
             guint     *n_told)
{
  g_assert_nonnull (bal_blog_get_name (blog));
  (*n_told)++;
}

typedef struct
{
  Page   *page;
  gint64  id;
} Shown;

static gboolean
is_shown (gpointer data)
{
  Shown *shown = data;
  BalReview *review = bal_editor_get_review (shown->page->editor);

  return review != NULL && bal_review_get_id (review) == shown->id;
}

static void
show (Page   *page,
      gint64  id)
{
  Shown shown = { page, id };

  bal_editor_show_review (page->editor, id);
  wait_until (is_shown, &shown);
}

/* It is put in all the same: it can wait. */
static void
test_a_picture_without_a_place_is_told_at_once (Page          *page,
                                                gconstpointer  data)
{
  Abilities abilities[] = { { page->base.blog_id, BAL_CAPABILITY_PUBLISH },
                            { page->base.blog_id, BAL_CAPABILITY_PUBLISH | BAL_CAPABILITY_UPLOAD_MEDIA } };
  g_autoptr(GError) error = NULL;
  guint n_told = 0;

  g_signal_connect (page->editor, "no-image-place", G_CALLBACK (no_place_cb), &n_told);
  for (guint i = 0; i < G_N_ELEMENTS (abilities); i++)
    {
      g_autofree char *saved = NULL;

      bal_store_write (page->base.store, set_abilities, &abilities[i], NULL, &error);
      g_assert_no_error (error);
      show (page, page->other_id);
      show (page, page->review_id);
      insert_picture (page);
      saved = page_dup_saved (page);
      g_assert_nonnull (strstr (saved, "src=\"media:1\""));
      g_assert_cmpuint (n_told, ==, 1);
    }
}

static void
test_a_pasted_picture_becomes_a_file_of_the_store (Page          *page,
                                                   gconstpointer  data)
{
  BalTextView *view = page_get_view (page);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 30, 20);
  g_autoptr(GdkTexture) texture = NULL;
  g_autofree char *saved = NULL;
  GtkTextIter end;

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  gtk_text_buffer_get_iter_at_line (buffer, &end, 2);
  g_signal_emit_by_name (view, "pictures", NULL, texture, &end);
  wait_until (is_modified, page);
  saved = page_dup_saved (page);
  g_assert_nonnull (strstr (saved, "<p>Another line.</p>\n<"));
  g_assert_nonnull (strstr (saved, "media:1"));
  wait_until (shows_picture, page);
}

/* From the clipboard, unless there is text beside it: a spreadsheet offers its cells as a picture too. */
static void
test_pasting_takes_a_picture_or_the_text_beside_it (Page          *page,
                                                    gconstpointer  data)
{
  BalTextView *view = page_get_view (page);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (view));
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 30, 20);
  g_autoptr(GdkTexture) texture = NULL;
  g_autoptr(GdkContentProvider) both = NULL;
  g_autofree char *saved = NULL;
  GdkContentProvider *providers[2];

  gdk_pixbuf_fill (pixbuf, 0x00ff00ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  providers[0] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, "So: ");
  both = gdk_content_provider_new_union (providers, 2);
  page_place_cursor (page, 0, 0);
  gdk_clipboard_set_content (clipboard, both);
  g_signal_emit_by_name (view, "paste-clipboard");
  wait_until (is_modified, page);
  page_assert_saved (page, "<p>So: One line.</p>\n<iframe src=\"/a\"></iframe>\n<p>Another line.</p>\n");

  gdk_clipboard_set_texture (clipboard, texture);
  g_signal_emit_by_name (view, "paste-clipboard");
  wait_until (shows_picture, page);
  saved = page_dup_saved (page);
  g_assert_nonnull (strstr (saved, "media:1"));
}

static void
test_what_is_no_picture_is_not_put_in (Page          *page,
                                       gconstpointer  data)
{
  g_autofree char *path = g_build_filename (page->base.dir, "letter.png", NULL);

  g_assert_true (g_file_set_contents (path, "Dear reader,", -1, NULL));
  give_file (page, path);
  wait_until (has_failed, page);
  g_assert_nonnull (strstr (page->message, "letter.png"));
  g_assert_false (bal_editor_get_modified (page->editor));
  g_unlink (path);
  g_clear_pointer (&page->message, g_free);
  give_file (page, path);
  wait_until (has_failed, page);
  page_assert_saved (page, html);
}

static guint
count_images (Page *page)
{
  guint count = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (page_get_view (page))); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count += widget_find_named (child, BAL_TYPE_ISLAND, "Image") == child;
  return count;
}

static gboolean
has_three (gpointer data)
{
  return count_images (data) == 3;
}

/* One cut off, one of noise behind its header, and one that says it has 3,600 million pixels. */
static void
test_a_hostile_picture_stays_a_label (Page          *page,
                                      gconstpointer  data)
{
  static const guint8 huge[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x06\0\0\0\x0a\xb5\xb1\x84";
  g_autofree char *whole = g_build_filename (page->base.dir, "whole.png", NULL);
  g_autofree char *bytes = NULL;
  char *paths[3];
  gsize length;

  for (guint i = 0; i < 3; i++)
    paths[i] = g_strdup_printf ("%s/%u.png", page->base.dir, i);
  write_png (whole, 400, 300);
  g_assert_true (g_file_get_contents (whole, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (paths[0], bytes, 30, NULL));
  memset (bytes + 50, 0xa5, length - 50);
  g_assert_true (g_file_set_contents (paths[1], bytes, length, NULL));
  g_assert_true (g_file_set_contents (paths[2], (const char *) huge, sizeof huge - 1, NULL));
  for (guint i = 0; i < 3; i++)
    {
      page_place_cursor (page, 0, 3);
      give_file (page, paths[i]);
    }
  wait_until (has_three, page);
  page_settle ();
  g_assert_cmpuint (count_images (page), ==, 3);
  g_assert_null (widget_find_named (GTK_WIDGET (page_get_view (page)), GTK_TYPE_PICTURE, NULL));
  g_assert_null (page->message);
  for (guint i = 0; i < 3; i++)
    g_free (paths[i]);
}

/* The entry that a label with a mnemonic belongs to. */
static GtkEditable *
find_entry (GtkWidget  *root,
            const char *label)
{
  if (GTK_IS_LABEL (root) && g_str_equal (gtk_label_get_label (GTK_LABEL (root)), label))
    return GTK_EDITABLE (gtk_label_get_mnemonic_widget (GTK_LABEL (root)));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_entry (child, label);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_what_a_picture_shows_is_asked_and_written (Page          *page,
                                                gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkWidget *popover;

  insert_picture (page);
  before = page_dup_saved (page);
  wait_until (asks, page);
  popover = widget_find_named (GTK_WIDGET (page->editor), BAL_TYPE_PICTURE_POPOVER, NULL);
  gtk_editable_set_text (find_entry (popover, "_Description"), "A boat & a bird");
  gtk_editable_set_text (find_entry (popover, "_Caption"), "Out at sea");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (widget_find_named (popover, GTK_TYPE_CHECK_BUTTON, NULL)), FALSE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (widget_find_named (popover, GTK_TYPE_SPIN_BUTTON, NULL)), 40);
  g_signal_emit_by_name (widget_find_named (popover, GTK_TYPE_ENTRY, NULL), "activate");
  after = page_dup_saved (page);
  g_test_message ("%s", after);
  g_assert_nonnull (strstr (after, "alt=\"A boat &amp; a bird\""));
  g_assert_nonnull (strstr (after, "Out at sea"));
  g_assert_nonnull (strstr (after, "width=\"40\""));
  g_assert_nonnull (strstr (after, "height=\"30\""));
  page_act (page, "editor.undo");
  page_assert_saved (page, before);
  page_act (page, "editor.undo");
  page_assert_saved (page, html);
}

static void
press_escape (GtkWidget *widget)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++)
    {
      g_autoptr(GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", GDK_KEY_Escape, 0, 0, &handled);
    }
  g_assert_true (handled);
}

static gboolean
asks_no_more (gpointer data)
{
  return !asks (data);
}

/* As by a click beside it; only Escape takes back what was typed. */
static void
test_what_a_picture_shows_is_kept_when_left (Page          *page,
                                             gconstpointer  data)
{
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkWidget *popover;

  insert_picture (page);
  before = page_dup_saved (page);
  wait_until (asks, page);
  popover = widget_find_named (GTK_WIDGET (page->editor), BAL_TYPE_PICTURE_POPOVER, NULL);
  gtk_editable_set_text (find_entry (popover, "_Description"), "A bird");
  press_escape (popover);
  wait_until (asks_no_more, page);
  page_assert_saved (page, before);

  page_place_cursor (page, 1, 0);
  page_act (page, "editor.edit-island");
  wait_until (asks, page);
  g_assert_cmpstr (gtk_editable_get_text (find_entry (popover, "_Description")), ==, "");
  gtk_editable_set_text (find_entry (popover, "_Description"), "A boat");
  gtk_popover_popdown (GTK_POPOVER (popover));
  after = page_dup_saved (page);
  g_assert_nonnull (strstr (after, "alt=\"A boat\""));

  /* Saving is leaving it, too, as when the window closes. */
  page_act (page, "editor.undo");
  page_act (page, "editor.edit-island");
  wait_until (asks, page);
  gtk_editable_set_text (find_entry (popover, "_Description"), "A boat");
  bal_editor_save_async (page->editor, TRUE, NULL, NULL, NULL);
  g_assert_false (asks (page));
  page_assert_saved (page, after);

  /* And nothing is done where nothing was changed. */
  page_act (page, "editor.edit-island");
  wait_until (asks, page);
  gtk_popover_popdown (GTK_POPOVER (popover));
  page_act (page, "editor.undo");
  page_assert_saved (page, before);
  g_assert_null (page->message);
}

static BalIslandSource *
open_source (Page *page)
{
  GListModel *windows = gtk_window_get_toplevels ();

  page_act (page, "editor.edit-source");
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWidget) window = g_list_model_get_item (windows, i);

      if (BAL_IS_ISLAND_SOURCE (window))
        return BAL_ISLAND_SOURCE (window);
    }
  g_assert_not_reached ();
}

static void
test_source_is_refused_or_applied (Page          *page,
                                   gconstpointer  data)
{
  BalIslandSource *window;
  GtkTextBuffer *buffer;
  g_autofree char *text = NULL;

  page_place_cursor (page, 1, 0);
  window = open_source (page);
  buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget_find_named (GTK_WIDGET (window), GTK_TYPE_TEXT_VIEW, NULL)));
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "<iframe src=\"/a\"></iframe>");

  gtk_text_buffer_set_text (buffer, "<iframe src=\"/b\">", -1);
  gtk_widget_activate_action (GTK_WIDGET (window), "source.apply", NULL);
  g_assert_true (gtk_info_bar_get_revealed (GTK_INFO_BAR (widget_find_named (GTK_WIDGET (window), GTK_TYPE_INFO_BAR, NULL))));
  page_assert_saved (page, html);

  gtk_text_buffer_set_text (buffer, "<iframe src=\"/b\"></iframe>", -1);
  gtk_widget_activate_action (GTK_WIDGET (window), "source.apply", NULL);
  page_assert_saved (page, "<p>One line.</p>\n<iframe src=\"/b\"></iframe>\n<p>Another line.</p>\n");
  page_act (page, "editor.undo");
  page_assert_saved (page, html);
}

/* ---- found on this computer ---- */

static gboolean
upload_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Page *page = data;
  g_autofree char *path = g_build_filename (page->base.dir, "boat.png", NULL);
  gint64 id;

  write_png (path, 80, 60);
  id = bal_media_table_add (transaction, page->base.blog_id, path, "", error);
  return id != 0 && bal_media_table_set_uploaded (transaction, id, "7", "https://example.org/boat.png", error);
}

typedef struct
{
  gboolean    done;
  BalPicture *picture;
} Found;

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Found *found = data;

  found->picture = bal_pictures_read_finish (BAL_PICTURES (source), result, NULL);
  found->done = TRUE;
}

static gboolean
is_found (gpointer data)
{
  return ((Found *) data)->done;
}

static BalPicture *
look_for (Page       *page,
          const char *src)
{
  Found found = { 0 };

  bal_pictures_read_async (bal_text_view_get_pictures (page_get_view (page)), src, NULL, found_cb, &found);
  wait_until (is_found, &found);
  return found.picture;
}

/* What was sent from here to the blog is still shown by our copy; for all else nothing is asked of
 * the network, and nothing is wrong. */
static void
test_a_picture_on_the_blog_is_shown_by_our_copy (Page          *page,
                                                 gconstpointer  data)
{
  g_autoptr(BalPicture) ours = NULL;

  fixture_write (&page->base, upload_work, page);
  ours = look_for (page, "https://example.org/boat.png");
  g_assert_nonnull (ours);
  g_assert_cmpint (ours->width, ==, 80);
  g_assert_cmpint (ours->height, ==, 60);
  g_assert_null (look_for (page, "https://example.org/other.png"));
  g_assert_null (look_for (page, "media:99"));
  g_assert_null (look_for (page, "media:x"));
  g_assert_null (look_for (page, ""));
  g_assert_null (page->message);
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  adw_init ();
#define ADD(name, test) page_add ("/editor/pictures/" name, html, test)
  ADD ("a-picture-is-put-in-as-one-step", test_a_picture_is_put_in_as_one_step);
  ADD ("a-picture-without-a-place-is-told-at-once", test_a_picture_without_a_place_is_told_at_once);
  ADD ("a-pasted-picture-becomes-a-file-of-the-store", test_a_pasted_picture_becomes_a_file_of_the_store);
  ADD ("pasting-takes-a-picture-or-the-text-beside-it", test_pasting_takes_a_picture_or_the_text_beside_it);
  ADD ("what-is-no-picture-is-not-put-in", test_what_is_no_picture_is_not_put_in);
  ADD ("a-hostile-picture-stays-a-label", test_a_hostile_picture_stays_a_label);
  ADD ("what-a-picture-shows-is-asked-and-written", test_what_a_picture_shows_is_asked_and_written);
  ADD ("what-a-picture-shows-is-kept-when-left", test_what_a_picture_shows_is_kept_when_left);
  ADD ("a-picture-on-the-blog-is-shown-by-our-copy", test_a_picture_on_the_blog_is_shown_by_our_copy);
  ADD ("source-is-refused-or-applied", test_source_is_refused_or_applied);
#undef ADD
  return g_test_run ();
}
