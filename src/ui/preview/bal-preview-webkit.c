/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-preview-backend.h"

#include <webkit/webkit.h>

G_MODULE_EXPORT extern const BalPreviewBackend bal_preview_backend;

#define MEDIA_KEY "balcony-media"
#define SCROLL_KEY "balcony-scroll"

/* ---- pictures that are not on the blog yet ---- */

static void
media_opened_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr(WebKitURISchemeRequest) request = data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, &error);

  if (stream != NULL)
    webkit_uri_scheme_request_finish (request, G_INPUT_STREAM (stream), -1, NULL);
  else
    webkit_uri_scheme_request_finish_error (request, error);
}

/* Only files of the table: a page can't name one by itself. */
static void
media_cb (WebKitURISchemeRequest *request,
          gpointer                data)
{
  WebKitWebView *view = webkit_uri_scheme_request_get_web_view (request);
  GHashTable *media = view != NULL ? g_object_get_data (G_OBJECT (view), MEDIA_KEY) : NULL;
  const char *path = media != NULL
                     ? g_hash_table_lookup (media, webkit_uri_scheme_request_get_path (request)) : NULL;
  g_autoptr(GFile) file = NULL;

  if (path == NULL)
    {
      g_autoptr(GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no such picture");

      webkit_uri_scheme_request_finish_error (request, error);
      return;
    }
  file = g_file_new_for_path (path);
  g_file_read_async (file, G_PRIORITY_DEFAULT, NULL, media_opened_cb, g_object_ref (request));
}

/* ---- links ---- */

static gboolean
decide_cb (WebKitWebView            *view,
           WebKitPolicyDecision     *decision,
           WebKitPolicyDecisionType  type,
           gpointer                  data)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (view));
  WebKitNavigationAction *action;
  const char *uri;
  g_autofree char *scheme = NULL;

  if (type == WEBKIT_POLICY_DECISION_TYPE_RESPONSE)
    return FALSE;
  action = webkit_navigation_policy_decision_get_navigation_action (WEBKIT_NAVIGATION_POLICY_DECISION (decision));
  if (webkit_navigation_action_get_navigation_type (action) == WEBKIT_NAVIGATION_TYPE_OTHER &&
      type == WEBKIT_POLICY_DECISION_TYPE_NAVIGATION_ACTION)
    return FALSE;
  uri = webkit_uri_request_get_uri (webkit_navigation_action_get_request (action));
  scheme = g_uri_parse_scheme (uri);
  if (webkit_navigation_action_is_user_gesture (action) &&
      (g_strcmp0 (scheme, "https") == 0 || g_strcmp0 (scheme, "http") == 0 || g_strcmp0 (scheme, "mailto") == 0))
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
  webkit_policy_decision_ignore (decision);
  return TRUE;
}

/* ---- staying in place ---- */

static void
load_changed_cb (WebKitWebView   *view,
                 WebKitLoadEvent  event,
                 gpointer         data)
{
  double *place = g_object_get_data (G_OBJECT (view), SCROLL_KEY);
  g_autofree char *script = NULL;

  if (event != WEBKIT_LOAD_FINISHED || place == NULL)
    return;
  script = g_strdup_printf ("scrollTo(0, %d)", (int) *place);
  webkit_web_view_evaluate_javascript (view, script, -1, NULL, NULL, NULL, NULL, NULL);
}

typedef struct
{
  WebKitWebView *view;
  char          *html;
  char          *address;
} Page;

static void
page_free (Page *page)
{
  g_object_unref (page->view);
  g_free (page->html);
  g_free (page->address);
  g_free (page);
}

static void
place_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  Page *page = data;
  g_autoptr(JSCValue) value = webkit_web_view_evaluate_javascript_finish (page->view, result, NULL);
  double *place = g_new0 (double, 1);

  if (value != NULL && jsc_value_is_number (value))
    *place = jsc_value_to_double (value);
  g_object_set_data_full (G_OBJECT (page->view), SCROLL_KEY, place, g_free);
  webkit_web_view_load_html (page->view, page->html, page->address);
  page_free (page);
}

static void
show (GtkWidget  *view,
      const char *html,
      const char *address,
      GHashTable *media)
{
  Page *page = g_new0 (Page, 1);

  g_object_set_data_full (G_OBJECT (view), MEDIA_KEY, g_hash_table_ref (media), (GDestroyNotify) g_hash_table_unref);
  page->view = g_object_ref (WEBKIT_WEB_VIEW (view));
  page->html = g_strdup (html);
  page->address = g_strdup (address);
  webkit_web_view_evaluate_javascript (page->view, "scrollY", -1, NULL, NULL, NULL, place_cb, page);
}

static GtkWidget *
new_view (void)
{
  static WebKitWebContext *context;
  static WebKitNetworkSession *session;
  WebKitWebView *view;
  WebKitSettings *settings;

  if (context == NULL)
    {
      context = webkit_web_context_new ();
      session = webkit_network_session_new_ephemeral ();
      webkit_web_context_register_uri_scheme (context, "media", media_cb, NULL, NULL);
    }
  /* The page's own scripts don't run; asking it where it is scrolled to still can. */
  settings = webkit_settings_new_with_settings ("enable-javascript-markup", FALSE,
                                                "enable-page-cache", FALSE,
                                                "enable-webaudio", FALSE,
                                                "enable-media", FALSE,
                                                NULL);
  view = g_object_new (WEBKIT_TYPE_WEB_VIEW, "web-context", context, "network-session", session,
                       "settings", settings, NULL);
  g_object_unref (settings);
  g_signal_connect (view, "decide-policy", G_CALLBACK (decide_cb), NULL);
  g_signal_connect (view, "load-changed", G_CALLBACK (load_changed_cb), NULL);
  return GTK_WIDGET (view);
}

const BalPreviewBackend bal_preview_backend = { new_view, show };
