/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-export-folder.h"

#include <string.h>

#include "bal-export-pictures.h"
#include "bal-export-report.h"

/* Bytes: with a day, a number and a suffix it is still shorter than any file system's bound, also when copied elsewhere. */
#define LONGEST_NAME 80

struct _BalExportFolder
{
  /* owned */
  GHashTable  *names;            /* "kind/name", folded: those that are taken */
  GHashTable  *pictures;         /* id -> where it is */

  /* borrowed */
  BalExporter *exporter;
};

BalExportFolder *
bal_export_folder_new (BalExporter *exporter)
{
  BalExportFolder *self = g_new0 (BalExportFolder, 1);

  self->exporter = exporter;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->pictures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

void
bal_export_folder_free (BalExportFolder *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->names);
  g_hash_table_unref (self->pictures);
  g_free (self);
}

char *
bal_export_folder_clean (const char *text)
{
  g_autofree char *plain = g_uri_unescape_string (text, NULL);
  g_autofree char *valid = g_utf8_make_valid (plain != NULL ? plain : text, -1);
  g_autofree char *normal = g_utf8_normalize (valid, -1, G_NORMALIZE_NFC);
  g_autofree char *lower = g_utf8_strdown (normal, -1);
  GString *out = g_string_new (NULL);

  for (const char *p = lower; *p != '\0' && out->len < LONGEST_NAME - 6; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || (g_unichar_ismark (c) && out->len > 0 && !g_str_has_suffix (out->str, "-")))
        g_string_append_unichar (out, c);
      else if (c != '\'' && c != 0x2019 && out->len > 0 && out->str[out->len - 1] != '-')
        g_string_append_c (out, '-');
    }
  while (out->len > 0 && out->str[out->len - 1] == '-')
    g_string_truncate (out, out->len - 1);

  return g_string_free (out, FALSE);
}

/* File systems that tell no case and no kind of accents apart, and Windows' names of devices. (transfer full) */
static char *
take_name (BalExportFolder *self,
           const char      *kind,
           const char      *name,
           const char      *suffix)
{
  static const char *const devices[] = { "con", "prn", "aux", "nul", "index", NULL };
  gboolean is_device = g_strv_contains (devices, name) ||
                       (strlen (name) == 4 && (g_str_has_prefix (name, "com") || g_str_has_prefix (name, "lpt")));
  char *taken = NULL;

  for (guint i = is_device ? 2 : 1; taken == NULL; i++)
    {
      g_autofree char *tried = i > 1 ? g_strdup_printf ("%s-%u%s", name, i, suffix) : g_strconcat (name, suffix, NULL);
      g_autofree char *normal = g_utf8_normalize (tried, -1, G_NORMALIZE_ALL);
      g_autofree char *folded = g_utf8_casefold (normal, -1);
      char *key = g_strconcat (kind, "/", folded, NULL);

      if (g_hash_table_contains (self->names, key))
        {
          g_free (key);
          continue;
        }
      g_hash_table_add (self->names, key);
      taken = g_steal_pointer (&tried);
    }

  return taken;
}

char *
bal_export_folder_name (BalExportFolder *self,
                        const char      *kind,
                        const char      *text)
{
  g_autofree char *name = bal_export_folder_clean (text);

  return take_name (self, kind, *name != '\0' ? name : "other", "");
}

char *
bal_export_folder_name_review (BalExportFolder *self,
                               BalReview       *review)
{
  const char *slug = bal_review_get_slug (review), *title = bal_review_get_title (review);
  g_autofree char *name = bal_export_folder_clean (slug != NULL ? slug : "");
  g_autoptr(GDateTime) time = bal_review_get_published (review) != 0
                              ? g_date_time_new_from_unix_utc (bal_review_get_published (review)) : NULL;
  g_autofree char *day = time != NULL ? g_date_time_format (time, "%Y-%m-%d-") : g_strdup ("");
  g_autofree char *whole = NULL;

  if (*name == '\0')
    {
      g_free (name);
      name = bal_export_folder_clean (title != NULL ? title : "");
    }
  whole = g_strconcat (day, *name != '\0' ? name : "review", NULL);
  return take_name (self, "review", whole, "");
}

static const char *
take_picture (BalExportFolder  *self,
              BalMedia         *media,
              GError          **error)
{
  const char *dot = strrchr (media->file_name, '.');
  g_autofree char *stem = g_strndup (media->file_name, dot != NULL ? (gsize) (dot - media->file_name)
                                                                   : strlen (media->file_name));
  g_autofree char *name = bal_export_folder_clean (stem);
  g_autofree char *kind = bal_export_folder_clean (dot != NULL ? dot + 1 : "");
  g_autofree char *suffix = *kind != '\0' && strlen (kind) <= 5 ? g_strconcat (".", kind, NULL) : g_strdup ("");
  g_autofree char *file = take_name (self, "images", *name != '\0' ? name : "picture", suffix);
  g_autofree char *place = g_strconcat ("images/", file, NULL);
  const char *kept = place;
  gint64 *id = g_new (gint64, 1);

  *id = media->id;
  if (!bal_exporter_copy_file (self->exporter, media->path, place, error))
    {
      g_free (id);
      return NULL;
    }
  bal_exporter_get_report (self->exporter)->n_pictures++;
  g_hash_table_insert (self->pictures, id, g_steal_pointer (&place));
  return kept;
}

typedef struct
{
  BalExportFolder *self;
  const char      *prefix;
} Mover;

static char *
get_address (BalMedia *media,
             gpointer  data)
{
  Mover *mover = data;
  const char *place = g_hash_table_lookup (mover->self->pictures, &media->id);
  g_autofree char *escaped = g_uri_escape_string (place, "/", FALSE);

  return g_strconcat (mover->prefix, escaped, NULL);
}

char *
bal_export_folder_take_pictures (BalExportFolder        *self,
                                 const BalExportReview  *item,
                                 const char             *prefix,
                                 GError                **error)
{
  const char *html = bal_review_get_html (item->review);
  Mover mover = { self, prefix };

  for (guint i = 0; i < item->media->len; i++)
    {
      BalMedia *media = g_ptr_array_index (item->media, i);

      if (!g_hash_table_contains (self->pictures, &media->id) && take_picture (self, media, error) == NULL)
        return NULL;
    }

  return bal_export_pictures_move (html != NULL ? html : "", item->media, get_address, &mover);
}

const char *
bal_export_folder_find_featured (BalExportFolder       *self,
                                 const BalExportReview *item)
{
  BalMedia *media = bal_export_pictures_find_featured (item->media, bal_review_get_featured_image (item->review));

  return media != NULL ? g_hash_table_lookup (self->pictures, &media->id) : NULL;
}
