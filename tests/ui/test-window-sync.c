/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real window over a blog in memory: what it does by itself, and what it says of it. */
#include "bal-cursor-table.h"
#include "bal-error.h"
#include "bal-list-row.h"
#include "bal-window.h"
#include "fake-network.h"
#include "store-fixture.h"
#include "sync-client.h"

#define BALCONY "io.github.balcony.Balcony"

typedef struct
{
  FakeServer *server;
  SyncClient *client;
  GSettings  *settings;
  GtkWidget  *window;
  gint64      id;                /* a published review that both sides have */
  char       *remote_id;
  gboolean    is_busy;           /* the server */
} Desk;

/* ---- looking at widgets ---- */

typedef struct
{
  GtkWidget  *root;
  GType       type;
  const char *name;              /* the accessible one, or the label's text or beginning */
} Wanted;

static gboolean
is_called (GtkWidget  *widget,
           const char *name)
{
  g_autofree char *differs = NULL;

  if (GTK_IS_LABEL (widget))
    return g_str_has_prefix (gtk_label_get_text (GTK_LABEL (widget)), name);
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), name) == 0)
    return TRUE;
  differs = gtk_test_accessible_check_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name);
  return differs == NULL;
}

static GtkWidget *
find (GtkWidget  *root,
      GType       type,
      const char *name)
{
  if (!gtk_widget_get_visible (root))
    return NULL;
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && (name == NULL || is_called (root, name)))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_there (gpointer data)
{
  Wanted *wanted = data;

  return find (wanted->root, wanted->type, wanted->name) != NULL;
}

static GtkWidget *
wait_for (Desk       *desk,
          GType       type,
          const char *name)
{
  Wanted wanted = { desk->window, type, name };

  wait_until (is_there, &wanted);
  return find (desk->window, type, name);
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* The button says it, to the eye and to a screen reader. */
static gboolean
says (gpointer data)
{
  Wanted *wanted = data;
  GtkWidget *button = find (wanted->root, GTK_TYPE_BUTTON, "Sync");

  return button != NULL && g_strcmp0 (gtk_widget_get_tooltip_text (button), wanted->name) == 0;
}

static void
wait_for_state (Desk       *desk,
                const char *state)
{
  Wanted wanted = { .root = desk->window, .name = state };

  wait_until (says, &wanted);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find (desk->window, GTK_TYPE_BUTTON, "Sync")),
                                       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, state);
}

static guint
count_windows (void)
{
  g_autoptr(GListModel) all = g_object_ref (gtk_window_get_toplevels ());

  return g_list_model_get_n_items (all);
}

/* No toast, no dialog, and the focus where it was. */
static void
assert_quiet (Desk      *desk,
              GtkWidget *focus)
{
  g_assert_null (find (desk->window, g_type_from_name ("AdwToastWidget"), NULL));
  g_assert_cmpuint (count_windows (), ==, 1);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (desk->window)) == focus);
}

/* ---- a desk ---- */

static FakeFault
fault_cb (FakeServer *server,
          const char *op,
          gpointer    data)
{
  return ((Desk *) data)->is_busy ? FAKE_BUSY : FAKE_FINE;
}

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  fake_network_set (G_NETWORK_CONNECTIVITY_FULL);
  desk->server = fake_server_new ("window", "secret");
  desk->client = sync_client_new (desk->server, "secret");
  desk->remote_id = fake_server_add_review (desk->server, "The Perfection", "<p>Old.</p>", BAL_REVIEW_STATUS_PUBLISHED);
  sync_client_sync_well (desk->client, BAL_SYNC_DEFAULT);
  desk->id = sync_client_find_review (desk->client, desk->remote_id);
  fake_server_set_fault (desk->server, fault_cb, desk);
  fake_server_forget_calls (desk->server);
  desk->settings = g_settings_new (BALCONY);
  g_settings_set_boolean (desk->settings, "sync-on-start", FALSE);
  g_settings_set_uint (desk->settings, "sync-minutes", 0);
  g_settings_set_boolean (desk->settings, "sync-after-saving", FALSE);
}

