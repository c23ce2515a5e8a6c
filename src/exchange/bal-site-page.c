/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-site-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-safe-text.h"

/* Deeper replies stand as deep as this. */
#define MOST_DEPTH 6

void
bal_site_entry_free (BalSiteEntry *entry)
{
  if (entry == NULL)
    return;

  g_free (entry->place);
  g_free (entry->title);
  g_free (entry->excerpt);
  g_free (entry->grade);
  g_free (entry->series);
  g_free (entry->id);
  g_strfreev (entry->labels);
  g_free (entry);
}

void
bal_site_page_append (GString    *page,
                      const char *before,
                      const char *text,
                      const char *after)
{
  g_autofree char *escaped = text != NULL && *text != '\0' ? bal_site_html_from_text (text) : NULL;

  if (escaped != NULL)
    g_string_append_printf (page, "%s%s%s", before, escaped, after);
}

void
bal_site_page_append_time (GString *page,
                           gint64   time)
{
  g_autoptr(GDateTime) date = time != 0 ? g_date_time_new_from_unix_local (time) : NULL;
  g_autofree char *machine = date != NULL ? g_date_time_format (date, "%Y-%m-%d") : NULL;
  /* Translators: the date of a review or a comment in a page; see the documentation of strftime. */
  g_autofree char *shown = date != NULL ? g_date_time_format (date, _("%-d %B %Y")) : NULL;

  if (shown != NULL)
    {
      g_string_append_printf (page, "<time datetime=\"%s\">", machine);
      bal_site_page_append (page, "", shown, "</time>");
    }
}

/* The policy is for what a person puts into the pages later: nothing in them runs. */
GString *
bal_site_page_new (BalBlog    *blog,
                   const char *title,
                   const char *up)
{
  GString *page = g_string_new ("<!DOCTYPE html>\n<html");
  g_autofree char *language = bal_blog_get_language (blog) != NULL
                              ? g_strdelimit (g_strdup (bal_blog_get_language (blog)), "_", '-') : NULL;

  bal_site_page_append (page, " lang=\"", language, "\"");
  g_string_append (page, ">\n<head>\n<meta charset=\"utf-8\">\n"
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'none'; object-src 'none'; "
                   "frame-src 'none'; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n");
  bal_site_page_append (page, "<title>", title, "");
  if (title == NULL || *title == '\0')
    g_string_append (page, "<title>");
  if (g_strcmp0 (title, bal_blog_get_name (blog)) != 0)
    bal_site_page_append (page, " · ", bal_blog_get_name (blog), "");
  g_string_append_printf (page, "</title>\n<link rel=\"stylesheet\" href=\"%sstyle.css\">\n", up);
  g_string_append_printf (page, "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"%sfeed.xml\">\n</head>\n<body>\n", up);
  g_string_append_printf (page, "<header class=\"site\"><a href=\"%sindex.html\">", up);
  bal_site_page_append (page, "", bal_blog_get_name (blog), "");
  g_string_append_printf (page, "</a> <nav><a href=\"%sarchive.html\">", up);
  bal_site_page_append (page, "", _("Archive"), "</a></nav></header>\n<main>\n");
  return page;
}

gboolean
bal_site_page_write (GString      *page,
                     BalExporter  *exporter,
                     const char   *name,
                     GError      **error)
{
  BalExportFile *file = bal_exporter_new_file (exporter, name, error);

  g_string_append (page, "</main>\n</body>\n</html>\n");
  if (file != NULL)
    bal_export_file_put_bytes (file, page->str, page->len);
  g_string_free (page, TRUE);
  return file != NULL && bal_export_file_close (file, error);
}

static void
append_comment (GString    *page,
                BalComment *comment)
{
  g_autofree char *html = bal_site_html_from_comment (comment);
  g_autofree char *link = bal_site_html_get_home (comment);
  g_autofree char *href = link != NULL ? bal_site_html_from_text (link) : NULL;
  const char *author = bal_comment_get_author (comment);

  g_string_append_printf (page, "<li class=\"depth-%u%s\">\n<p class=\"by\">", MIN (bal_comment_get_depth (comment), MOST_DEPTH),
                          bal_comment_get_mine (comment) ? " mine" : "");
  if (href != NULL)
    g_string_append_printf (page, "<a rel=\"nofollow noopener\" href=\"%s\">", href);
  bal_site_page_append (page, "<bdi>", author != NULL && *author != '\0' ? author : _("Anonymous"), "</bdi>");
  g_string_append (page, href != NULL ? "</a> " : " ");
  bal_site_page_append_time (page, bal_comment_get_created (comment));
  g_string_append_printf (page, "</p>\n%s\n</li>\n", html);
}

