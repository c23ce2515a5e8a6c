/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-csv.h"

/* Damaged rows are read once more; not for ever. */
#define MOST_REREAD (64 * 1024 * 1024)

struct _BalCsv
{
  GString   *text;               /* what was pushed, from the present row on */
  gsize      start;              /* of that row in it */
  gsize      second;             /* where its second line begins; 0: it has none */
  gsize      at;
  gsize      n_reread;
  gsize      reread_end;         /* where what is read once more ends */
  GPtrArray *row;
  GString   *field;
  gsize      row_bytes;
  guint      line;
  guint      row_line;
  guint      cut_line;           /* 0: no quotation mark stays open */
  guint      lost_line;          /* 0: all damaged rows were read once more */
  guint      n_too_long;
  char       line_end;           /* '\0': the first line is being read */
  gboolean   has_escapes;
  gboolean   in_quotes;
  gboolean   was_quoted;         /* the field has had its quotes */
  gboolean   is_open_ended;
  gboolean   is_odd;             /* something stands behind the closing quote of a field */
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
  g_string_erase (self->text, 0, (gssize) self->start);
  self->at -= self->start;
  self->second -= MIN (self->second, self->start);
  self->reread_end -= MIN (self->reread_end, self->start);
  self->start = 0;
  g_string_append_len (self->text, text, (gssize) length);
}

void
bal_csv_set_escapes (BalCsv   *self,
                     gboolean  has_escapes)
{
  self->has_escapes = has_escapes;
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
  if (c == '\\' && self->has_escapes && (next == '"' || next == '\\'))
    {
      add_char (self, next);
      self->at++;
    }
  else if (c != '"')
    add_char (self, c);
  else if (next == '"')
    {
      add_char (self, c);
      self->at++;
    }
  else
    self->in_quotes = FALSE;
}

static gboolean
is_between_rows (BalCsv *self)
{
  return self->row->len == 0 && self->field->len == 0 && !self->in_quotes && !self->was_quoted;
}

static void
begin_row (BalCsv *self)
{
  self->start = self->at;
  self->second = 0;
  self->is_odd = FALSE;
  self->row_line = self->line;
}

gboolean
bal_csv_reread (BalCsv *self)
{
  if (self->second == 0)
    return FALSE;
  if (self->n_reread > MOST_REREAD)
    {
      self->lost_line = self->lost_line != 0 ? self->lost_line : self->row_line;
      return FALSE;
    }

  self->n_reread += self->at - self->second;
  self->reread_end = MAX (self->reread_end, self->at);
  self->is_open_ended = FALSE;
  self->at = self->second;
  self->line = self->row_line + 1;
  self->in_quotes = self->was_quoted = FALSE;
  self->row_bytes = 0;
  g_string_truncate (self->field, 0);
  g_ptr_array_set_size (self->row, 0);
  begin_row (self);
  return TRUE;
}

/* Beyond the bound of a row nothing of it is kept. */
static void
end_long_row (BalCsv *self)
{
  g_ptr_array_set_size (self->row, 0);
  if (bal_csv_reread (self))
    self->n_too_long++;
  else
    self->start = self->at;
}

/* A carriage return alone ends lines in files where it ended the first one; in others it is text. */
static void
count_line (BalCsv *self,
            char    c,
            char    next)
{
  if (self->line_end == '\0' && c == '\r' && next != '\n')
    self->line_end = '\r';
  if (c != (self->line_end != '\0' ? self->line_end : '\n'))
    return;

  self->line++;
  self->line_end = c;
  if (self->second == 0)
    self->second = self->at;
}

/* NULL: the text ends. */
static GPtrArray *
read_row (BalCsv   *self,
          gboolean  last)
{
  while (self->at + (last ? 0 : 1) < self->text->len)
    {
      char c = self->text->str[self->at], next = self->text->str[self->at + 1];
      GPtrArray *row;

      if (is_between_rows (self) && self->row_bytes == 0)
        begin_row (self);
      self->at++;
      count_line (self, c, next);
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
              count_line (self, next, '\0');
            }
          if ((row = end_row (self)) != NULL)
            return row;
        }
      else
        {
          self->is_odd |= self->was_quoted;
          add_char (self, c);
        }
      if (self->row_bytes > BAL_CSV_MOST_BYTES)
        end_long_row (self);
    }

  if (is_between_rows (self) && self->row_bytes == 0)
    self->start = self->at;
  return NULL;
}

GPtrArray *
bal_csv_next (BalCsv   *self,
              gboolean  last)
{
  for (;;)
    {
      GPtrArray *row = read_row (self, last);

      if (row != NULL || !last)
        return row;
      if (!self->in_quotes)
        break;

      /* What it took for one text may be whole rows behind a damaged one. */
      if (self->cut_line == 0)
        self->cut_line = self->row_line;
      if (bal_csv_reread (self))
        continue;
      self->in_quotes = FALSE;
      g_string_truncate (self->field, 0);
      g_ptr_array_set_size (self->row, 0);
      return NULL;
    }

  if (self->row->len == 0 && self->field->len == 0)
    return NULL;
  self->is_open_ended = TRUE;
  return end_row (self);
}

gboolean
bal_csv_is_reread (BalCsv *self)
{
  return self->start < self->reread_end;
}

guint
bal_csv_get_lost_line (BalCsv *self)
{
  return self->lost_line;
}

char
bal_csv_get_line_end (BalCsv *self)
{
  return self->line_end != '\0' ? self->line_end : '\n';
}

guint
bal_csv_get_cut_line (BalCsv *self)
{
  return self->cut_line;
}

gboolean
bal_csv_is_odd (BalCsv *self)
{
  return self->is_odd;
}

gboolean
bal_csv_is_open_ended (BalCsv *self)
{
  return self->is_open_ended;
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
