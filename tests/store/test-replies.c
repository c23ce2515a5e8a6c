/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-reply-text.h"
#include "store-fixture.h"

static gint64
put_comment (Fixture         *fixture,
             BalTransaction  *transaction,
             GError         **error)
{
  gint64 review = put_pulled_review (transaction, fixture->blog_id, "1", "Late Shows: Night Ferry", "<p>x</p>");

  return put_pulled_comment (transaction, fixture->blog_id, review, 0, "9", "Ann Berg", BAL_COMMENT_STATUS_APPROVED);
}

static gboolean
set_capabilities (Fixture          *fixture,
                  BalTransaction   *transaction,
                  BalCapabilities   capabilities,
                  GError          **error)
{
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, fixture->blog_id, error);

  must (blog);
  bal_blog_set_capabilities (blog, capabilities);
  return bal_blog_table_update (transaction, blog, error);
}

/* ---- drafts ---- */

static gboolean
drafts_are_kept_by_comment_and_kind (BalTransaction  *transaction,
                                     gpointer         data,
                                     GError         **error)
{
  gint64 comment = put_comment (data, transaction, error);
  g_autoptr(GPtrArray) all = NULL;
  g_autoptr(BalReplyDraft) reply = NULL;
  g_autoptr(BalReplyDraft) edit = NULL;

  must (bal_reply_draft_table_put (transaction, comment, FALSE, "Answer", NULL, error));
  must (bal_reply_draft_table_put (transaction, comment, TRUE, "New text", "Old text", error));
  must (bal_reply_draft_table_put (transaction, comment, FALSE, "Answer, longer", NULL, error));
  all = bal_reply_draft_table_list (transaction, error);
  must (all);
  g_assert_cmpuint (all->len, ==, 2);

  reply = bal_reply_draft_table_get (transaction, comment, FALSE, error);
  g_assert_cmpstr (reply->html, ==, "Answer, longer");
  must (bal_reply_draft_table_put (transaction, comment, FALSE, NULL, NULL, error));
  g_assert_null (bal_reply_draft_table_get (transaction, comment, FALSE, error));
  edit = bal_reply_draft_table_get (transaction, comment, TRUE, error);
  g_assert_cmpstr (edit->html, ==, "New text");
  g_assert_cmpstr (edit->base, ==, "Old text");
  must_fail (bal_reply_draft_table_put (transaction, comment + 77, FALSE, "x", NULL, error), BAL_ERROR_NOT_FOUND);
  return TRUE;
}

static gboolean
draft_outlives_its_comment (BalTransaction  *transaction,
                            gpointer         data,
                            GError         **error)
{
  gint64 comment = put_comment (data, transaction, error);
  g_autoptr(BalReplyDraft) draft = NULL;

  must (bal_reply_draft_table_put (transaction, comment, FALSE, "Answer", NULL, error));
  must (bal_comment_table_remove (transaction, comment, error));
  must (bal_reply_draft_table_put (transaction, comment, FALSE, "Answer, longer", NULL, error));
  draft = bal_reply_draft_table_get (transaction, comment, FALSE, error);
  must (draft);
  g_assert_cmpstr (draft->html, ==, "Answer, longer");
  must (bal_blog_table_remove (transaction, ((Fixture *) data)->blog_id, error));
  g_assert_null (bal_reply_draft_table_get (transaction, comment, FALSE, error));
  return TRUE;
}

static gboolean
write_draft (BalTransaction  *transaction,
             gpointer         data,
             GError         **error)
{
  gint64 comment = put_comment (data, transaction, error);

  return bal_reply_draft_table_put (transaction, comment, FALSE, "Answer", NULL, error);
}

static void
note_drafts_cb (BalStore     *store,
                BalChangeSet *changes,
                guint        *n_drafts)
{
  guint n;

  bal_change_set_get_ids (changes, BAL_ENTITY_REPLY_DRAFT, BAL_CHANGE_ALTERED, &n);
  *n_drafts += n;
}

