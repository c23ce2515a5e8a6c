/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-importers.h"

#include <glib/gi18n.h>
#include <jansson.h>
#include <string.h>

#include "bal-error.h"
#include "bal-json-format.h"
#include "bal-json-item.h"
#include "bal-json-stream.h"

/* One thing of the file: a picture of 64 MB in base64, or a text that nobody writes. */
#define MOST_BYTES (96 * 1024 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

struct _BalJsonImporter
{
  BalImporter    parent_instance;

  /* owned */
  BalJsonStream *stream;         /* (nullable): before the first, and behind the last */
  GString       *value;          /* that is being read */
  char          *source;         /* (nullable): whose things these are */
  json_t        *blog;           /* (nullable): what the file says of it */

  gboolean       in_items;
  gboolean       had_items;
  gboolean       is_closed;      /* the end of the whole was read */
  gboolean       is_damage_told; /* and nothing was whole since */
};

G_DEFINE_FINAL_TYPE (BalJsonImporter, bal_json_importer, BAL_TYPE_IMPORTER)

gboolean
bal_json_guess (const char *head)
{
  return *head == '{' && strstr (head, "\"format\"") != NULL && strstr (head, "\"" BAL_JSON_FORMAT "\"") != NULL;
}

static void
note_part (BalJsonImporter *self,
           const char      *reason)
{
  bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, _("A part of the file"), reason);
}

/* Once for each stretch of it. */
static void
note_damage (BalJsonImporter *self)
{
  if (!self->is_damage_told)
    note_part (self, _("It is damaged; what is behind it comes in."));
  self->is_damage_told = TRUE;
}

/* (transfer full) (nullable): NULL with @error: the file ends; without: the value is damaged, or too large. */
static json_t *
read_value (BalJsonImporter  *self,
            GError          **error)
{
  json_t *value;
  gsize length;

  if (!bal_json_stream_read (self->stream, MOST_BYTES, self->value, &length, error))
    return NULL;

  value = json_loadb (self->value->str, self->value->len, JSON_DECODE_ANY, NULL);
  /* Two damaged items are two, without anything between them. */
  if (value != NULL || g_str_has_prefix (self->value->str, "{\"type\":"))
    self->is_damage_told = FALSE;
  if (value == NULL && self->value->len == 0 && length > 0)
    note_part (self, _("It is larger than anything that Balcony writes."));
  else if (value == NULL)
    note_damage (self);
  return value;
}

static void
push_item (BalJsonImporter *self,
           const json_t    *value)
{
  g_autofree char *reason = NULL;
  BalImportItem *item = bal_json_item_read (value, self->source != NULL ? self->source : "balcony:",
                                            bal_importer_get_target (BAL_IMPORTER (self)), &reason);

  if (item == NULL)
    {
      if (reason != NULL)
        note_part (self, reason);
      return;
    }
  if (reason != NULL)
    {
      g_autofree char *name = bal_import_item_dup_name (item);

      bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_REPAIRED, name, reason);
    }
  bal_importer_push (BAL_IMPORTER (self), item);
}

/* Whatever stands before the items, or behind them. */
static gboolean
take_member (BalJsonImporter  *self,
             const char       *name,
             const json_t     *value,
             GError          **error)
{
  const char *url = json_string_value (json_object_get (value, "url"));
  const char *blog = json_string_value (json_object_get (value, "name"));

  if (g_str_equal (name, "version") && json_integer_value (value) > BAL_JSON_VERSION)
    {
      g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID,
                           _("A later version of Balcony wrote this file. Import it with that version."));
      return FALSE;
    }
  if (g_str_equal (name, "blog") && self->source == NULL)
    self->source = bal_json_make_source (url, blog);
  if (g_str_equal (name, "blog") && self->blog == NULL)
    self->blog = json_incref ((json_t *) value);
  /* Behind the blog, before the items. */
  if (g_str_equal (name, "numbers") && self->blog != NULL && bal_importer_get_target (BAL_IMPORTER (self))->is_whole)
    bal_importer_push (BAL_IMPORTER (self), bal_json_item_read_blog (self->blog, value));
  return TRUE;
}

static void
set_cut (GError **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, _("The file ends in the middle; what is before that comes in."));
}

/* Damage, such as a bracket too many, does not end the items: what is behind it is read. FALSE: no item is. */
static gboolean
pass_damage (BalJsonImporter  *self,
             GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean is_closed, is_found = bal_json_stream_seek (self->stream, &is_closed, &local_error);

  if (is_found || self->had_items)
    note_damage (self);
  if (is_found)
    self->in_items = self->had_items = TRUE;
  else if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!is_closed && !self->is_closed)
    set_cut (error);
  return is_found;
}