void
bal_site_page_append_comments (GString   *page,
                               GPtrArray *comments,
                               guint     *n_shown,
                               guint     *n_hidden)
{
  *n_shown = *n_hidden = 0;
  for (guint i = 0; i < comments->len; i++)
    {
      BalComment *comment = g_ptr_array_index (comments, i);

      if (bal_comment_get_status (comment) != BAL_COMMENT_STATUS_APPROVED)
        {
          (*n_hidden)++;
          continue;
        }
      if ((*n_shown)++ == 0)
        bal_site_page_append (page, "<section class=\"comments\">\n<h2>", _("Comments"), "</h2>\n<ol>\n");
      append_comment (page, comment);
    }
  if (*n_shown > 0)
    g_string_append (page, "</ol>\n</section>\n");
}

const char *
bal_site_get_style (void)
{
  return
    ":root { color-scheme: light dark; --text: #1d1d20; --dim: #5e5c64; --line: #d5d3cf; --back: #fdfcfa; --link: #1a5fb4; }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --text: #e8e6e3; --dim: #a3a19d; --line: #45443f; --back: #1e1d1c; --link: #8ebdf5; }\n"
    "}\n"
    "* { box-sizing: border-box; }\n"
    "body { margin: 0 auto; max-width: 42rem; padding: 1rem 1.25rem 4rem; background: var(--back); color: var(--text);\n"
    "  font: 1.0625rem/1.65 Georgia, \"Noto Serif\", serif; overflow-wrap: anywhere; }\n"
    "a { color: var(--link); }\n"
    "a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }\n"
    "img, video, audio { max-width: 100%; height: auto; }\n"
    "table { display: block; overflow-x: auto; border-collapse: collapse; }\n"
    "td, th { padding: .25rem .6rem; border: 1px solid var(--line); }\n"
    "pre { overflow-x: auto; padding: .75rem; border: 1px solid var(--line); }\n"
    "blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }\n"
    "figure { margin-inline: 0; }\n"
    "figcaption, time, .grade, .by, .site nav, dt { color: var(--dim); font-size: .875rem; }\n"
    "h1, h2, h3 { line-height: 1.25; text-wrap: balance; }\n"
    ".site { display: flex; justify-content: space-between; gap: 1rem; padding-block: .5rem; border-bottom: 1px solid var(--line); }\n"
    ".site > a { font-weight: bold; text-decoration: none; }\n"
    ".list { padding: 0; list-style: none; }\n"
    ".list > li { margin-block: 1rem; }\n"
    ".list p { margin-block: .25rem; }\n"
    ".list > li > a { font-weight: bold; }\n"
    ".tags { display: flex; flex-wrap: wrap; gap: .4rem 1rem; padding: 0; list-style: none; }\n"
    "dl.fields { display: grid; grid-template-columns: max-content 1fr; align-items: baseline; gap: .25rem 1rem;\n"
    "  padding-block: .75rem; border-block: 1px solid var(--line); }\n"
    "dl.fields dd { margin: 0; }\n"
    ".comments > ol { padding: 0; list-style: none; }\n"
    ".by time { margin-inline-start: .5rem; }\n"
    ".comments li { margin-block: 1.25rem; }\n"
    ".comments li > p { margin-block: .25rem; }\n"
    ".mine { padding-inline-start: .75rem; border-inline-start: 3px solid var(--link); }\n"
    ".depth-1 { margin-inline-start: 1rem; }\n"
    ".depth-2 { margin-inline-start: 2rem; }\n"
    ".depth-3 { margin-inline-start: 3rem; }\n"
    ".depth-4 { margin-inline-start: 4rem; }\n"
    ".depth-5 { margin-inline-start: 5rem; }\n"
    ".depth-6 { margin-inline-start: 6rem; }\n"
    "@media print { body { max-width: none; } .site nav { display: none; } }\n";
}
