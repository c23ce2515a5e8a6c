/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Each string and each piece of HTML that is known to do harm, as text, author, author's address and review title of a
 * comment, in the widgets and the notification that show comments. Those of tests/hostile/vectors.txt, and the
 * collections in $BALCONY_SHARED.
 */
#define _GNU_SOURCE
#include <adwaita.h>
#include <dlfcn.h>
#include <string.h>

#include "bal-comment-card.h"
#include "bal-comment-news.h"
#include "bal-comment-row.h"
#include "bal-list-row.h"
#include "hostile-look.h"
#include "hostile.h"
#include "samples.h"
#include "store-fixture.h"

#define ROWS_AT_ONCE 50
/* Of the collections a test takes one in so many, others each time; with BALCONY_TEST_FACTOR, as for the long tests, all. */
#define SHARE 50

/* ---- notifications: what is handed to the desktop ---- */

static char *last_title, *last_body;

GNotification *
g_notification_new (const char *title)
{
  static GNotification *(*real) (const char *);

  if (real == NULL)
    real = (GNotification *(*) (const char *)) dlsym (RTLD_NEXT, "g_notification_new");
  g_free (last_title);
  last_title = g_strdup (title);
  return real (title);
}

void
g_notification_set_body (GNotification *notification,
                         const char    *body)
{
  static void (*real) (GNotification *, const char *);

  if (real == NULL)
    real = (void (*) (GNotification *, const char *)) dlsym (RTLD_NEXT, "g_notification_set_body");
  g_free (last_body);
  last_body = g_strdup (body);
  real (notification, body);
}

/* There is no desktop here. */
void
g_application_send_notification (GApplication  *application,
                                 const char    *id,
                                 GNotification *notification)
{
}

void
g_application_withdraw_notification (GApplication *application,
                                     const char   *id)
{
}

/* ---- a desk ---- */

typedef struct
{
  Fixture         base;
  GtkWidget      *window;
  GtkWidget      *card;
  GtkBox         *rows;
  GApplication   *application;
  BalCommentNews *news;
  const char     *vector;
  guint           share;         /* one of so many is met, */
  guint           n_seen;        /* of these, from a random one on */
  guint           n_met;
  gint64          review_id;
  gint64          comment_id;
  BalReview      *review;
  BalComment     *comment;
  gboolean        arrived;
} Desk;

/* As a pull stores them. */
static gboolean
arrive_work (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  Desk *desk = data;
  g_autofree char *remote_id = g_strdup_printf ("%u", desk->n_met + 1);
  g_autoptr(BalComment) comment = NULL;

  desk->review_id = put_pulled_review (transaction, desk->base.blog_id, remote_id, desk->vector, desk->vector);
  desk->comment_id = put_pulled_comment (transaction, desk->base.blog_id, desk->review_id, 0, remote_id, desk->vector,
                                         BAL_COMMENT_STATUS_PENDING);
  comment = bal_comment_table_get (transaction, desk->comment_id, error);
  bal_comment_set_html (comment, desk->vector);
  bal_comment_set_author_url (comment, desk->vector);
  bal_comment_set_author_email (comment, desk->vector);
  must (bal_comment_table_update (transaction, comment, error));
  return TRUE;
}

static gboolean
look_work (BalTransaction  *transaction,
           gpointer         data,
           GError         **error)
{
  Desk *desk = data;

  g_clear_object (&desk->review);
  g_clear_object (&desk->comment);
  must ((desk->review = bal_review_table_get (transaction, desk->review_id, error)) != NULL);
  must ((desk->comment = bal_comment_table_get (transaction, desk->comment_id, error)) != NULL);
  return TRUE;
}

static void
changed_cb (Desk *desk)
{
  desk->arrived = TRUE;
}

