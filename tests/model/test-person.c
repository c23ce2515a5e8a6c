/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "bal-person-key.h"
#include "bal-person.h"

static void
same (const char *author_a,
      const char *email_a,
      const char *url_a,
      const char *author_b,
      const char *email_b,
      const char *url_b,
      gboolean    expected)
{
  g_autofree char *a = bal_person_key_new (author_a, email_a, url_a);
  g_autofree char *b = bal_person_key_new (author_b, email_b, url_b);

  g_assert_nonnull (a);
  g_assert_nonnull (b);
  if (expected)
    g_assert_cmpstr (a, ==, b);
  else
    g_assert_cmpstr (a, !=, b);
}

static void
nobody (const char *author,
        const char *email,
        const char *url)
{
  g_autofree char *key = bal_person_key_new (author, email, url);

  g_assert_cmpstr (key, ==, NULL);
}

static void
test_mailbox_is_the_person (void)
{
  same ("Brit", "brit@mail.example", NULL, "Brittani S.", " Brit@MAIL.example\n", "https://x.example", TRUE);
  same ("Brit", "brit@mail.example", NULL, "Brit", "brat@mail.example", NULL, FALSE);
  same ("Brit", "brit@mail.example", NULL, "Brit", NULL, NULL, FALSE);
  same (NULL, "brit@mail.example", NULL, "Anonymous", "BRIT@mail.example", NULL, TRUE);
  same ("Zoë", "ZOË@mail.example", NULL, "Zoë", "zoë@mail.example", NULL, TRUE);
}

/* Letters that only fold to others must not make a stranger pass for a friend. */
static void
test_look_alikes_are_others (void)
{
  same ("K", "kate@mail.example", NULL, "K", "\u212Aate@mail.example", NULL, FALSE);
  same ("K", "kate@mail.example", NULL, "K", "\uFF4Bate@mail.example", NULL, FALSE);
  same ("K", "kate@mail.example", NULL, "K", "k\u0430te@mail.example", NULL, FALSE);
  same ("K", "strasse@mail.example", NULL, "K", "stra\u00DFe@mail.example", NULL, FALSE);
  same ("mail:brit@mail.example", NULL, NULL, "Brit", "brit@mail.example", NULL, FALSE);
  same ("web:x.example\nbrit", NULL, NULL, "brit", NULL, "http://x.example", FALSE);
}

static void
test_no_mailbox (void)
{
  static const char *const texts[] = { "", " ", "none", "@", "brit@", "@mail.example", "a b@mail.example",
                                       "noreply@blogger.com", "No-Reply@blogger.com" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *key = bal_person_key_new ("Brit", texts[i], NULL);

      g_assert_cmpstr (key, ==, "name:brit");
      g_assert_cmpint (bal_person_key_get_kind (key), ==, BAL_PERSON_KEY_NAME);
    }
}

static void
test_address_with_name (void)
{
  g_autofree char *key = bal_person_key_new ("Brit", NULL, "https://www.Brit.example/about/?x=1#y");

  g_assert_cmpstr (key, ==, "web:brit.example/about\nbrit");
  g_assert_cmpint (bal_person_key_get_kind (key), ==, BAL_PERSON_KEY_URL);
  same ("Brit", NULL, "http://brit.example", "BRIT ", "", "https://www.brit.example/", TRUE);
  same ("Brit", NULL, "http://films.example", "Ann", NULL, "http://films.example", FALSE);
  same ("Brit", NULL, "http://a.example/Brit", "Brit", NULL, "http://a.example/brit", FALSE);
  same ("Brit", NULL, "http://brit.example", "Brit", NULL, NULL, FALSE);

  /* No address of a page. */
  same ("Brit", NULL, "javascript:alert(1)", "Brit", NULL, NULL, TRUE);
  same ("Brit", NULL, "http://", "Brit", NULL, NULL, TRUE);
  same ("Brit", NULL, "brit.example", "Brit", NULL, NULL, TRUE);
  same ("Brit", NULL, "http://www./", "Brit", NULL, NULL, TRUE);
}

static void
test_name_alone (void)
{
  same ("Brit  Stone", NULL, NULL, " BRIT\u00A0STONE\t", NULL, NULL, TRUE);
  same ("Zo\u00EB", NULL, NULL, "Zoe\u0308", NULL, NULL, TRUE);
  same ("Brit", NULL, NULL, "Brit S", NULL, NULL, FALSE);
}