static void
open_window (Desk *desk)
{
  desk->window = bal_window_new (NULL, desk->client->store, desk->client->engine);
  gtk_window_present (GTK_WINDOW (desk->window));
  wait_for (desk, BAL_TYPE_LIST_ROW, NULL);
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  gpointer left = desk->window;

  g_object_add_weak_pointer (G_OBJECT (desk->window), &left);
  gtk_window_close (GTK_WINDOW (desk->window));
  wait_until (is_gone, &left);
  g_object_unref (desk->settings);
  sync_client_free (desk->client);
  fake_server_free (desk->server);
  g_free (desk->remote_id);
}

static gboolean
has_synced (gpointer data)
{
  Desk *desk = data;

  return fake_server_count_calls (desk->server, "list_comments") > 0 &&
         !bal_sync_engine_get_syncing (desk->client->engine);
}

static gboolean
is_on_blog (gpointer data)
{
  Wanted *wanted = data;
  Desk *desk = (Desk *) wanted->root;
  g_autoptr(BalReview) review = fake_server_dup_review (desk->server, desk->remote_id);

  return g_str_equal (bal_review_get_html (review), wanted->name);
}

static void
wait_for_blog (Desk       *desk,
               const char *html)
{
  Wanted wanted = { .root = (GtkWidget *) desk, .name = html };

  wait_until (is_on_blog, &wanted);
}

static gboolean
elapsed_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* Long enough for what must not happen. */
static void
live_on (guint seconds)
{
  gboolean elapsed = FALSE;

  g_timeout_add_seconds (seconds, elapsed_cb, &elapsed);
  wait_until (is_true, &elapsed);
}

/* ---- promises ---- */

static void
test_off_asks_nobody (Desk          *desk,
                      gconstpointer  data)
{
  open_window (desk);
  sync_client_edit_review (desk->client, desk->id, NULL, "<p>New.</p>");
  wait_for_state (desk, "Sync With the Blog (Ctrl+R); 1 change waits");
  live_on (4);
  g_assert_cmpuint (fake_server_count_calls (desk->server, "sign_in"), ==, 0);
}

static void
test_the_start_brings_news_quietly (Desk          *desk,
                                    gconstpointer  data)
{
  GtkWidget *focus;

  g_settings_set_boolean (desk->settings, "sync-on-start", TRUE);
  g_free (fake_server_add_comment (desk->server, desk->remote_id, NULL, "Anna", "Nice", BAL_COMMENT_STATUS_PENDING));
  open_window (desk);
  focus = gtk_root_get_focus (GTK_ROOT (desk->window));
  wait_until (has_synced, desk);
  wait_for (desk, GTK_TYPE_WIDGET, "Pending, 1");
  live_on (1);
  assert_quiet (desk, focus);
}

static void
test_a_saved_change_goes_out (Desk          *desk,
                              gconstpointer  data)
{
  g_settings_set_boolean (desk->settings, "sync-after-saving", TRUE);
  open_window (desk);
  sync_client_edit_review (desk->client, desk->id, NULL, "<p>New.</p>");
  wait_for_blog (desk, "<p>New.</p>");
  wait_for_state (desk, "Sync With the Blog (Ctrl+R)");
}

static void
test_offline_is_a_normal_state (Desk          *desk,
                                gconstpointer  data)
{
  GtkWidget *focus;

  g_settings_set_boolean (desk->settings, "sync-on-start", TRUE);
  fake_network_set (G_NETWORK_CONNECTIVITY_LOCAL);
  open_window (desk);
  focus = gtk_root_get_focus (GTK_ROOT (desk->window));
  wait_for_state (desk, "Offline; nothing waits");
  sync_client_edit_review (desk->client, desk->id, NULL, "<p>New.</p>");
  wait_for_state (desk, "Offline; 1 change waits");
  live_on (3);
  assert_quiet (desk, focus);

  /* Who asks hears one sentence. */
  gtk_widget_activate_action (desk->window, "win.sync", NULL);
  wait_for (desk, GTK_TYPE_LABEL, "You are offline. What you wrote is kept here and goes out with the next sync.");
  g_assert_cmpuint (fake_server_count_calls (desk->server, "sign_in"), ==, 0);

  fake_network_set (G_NETWORK_CONNECTIVITY_FULL);
  wait_for_blog (desk, "<p>New.</p>");
  wait_for_state (desk, "Sync With the Blog (Ctrl+R)");
}

