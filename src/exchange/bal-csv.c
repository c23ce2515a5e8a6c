/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-csv.h"

struct _BalCsv
{
  GString   *text;               /* what was pushed and not looked at yet */
  gsize      at;
  GPtrArray *row;
  GString   *field;
  gsize      row_bytes;
  guint      line;
  guint      row_line;
  guint      n_too_long;
  gboolean   in_quotes;
  gboolean   was_quoted;         /* the field has had its quotes */
  gboolean   is_cut;
};

BalCsv *
bal_csv_new (void)
{
  BalCsv *self = g_new0 (BalCsv, 1);

  self->text = g_string_new (NULL);
  self->field = g_string_new (NULL);
  self->row = g_ptr_array_new_with_free_func (g_free);
  self->line = self->row_line = 1;
  return self;
}

void
bal_csv_free (BalCsv *self)
{
  if (self == NULL)
    return;

  g_string_free (self->text, TRUE);
  g_string_free (self->field, TRUE);
  g_ptr_array_unref (self->row);
  g_free (self);
}

void
bal_csv_push (BalCsv     *self,
              const char *text,
              gsize       length)
{
  g_string_erase (self->text, 0, (gssize) self->at);
  self->at = 0;
  g_string_append_len (self->text, text, (gssize) length);
}

static void
add_char (BalCsv *self,
          char    c)
{
  if (++self->row_bytes <= BAL_CSV_MOST_BYTES)
    g_string_append_c (self->field, c);
}

static void
end_field (BalCsv *self)
{
  g_ptr_array_add (self->row, g_strndup (self->field->str, self->field->len));
  g_string_truncate (self->field, 0);
  self->row_bytes += 32;
  self->was_quoted = FALSE;
}

/* NULL: an empty line, or a row that is too long. */
static GPtrArray *
end_row (BalCsv *self)
{
  GPtrArray *row = NULL;

  end_field (self);
  if (self->row_bytes > BAL_CSV_MOST_BYTES)
    self->n_too_long++;
  else if (self->row->len > 1 || *(char *) g_ptr_array_index (self->row, 0) != '\0')
    row = g_steal_pointer (&self->row);

  g_clear_pointer (&self->row, g_ptr_array_unref);
  self->row = g_ptr_array_new_with_free_func (g_free);
  self->row_bytes = 0;
  return row;
}

static void
read_quoted (BalCsv *self,
             char    c,
             char    next)
{
  if (c != '"')
    add_char (self, c);
  else if (next == '"')
    {
      add_char (self, c);
      self->at++;
    }
  else
    self->in_quotes = FALSE;
}

GPtrArray *
bal_csv_next (BalCsv   *self,
              gboolean  last)
{
  while (self->at + (last ? 0 : 1) < self->text->len)
    {
      char c = self->text->str[self->at], next = self->text->str[self->at + 1];
      GPtrArray *row;

      if (self->row->len == 0 && self->field->len == 0 && !self->in_quotes && !self->was_quoted)
        self->row_line = self->line;
      self->at++;
      self->line += c == '\n';
      if (self->in_quotes)
        read_quoted (self, c, next);
      else if (c == '"' && self->field->len == 0 && !self->was_quoted)
        self->in_quotes = self->was_quoted = TRUE;
      else if (c == ',')
        end_field (self);
      else if (c == '\n' || c == '\r')
        {
          if (c == '\r' && next == '\n')
            {
              self->at++;
              self->line++;
            }
          if ((row = end_row (self)) != NULL)
            return row;
        }
      else
        add_char (self, c);
      /* Fields beyond the bound of a row are not kept either. */
      if (self->row_bytes > BAL_CSV_MOST_BYTES)
        g_ptr_array_set_size (self->row, 0);
    }

  if (!last)
    return NULL;
  if (self->in_quotes)
    {
      self->is_cut = TRUE;
      self->in_quotes = FALSE;
      g_string_truncate (self->field, 0);
      g_ptr_array_set_size (self->row, 0);
      return NULL;
    }
  return self->row->len > 0 || self->field->len > 0 ? end_row (self) : NULL;
}

gboolean
bal_csv_is_cut (BalCsv *self)
{
  return self->is_cut;
}

guint
bal_csv_get_line (BalCsv *self)
{
  return self->row_line;
}

guint
bal_csv_get_n_too_long (BalCsv *self)
{
  return self->n_too_long;
}
