/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <glib/gi18n.h>
#include <string.h>

#define CHUNK_BYTES (64 * 1024)

/* XML exports: of WordPress and of Blogger, one or several in a folder or archive. */
struct _BalFeedImporter
{
  BalImporter          parent_instance;

  /* owned, of the present stream */
  char                *name;
  BalImportFilter     *filter;
  BalImportXml        *xml;      /* NULL until it is known what the stream is */
  GString             *text;
  gpointer             data;

  const BalFeedReader *reader;
  gboolean             is_open;
};

G_DEFINE_FINAL_TYPE (BalFeedImporter, bal_feed_importer, BAL_TYPE_IMPORTER)

static void
close_stream (BalFeedImporter *self)
{
  g_clear_pointer (&self->xml, bal_import_xml_free);
  g_clear_pointer (&self->filter, bal_import_filter_free);
  if (self->data != NULL)
    self->reader->close (self->data);
  self->data = NULL;
  self->reader = NULL;
  g_clear_pointer (&self->name, g_free);
  g_string_truncate (self->text, 0);
  self->is_open = FALSE;
}

static void
note (BalFeedImporter   *self,
      BalImportItemKind  kind,
      char              *reason)
{
  bal_importer_push_note (BAL_IMPORTER (self), kind, self->name, reason);
  g_free (reason);
}

/* What the whole stream needed to be read. */
static void
report_stream (BalFeedImporter *self)
{
  guint64 n_controls = bal_import_filter_get_n_controls (self->filter);
  guint64 n_invalid = bal_import_filter_get_n_invalid (self->filter);
  guint n_errors = self->xml != NULL ? bal_import_xml_get_n_errors (self->xml) : 0;

  if (n_controls > 0)
    note (self, BAL_IMPORT_ITEM_REPAIRED,
          g_strdup_printf (ngettext ("%u control character was replaced by a space.",
                                     "%u control characters were replaced by spaces.", (gulong) n_controls),
                           (guint) n_controls));
  if (n_invalid > 0)
    note (self, BAL_IMPORT_ITEM_REPAIRED,
          g_strdup_printf (ngettext ("%u byte was no text and became “\357\277\275”.",
                                     "%u bytes were no text and became “\357\277\275”.", (gulong) n_invalid),
                           (guint) n_invalid));
  if (n_errors > 0 && bal_import_xml_get_first_error_line (self->xml) > 0)
    note (self, BAL_IMPORT_ITEM_REPAIRED,
          g_strdup_printf (ngettext ("Its XML is wrong in %u place, in line %u; what can be read there came in.",
                                     "Its XML is wrong in %u places, first in line %u; what can be read there came in.",
                                     n_errors),
                           n_errors, bal_import_xml_get_first_error_line (self->xml)));
  if (self->xml != NULL && bal_import_xml_is_truncated (self->xml))
    note (self, BAL_IMPORT_ITEM_SKIPPED,
          g_strdup_printf (_("The file ends too early, in line %u; all that is whole before came in. Export or copy "
                             "it once more for the rest."), bal_import_xml_get_line (self->xml)));
}

static gboolean
open_stream (BalFeedImporter  *self,
             GError          **error)
{
  g_autofree char *refused = NULL;
  const char *name;

  if (!bal_import_source_next (bal_importer_get_source (BAL_IMPORTER (self)), &name, &refused, error))
    return FALSE;

  if (refused != NULL)
    {
      bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, name, refused);
      return TRUE;
    }

  self->name = g_strdup (name);
  self->filter = bal_import_filter_new ();
  self->is_open = TRUE;
  return TRUE;
}

/* FALSE: the stream is no export. */
static gboolean
find_reader (BalFeedImporter *self)
{
  BalImportFormat format = bal_import_format_guess (self->text->str, self->text->len, self->name);

  if (!bal_import_source_is_many (bal_importer_get_source (BAL_IMPORTER (self))))
    format = strstr (self->text->str, "<rss") == NULL && format != BAL_IMPORT_FORMAT_WXR ? BAL_IMPORT_FORMAT_BLOGGER
                                                                                     : BAL_IMPORT_FORMAT_WXR;
  if (format != BAL_IMPORT_FORMAT_WXR && format != BAL_IMPORT_FORMAT_BLOGGER)
    return FALSE;

  self->reader = format == BAL_IMPORT_FORMAT_WXR ? bal_wxr_get_reader () : bal_atom_get_reader ();
  self->data = self->reader->open (BAL_IMPORTER (self));
  self->xml = bal_import_xml_new (&self->reader->xml, self->data);
  return TRUE;
}

/* Other files of an archive may be whole. */
static void
give_up_stream (BalFeedImporter *self,
                const GError    *error)
{
  if (self->xml != NULL)
    bal_import_xml_end (self->xml, NULL);
  report_stream (self);
  bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, self->name, error->message);
  close_stream (self);
}

static gboolean
read_stream (BalFeedImporter  *self,
             GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  char buffer[CHUNK_BYTES];
  gssize n = bal_import_source_read (bal_importer_get_source (BAL_IMPORTER (self)), buffer, sizeof buffer, &local_error);
  gboolean done;

  if (n < 0)
    {
      give_up_stream (self, local_error);
      return TRUE;
    }

  bal_import_filter_push (self->filter, buffer, (gsize) n, n == 0, self->text);
  if (self->xml == NULL && (self->text->len > 0 || n == 0) && !find_reader (self))
    {
      note (self, BAL_IMPORT_ITEM_SKIPPED, g_strdup (_("It is no export of a blog.")));
      close_stream (self);
      return TRUE;
    }

  done = self->xml != NULL && !bal_import_xml_push (self->xml, self->text->str, self->text->len, error);
  g_string_truncate (self->text, 0);
  if (!done && n == 0)
    {
      bal_import_xml_end (self->xml, error);
      done = TRUE;
    }
  if (done)
    {
      report_stream (self);
      close_stream (self);
    }
  return TRUE;
}

static gboolean
bal_feed_importer_fill (BalImporter  *importer,
                        GError      **error)
{
  BalFeedImporter *self = BAL_FEED_IMPORTER (importer);

  return self->is_open ? read_stream (self, error) : open_stream (self, error);
}

static void
bal_feed_importer_finalize (GObject *object)
{
  BalFeedImporter *self = BAL_FEED_IMPORTER (object);

  close_stream (self);
  g_string_free (self->text, TRUE);

  G_OBJECT_CLASS (bal_feed_importer_parent_class)->finalize (object);
}

static void
bal_feed_importer_class_init (BalFeedImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_feed_importer_finalize;
  BAL_IMPORTER_CLASS (klass)->fill = bal_feed_importer_fill;
}

static void
bal_feed_importer_init (BalFeedImporter *self)
{
  self->text = g_string_new (NULL);
}