/* A café's page that asks to log in answers for the blog. By hand it is tried: the one who says so may be wrong. */
static void
test_a_captive_network_is_tried_by_hand (Desk          *desk,
                                         gconstpointer  data)
{
  g_settings_set_boolean (desk->settings, "sync-on-start", TRUE);
  fake_network_set (G_NETWORK_CONNECTIVITY_PORTAL);
  open_window (desk);
  live_on (3);
  g_assert_cmpuint (fake_server_count_calls (desk->server, "sign_in"), ==, 0);
  gtk_widget_activate_action (desk->window, "win.sync", NULL);
  wait_until (has_synced, desk);
}

static void
test_failures_wait_on_the_button (Desk          *desk,
                                  gconstpointer  data)
{
  GtkWidget *focus, *button;
  g_autofree char *state = NULL;

  g_settings_set_boolean (desk->settings, "sync-on-start", TRUE);
  desk->is_busy = TRUE;
  open_window (desk);
  focus = gtk_root_get_focus (GTK_ROOT (desk->window));
  button = wait_for (desk, GTK_TYPE_BUTTON, "Sync");
  while (!g_str_has_prefix (gtk_widget_get_tooltip_text (button), "The last sync failed: "))
    g_main_context_iteration (NULL, TRUE);
  assert_quiet (desk, focus);

  desk->is_busy = FALSE;
  gtk_widget_activate_action (desk->window, "win.sync", NULL);
  wait_for_state (desk, "Sync With the Blog (Ctrl+R)");
}

static gboolean
forget_comparing_work (BalTransaction  *transaction,
                       gpointer         data,
                       GError         **error)
{
  return bal_cursor_table_put (transaction, ((Desk *) data)->client->blog_id, "compared", "1", error);
}

/* Wherever that is noted: everything was compared long ago. */
static void
forget_comparing (Desk *desk)
{
  g_autoptr(GSettingsSchema) schema = NULL;

  g_object_get (desk->settings, "settings-schema", &schema, NULL);
  if (g_settings_schema_has_key (schema, "compared"))
    g_settings_set_int64 (desk->settings, "compared", 1);
  sync_client_write (desk->client, forget_comparing_work, desk);
}

/* What is asked at a sync by hand waits in the strip otherwise. */
static void
test_many_removals_wait_for_a_person (Desk          *desk,
                                      gconstpointer  data)
{
  g_autoptr(GPtrArray) reviews = NULL;
  GtkWidget *focus;

  for (guint i = 0; i < 12; i++)
    g_free (fake_server_add_review (desk->server, "T", "<p>x</p>", BAL_REVIEW_STATUS_PUBLISHED));
  sync_client_sync_well (desk->client, BAL_SYNC_FULL);
  reviews = fake_server_list_reviews (desk->server);
  for (guint i = 0; i < reviews->len; i++)
    fake_server_delete_review (desk->server, bal_review_get_remote_id (reviews->pdata[i]));

  g_settings_set_boolean (desk->settings, "sync-on-start", TRUE);
  forget_comparing (desk);
  open_window (desk);
  focus = gtk_root_get_focus (GTK_ROOT (desk->window));
  wait_for (desk, GTK_TYPE_BUTTON, "Decide…");
  assert_quiet (desk, focus);

  g_signal_emit_by_name (wait_for (desk, GTK_TYPE_BUTTON, "Decide…"), "clicked");
  g_assert_cmpuint (count_windows (), ==, 2);
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr(GtkWindow) dialog = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (ADW_IS_MESSAGE_DIALOG (dialog))
        gtk_window_close (dialog);
    }
  while (find (desk->window, GTK_TYPE_BUTTON, "Decide…") != NULL || count_windows () > 1)
    g_main_context_iteration (NULL, TRUE);
  g_clear_pointer (&reviews, g_ptr_array_unref);
  reviews = sync_client_list_reviews (desk->client);
  g_assert_cmpuint (reviews->len, ==, 13);
}

/* ---- typing meanwhile ---- */

static void
select_review (Desk *desk)
{
  GtkWidget *list = wait_for (desk, GTK_TYPE_LIST_VIEW, "All Reviews");

  gtk_widget_grab_focus (list);
  gtk_selection_model_select_item (gtk_list_view_get_model (GTK_LIST_VIEW (list)), 0, TRUE);
}

