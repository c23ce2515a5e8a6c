/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-folder-private.h"

#include "bal-review-format.h"
#include "bal-safe-text.h"
#include "bal-thread.h"
#include "bal-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* The pages of the site, as text. Everything is escaped but a post's own HTML, which is the blogger's; readers'
 * comments come through bal_safe_text_from_html(), so that nothing of theirs is ever markup. */

#define DEEPEST_INDENT 4

/* Escaped for text and attributes, without the characters that XML forbids. */
static void
append_text (GString    *out,
             const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '&')
        g_string_append (out, "&amp;");
      else if (c == '<')
        g_string_append (out, "&lt;");
      else if (c == '>')
        g_string_append (out, "&gt;");
      else if (c == '"')
        g_string_append (out, "&quot;");
      else if (c == '\'')
        g_string_append (out, "&#39;");
      else if ((c >= 0x20 && c != 0x7f && (c & 0xfffe) != 0xfffe) || c == '\n' || c == '\t')
        g_string_append_unichar (out, c);
    }
}

/* @format with its one %s replaced by the escaped @text. */
static void
append_with (GString    *out,
             const char *format,
             const char *text)
{
  const char *place = strstr (format, "%s");

  g_string_append_len (out, format, place - format);
  append_text (out, text);
  g_string_append (out, place + strlen ("%s"));
}

static void
append_date (GString *out,
             gint64   time)
{
  g_autoptr(GDateTime) date = time != 0 ? g_date_time_new_from_unix_utc (time) : NULL;
  /* Translators: a date on a web page, see g_date_time_format(); "%-d %B %Y" is 30 May 2019 */
  g_autofree char *words = date != NULL ? g_date_time_format (date, _("%-d %B %Y")) : NULL;
  g_autofree char *machine = bal_time_to_rfc3339 (time);

  if (words == NULL || machine == NULL)
    return;
  append_with (out, "<time datetime=\"%s\">", machine);
  append_with (out, "%s</time>", words);
}

static void
append_head (GString                 *out,
             const BalFolderSettings *settings,
             const char              *title,
             const char              *description)
{
  g_string_append (out,
                   "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"generator\" content=\"Balcony\">\n");
  append_with (out, "<title>%s</title>\n", title);
  if (description != NULL)
    append_with (out, "<meta name=\"description\" content=\"%s\">\n", description);
  g_string_append (out, "<link rel=\"stylesheet\" href=\"style.css\">\n");
  append_with (out, "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"%s\" href=\"feed.atom\">\n",
               settings->title);
  g_string_append (out, "</head>\n<body>\n<header class=\"blog\">");
  append_with (out, "<a href=\"index.html\">%s</a>", settings->title);
  if (settings->author != NULL)
    append_with (out, "<span>%s</span>", settings->author);
  g_string_append (out, "</header>\n");
}

static void
append_foot (GString *out)
{
  append_with (out, "<footer class=\"blog\"><a href=\"index.html\">%s</a>", _("All reviews"));
  append_with (out, "<a href=\"feed.atom\">%s</a></footer>\n</body>\n</html>\n", _("Feed"));
}

/* Series and film on lines of their own. */
static void
append_title (GString    *out,
              const char *title,
              const char *element)
{
  g_autoptr(BalReviewFormat) format = bal_review_format_new_default ();
  g_auto(BalReviewFields) fields = { 0 };
  const char *film = title;

  bal_review_format_split_title (format, title != NULL ? title : "", &fields);
  if (fields.series != NULL && *fields.series != '\0' && fields.film != NULL && *fields.film != '\0')
    {
      append_with (out, "<p class=\"series\">%s</p>\n", fields.series);
      film = strstr (title, fields.film);
    }
  g_string_append_printf (out, "<%s>", element);
  append_text (out, film != NULL ? film : title);
  g_string_append_printf (out, "</%s>\n", element);
}

static void
append_labels (GString           *out,
               const char *const *labels)
{
  if (labels == NULL || labels[0] == NULL)
    return;
  g_string_append (out, "<ul class=\"labels\">");
  for (guint i = 0; labels[i] != NULL; i++)
    append_with (out, "<li>%s</li>", labels[i]);
  g_string_append (out, "</ul>\n");
}

