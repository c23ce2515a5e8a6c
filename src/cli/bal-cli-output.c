/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-safe-text.h"
#include "bal-time.h"

#include <stdio.h>

json_t *
bal_cli_string (const char *text)
{
  if (text == NULL || *text == '\0')
    return json_null ();

  if (g_utf8_validate (text, -1, NULL))
    return json_string (text);
  else
    {
      /* JSON holds no other bytes; `review show --html` gives them as they are. */
      g_autofree char *valid = g_utf8_make_valid (text, -1);

      return json_string (valid);
    }
}

json_t *
bal_cli_time (gint64 time)
{
  g_autofree char *text = bal_time_to_rfc3339 (time);

  return bal_cli_string (text);
}

static json_t *
text_or_empty (const char *text)
{
  return text == NULL || *text == '\0' ? json_string ("") : bal_cli_string (text);
}

static json_t *
id_or_null (gint64 id)
{
  return id != 0 ? json_integer (id) : json_null ();
}

json_t *
bal_cli_strings (const char *const *strings)
{
  json_t *array = json_array ();

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_append_new (array, bal_cli_string (strings[i]));

  return array;
}

json_t *
bal_cli_blog_to_json (BalBlog *blog)
{
  json_t *object = json_object ();

  json_object_set_new (object, "id", json_integer (bal_blog_get_id (blog)));
  json_object_set_new (object, "name", bal_cli_string (bal_blog_get_name (blog)));
  json_object_set_new (object, "provider", bal_cli_string (bal_blog_get_provider (blog)));
  json_object_set_new (object, "url", bal_cli_string (bal_blog_get_url (blog)));
  json_object_set_new (object, "user", bal_cli_string (bal_blog_get_user (blog)));
  json_object_set_new (object, "author", bal_cli_string (bal_blog_get_author (blog)));
  json_object_set_new (object, "language", bal_cli_string (bal_blog_get_language (blog)));
  json_object_set_new (object, "image_host", id_or_null (bal_blog_get_image_host (blog)));
  json_object_set_new (object, "image_folder", bal_cli_string (bal_blog_get_image_folder (blog)));
  json_object_set_new (object, "image_url", bal_cli_string (bal_blog_get_image_url (blog)));
  json_object_set_new (object, "signed_in", json_boolean (bal_blog_get_signed_in (blog)));
  json_object_set_new (object, "last_sync", bal_cli_time (bal_blog_get_last_sync (blog)));

  return object;
}

json_t *
bal_cli_review_to_json (BalReview  *review,
                        const char *blog_name)
{
  json_t *object = json_object ();

  json_object_set_new (object, "id", json_integer (bal_review_get_id (review)));
  json_object_set_new (object, "remote_id", bal_cli_string (bal_review_get_remote_id (review)));
  json_object_set_new (object, "blog", bal_cli_string (blog_name));
  json_object_set_new (object, "title", text_or_empty (bal_review_get_title (review)));
  json_object_set_new (object, "series", bal_cli_string (bal_review_get_series (review)));
  json_object_set_new (object, "film", bal_cli_string (bal_review_get_film (review)));
  json_object_set_new (object, "film_year", id_or_null (bal_review_get_film_year (review)));
  json_object_set_new (object, "grade", bal_cli_string (bal_review_get_grade (review)));
  json_object_set_new (object, "watched_on", bal_cli_string (bal_review_get_watched_on (review)));
  json_object_set_new (object, "quote", bal_cli_string (bal_review_get_quote (review)));
  json_object_set_new (object, "quote_character", bal_cli_string (bal_review_get_quote_character (review)));
  json_object_set_new (object, "quote_actor", bal_cli_string (bal_review_get_quote_actor (review)));
  json_object_set_new (object, "labels", bal_cli_strings (bal_review_get_labels (review)));
  json_object_set_new (object, "categories", bal_cli_strings (bal_review_get_categories (review)));
  json_object_set_new (object, "slug", bal_cli_string (bal_review_get_slug (review)));
  json_object_set_new (object, "excerpt", bal_cli_string (bal_review_get_excerpt (review)));
  json_object_set_new (object, "status", json_string (bal_review_status_to_nick (bal_review_get_status (review))));
  json_object_set_new (object, "audience", json_string (bal_audience_to_nick (bal_review_get_audience (review))));
  json_object_set_new (object, "published", bal_cli_time (bal_review_get_published (review)));
  json_object_set_new (object, "updated", bal_cli_time (bal_review_get_updated (review)));
  json_object_set_new (object, "url", bal_cli_string (bal_review_get_url (review)));
  json_object_set_new (object, "html", text_or_empty (bal_review_get_html (review)));
  json_object_set_new (object, "comment_count", json_integer (bal_review_get_comment_count (review)));
  json_object_set_new (object, "sync", json_string (bal_sync_state_to_nick (bal_review_get_sync_state (review))));

  return object;
}

