/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-import-item.h"

#include <string.h>

#include "bal-item-name.h"

static BalImportItem *
item_new (BalImportItemKind  kind,
          const char        *source,
          const char        *key)
{
  BalImportItem *self = g_new0 (BalImportItem, 1);

  self->kind = kind;
  self->source = g_strdup (source);
  self->key = g_strdup (key);
  return self;
}

BalImportItem *
bal_import_item_new_review (const char *source,
                            const char *key)
{
  BalImportItem *self = item_new (BAL_IMPORT_ITEM_REVIEW, source, key);

  self->review = bal_review_new (0);
  return self;
}

BalImportItem *
bal_import_item_new_comment (const char *source,
                             const char *key)
{
  BalImportItem *self = item_new (BAL_IMPORT_ITEM_COMMENT, source, key);

  self->comment = bal_comment_new (0);
  return self;
}

BalImportItem *
bal_import_item_new_note (BalImportItemKind  kind,
                          const char        *name,
                          const char        *reason)
{
  BalImportItem *self = item_new (kind, NULL, NULL);

  self->name = g_strdup (name);
  self->reason = g_strdup (reason);
  return self;
}

char *
bal_import_item_dup_name (BalImportItem *self)
{
  if (self->review != NULL)
    return bal_item_name_of_review (self->review);
  return self->comment != NULL ? bal_item_name_of_comment (self->comment) : bal_item_name_of (self->name);
}

static void
add_text (GChecksum  *checksum,
          const char *text)
{
  if (text != NULL)
    g_checksum_update (checksum, (const guchar *) text, (gssize) strlen (text));
  g_checksum_update (checksum, (const guchar *) "", 1);
}

const char *
bal_import_item_get_hash (BalImportItem *self)
{
  g_autoptr(GChecksum) checksum = NULL;

  if (self->hash != NULL)
    return self->hash;

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  if (self->review != NULL)
    {
      add_text (checksum, bal_review_get_title (self->review));
      add_text (checksum, bal_review_get_html (self->review));
    }
  else if (self->comment != NULL)
    {
      add_text (checksum, bal_comment_get_html (self->comment));
    }

  return self->hash = g_strndup (g_checksum_get_string (checksum), 16);
}

static gsize
length_of (const char *text)
{
  return text != NULL ? strlen (text) : 0;
}

gsize
bal_import_item_get_size (BalImportItem *self)
{
  gsize size = sizeof *self + length_of (self->key) + length_of (self->reason);

  if (self->review != NULL)
    size += 500 + length_of (bal_review_get_html (self->review)) + length_of (bal_review_get_excerpt (self->review));
  if (self->extra != NULL)
    size += bal_import_extra_get_size (self->extra);
  if (self->comment != NULL)
    size += 500 + length_of (bal_comment_get_html (self->comment));
  return size;
}

void
bal_import_item_free (BalImportItem *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->review);
  g_clear_object (&self->comment);
  g_free (self->source);
  g_free (self->key);
  g_free (self->hash);
  g_free (self->name);
  g_free (self->reason);
  g_free (self->review_key);
  g_free (self->parent_key);
  g_free (self->folder);
  g_free (self->page);
  g_clear_pointer (&self->extra, bal_import_extra_free);
  g_free (self);
}