static void
test_change_of_a_draft_is_told (Fixture       *fixture,
                                gconstpointer  data)
{
  guint n_drafts = 0;

  g_signal_connect (fixture->store, "changed", G_CALLBACK (note_drafts_cb), &n_drafts);
  fixture_write (fixture, write_draft, fixture);
  while (n_drafts == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (n_drafts, ==, 1);
}

/* ---- saved replies ---- */

static gint64
put (BalTransaction  *transaction,
     gint64           id,
     const char      *name,
     const char      *html,
     GError         **error)
{
  g_autoptr(BalSnippet) snippet = bal_snippet_new (id, name, html);

  return bal_snippet_table_put (transaction, snippet, error);
}

static char *
list_names (BalTransaction  *transaction,
            GError         **error)
{
  g_autoptr(GPtrArray) snippets = bal_snippet_table_list (transaction, error);
  GString *names = g_string_new (NULL);

  must (snippets);
  for (guint i = 0; i < snippets->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((BalSnippet *) g_ptr_array_index (snippets, i))->name);
  return g_string_free (names, FALSE);
}

#define assert_names(expected) \
  G_STMT_START { g_autofree char *names_ = list_names (transaction, error); g_assert_cmpstr (names_, ==, expected); } G_STMT_END

static gint64
keep (BalTransaction  *transaction,
      gint64           id,
      const char      *name,
      const char      *html,
      GError         **error)
{
  g_autoptr(BalSnippet) snippet = bal_snippet_new (id, name, html);

  return bal_snippet_table_keep (transaction, snippet, error);
}

static gboolean
a_kept_snippet_finds_a_name (BalTransaction  *transaction,
                             gpointer         data,
                             GError         **error)
{
  gint64 thanks = put (transaction, 0, "Thanks", "Thank you, {name}!", error);
  gint64 words = 0;

  must (thanks != 0);
  must (keep (transaction, 0, "THANKS", "One", error) != 0);
  must (keep (transaction, 0, "Thanks", "Two", error) != 0);
  must (keep (transaction, thanks, "Thanks", "Three", error) == thanks);
  must ((words = keep (transaction, 0, " ", "<p>See<br>you</p>", error)) != 0);
  must (keep (transaction, words, "", "<p>See you</p>", error) == words);
  must (keep (transaction, 0, "", "<p>See you</p>", error) != 0);
  assert_names ("Thanks THANKS 2 Thanks 3 See you See you 2");
  must_fail (keep (transaction, 0, "No text", "<p> </p>", error) != 0, BAL_ERROR_INVALID);
  must_fail (keep (transaction, 0, "", "", error) != 0, BAL_ERROR_INVALID);
  return TRUE;
}

static gboolean
snippets_have_an_order_and_names_of_their_own (BalTransaction  *transaction,
                                               gpointer         data,
                                               GError         **error)
{
  gint64 thanks = put (transaction, 0, "Thanks", "Thank you, {name}!", error);
  gint64 sorry = put (transaction, 0, "Sorry", "Sorry.", error);
  gint64 other = put (transaction, 0, "Élan", "E", error);
  g_autoptr(BalSnippet) found = NULL;

  must (thanks != 0 && sorry != 0 && other != 0);
  assert_names ("Thanks Sorry Élan");
  must (bal_snippet_table_move (transaction, other, 0, error));
  assert_names ("Élan Thanks Sorry");
  must (bal_snippet_table_move (transaction, other, 99, error));
  assert_names ("Thanks Sorry Élan");

  must_fail (put (transaction, 0, "élan", "F", error) != 0, BAL_ERROR_INVALID);
  must_fail (put (transaction, sorry, "THANKS", "F", error) != 0, BAL_ERROR_INVALID);
  must_fail (put (transaction, 0, " ", "F", error) != 0, BAL_ERROR_INVALID);
  must_fail (put (transaction, 0, "F", "<p> </p>", error) != 0, BAL_ERROR_INVALID);
  must (put (transaction, thanks, "thanks", "Thanks!", error) == thanks);
  found = bal_snippet_table_find (transaction, "ÉLAN", error);
  must (found);
  g_assert_cmpint (found->id, ==, other);
  must_fail (bal_snippet_table_find (transaction, "None", error) != NULL, BAL_ERROR_NOT_FOUND);

  /* An undo. */
  must (bal_snippet_table_remove (transaction, sorry, error));
  must_fail (bal_snippet_table_remove (transaction, sorry, error), BAL_ERROR_NOT_FOUND);
  must (put (transaction, sorry, "Sorry", "Sorry.", error) == sorry);
  must (bal_snippet_table_move (transaction, sorry, 1, error));
  assert_names ("thanks Sorry Élan");
  return TRUE;
}

static gboolean
placeholders_stand_for_author_film_and_blog (BalTransaction  *transaction,
                                             gpointer         data,
                                             GError         **error)
{
  gint64 comment = put_comment (data, transaction, error);
  g_auto(BalReplyWords) words = { 0 };

  must (bal_snippet_table_find_words (transaction, comment, &words, error));
  g_assert_cmpstr (words.name, ==, "Ann");
  g_assert_cmpstr (words.author, ==, "Ann Berg");
  g_assert_cmpstr (words.title, ==, "Late Shows: Night Ferry");
  g_assert_cmpstr (words.film, ==, "Night Ferry");
  g_assert_cmpstr (words.blog, ==, "Desk");
  return TRUE;
}

/* ---- replies that must be entered by hand ---- */

static gboolean
reply_waits_where_the_blog_takes_none (BalTransaction  *transaction,
                                       gpointer         data,
                                       GError         **error)
{
  gint64 comment = put_comment (data, transaction, error);
  gint64 reply;
  g_autoptr(BalOutboxItem) item = NULL;
  g_autoptr(BalOutboxItem) later = NULL;
  g_autoptr(BalComment) kept = NULL;

  must (set_capabilities (data, transaction, BAL_CAPABILITY_PUBLISH, error));
  reply = bal_desk_reply (transaction, comment, "Thanks", error);
  must (reply != 0);
  item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error);
  g_assert_cmpint (item->state, ==, BAL_OUTBOX_PARKED);
  g_assert_cmpuint (item->attempts, ==, 0);
  g_assert_nonnull (item->error);

  /* Still by hand after an edit, and without a trace when it is given up. */
  must (bal_desk_edit_comment (transaction, reply, "Thank you", error));
  later = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error);
  g_assert_cmpint (later->state, ==, BAL_OUTBOX_PARKED);
  kept = bal_comment_table_get (transaction, reply, error);
  g_assert_cmpint (bal_comment_get_sync_state (kept), ==, BAL_SYNC_STATE_PARKED);
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, reply, NULL, error));
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, reply, NULL, error));
  g_assert_null (bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error));
  return TRUE;
}