static void
test_nobody (void)
{
  nobody (NULL, NULL, NULL);
  nobody ("", "", "");
  nobody (" \u200B ", NULL, NULL);
  nobody ("Anonymous", NULL, NULL);
  nobody ("ANONYMOUS ", "noreply@blogger.com", NULL);
  nobody ("Unknown", NULL, "https://www.blogger.com/profile/1");
  nobody ("-", NULL, NULL);
  nobody ("…", NULL, NULL);
}

static void
test_own_comments_are_by_no_commenter (void)
{
  g_autoptr(BalComment) comment = bal_comment_new (0);
  g_autofree char *key = NULL;

  bal_comment_set_author (comment, "Brit");
  bal_comment_set_author_email (comment, "brit@mail.example");
  key = bal_person_key_for_comment (comment);
  g_assert_cmpstr (key, ==, "mail:brit@mail.example");

  g_clear_pointer (&key, g_free);
  bal_comment_set_mine (comment, TRUE);
  key = bal_person_key_for_comment (comment);
  g_assert_null (key);
}

static char *
make_noise (const char *start)
{
  static const char *const parts[] = { "a", "@", "\xff", "\xc3", "\n", "://", "http", "%00", "%zz", "[", "]", "\u202E",
                                       "\u200B", "😀", "'", "\"", "\\", "..", "/", "?", "#", " ", "\x01", "\u0130",
                                       "\u1E9E", ":", "\xef\xbb\xbf", "\xed\xa0\x80" };
  GString *noise = g_string_new (start);

  for (int n = g_test_rand_int_range (0, 8); n > 0; n--)
    g_string_append (noise, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (noise, FALSE);
}

/* Whatever a stranger sends gives a key that is valid, not long, and the same each time. */
static void
test_hostile_texts (void)
{
  g_autofree char *big = g_strnfill (300000, 'a');
  g_autofree char *big_mail = g_strconcat (big, "@mail.example", NULL);
  g_autofree char *key = bal_person_key_new (big, big_mail, big);

  g_assert_cmpuint (strlen (key), <, 100);
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *author = make_noise ("");
      g_autofree char *email = make_noise ("");
      g_autofree char *url = make_noise ("http://");
      g_autofree char *first = bal_person_key_new (author, email, url);
      g_autofree char *second = bal_person_key_new (author, email, url);

      g_assert_cmpstr (first, ==, second);
      if (first == NULL)
        continue;
      g_assert_true (g_utf8_validate (first, -1, NULL));
      g_assert_cmpuint (strlen (first), <=, 310);
    }
}

static void
test_rates_leave_out_what_waits (void)
{
  BalPersonFigures none = { 0 };
  BalPersonFigures some = { .pending = 10, .approved = 6, .spam = 3, .trash = 3 };

  g_assert_cmpfloat (bal_person_figures_get_approval_rate (&none), ==, 0);
  g_assert_cmpfloat (bal_person_figures_get_spam_rate (&none), ==, 0);
  g_assert_cmpfloat (bal_person_figures_get_approval_rate (&some), ==, .5);
  g_assert_cmpfloat (bal_person_figures_get_spam_rate (&some), ==, .25);
  g_assert_cmpuint (bal_person_figures_count (&some), ==, 22);
}

static void
test_marks_are_told (void)
{
  g_autofree char *none = bal_person_marks_describe (BAL_PERSON_MARK_NONE);
  g_autofree char *trusted = bal_person_marks_describe (BAL_PERSON_MARK_TRUSTED | BAL_PERSON_MARK_ACTED);
  g_autofree char *both = bal_person_marks_describe (BAL_PERSON_MARK_BLOCKED | BAL_PERSON_MARK_NOTED);

  g_assert_null (none);
  g_assert_cmpstr (trusted, ==, "Approved because you trust this person");
  g_assert_cmpstr (both, ==, "You blocked this person. You have a note about this person");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/person/a-mailbox-is-the-person", test_mailbox_is_the_person);
  g_test_add_func ("/model/person/look-alikes-are-others", test_look_alikes_are_others);
  g_test_add_func ("/model/person/what-is-no-mailbox", test_no_mailbox);
  g_test_add_func ("/model/person/an-address-needs-the-name", test_address_with_name);
  g_test_add_func ("/model/person/a-name-where-there-is-nothing-else", test_name_alone);
  g_test_add_func ("/model/person/nobody", test_nobody);
  g_test_add_func ("/model/person/own-comments-are-by-no-commenter", test_own_comments_are_by_no_commenter);
  g_test_add_func ("/model/person/hostile-texts", test_hostile_texts);
  g_test_add_func ("/model/person/rates-leave-out-what-waits", test_rates_leave_out_what_waits);
  g_test_add_func ("/model/person/marks-are-told", test_marks_are_told);

  return g_test_run ();
}