static void
append_comment (GString    *out,
                BalComment *comment)
{
  g_autofree char *text = bal_safe_text_from_comment (bal_comment_get_html (comment));
  g_autofree char *html = bal_safe_text_to_html (text);
  g_autofree char *link = bal_safe_link (bal_comment_get_author_url (comment));
  g_autofree char *author = bal_safe_text_name (bal_comment_get_author (comment), 100);

  g_string_append_printf (out, "<li class=\"comment depth-%u%s\"",
                          MIN (bal_comment_get_depth (comment), DEEPEST_INDENT),
                          bal_comment_get_mine (comment) ? " mine" : "");
  append_with (out, " id=\"comment-%s\">\n", bal_comment_get_number (comment));
  append_with (out, "<p class=\"by\"><span class=\"number\">%s</span> ", bal_comment_get_number (comment));
  if (link != NULL)
    append_with (out, "<a rel=\"nofollow ugc\" href=\"%s\">", link);
  append_with (out, "<b>%s</b>", author != NULL && *author != '\0' ? author : _("Anonymous"));
  g_string_append (out, link != NULL ? "</a> " : " ");
  append_date (out, bal_comment_get_created (comment));
  g_string_append_printf (out, "</p>\n%s\n</li>\n", html);
}

static void
append_thread (GString   *out,
               GPtrArray *thread)
{
  guint n = 0;
  g_autofree char *heading = NULL;

  for (guint i = 0; i < thread->len; i++)
    n += bal_comment_get_status (thread->pdata[i]) == BAL_COMMENT_STATUS_APPROVED;
  if (n == 0)
    return;

  heading = g_strdup_printf (ngettext ("%u comment", "%u comments", n), n);
  append_with (out, "<section class=\"thread\" id=\"comments\">\n<h2>%s</h2>\n<ol>\n", heading);
  for (guint i = 0; i < thread->len; i++)
    if (bal_comment_get_status (thread->pdata[i]) == BAL_COMMENT_STATUS_APPROVED)
      append_comment (out, thread->pdata[i]);
  g_string_append (out, "</ol>\n</section>\n");
}

/**
 * bal_folder_page_post:
 * @settings: the blog's
 * @review: a published review
 * @thread: (element-type BalComment): arranged; only approved comments are shown
 *
 * Returns: (transfer full):
 */
char *
bal_folder_page_post (const BalFolderSettings *settings,
                      BalReview               *review,
                      GPtrArray               *thread)
{
  GString *out = g_string_new (NULL);
  const char *image = bal_review_get_featured_image (review);
  const char *html = bal_review_get_html (review);

  append_head (out, settings, bal_review_get_title (review), bal_review_get_excerpt (review));
  g_string_append (out, "<main>\n<article>\n<header>\n");
  append_title (out, bal_review_get_title (review), "h1");
  append_date (out, bal_review_get_published (review));
  g_string_append (out, "\n</header>\n");
  if (image != NULL)
    append_with (out, "<img class=\"featured\" src=\"media/%s\" alt=\"\">\n", image);
  g_string_append (out, "<div class=\"body\">\n");
  g_string_append (out, html != NULL ? html : "");
  g_string_append (out, "\n</div>\n");
  append_labels (out, bal_review_get_labels (review));
  g_string_append (out, "</article>\n");
  append_thread (out, thread);
  g_string_append (out, "</main>\n");
  append_foot (out);
  return g_string_free (out, FALSE);
}

static void
append_entry (GString        *out,
              BalFolderEntry *entry)
{
  const char *excerpt = bal_review_get_excerpt (entry->review);
  guint n = entry->counts[BAL_COMMENT_STATUS_APPROVED];

  append_with (out, "<li><a href=\"%s.html\">\n", entry->slug);
  append_title (out, bal_review_get_title (entry->review), "h3");
  g_string_append (out, "</a>\n");
  if (excerpt != NULL)
    append_with (out, "<p class=\"excerpt\">%s</p>\n", excerpt);
  g_string_append (out, "<p class=\"by\">");
  append_date (out, bal_review_get_published (entry->review));
  if (n > 0)
    {
      g_autofree char *words = g_strdup_printf (ngettext ("%u comment", "%u comments", n), n);

      append_with (out, " · <a href=\"%s.html#comments\">", entry->slug);
      append_with (out, "%s</a>", words);
    }
  g_string_append (out, "</p>\n</li>\n");
}