json_t *
bal_cli_comment_to_json (BalComment *comment)
{
  json_t *object = json_object ();

  json_object_set_new (object, "id", json_integer (bal_comment_get_id (comment)));
  json_object_set_new (object, "remote_id", bal_cli_string (bal_comment_get_remote_id (comment)));
  json_object_set_new (object, "review_id", json_integer (bal_comment_get_review_id (comment)));
  json_object_set_new (object, "parent_id", id_or_null (bal_comment_get_parent_id (comment)));
  json_object_set_new (object, "number", bal_cli_string (bal_comment_get_number (comment)));
  json_object_set_new (object, "depth", json_integer (bal_comment_get_depth (comment)));
  json_object_set_new (object, "author", bal_cli_string (bal_comment_get_author (comment)));
  json_object_set_new (object, "mine", json_boolean (bal_comment_get_mine (comment)));
  json_object_set_new (object, "status", json_string (bal_comment_status_to_nick (bal_comment_get_status (comment))));
  json_object_set_new (object, "spam_score", bal_comment_get_spam_score (comment) > 0
                                             ? json_real (bal_comment_get_spam_score (comment)) : json_null ());
  json_object_set_new (object, "unanswered", json_boolean (bal_comment_get_unanswered (comment)));
  json_object_set_new (object, "dismissed", json_boolean (bal_comment_get_dismissed (comment)));
  json_object_set_new (object, "edited", json_boolean (bal_comment_get_edited (comment)));
  json_object_set_new (object, "created", bal_cli_time (bal_comment_get_created (comment)));
  json_object_set_new (object, "text", bal_cli_string (bal_comment_get_text (comment)));
  json_object_set_new (object, "html", bal_cli_string (bal_comment_get_html (comment)));
  json_object_set_new (object, "sync", json_string (bal_sync_state_to_nick (bal_comment_get_sync_state (comment))));

  return object;
}

const char *
bal_cli_revision_nick (BalRevisionKind kind)
{
  static const char *const nicks[] = { "edit", "remote", "sent", "conflict", "deleted", "restored" };

  return nicks[kind];
}

json_t *
bal_cli_revision_to_json (const BalRevision *revision)
{
  return json_pack ("{s:I, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
                    "id", (json_int_t) revision->id,
                    "created", bal_cli_time (revision->created),
                    "kind", bal_cli_revision_nick (revision->kind),
                    "title", bal_cli_string (revision->title),
                    "html", bal_cli_string (revision->html),
                    "excerpt", bal_cli_string (revision->excerpt),
                    "slug", bal_cli_string (revision->slug),
                    "featured_image", bal_cli_string (revision->featured_image),
                    "labels", bal_cli_strings ((const char *const *) revision->labels),
                    "categories", bal_cli_strings ((const char *const *) revision->categories));
}

void
bal_cli_print_json (json_t *value)
{
  json_dumpf (value, stdout, JSON_INDENT (2));
  fputc ('\n', stdout);
  json_decref (value);
}

char *
bal_cli_cell (const char *text,
              guint       width)
{
  g_autofree char *line = bal_safe_text_name (text != NULL ? text : "", width);
  glong length = g_utf8_strlen (line, -1);

  return g_strdup_printf ("%s%*s", line, (int) MAX (0, (glong) width - length), "");
}

void
bal_cli_print_review (BalReview *review)
{
  g_autofree char *title = bal_cli_cell (bal_review_get_title (review), 48);
  g_autofree char *grade = bal_cli_cell (bal_review_get_grade (review), 6);
  g_autofree char *date = bal_time_to_rfc3339 (bal_review_get_published (review));
  BalSyncState sync = bal_review_get_sync_state (review);
  BalAudience audience = bal_review_get_audience (review);

  g_print ("%6" G_GINT64_FORMAT "  %-10.10s  %-9s  %s  %s  %4u%s%s%s%s\n",
           bal_review_get_id (review), date != NULL ? date : "",
           bal_review_status_to_nick (bal_review_get_status (review)), title, grade,
           bal_review_get_comment_count (review),
           audience != BAL_AUDIENCE_EVERYONE ? "  " : "",
           audience != BAL_AUDIENCE_EVERYONE ? bal_audience_to_nick (audience) : "",
           sync != BAL_SYNC_STATE_CLEAN ? "  " : "",
           sync != BAL_SYNC_STATE_CLEAN ? bal_sync_state_to_nick (sync) : "");
}

void
bal_cli_print_comment (BalComment *comment)
{
  g_autofree char *number = bal_cli_cell (bal_comment_get_number (comment), 6);
  g_autofree char *author = bal_cli_cell (bal_comment_get_author (comment), 18);
  g_autofree char *text = bal_safe_text_name (bal_comment_get_text (comment) != NULL
                                              ? bal_comment_get_text (comment) : "", 70);
  BalSyncState sync = bal_comment_get_sync_state (comment);

  g_print ("%7" G_GINT64_FORMAT "  %s  %-8s  %s  %s%s%s\n",
           bal_comment_get_id (comment), number,
           bal_comment_status_to_nick (bal_comment_get_status (comment)), author, text,
           sync != BAL_SYNC_STATE_CLEAN ? "  " : "",
           sync != BAL_SYNC_STATE_CLEAN ? bal_sync_state_to_nick (sync) : "");
}

const char *
bal_cli_entity_nick (BalEntity entity)
{
  return entity == BAL_ENTITY_REVIEW ? "review" : "comment";
}
