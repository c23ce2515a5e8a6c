/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "bal-wordpress-private.h"

#include "bal-error.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#define COMMENTS     "wp/v2/comments"
#define FIELDS       "_fields=id,post,parent,author,author_name,author_url,author_email,author_ip," \
                     "author_user_agent,date_gmt,content,status,link"
/* Most blogs want an address with every name; this one can belong to nobody (RFC 2606). */
#define NO_ADDRESS   "anonymous@example.invalid"
#define NO_NAME      N_("Anonymous")
/* So many pages of a post's newest comments are searched for one whose answer was lost. */
#define MAX_PAGES    10

static gboolean
check_comment (BalComment  *comment,
               GError     **error)
{
  const char *const texts[] = {
    bal_comment_get_html (comment), bal_comment_get_author (comment),
    bal_comment_get_author_email (comment), bal_comment_get_author_url (comment),
  };

  return bal_provider_check_texts (error, texts, G_N_ELEMENTS (texts));
}

/* ---- creating ------------------------------------------------------------------------------------ */

/* The visitor's program is kept and reads back (6.1): it carries the key. */
static char *
make_user_agent (BalComment *comment)
{
  return g_strdup_printf ("Balcony/" BALCONY_VERSION " (%s)", bal_comment_get_key (comment));
}

static gint64
number_of (const char *id)
{
  return id != NULL ? strtoll (id, NULL, 10) : 0;
}

static void
set_if_given (json_t     *body,
              const char *name,
              const char *text)
{
  if (text != NULL && *text != '\0')
    bal_provider_set_text (body, name, text);
}

/* Without `author` and with a name it belongs to nobody of the blog; `"author":0` is refused (6.1). */
static void
add_author (json_t     *body,
            BalComment *comment)
{
  const char *author = bal_comment_get_author (comment);
  const char *email = bal_comment_get_author_email (comment);

  bal_provider_set_text (body, "author_name", author != NULL ? author : _(NO_NAME));
  bal_provider_set_text (body, "author_email", email != NULL ? email : NO_ADDRESS);
  set_if_given (body, "author_url", bal_comment_get_author_url (comment));
  set_if_given (body, "author_ip", bal_comment_get_author_ip (comment));
}

static json_t *
describe_new (BalWordpress *self,
              BalComment   *comment)
{
  json_t *body = json_object ();
  g_autofree char *user_agent = make_user_agent (comment);
  g_autofree char *created = bal_time_to_rfc3339 (bal_comment_get_created (comment));
  gint64 parent = number_of (bal_comment_get_remote_parent_id (comment));

  json_object_set_new (body, "post", json_integer (number_of (bal_comment_get_remote_review_id (comment))));
  if (parent > 0)
    json_object_set_new (body, "parent", json_integer (parent));
  bal_provider_set_text (body, "content", bal_comment_get_html (comment));
  bal_provider_set_text (body, "author_user_agent", user_agent);
  if (!bal_wordpress_can (self, BAL_CAPABILITY_ADD_COMMENTS))
    return body;

  /* A moderator's may have its own time, so that a thread keeps its order, and any state. */
  if (created != NULL)
    bal_provider_set_text (body, "date_gmt", created);
  if (!bal_comment_get_mine (comment))
    {
      add_author (body, comment);
      bal_provider_set_text (body, "status", bal_wordpress_comment_status (bal_comment_get_status (comment)));
    }

  return body;
}

static BalComment *
create (BalWordpress  *self,
        BalComment    *comment,
        GCancellable  *cancellable,
        GError       **error)
{
  g_autoptr(json_t) body = describe_new (self, comment);
  g_autoptr(json_t) value = NULL;
  g_autoptr(BalHttpResponse) response = NULL;
  guint status;

  response = bal_wordpress_exchange (self, "POST", COMMENTS, FIELDS ",code,message,data", body, &value,
                                     cancellable, error);
  if (response == NULL)
    return NULL;

  status = bal_http_response_get_status (response);
  if (status == 409)
    {
      g_autoptr(GError) failed = NULL;
      BalComment *found = bal_wordpress_find_comment (BAL_PROVIDER (self), comment, cancellable, &failed);

      if (found != NULL)
        return found;
      if (failed != NULL)
        {
          g_propagate_error (error, bal_provider_lost_answer (failed));
          return NULL;
        }
    }
  if (status < 200 || status >= 300)
    {
      bal_wordpress_set_error (response, value, TRUE, error);
      return NULL;
    }
  if (bal_json_get_int (value, "id", 0) <= 0)
    {
      g_propagate_error (error, bal_provider_lost_answer (NULL));
      return NULL;
    }

  return bal_wordpress_parse_comment (self, value, error);
}

/* ---- finding ------------------------------------------------------------------------------------- */

/* Who may not moderate is not shown the visitor's program; there the text has to do. It can be no other's: WordPress takes no
 * second one with the same text by the same person below the same comment (6.1), unless the first is in the trash, where
 * it is not shown here. */
