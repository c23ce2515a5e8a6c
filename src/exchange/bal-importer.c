/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importer.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-error.h"
#include "bal-importers.h"
#include "bal-letterboxd-columns.h"

#define HEAD_BYTES 8192

typedef struct
{
  BalImportSource       *source;
  GQueue                 items;
  const BalImportTarget *target; /* borrowed */
  BalImportFormat        format;
  gboolean               is_done;
} BalImporterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BalImporter, bal_importer, G_TYPE_OBJECT)

static const struct
{
  const char *nick;
  const char *label;
} formats[] = {
  { "auto", N_("Recognised by its content") },
  { "wxr", N_("WordPress export") },
  { "blogger", N_("Blogger backup") },
  { "letterboxd", N_("Letterboxd export") },
  { "json", N_("Export of Balcony (JSON)") },
  { "markdown", N_("Markdown") },
  { "html", N_("HTML") },
  { "text", N_("Plain text") },
};

const char *
bal_import_format_to_nick (BalImportFormat format)
{
  return formats[format].nick;
}

gboolean
bal_import_format_from_nick (const char      *nick,
                             BalImportFormat *format)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (nick, formats[i].nick) == 0)
      {
        *format = i;
        return TRUE;
      }

  return FALSE;
}

const char *
bal_import_format_get_label (BalImportFormat format)
{
  return _(formats[format].label);
}