static int
year_of (BalFolderEntry *entry)
{
  g_autoptr(GDateTime) date = g_date_time_new_from_unix_utc (bal_review_get_published (entry->review));

  return date != NULL ? g_date_time_get_year (date) : 0;
}

/**
 * bal_folder_page_index:
 * @settings: the blog's
 * @entries: (element-type BalFolderEntry): what is published, newest first
 *
 * Returns: (transfer full):
 */
char *
bal_folder_page_index (const BalFolderSettings *settings,
                       GPtrArray               *entries)
{
  GString *out = g_string_new (NULL);
  int year = -1;

  append_head (out, settings, settings->title, NULL);
  g_string_append (out, "<main class=\"index\">\n");
  if (entries->len == 0)
    append_with (out, "<p>%s</p>\n", _("Nothing has been published yet."));
  for (guint i = 0; i < entries->len; i++)
    {
      int its_year = year_of (entries->pdata[i]);

      if (its_year != year)
        g_string_append_printf (out, "%s<h2>%d</h2>\n<ul>\n", year >= 0 ? "</ul>\n" : "", its_year);
      year = its_year;
      append_entry (out, entries->pdata[i]);
    }
  g_string_append (out, entries->len > 0 ? "</ul>\n</main>\n" : "</main>\n");
  append_foot (out);
  return g_string_free (out, FALSE);
}

/* RFC 4287 wants a time everywhere; what was never dated is as old as can be. */
static void
append_feed_time (GString    *out,
                  const char *element,
                  gint64      time)
{
  g_autofree char *text = bal_time_to_rfc3339 (MAX (time, 1));

  g_string_append_printf (out, "<%s>%s</%s>\n", element, text, element);
}

static void
append_feed_entry (GString                 *out,
                   const BalFolderSettings *settings,
                   BalFolderEntry          *entry,
                   BalReview               *review)
{
  g_autofree char *address = bal_folder_site_address (settings, entry);
  const char *const *labels = bal_review_get_labels (review);
  gint64 published = bal_review_get_published (review);

  append_with (out, "<entry>\n<title>%s</title>\n", bal_review_get_title (review));
  append_with (out, "<id>%s</id>\n", address);
  append_with (out, "<link rel=\"alternate\" type=\"text/html\" href=\"%s\"/>\n", address);
  append_feed_time (out, "published", published);
  append_feed_time (out, "updated", MAX (published, bal_review_get_updated (entry->review)));
  for (guint i = 0; labels != NULL && labels[i] != NULL; i++)
    append_with (out, "<category term=\"%s\"/>\n", labels[i]);
  if (bal_review_get_excerpt (review) != NULL)
    append_with (out, "<summary>%s</summary>\n", bal_review_get_excerpt (review));
  append_with (out, "<content type=\"html\" xml:base=\"%s\">", settings->url);
  append_with (out, "%s</content>\n</entry>\n", bal_review_get_html (review));
}

/**
 * bal_folder_page_feed:
 * @settings: the blog's
 * @entries: (element-type BalFolderEntry): the newest published reviews, newest first
 * @reviews: (element-type BalReview): the same, with their HTML
 *
 * Returns: (transfer full): an Atom feed (RFC 4287)
 */
char *
bal_folder_page_feed (const BalFolderSettings *settings,
                      GPtrArray               *entries,
                      GPtrArray               *reviews)
{
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                               "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
  gint64 updated = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      BalReview *review = ((BalFolderEntry *) entries->pdata[i])->review;

      updated = MAX (updated, MAX (bal_review_get_published (review), bal_review_get_updated (review)));
    }
  append_with (out, "<title>%s</title>\n", settings->title);
  append_with (out, "<id>%s</id>\n", settings->url);
  append_with (out, "<link rel=\"alternate\" type=\"text/html\" href=\"%sindex.html\"/>\n", settings->url);
  append_with (out, "<link rel=\"self\" type=\"application/atom+xml\" href=\"%sfeed.atom\"/>\n", settings->url);
  append_feed_time (out, "updated", updated);
  append_with (out, "<author><name>%s</name></author>\n",
               settings->author != NULL ? settings->author : settings->title);
  for (guint i = 0; i < entries->len; i++)
    append_feed_entry (out, settings, entries->pdata[i], reviews->pdata[i]);
  g_string_append (out, "</feed>\n");
  return g_string_free (out, FALSE);
}