static void
set_up (Desk *desk)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  fixture_set_up (&desk->base, NULL);
  desk->application = g_application_new ("io.github.balcony.Vectors", G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (desk->application, NULL, NULL));
  desk->news = bal_comment_news_new (desk->application, desk->base.store);
  g_signal_connect_swapped (desk->base.store, "changed", G_CALLBACK (changed_cb), desk);
  desk->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (desk->window), 600, 700);
  desk->card = bal_comment_card_new (desk->base.store);
  gtk_widget_set_vexpand (desk->card, TRUE);
  gtk_widget_set_vexpand (scrolled, TRUE);
  desk->rows = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (desk->rows));
  gtk_box_append (GTK_BOX (box), desk->card);
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_window_set_child (GTK_WINDOW (desk->window), box);
  gtk_window_present (GTK_WINDOW (desk->window));
}

static void
tear_down (Desk *desk)
{
  bal_comment_news_stop (desk->news);
  g_signal_handlers_disconnect_by_data (desk->base.store, desk);
  g_clear_object (&desk->news);
  gtk_window_destroy (GTK_WINDOW (desk->window));
  while (g_main_context_iteration (NULL, FALSE));
  g_clear_object (&desk->application);
  g_clear_object (&desk->review);
  g_clear_object (&desk->comment);
  g_clear_pointer (&last_title, g_free);
  g_clear_pointer (&last_body, g_free);
  fixture_tear_down (&desk->base, NULL);
}

/* ---- each of them ---- */

static gboolean
has_arrived (gpointer data)
{
  return ((Desk *) data)->arrived;
}

static gboolean
is_told (gpointer data)
{
  return last_body != NULL;
}

/* Some desktops read the text of a notification as markup. */
static void
assert_plain (const char *what,
              const char *text,
              guint       most)
{
  hostile_assert_text (what, text, most);
  if (strpbrk (text, "<>&\n") != NULL)
    g_error ("%s may be taken for markup: %s", what, text);
}

/* A sync brings it while nobody looks. */
static void
arrive (Desk *desk)
{
  bal_comment_news_begin (desk->news, NULL);
  desk->arrived = FALSE;
  fixture_write (&desk->base, arrive_work, desk);
  wait_until (has_arrived, desk);
  g_clear_pointer (&last_title, g_free);
  g_clear_pointer (&last_body, g_free);
  bal_comment_news_end (desk->news, TRUE);
  wait_until (is_told, desk);
  assert_plain ("The title of a notification", last_title, 80);
  assert_plain ("The text of a notification", last_body, 200);
  bal_comment_news_seen (desk->news);
  fixture_read (&desk->base, look_work, desk);
}

static gboolean
is_on_the_card (gpointer data)
{
  Desk *desk = data;
  GtkWidget *row = hostile_find (desk->card, BAL_TYPE_COMMENT_ROW);
  BalComment *comment = row != NULL ? bal_comment_row_get_comment (BAL_COMMENT_ROW (row)) : NULL;

  return comment != NULL && bal_comment_get_loaded (comment) && bal_comment_get_id (comment) == desk->comment_id;
}

static void
add_row (Desk    *desk,
         GObject *item)
{
  GtkWidget *row = bal_list_row_new ();

  bal_list_row_set_item (BAL_LIST_ROW (row), item);
  gtk_box_append (desk->rows, row);
}

/* All the rows since are painted together. */
static void
paint (Desk *desk)
{
  GtkWidget *row;

  gtk_test_widget_wait_for_draw (desk->window);
  hostile_assert_harmless (desk->window);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (desk->rows))) != NULL)
    gtk_box_remove (desk->rows, row);
}

static void
meet (const char *vector,
      gpointer    data)
{
  Desk *desk = data;
  g_autofree char *escaped = g_strescape (vector, NULL);

  /* Other bytes are made letters where an answer is read. */
  if (desk->n_seen++ % desk->share != 0 || !g_utf8_validate (vector, -1, NULL))
    return;

  desk->vector = vector;
  g_test_message ("%.100s", escaped);
  arrive (desk);
  bal_comment_card_show (BAL_COMMENT_CARD (desk->card), desk->comment, NULL);
  wait_until (is_on_the_card, desk);
  add_row (desk, G_OBJECT (desk->review));
  add_row (desk, G_OBJECT (desk->comment));
  g_assert_cmpuint (hostile_assert_harmless (desk->window), >, 3);
  if (++desk->n_met % ROWS_AT_ONCE == 0)
    paint (desk);
}