static GtkTextBuffer *
get_body (Desk *desk)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (wait_for (desk, GTK_TYPE_TEXT_VIEW, "Body")));
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static gboolean
has_text (gpointer data)
{
  Wanted *wanted = data;
  g_autofree char *text = dup_text ((GtkTextBuffer *) wanted->root);

  return g_str_has_prefix (text, wanted->name);
}

/* The blog takes its time for each answer, and brings another paragraph and a comment. No key is lost or put elsewhere,
 * nothing is reloaded under the cursor, the text is kept on and on, and nothing half goes out. */
static void
test_typing_goes_on (Desk          *desk,
                     gconstpointer  data)
{
  static const char words[] = "While somebody types, a sync comes and goes and nobody notices. ";
  g_autoptr(BalReview) theirs = fake_server_dup_review (desk->server, desk->remote_id);
  g_autoptr(BalReview) there = NULL;
  g_autoptr(BalReview) here = NULL;
  g_autoptr(GString) typed = g_string_new (NULL);
  Wanted old = { .name = "Old." };
  GtkTextBuffer *buffer;
  guint n_after = 0;

  open_window (desk);
  select_review (desk);
  buffer = get_body (desk);
  old.root = (GtkWidget *) buffer;
  wait_until (has_text, &old);
  gtk_widget_grab_focus (wait_for (desk, GTK_TYPE_TEXT_VIEW, "Body"));
  g_free (fake_server_add_comment (desk->server, desk->remote_id, NULL, "Anna", "Nice", BAL_COMMENT_STATUS_PENDING));
  bal_review_set_html (theirs, "<p>Old.</p>\n<p>Theirs.</p>");
  fake_server_edit_review (desk->server, theirs);
  fake_server_set_delay (desk->server, 300);
  g_settings_set_uint (desk->settings, "sync-minutes", 1);
  sync_client_edit_review (desk->client, desk->id, "The Perfections", NULL);
  g_settings_set_boolean (desk->settings, "sync-after-saving", TRUE);

  /* Forty keys a second, until the sync has long ended. */
  for (guint i = 0; n_after < 40; i++)
    {
      GtkTextIter at;
      char key[] = { words[i % (sizeof words - 1)], '\0' };
      gint64 next = g_get_monotonic_time () + 25000;

      gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
      g_assert_true (gtk_text_buffer_insert_interactive (buffer, &at, key, -1, TRUE));
      g_string_append (typed, key);
      while (g_get_monotonic_time () < next)
        g_main_context_iteration (NULL, FALSE);
      n_after += has_synced (desk);
      g_assert_true (get_body (desk) == buffer);
      g_assert_true (gtk_text_view_get_editable (GTK_TEXT_VIEW (wait_for (desk, GTK_TYPE_TEXT_VIEW, "Body"))));
      if (n_after < 40)
        {
          g_autofree char *text = dup_text (buffer);
          g_assert_nonnull (strstr (text, typed->str));
        }
    }

  /* Sent is what was offered, or nothing of it. */
  there = fake_server_dup_review (desk->server, desk->remote_id);
  g_assert_cmpstr (bal_review_get_html (there), ==, "<p>Old.</p>\n<p>Theirs.</p>");
  live_on (3);
  here = sync_client_get_review (desk->client, desk->id);
  g_assert_nonnull (strstr (bal_review_get_html (here), typed->str));
  g_assert_nonnull (strstr (bal_review_get_html (here), "<p>Theirs.</p>"));
}

#define ADD(name, func) g_test_add ("/window/sync/" name, Desk, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  fake_network_install ();

  ADD ("off-asks-nobody", test_off_asks_nobody);
  ADD ("the-start-brings-news-quietly", test_the_start_brings_news_quietly);
  ADD ("a-saved-change-goes-out", test_a_saved_change_goes_out);
  ADD ("offline-is-a-normal-state", test_offline_is_a_normal_state);
  ADD ("a-captive-network-is-tried-by-hand", test_a_captive_network_is_tried_by_hand);
  ADD ("failures-wait-on-the-button", test_failures_wait_on_the_button);
  ADD ("many-removals-wait-for-a-person", test_many_removals_wait_for_a_person);
  ADD ("typing-goes-on", test_typing_goes_on);

  return g_test_run ();
}
