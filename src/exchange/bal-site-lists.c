/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-site-page.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-time.h"

/* On the first page, and in the feed. */
#define N_NEWEST 25
#define N_FEED   20

typedef gboolean (*IsIn) (const BalSiteEntry *entry,
                          const char         *name);

typedef struct
{
  BalExporter *exporter;
  BalBlog     *blog;
  GPtrArray   *entries;
} Lists;

static void
append_entry (GString            *page,
              const BalSiteEntry *entry,
              const char         *up,
              gboolean            with_excerpt)
{
  g_autofree char *address = bal_site_html_from_text (entry->place);

  g_string_append_printf (page, "<li><a href=\"%s%s\">", up, address);
  bal_site_page_append (page, "<bdi>", entry->title, "</bdi></a>\n<p>");
  bal_site_page_append_time (page, entry->published);
  bal_site_page_append (page, " · <span class=\"grade\">", entry->grade, "</span>");
  g_string_append (page, "</p>\n");
  if (with_excerpt)
    bal_site_page_append (page, "<p>", entry->excerpt, "</p>\n");
  g_string_append (page, "</li>\n");
}

static void
append_entries (Lists      *lists,
                GString    *page,
                const char *up,
                guint       most,
                IsIn        is_in,
                const char *name)
{
  guint n = 0;

  g_string_append (page, "<ul class=\"list\">\n");
  for (guint i = lists->entries->len; i-- > 0 && (most == 0 || n < most);)
    {
      const BalSiteEntry *entry = g_ptr_array_index (lists->entries, i);

      if (is_in == NULL || is_in (entry, name))
        {
          append_entry (page, entry, up, most != 0);
          n++;
        }
    }
  g_string_append (page, "</ul>\n");
}

static gboolean
has_label (const BalSiteEntry *entry,
           const char         *name)
{
  return g_strv_contains ((const char *const *) entry->labels, name);
}

static gboolean
has_series (const BalSiteEntry *entry,
            const char         *name)
{
  return g_strcmp0 (entry->series, name) == 0;
}

static char *
dup_year (const BalSiteEntry *entry)
{
  g_autoptr(GDateTime) date = entry->published != 0 ? g_date_time_new_from_unix_local (entry->published) : NULL;

  return date != NULL ? g_date_time_format (date, "%Y") : g_strdup ("0");
}

static gboolean
has_year (const BalSiteEntry *entry,
          const char         *name)
{
  g_autofree char *year = dup_year (entry);

  return g_str_equal (year, name);
}

static guint
count (Lists      *lists,
       IsIn        is_in,
       const char *name)
{
  guint n = 0;

  for (guint i = 0; i < lists->entries->len; i++)
    n += is_in (g_ptr_array_index (lists->entries, i), name);
  return n;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return g_utf8_collate (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer container): in order. */
static GPtrArray *
list_names (GHashTable *places)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static gboolean
write_lists (Lists        *lists,
             GString      *archive,
             const char   *heading,
             GHashTable   *places,
             IsIn          is_in,
             GError      **error)
{
  g_autoptr(GPtrArray) names = list_names (places);

  if (names->len == 0)
    return TRUE;

  bal_site_page_append (archive, "<h2>", heading, "</h2>\n<ul class=\"tags\">\n");
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i), *place = g_hash_table_lookup (places, name);
      g_autofree char *escaped = g_uri_escape_string (place, "/", FALSE);
      GString *page = bal_site_page_new (lists->blog, name, "../");

      g_string_append_printf (archive, "<li><a href=\"%s\">", escaped);
      bal_site_page_append (archive, "<bdi>", name, "</bdi></a>");
      g_string_append_printf (archive, " %u</li>\n", count (lists, is_in, name));
      bal_site_page_append (page, "<h1>", name, "</h1>\n");
      append_entries (lists, page, "../", 0, is_in, name);
      if (!bal_site_page_write (page, lists->exporter, place, error))
        return FALSE;
    }
  g_string_append (archive, "</ul>\n");
  return TRUE;
}

static int
compare_later (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) b, *(const char *const *) a);
}

/* (transfer full): each once, the latest first; "0" of those without a date is last. */
static GPtrArray *
list_years (Lists *lists)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *years = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < lists->entries->len; i++)
    {
      g_autofree char *year = dup_year (g_ptr_array_index (lists->entries, i));

      if (g_hash_table_contains (seen, year))
        continue;
      g_hash_table_add (seen, year);
      g_ptr_array_add (years, g_steal_pointer (&year));
    }
  g_ptr_array_sort (years, compare_later);
  return years;
}