const char bal_folder_page_style[] =
  "/* Yours to change: Balcony writes this file only where there is none. */\n"
  ":root { --paper: #fbfaf7; --ink: #23211e; --soft: #6d675f; --line: #e2ddd3; --accent: #a03024; --mine: #f3eee2;\n"
  "  color-scheme: light dark; }\n"
  "@media (prefers-color-scheme: dark) {\n"
  "  :root { --paper: #191816; --ink: #e8e4dc; --soft: #a39c91; --line: #37342f; --accent: #f0907f;\n"
  "    --mine: #24221e; }\n"
  "}\n"
  "* { box-sizing: border-box; }\n"
  "body { margin: 0 auto; padding: 0 1.25rem 4rem; max-width: 42rem; background: var(--paper); color: var(--ink);\n"
  "  font: 1.125rem/1.65 Charter, \"Bitstream Charter\", \"Iowan Old Style\", Georgia, serif;\n"
  "  overflow-wrap: anywhere; }\n"
  "a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }\n"
  "h1, h2, h3 { line-height: 1.2; text-wrap: balance; }\n"
  "h1 { margin: 0 0 .25rem; font-size: 2.25rem; }\n"
  "img { max-width: 100%; height: auto; }\n"
  "blockquote { margin: 1.5rem 0; padding-left: 1rem; border-left: 3px solid var(--accent); font-style: italic; }\n"
  "time, .by, .series, .labels, .thread h2, .index h2, .blog { font-family: system-ui, sans-serif; }\n"
  "time, .by { color: var(--soft); font-size: .875rem; }\n"
  "header.blog, footer.blog { display: flex; flex-wrap: wrap; justify-content: space-between; gap: .25rem 1rem;\n"
  "  padding: 1.5rem 0; color: var(--soft); font-size: .9375rem; }\n"
  "header.blog { margin-bottom: 2rem; border-bottom: 1px solid var(--line); }\n"
  "header.blog a { color: var(--ink); font-weight: 700; text-decoration: none; }\n"
  "footer.blog { margin-top: 3rem; border-top: 1px solid var(--line); }\n"
  ".series { margin: 0 0 .25rem; color: var(--accent); font-size: .8125rem; font-weight: 600; letter-spacing: .06em;\n"
  "  text-transform: uppercase; }\n"
  ".featured { display: block; margin-top: 1.5rem; border-radius: .5rem; }\n"
  ".labels { display: flex; flex-wrap: wrap; gap: .5rem; margin: 2rem 0 0; padding: 0; list-style: none;\n"
  "  font-size: .8125rem; }\n"
  ".labels li { padding: .125rem .625rem; border: 1px solid var(--line); border-radius: 1rem; color: var(--soft); }\n"
  ".thread { margin-top: 3rem; }\n"
  ".thread h2, .index h2 { color: var(--soft); font-size: 1rem; letter-spacing: .04em; }\n"
  ".thread ol, .index ul { margin: 0; padding: 0; list-style: none; }\n"
  ".comment { margin: 1rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem;\n"
  "  font-size: 1rem; }\n"
  ".comment.mine { background: var(--mine); }\n"
  ".comment p { margin: .5rem 0 0; }\n"
  ".comment .by { margin: 0; }\n"
  ".comment .by b { color: var(--ink); }\n"
  ".comment .number { display: inline-block; min-width: 1.5rem; font-variant-numeric: tabular-nums; }\n"
  ".comment:target { border-color: var(--accent); }\n"
  ".depth-1 { margin-left: 1.5rem; } .depth-2 { margin-left: 3rem; }\n"
  ".depth-3 { margin-left: 4.5rem; } .depth-4 { margin-left: 6rem; }\n"
  ".index h2 { margin: 2.5rem 0 0; }\n"
  ".index li { padding: 1.25rem 0; border-bottom: 1px solid var(--line); }\n"
  ".index li > a { color: inherit; text-decoration: none; }\n"
  ".index h3 { margin: 0; font-size: 1.375rem; }\n"
  ".index li > a:hover h3 { color: var(--accent); }\n"
  ".index .excerpt { margin: .375rem 0; }\n"
  ".index .by { margin: .25rem 0 0; }\n"
  "@media (max-width: 30rem) { [class*=\"depth-\"] { margin-left: .75rem; } h1 { font-size: 1.75rem; } }\n";