static gboolean
has_suffix (const char *name,
            const char *suffixes)
{
  const char *dot = strrchr (name, '.');
  g_auto(GStrv) each = g_strsplit (suffixes, " ", -1);

  for (guint i = 0; dot != NULL && each[i] != NULL; i++)
    if (g_ascii_strcasecmp (dot + 1, each[i]) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
contains (const char *text,
          const char *word)
{
  return strstr (text, word) != NULL;
}

static BalImportFormat
guess_xml (const char *text)
{
  if (contains (text, "wordpress.org/export/") || contains (text, "<rss"))
    return BAL_IMPORT_FORMAT_WXR;
  if (contains (text, "www.w3.org/2005/Atom"))
    return BAL_IMPORT_FORMAT_BLOGGER;
  return BAL_IMPORT_FORMAT_AUTO;
}

BalImportFormat
bal_import_format_guess (const char *head,
                         gsize       length,
                         const char *name)
{
  guint64 n_repaired;
  g_autofree char *text = bal_import_filter_text (head, length, &n_repaired);
  g_autofree char *lower = NULL;
  const char *start = text + strspn (text, " \t\r\n");
  BalImportFormat format;

  if (g_str_has_prefix (start, "<") && (format = guess_xml (text)) != BAL_IMPORT_FORMAT_AUTO)
    return format;
  if (bal_letterboxd_guess (start))
    return BAL_IMPORT_FORMAT_LETTERBOXD;
  if (bal_json_guess (start))
    return BAL_IMPORT_FORMAT_JSON;
  if (memchr (head, '\0', length) != NULL)
    return BAL_IMPORT_FORMAT_AUTO;
  if (has_suffix (name, "md markdown mdown mkd") || g_str_has_prefix (start, "---\n") ||
      g_str_has_prefix (start, "---\r\n") || g_str_has_prefix (start, "+++\n") || g_str_has_prefix (start, "+++\r\n"))
    return BAL_IMPORT_FORMAT_MARKDOWN;

  lower = g_ascii_strdown (text, -1);
  if (g_str_has_prefix (start, "<") && !g_str_has_prefix (start, "<?xml") &&
      (has_suffix (name, "html htm xhtml") || contains (lower, "<html") || contains (lower, "<p") ||
       contains (lower, "<!doctype html")))
    return BAL_IMPORT_FORMAT_HTML;
  if (contains (lower, "<html"))
    return BAL_IMPORT_FORMAT_HTML;
  return has_suffix (name, "txt text") ? BAL_IMPORT_FORMAT_TEXT : BAL_IMPORT_FORMAT_AUTO;
}

/* What stands in a folder or archive: an export of a blog or of Letterboxd, else pages. */
static gboolean
guess_source (const char       *path,
              BalImportFormat  *format,
              GError          **error)
{
  g_autoptr(BalImportSource) source = bal_import_source_open (path, error);
  const char *name;
  char *refused;

  *format = BAL_IMPORT_FORMAT_AUTO;
  if (source == NULL)
    return FALSE;

  while (*format == BAL_IMPORT_FORMAT_AUTO || *format >= BAL_IMPORT_FORMAT_MARKDOWN)
    {
      char head[HEAD_BYTES];
      BalImportFormat found;
      gssize n, length = 0;

      if (!bal_import_source_next (source, &name, &refused, NULL))
        break;
      if (refused != NULL)
        {
          g_free (refused);
          continue;
        }
      while (length < HEAD_BYTES &&
             (n = bal_import_source_read (source, head + length, (gsize) (HEAD_BYTES - length), NULL)) > 0)
        length += n;
      found = bal_import_format_guess (head, (gsize) length, name);
      if (found == BAL_IMPORT_FORMAT_AUTO && !bal_import_source_is_many (source) && length > 0 &&
          memchr (head, '\0', (gsize) length) == NULL && head[0] != '<' && !has_suffix (name, "json csv xml atom zip"))
        found = BAL_IMPORT_FORMAT_TEXT;
      if (found != BAL_IMPORT_FORMAT_AUTO && (found < BAL_IMPORT_FORMAT_MARKDOWN || *format == BAL_IMPORT_FORMAT_AUTO))
        *format = found;
    }

  if (*format == BAL_IMPORT_FORMAT_AUTO)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                         _("This is nothing that Balcony can import. Choose an export of WordPress, Blogger or "
                           "Letterboxd, or Markdown, HTML or text files. Nothing was changed."));
  return *format != BAL_IMPORT_FORMAT_AUTO;
}

BalImporter *
bal_importer_open (const char             *path,
                   BalImportFormat         format,
                   const BalImportTarget  *target,
                   GError                **error)
{
  g_autoptr(BalImporter) self = NULL;
  BalImporterPrivate *priv;
  GType type;

  if (format == BAL_IMPORT_FORMAT_AUTO && !guess_source (path, &format, error))
    return NULL;

  type = format == BAL_IMPORT_FORMAT_WXR || format == BAL_IMPORT_FORMAT_BLOGGER ? BAL_TYPE_FEED_IMPORTER :
         format == BAL_IMPORT_FORMAT_LETTERBOXD ? BAL_TYPE_LETTERBOXD_IMPORTER :
         format == BAL_IMPORT_FORMAT_JSON ? BAL_TYPE_JSON_IMPORTER : BAL_TYPE_PAGE_IMPORTER;
  self = g_object_new (type, NULL);
  priv = bal_importer_get_instance_private (self);
  priv->format = format;
  priv->target = target;
  priv->source = bal_import_source_open (path, error);
  return priv->source != NULL ? g_steal_pointer (&self) : NULL;
}

BalImportItem *
bal_importer_next (BalImporter   *self,
                   GCancellable  *cancellable,
                   GError       **error)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (self);

  while (g_queue_is_empty (&priv->items) && !priv->is_done)
    {
      g_autoptr(GError) local_error = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;

      priv->is_done = !BAL_IMPORTER_GET_CLASS (self)->fill (self, &local_error);
      if (local_error != NULL)
        bal_importer_push_note (self, BAL_IMPORT_ITEM_SKIPPED, _("The rest of the file"), local_error->message);
    }

  return g_queue_pop_head (&priv->items);
}

BalImportFormat
bal_importer_get_format (BalImporter *self)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (self);

  return priv->format;
}

double
bal_importer_get_fraction (BalImporter *self)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (self);

  return bal_import_source_get_fraction (priv->source);
}

void
bal_importer_push (BalImporter   *self,
                   BalImportItem *item)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (self);

  g_queue_push_tail (&priv->items, item);
}

void
bal_importer_push_note (BalImporter       *self,
                        BalImportItemKind  kind,
                        const char        *name,
                        const char        *reason)
{
  bal_importer_push (self, bal_import_item_new_note (kind, name, reason));
}

BalImportSource *
bal_importer_get_source (BalImporter *self)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (self);

  return priv->source;
}

const BalImportTarget *
bal_importer_get_target (BalImporter *self)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (self);

  return priv->target;
}

static void
bal_importer_finalize (GObject *object)
{
  BalImporterPrivate *priv = bal_importer_get_instance_private (BAL_IMPORTER (object));

  g_clear_pointer (&priv->source, bal_import_source_close);
  g_queue_clear_full (&priv->items, (GDestroyNotify) bal_import_item_free);

  G_OBJECT_CLASS (bal_importer_parent_class)->finalize (object);
}

static void
bal_importer_class_init (BalImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_importer_finalize;
}

static void
bal_importer_init (BalImporter *self)
{
}