/* GTK 4.8 rounds the widths of a short label in two ways, which is no fault of what it says. */
static GLogWriterOutput
write_log (GLogLevelFlags   level,
           const GLogField *fields,
           gsize            n_fields,
           gpointer         data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (fields[i].key, "MESSAGE") == 0 &&
        strstr (fields[i].value, "natural size must be >= min size") != NULL)
      return G_LOG_WRITER_HANDLED;

  return g_log_writer_default (level, fields, n_fields, data);
}

static void
meet_all (guint (*each) (HostileFunc func,
                         gpointer    data),
          guint   share)
{
  Desk desk = { .share = share, .n_seen = g_test_rand_int_range (0, share) };
  guint before = hostile_count_network ();

  set_up (&desk);
  if (each (meet, &desk) > 0)
    paint (&desk);
  else
    g_test_skip ("The collections of hostile texts are not here");
  tear_down (&desk);
  g_test_message ("%u texts", desk.n_met);
  g_assert_cmpuint (hostile_count_network (), ==, before);
}

static gunichar
read_hex (const char **p,
          guint        n_digits)
{
  gunichar c = 0;

  for (guint i = 0; i < n_digits && g_ascii_isxdigit (**p); i++, (*p)++)
    c = c * 16 + g_ascii_xdigit_value (**p);
  return c;
}

/* What a blog sends as U+0000, or as no letter at all, is read as the sign for that. */
static char *
unescape (const char *line)
{
  static const char letters[] = "n\nt\tr\rb\b";
  GString *text = g_string_new (NULL);

  while (*line != '\0')
    {
      const char *letter = *line == '\\' ? strchr (letters, line[1]) : NULL;
      gunichar c = *line++;

      if (c != '\\' || *line == '\0')
        {
          g_string_append_c (text, c);
          continue;
        }
      c = *line++;
      if (c == 'x' || c == 'u' || c == 'U')
        c = read_hex (&line, c == 'x' ? 2 : c == 'u' ? 4 : 8);
      else if (letter != NULL)
        c = letter[1];
      g_string_append_unichar (text, c != 0 && g_unichar_validate (c) ? c : 0xfffd);
    }
  return g_string_free (text, FALSE);
}

/* One a line, as C writes strings; "#" begins a remark. */
static guint
own_foreach (HostileFunc func,
             gpointer    data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "hostile", "vectors.txt", NULL);
  g_autofree char *content = NULL;
  g_auto(GStrv) lines = NULL;
  guint n_vectors = 0;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  lines = g_strsplit (content, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *vector = unescape (lines[i]);
      g_autoptr(GString) heap = g_string_new (NULL);

      if (*lines[i] == '#' || *lines[i] == '\0')
        continue;

      func (vector, data);
      /* What is harmless alone may not be as a heap. */
      for (guint n = 0; n < 100; n++)
        g_string_append (heap, vector);
      func (heap->str, data);
      n_vectors += 2;
    }
  return n_vectors;
}

static void
test_own (void)
{
  meet_all (own_foreach, 1);
}

static void
test_collections (void)
{
  meet_all (hostile_foreach, SHARE / MIN (SHARE, sample_count (1)));
}

/* Else the others would see nothing. */
static void
test_network_is_watched (void)
{
  g_autoptr(GSocketClient) client = g_socket_client_new ();
  g_autoptr(GSocketConnection) connection = NULL;
  guint before = hostile_count_network ();

  connection = g_socket_client_connect_to_host (client, "127.0.0.1:9", 9, NULL, NULL);
  g_assert_null (connection);
  g_assert_cmpuint (hostile_count_network (), ==, before + 1);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (&argc, &argv, NULL);
  g_log_set_writer_func (write_log, NULL, NULL);
  adw_init ();

  g_test_add_func ("/ui/hostile/network-is-watched", test_network_is_watched);
  g_test_add_func ("/ui/hostile/own-vectors-are-harmless", test_own);
  g_test_add_func ("/ui/hostile/collected-vectors-are-harmless", test_collections);

  return g_test_run ();
}