static gboolean
write_years (Lists    *lists,
             GString  *archive,
             GError  **error)
{
  g_autoptr(GPtrArray) years = list_years (lists);

  if (years->len == 0)
    return TRUE;

  bal_site_page_append (archive, "<h2>", _("Years"), "</h2>\n<ul class=\"tags\">\n");
  for (guint i = 0; i < years->len; i++)
    {
      const char *year = g_ptr_array_index (years, i);
      /* Translators: in a list of years: the reviews of which it is not known when they were published. */
      const char *title = g_str_equal (year, "0") ? _("Without a date") : year;
      g_autofree char *name = g_strdup_printf ("years/%s.html", year);
      GString *page = bal_site_page_new (lists->blog, title, "../");

      g_string_append_printf (archive, "<li><a href=\"%s\">", name);
      bal_site_page_append (archive, "", title, "</a>");
      g_string_append_printf (archive, " %u</li>\n", count (lists, has_year, year));
      bal_site_page_append (page, "<h1>", title, "</h1>\n");
      append_entries (lists, page, "../", 0, has_year, year);
      if (!bal_site_page_write (page, lists->exporter, name, error))
        return FALSE;
    }
  g_string_append (archive, "</ul>\n");
  return TRUE;
}

static gboolean
write_index (Lists   *lists,
             GError **error)
{
  GString *page = bal_site_page_new (lists->blog, bal_blog_get_name (lists->blog), "");

  bal_site_page_append (page, "<h1>", bal_blog_get_name (lists->blog), "</h1>\n");
  append_entries (lists, page, "", N_NEWEST, NULL, NULL);
  if (lists->entries->len > N_NEWEST)
    bal_site_page_append (page, "<p><a href=\"archive.html\">", _("All reviews"), "</a></p>\n");
  return bal_site_page_write (page, lists->exporter, "index.html", error);
}

/* A feed must say when: the earliest there is where nobody knows. */
static void
append_updated (GString *feed,
                gint64   time)
{
  g_autofree char *text = bal_time_to_rfc3339 (time);

  g_string_append_printf (feed, "<updated>%s</updated>\n", text != NULL ? text : "1970-01-01T00:00:00Z");
}

/* RFC 4287. Its addresses are relative to where it is, so that it is right on any host. */
static gboolean
write_feed (Lists   *lists,
            GError **error)
{
  GString *feed = g_string_new ("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
  const char *url = bal_blog_get_url (lists->blog), *author = bal_blog_get_author (lists->blog);
  BalSiteEntry *newest = lists->entries->len > 0 ? g_ptr_array_index (lists->entries, lists->entries->len - 1) : NULL;
  BalExportFile *file;

  bal_site_page_append (feed, "<title>", bal_blog_get_name (lists->blog), "</title>\n");
  bal_site_page_append (feed, "<id>", url != NULL ? url : newest != NULL ? newest->id : "urn:uuid:00000000-0000-0000-0000-000000000000",
                        "</id>\n");
  append_updated (feed, newest != NULL ? newest->updated : 0);
  bal_site_page_append (feed, "<author><name>", author != NULL && *author != '\0' ? author : bal_blog_get_name (lists->blog),
                        "</name></author>\n");
  g_string_append (feed, "<link rel=\"self\" href=\"feed.xml\"/>\n<link href=\"index.html\"/>\n");
  for (guint i = lists->entries->len; i-- > 0 && lists->entries->len - i <= N_FEED;)
    {
      const BalSiteEntry *entry = g_ptr_array_index (lists->entries, i);
      g_autofree char *published = bal_time_to_rfc3339 (entry->published);

      g_string_append (feed, "<entry>\n<title>");
      bal_site_page_append (feed, "", entry->title, "");
      bal_site_page_append (feed, "</title>\n<link href=\"", entry->place, "\"/>\n");
      bal_site_page_append (feed, "<id>", entry->id, "</id>\n");
      bal_site_page_append (feed, "<published>", published, "</published>\n");
      append_updated (feed, entry->updated);
      bal_site_page_append (feed, "<summary>", entry->excerpt, "</summary>\n");
      g_string_append (feed, "</entry>\n");
    }
  g_string_append (feed, "</feed>\n");

  file = bal_exporter_new_file (lists->exporter, "feed.xml", error);
  if (file != NULL)
    bal_export_file_put_bytes (file, feed->str, feed->len);
  g_string_free (feed, TRUE);
  return file != NULL && bal_export_file_close (file, error);
}

gboolean
bal_site_lists_write (BalExporter  *exporter,
                      GPtrArray    *entries,
                      GHashTable   *label_places,
                      GHashTable   *series_places,
                      GError      **error)
{
  Lists lists = { exporter, bal_exporter_get_blog (exporter), entries };
  GString *archive = bal_site_page_new (lists.blog, _("Archive"), "");

  bal_site_page_append (archive, "<h1>", _("Archive"), "</h1>\n");
  if (!write_years (&lists, archive, error) ||
      !write_lists (&lists, archive, _("Series"), series_places, has_series, error) ||
      !write_lists (&lists, archive, _("Labels"), label_places, has_label, error))
    {
      g_string_free (archive, TRUE);
      return FALSE;
    }

  return bal_site_page_write (archive, exporter, "archive.html", error) && write_index (&lists, error) &&
         write_feed (&lists, error);
}
