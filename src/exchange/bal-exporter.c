/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-exporter.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "bal-exporters.h"
#include "bal-item-name.h"

typedef struct
{
  /* owned */
  char            *path;
  BalExportFile   *file;         /* (nullable): of a format that is one file */

  /* borrowed */
  BalBlog         *blog;
  BalTransaction  *transaction;
  BalExportReport *report;
} BalExporterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BalExporter, bal_exporter, G_TYPE_OBJECT)

/* A format is a file and a line here. */
static const struct
{
  const char *nick;
  const char *label;
  const char *suffix;            /* NULL: it is a folder */
  GType     (*get_type) (void);
} formats[BAL_EXPORT_N_FORMATS] = {
  [BAL_EXPORT_FORMAT_WXR] = { "wxr", N_("WordPress export"), "xml", bal_wxr_exporter_get_type },
  [BAL_EXPORT_FORMAT_ATOM] = { "atom", N_("Blogger backup"), "xml", bal_atom_exporter_get_type },
  [BAL_EXPORT_FORMAT_MARKDOWN] = { "markdown", N_("Markdown folder"), NULL, bal_markdown_exporter_get_type },
  [BAL_EXPORT_FORMAT_SITE] = { "html", N_("Web pages"), NULL, bal_site_exporter_get_type },
  [BAL_EXPORT_FORMAT_LETTERBOXD] = { "letterboxd", N_("Letterboxd (CSV)"), NULL, bal_letterboxd_exporter_get_type },
  [BAL_EXPORT_FORMAT_JSON] = { "json", N_("Everything (JSON)"), "json", bal_json_exporter_get_type },
};

const char *
bal_export_format_to_nick (BalExportFormat format)
{
  return formats[format].nick;
}

gboolean
bal_export_format_from_nick (const char      *nick,
                             BalExportFormat *format)
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
bal_export_format_get_label (BalExportFormat format)
{
  return _(formats[format].label);
}

const char *
bal_export_format_get_suffix (BalExportFormat format)
{
  return formats[format].suffix;
}

gboolean
bal_export_format_is_folder (BalExportFormat format)
{
  return formats[format].suffix == NULL;
}

BalExporter *
bal_exporter_open (BalExportFormat   format,
                   const char       *path,
                   BalBlog          *blog,
                   BalTransaction   *transaction,
                   BalExportReport  *report,
                   GError          **error)
{
  g_autoptr(BalExporter) self = g_object_new (formats[format].get_type (), NULL);
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);
  BalExporterClass *klass = BAL_EXPORTER_GET_CLASS (self);

  priv->path = g_strdup (path);
  priv->blog = blog;
  priv->transaction = transaction;
  priv->report = report;

  /* A file has the addresses of people in it; a folder is made to be shown. */
  if (!bal_export_format_is_folder (format) && (priv->file = bal_export_file_new (path, TRUE, error)) == NULL)
    return NULL;
  return klass->begin == NULL || klass->begin (self, error) ? g_steal_pointer (&self) : NULL;
}

gboolean
bal_exporter_add (BalExporter            *self,
                  const BalExportReview  *item,
                  GError                **error)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);

  return BAL_EXPORTER_GET_CLASS (self)->add (self, item, error) &&
         (priv->file == NULL || bal_export_file_check (priv->file, error));
}

gboolean
bal_exporter_end (BalExporter  *self,
                  GError      **error)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);
  BalExporterClass *klass = BAL_EXPORTER_GET_CLASS (self);

  return (klass->end == NULL || klass->end (self, error)) &&
         (priv->file == NULL || bal_export_file_close (g_steal_pointer (&priv->file), error));
}

BalBlog *
bal_exporter_get_blog (BalExporter *self)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);

  return priv->blog;
}

BalTransaction *
bal_exporter_get_transaction (BalExporter *self)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);

  return priv->transaction;
}

BalExportReport *
bal_exporter_get_report (BalExporter *self)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);

  return priv->report;
}

BalExportFile *
bal_exporter_get_file (BalExporter *self)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);

  g_assert (priv->file != NULL);
  return priv->file;
}

BalExportFile *
bal_exporter_new_file (BalExporter  *self,
                       const char   *name,
                       GError      **error)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);
  g_autofree char *path = g_build_filename (priv->path, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0777) < 0)
    {
      bal_export_set_error (errno, error);
      return NULL;
    }
  return bal_export_file_new (path, FALSE, error);
}

gboolean
bal_exporter_copy_file (BalExporter  *self,
                        const char   *source,
                        const char   *name,
                        GError      **error)
{
  BalExportFile *file = bal_exporter_new_file (self, name, error);

  if (file == NULL)
    return FALSE;

  bal_export_file_put_file (file, source);
  return bal_export_file_close (file, error);
}

gboolean
bal_exporter_note (BalExporter  *self,
                   guint         kind,
                   const char   *name,
                   const char   *reason,
                   GError      **error)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (self);

  return bal_export_report_add (priv->report, kind, name, reason, error);
}

gboolean
bal_exporter_note_review (BalExporter  *self,
                          guint         kind,
                          BalReview    *review,
                          const char   *reason,
                          GError      **error)
{
  g_autofree char *name = bal_item_name_of_review (review);

  return bal_exporter_note (self, kind, name, reason, error);
}

gboolean
bal_exporter_note_comment (BalExporter  *self,
                           guint         kind,
                           BalComment   *comment,
                           const char   *reason,
                           GError      **error)
{
  g_autofree char *name = bal_item_name_of_comment (comment);

  return bal_exporter_note (self, kind, name, reason, error);
}

static void
bal_exporter_finalize (GObject *object)
{
  BalExporterPrivate *priv = bal_exporter_get_instance_private (BAL_EXPORTER (object));

  g_clear_pointer (&priv->file, bal_export_file_free);
  g_free (priv->path);

  G_OBJECT_CLASS (bal_exporter_parent_class)->finalize (object);
}

static void
bal_exporter_class_init (BalExporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_exporter_finalize;
}

static void
bal_exporter_init (BalExporter *self)
{
}