static gboolean
reply_is_sent_where_the_blog_takes_it_or_is_not_known (BalTransaction  *transaction,
                                                       gpointer         data,
                                                       GError         **error)
{
  const BalCapabilities known[] = { BAL_CAPABILITY_NONE, BAL_CAPABILITY_REPLY | BAL_CAPABILITY_PUBLISH };
  gint64 comment = put_comment (data, transaction, error);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autoptr(BalOutboxItem) item = NULL;
      gint64 reply;

      must (set_capabilities (data, transaction, known[i], error));
      reply = bal_desk_reply (transaction, comment, "Thanks", error);
      must (reply != 0);
      item = bal_outbox_find (transaction, BAL_ENTITY_COMMENT, reply, error);
      g_assert_cmpint (item->state, ==, BAL_OUTBOX_PENDING);
    }
  return TRUE;
}

/* ---- edits ---- */

static gboolean
edit_of_anothers_comment_keeps_the_original (BalTransaction  *transaction,
                                             gpointer         data,
                                             GError         **error)
{
  gint64 id = put_comment (data, transaction, error);
  g_autoptr(BalComment) before = bal_comment_table_get (transaction, id, error);
  g_autoptr(BalComment) after = NULL;
  g_autoptr(BalComment) again = NULL;
  g_autoptr(GPtrArray) versions = NULL;
  g_autoptr(GPtrArray) more = NULL;
  g_autofree char *original = g_strdup (bal_comment_get_html (before));
  gint64 revision;

  g_assert_false (bal_comment_get_edited (before));
  must (bal_desk_edit_comment_html (transaction, id, "Other <em>words</em>", NULL, error));
  after = bal_comment_table_get (transaction, id, error);
  g_assert_true (bal_comment_get_edited (after));
  g_assert_false (bal_comment_get_mine (after));
  g_assert_cmpstr (bal_comment_get_html (after), ==, "Other <em>words</em>");
  g_assert_cmpint (bal_comment_get_sync_state (after), ==, BAL_SYNC_STATE_QUEUED);

  versions = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_cmpstr (((BalRevision *) versions->pdata[0])->html, ==, original);
  revision = ((BalRevision *) versions->pdata[0])->id;

  /* Who edits what is not there any more is told. */
  must_fail (bal_desk_edit_comment_html (transaction, id, "Mine", original, error), BAL_ERROR_CONFLICT);
  must (bal_desk_edit_comment_html (transaction, id, "Other <em>words</em>", "Other <em>words</em>", error));
  must (bal_desk_restore_comment_version (transaction, id, revision, error));
  again = bal_comment_table_get (transaction, id, error);
  g_assert_cmpstr (bal_comment_get_html (again), ==, original);
  g_assert_false (bal_comment_get_edited (again));
  more = bal_revision_table_list (transaction, BAL_ENTITY_COMMENT, id, error);
  g_assert_cmpuint (more->len, ==, 2);
  g_assert_cmpint (((BalRevision *) more->pdata[0])->kind, ==, BAL_REVISION_EDIT);
  g_assert_cmpstr (((BalRevision *) more->pdata[0])->html, ==, "Other <em>words</em>");

  /* As long as it waits, that can be taken back, too. */
  must (bal_comment_base_put (transaction, id, after, error));
  must (bal_desk_take_back (transaction, BAL_ENTITY_COMMENT, id, NULL, error));
  g_clear_object (&again);
  again = bal_comment_table_get (transaction, id, error);
  g_assert_cmpstr (bal_comment_get_html (again), ==, "Other <em>words</em>");
  must_fail (bal_desk_restore_comment_version (transaction, id + 1, revision, error), BAL_ERROR_NOT_FOUND);
  must_fail (bal_desk_edit_comment_html (transaction, id, "<p>&nbsp;</p>", NULL, error), BAL_ERROR_INVALID);
  return TRUE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add_body ("/store/replies/drafts-are-kept-by-comment-and-kind", drafts_are_kept_by_comment_and_kind);
  fixture_add_body ("/store/replies/draft-outlives-its-comment", draft_outlives_its_comment);
  fixture_add ("/store/replies/change-of-a-draft-is-told", test_change_of_a_draft_is_told);
  fixture_add_body ("/store/replies/snippets-have-an-order-and-names-of-their-own",
                    snippets_have_an_order_and_names_of_their_own);
  fixture_add_body ("/store/replies/a-kept-snippet-finds-a-name", a_kept_snippet_finds_a_name);
  fixture_add_body ("/store/replies/placeholders-stand-for-author-film-and-blog",
                    placeholders_stand_for_author_film_and_blog);
  fixture_add_body ("/store/replies/reply-waits-where-the-blog-takes-none", reply_waits_where_the_blog_takes_none);
  fixture_add_body ("/store/replies/reply-is-sent-where-the-blog-takes-it-or-is-not-known",
                    reply_is_sent_where_the_blog_takes_it_or_is_not_known);
  fixture_add_body ("/store/replies/edit-of-anothers-comment-keeps-the-original",
                    edit_of_anothers_comment_keeps_the_original);

  return g_test_run ();
}