static gboolean
is_wanted (BalWordpress *self,
           BalComment   *found,
           BalComment   *comment)
{
  const char *user_agent = bal_comment_get_user_agent (found);
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;

  if (bal_wordpress_can (self, BAL_CAPABILITY_MODERATE))
    return user_agent != NULL && strstr (user_agent, bal_comment_get_key (comment)) != NULL;

  theirs = bal_provider_fingerprint (bal_comment_get_html (found));
  ours = bal_provider_fingerprint (bal_comment_get_html (comment));

  return bal_comment_get_mine (found) && strcmp (theirs, ours) == 0;
}

static BalComment *
find_on_page (BalWordpress  *self,
              BalComment    *comment,
              json_t        *comments)
{
  json_t *item;
  size_t i;

  json_array_foreach (comments, i, item)
    {
      g_autoptr(BalComment) found = bal_wordpress_parse_comment (self, item, NULL);

      if (found != NULL && is_wanted (self, found, comment))
        return g_steal_pointer (&found);
    }

  return NULL;
}

BalComment *
bal_wordpress_find_comment (BalProvider   *provider,
                            BalComment    *comment,
                            GCancellable  *cancellable,
                            GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);
  gboolean may_moderate = bal_wordpress_can (self, BAL_CAPABILITY_MODERATE);

  if (bal_comment_get_key (comment) == NULL || bal_comment_get_remote_review_id (comment) == NULL)
    return NULL;

  for (guint page = 1; page <= MAX_PAGES; page++)
    {
      g_autofree char *query = g_strdup_printf (
        "post=%s&parent=%" G_GINT64_FORMAT "&orderby=id&order=desc&per_page=%d&page=%u&%s&" FIELDS,
        bal_comment_get_remote_review_id (comment),
        number_of (bal_comment_get_remote_parent_id (comment)), BAL_WORDPRESS_PAGE_SIZE, page,
        may_moderate ? "context=edit&status=any" : "context=view");
      g_autoptr(json_t) comments = bal_wordpress_read (self, COMMENTS, query, NULL, cancellable, error);
      BalComment *found;

      if (comments == NULL)
        return NULL;

      found = find_on_page (self, comment, comments);
      if (found != NULL)
        return found;
      if (json_array_size (comments) < BAL_WORDPRESS_PAGE_SIZE)
        break;
    }

  return NULL;
}

/* ---- changing ------------------------------------------------------------------------------------ */

static void
add_changed (json_t     *body,
             const char *name,
             const char *text,
             BalComment *base,
             const char *base_text)
{
  if (base == NULL ? text != NULL : g_strcmp0 (text, base_text) != 0)
    bal_provider_set_text (body, name, text);
}

/* Every update, even one of the state alone, writes our own address and program over the visitor's, unless both
 * are sent back (6.1). An empty one can't be sent. */
static json_t *
describe_changes (BalComment *comment,
                  BalComment *base)
{
  json_t *body = json_object ();

  add_changed (body, "content", bal_comment_get_html (comment), base,
               base != NULL ? bal_comment_get_html (base) : NULL);
  if (base != NULL)
    {
      add_changed (body, "author_name", bal_comment_get_author (comment), base, bal_comment_get_author (base));
      add_changed (body, "author_email", bal_comment_get_author_email (comment), base,
                   bal_comment_get_author_email (base));
      add_changed (body, "author_url", bal_comment_get_author_url (comment), base,
                   bal_comment_get_author_url (base));
    }
  if (base == NULL || bal_comment_get_status (comment) != bal_comment_get_status (base))
    bal_provider_set_text (body, "status", bal_wordpress_comment_status (bal_comment_get_status (comment)));

  if (json_object_size (body) > 0)
    {
      set_if_given (body, "author_ip", bal_comment_get_author_ip (comment));
      set_if_given (body, "author_user_agent", bal_comment_get_user_agent (comment));
    }

  return body;
}

static BalComment *
update (BalWordpress  *self,
        BalComment    *comment,
        BalComment    *base,
        GCancellable  *cancellable,
        GError       **error)
{
  const char *id = bal_comment_get_remote_id (comment);
  g_autofree char *path = g_strconcat (COMMENTS "/", id, NULL);
  g_autoptr(json_t) body = describe_changes (comment, base);
  g_autoptr(json_t) value = NULL;

  if (json_object_size (body) == 0)
    return bal_wordpress_get_comment (BAL_PROVIDER (self), id, cancellable, error);

  value = bal_wordpress_write (self, "POST", path, FIELDS, body, cancellable, error);

  return value != NULL ? bal_wordpress_parse_comment (self, value, error) : NULL;
}

BalComment *
bal_wordpress_put_comment (BalProvider   *provider,
                           BalComment    *comment,
                           BalComment    *base,
                           GCancellable  *cancellable,
                           GError       **error)
{
  BalWordpress *self = BAL_WORDPRESS (provider);

  if (!check_comment (comment, error))
    return NULL;

  return bal_comment_get_remote_id (comment) == NULL
           ? create (self, comment, cancellable, error)
           : update (self, comment, base, cancellable, error);
}
