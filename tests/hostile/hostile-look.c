/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "hostile-look.h"

#include "hostile.h"
#include "widget-tree.h"

#include <dlfcn.h>
#include <errno.h>
#include <hb.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

/* ---- the network ---- */

static int n_calls;

int connect (int                    fd,
             const struct sockaddr *address,
             socklen_t              length);
int getaddrinfo (const char             *node,
                 const char             *service,
                 const struct addrinfo  *hints,
                 struct addrinfo       **result);

/* Stands before the C library's, for every library of the process. */
int
connect (int                    fd,
         const struct sockaddr *address,
         socklen_t              length)
{
  static int (*real) (int, const struct sockaddr *, socklen_t);

  if (real == NULL)
    real = (int (*) (int, const struct sockaddr *, socklen_t)) dlsym (RTLD_NEXT, "connect");
  if (address->sa_family == AF_UNIX)
    return real (fd, address, length);

  g_atomic_int_inc (&n_calls);
  errno = ENETUNREACH;
  return -1;
}

int
getaddrinfo (const char             *node,
             const char             *service,
             const struct addrinfo  *hints,
             struct addrinfo       **result)
{
  g_atomic_int_inc (&n_calls);
  return EAI_NONAME;
}

guint
hostile_count_network (void)
{
  return g_atomic_int_get (&n_calls);
}

/* ---- shaping ---- */

static guint n_shaped;

/* Stands before HarfBuzz's for Pango. */
void
hb_shape (hb_font_t          *font,
          hb_buffer_t        *buffer,
          const hb_feature_t *features,
          unsigned int        n_features)
{
  static void (*real) (hb_font_t *, hb_buffer_t *, const hb_feature_t *, unsigned int);

  if (real == NULL)
    real = (void (*) (hb_font_t *, hb_buffer_t *, const hb_feature_t *, unsigned int)) dlsym (RTLD_NEXT, "hb_shape");
  n_shaped += hb_buffer_get_length (buffer);
  real (font, buffer, features, n_features);
}

guint
hostile_count_shaped (void)
{
  return n_shaped;
}

/* ---- what is shown ---- */

GtkWidget *
hostile_find (GtkWidget *root,
              GType      type)
{
  return widget_find_type (root, type);
}

static gboolean
has_label (GtkWidget *widget,
           gpointer   label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
has_action (GtkWidget *widget,
            gpointer   action)
{
  return GTK_IS_ACTIONABLE (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

GtkWidget *
hostile_find_button (GtkWidget  *root,
                     const char *label)
{
  return widget_find (root, has_label, (gpointer) label);
}

GtkWidget *
hostile_find_action (GtkWidget  *root,
                     const char *action)
{
  return widget_find (root, has_action, (gpointer) action);
}

void
hostile_assert_text (const char *what,
                     const char *text,
                     guint       most)
{
  if (text == NULL)
    return;
  if (!g_utf8_validate (text, -1, NULL))
    g_error ("%s is no UTF-8", what);
  if (g_utf8_strlen (text, -1) > most)
    g_error ("%s has %ld characters: %.60s", what, g_utf8_strlen (text, -1), text);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (hostile_is_forbidden (g_utf8_get_char (p)))
      g_error ("%s holds U+%04X: %.100s", what, g_utf8_get_char (p), text);
}

static void
assert_link (const char *uri)
{
  g_autofree char *scheme = uri != NULL ? g_uri_parse_scheme (uri) : NULL;

  if (uri == NULL || *uri == '\0')
    return;
  if (g_strcmp0 (scheme, "http") != 0 && g_strcmp0 (scheme, "https") != 0 && g_strcmp0 (scheme, "mailto") != 0)
    g_error ("A link leads to %.200s", uri);
  hostile_assert_text ("A link", uri, 5000);
}

guint
hostile_assert_harmless (GtkWidget *root)
{
  guint n_labels = 0;

  hostile_assert_text ("A tooltip", gtk_widget_get_tooltip_text (root), HOSTILE_MOST_SHOWN);
  if (GTK_IS_LABEL (root))
    {
      n_labels++;
      hostile_assert_text ("A label", gtk_label_get_text (GTK_LABEL (root)), HOSTILE_MOST_SHOWN);
      if (gtk_label_get_use_markup (GTK_LABEL (root)))
        g_assert_null (strstr (gtk_label_get_label (GTK_LABEL (root)), "<a"));
    }
  else if (GTK_IS_LINK_BUTTON (root))
    assert_link (gtk_link_button_get_uri (GTK_LINK_BUTTON (root)));
  else if (GTK_IS_PICTURE (root))
    g_assert_null (gtk_picture_get_file (GTK_PICTURE (root)));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child; child = gtk_widget_get_next_sibling (child))
    n_labels += hostile_assert_harmless (child);
  return n_labels;
}