/* One member of the whole; FALSE behind the last. */
static gboolean
read_member (BalJsonImporter  *self,
             GError          **error)
{
  g_autoptr(GError) local_error = NULL;
  g_autoptr(json_t) name = NULL;
  g_autoptr(json_t) value = NULL;
  char c;

  if (self->had_items && bal_json_stream_peek (self->stream, NULL) == '{')
    return pass_damage (self, error);
  c = bal_json_stream_next (self->stream, &local_error);
  if (c == '}' && bal_json_stream_peek (self->stream, &local_error) == '\0')
    return FALSE;
  self->is_closed |= c == '}' && self->had_items;
  if (c == '{' || (c == ',' && bal_json_stream_peek (self->stream, &local_error) == '"'))
    name = read_value (self, &local_error);
  if (json_is_string (name) && bal_json_stream_next (self->stream, &local_error) == ':')
    {
      if (g_str_equal (json_string_value (name), "items") && bal_json_stream_peek (self->stream, &local_error) == '[')
        {
          bal_json_stream_next (self->stream, NULL);
          self->in_items = self->had_items = TRUE;
          return TRUE;
        }
      value = read_value (self, &local_error);
      if (value != NULL)
        return take_member (self, json_string_value (name), value, error);
      if (local_error == NULL)
        return TRUE;
    }

  if (local_error == NULL && c != '\0')
    return pass_damage (self, error);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    set_cut (error);
  return FALSE;
}

/* The next of the items, which are objects: what begins like none is damage. */
static gboolean
read_item (BalJsonImporter  *self,
           GError          **error)
{
  g_autoptr(json_t) value = NULL;
  g_autoptr(GError) local_error = NULL;
  char c = bal_json_stream_peek (self->stream, &local_error);

  if (c == ',' || c == ']')
    {
      bal_json_stream_next (self->stream, NULL);
      self->in_items = c == ',';
      return TRUE;
    }
  if (c != '{' && c != '\0')
    return pass_damage (self, error);

  if (local_error == NULL)
    value = read_value (self, &local_error);
  if (value != NULL)
    push_item (self, value);
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
open_stream (BalJsonImporter  *self,
             gboolean         *is_there,
             GError          **error)
{
  BalImportSource *source = bal_importer_get_source (BAL_IMPORTER (self));
  const char *name;
  char *refused;

  *is_there = bal_import_source_next (source, &name, &refused, error);
  if (!*is_there)
    return FALSE;

  if (refused != NULL)
    {
      bal_importer_push_note (BAL_IMPORTER (self), BAL_IMPORT_ITEM_SKIPPED, name, refused);
      g_free (refused);
      return TRUE;
    }
  self->stream = bal_json_stream_new (source);
  self->in_items = self->had_items = self->is_closed = self->is_damage_told = FALSE;
  return TRUE;
}

static gboolean
bal_json_importer_fill (BalImporter  *importer,
                        GError      **error)
{
  BalJsonImporter *self = BAL_JSON_IMPORTER (importer);
  g_autoptr(GError) local_error = NULL;
  gboolean is_there;

  if (self->stream == NULL)
    return open_stream (self, &is_there, error);

  if (self->in_items ? read_item (self, &local_error) : read_member (self, &local_error))
    return TRUE;

  g_clear_pointer (&self->stream, bal_json_stream_free);
  if (local_error != NULL)
    bal_importer_push_note (importer, BAL_IMPORT_ITEM_SKIPPED, _("The rest of the file"), local_error->message);
  return TRUE;
}

static void
bal_json_importer_finalize (GObject *object)
{
  BalJsonImporter *self = BAL_JSON_IMPORTER (object);

  g_clear_pointer (&self->stream, bal_json_stream_free);
  g_string_free (self->value, TRUE);
  g_clear_pointer (&self->blog, json_decref);
  g_free (self->source);

  G_OBJECT_CLASS (bal_json_importer_parent_class)->finalize (object);
}

static void
bal_json_importer_class_init (BalJsonImporterClass *klass)
{
  BAL_IMPORTER_CLASS (klass)->fill = bal_json_importer_fill;
  G_OBJECT_CLASS (klass)->finalize = bal_json_importer_finalize;
}

static void
bal_json_importer_init (BalJsonImporter *self)
{
  self->value = g_string_new (NULL);
}
