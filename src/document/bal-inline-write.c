/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-inline.h"

#include "bal-entities.h"
#include "bal-inline-match.h"

#include <string.h>

/* An element as it is to be written. Two with one key mean the same, however they are spelled. */
typedef struct
{
  char *key;
  char *open;
  char *close;
} Wrapper;

typedef struct
{
  GString        *out;
  BalInlineFlags  flags;
  const char     *text;
  gsize           length;
  BalInline      *old;
  GPtrArray      *made;      /* owns every Wrapper */
  GPtrArray      *current;   /* Wrapper: the elements open in @out, outermost first */
} Writer;

/* The one nesting order of what Balcony writes, outermost first. */
static const BalStyle nesting[] = {
  BAL_STYLE_BOLD, BAL_STYLE_ITALIC, BAL_STYLE_UNDERLINE, BAL_STYLE_STRIKE,
  BAL_STYLE_SMALL, BAL_STYLE_SUPERSCRIPT, BAL_STYLE_SUBSCRIPT, BAL_STYLE_CODE,
};

static void
free_wrapper (Wrapper *wrapper)
{
  g_free (wrapper->key);
  g_free (wrapper->open);
  g_free (wrapper->close);
  g_free (wrapper);
}

static Wrapper *
make_wrapper (Writer *self,
              char   *key,
              char   *open,
              char   *close)
{
  Wrapper *wrapper = g_new (Wrapper, 1);

  wrapper->key = key;
  wrapper->open = open;
  wrapper->close = close;
  g_ptr_array_add (self->made, wrapper);
  return wrapper;
}

static char *
style_key (BalStyle style)
{
  return g_strdup_printf ("style %u", style);
}

static char *
link_key (const char *link)
{
  return g_strconcat ("link ", link, NULL);
}

static char *
tag_key (const char *open)
{
  return g_strconcat ("tag ", open, NULL);
}

/* (transfer container): the elements around one character of the old source. */
static GPtrArray *
stack_of_frame (Writer *self,
                guint   index)
{
  GPtrArray *stack = g_ptr_array_new ();

  while (index != 0)
    {
      BalFrame *frame = g_ptr_array_index (self->old->frames, index);
      char *key;

      if (!frame->plain)
        key = tag_key (frame->open);
      else
        key = frame->link != NULL ? link_key (frame->link) : style_key (frame->style);
      g_ptr_array_insert (stack, 0,
                          make_wrapper (self, key, g_strdup (frame->open),
                                        g_strdup (frame->close)));
      index = frame->parent;
    }
  return stack;
}

/* @tag with another address in its href. */
static char *
replace_link (const BalTokens *tokens,
              const BalToken  *tag,
              const char      *link)
{
  g_autoptr(GString) out = g_string_new (NULL);
  const char *start = tokens->source + tag->start;
  BalAttribute attribute;
  gsize cursor = 0;

  while (bal_tokens_next_attribute (tokens, tag, &cursor, &attribute))
    if (attribute.name_length == 4 && g_ascii_strncasecmp (attribute.name, "href", 4) == 0)
      {
        g_string_append_len (out, start, attribute.name + 4 - start);
        g_string_append (out, "=\"");
        bal_entities_append (out, link, strlen (link), TRUE);
        g_string_append_c (out, '"');
        start = tokens->source + cursor;
        break;
      }
  g_string_append_len (out, start, tokens->source + tag->end - start);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Adds the element of a run's own tags, unless the run has lost the style or link that it gave. */
static void
add_own_tag (Writer          *self,
             GPtrArray       *wanted,
             const BalTokens *tokens,
             const BalToken  *tag,
             const BalRun    *run,
             BalStyle        *given,
             gboolean        *linked)
{
  BalStyle style = tag->tag != NULL ? tag->tag->style : BAL_STYLE_NONE;
  g_autofree char *link = NULL;
  char *open = NULL;
  char *close;

  if (style & ~run->style)
    return;
  *given |= style;
  if (bal_tokens_name_is (tokens, tag, "a"))
    link = bal_tokens_dup_attribute (tokens, tag, "href");
  if (link != NULL)
    {
      if (run->link == NULL)
        return;
      *linked = TRUE;
      if (!g_str_equal (link, run->link))
        open = replace_link (tokens, tag, run->link);
    }
  if (open == NULL)
    open = g_strndup (tokens->source + tag->start, tag->end - tag->start);
  close = g_strdup_printf ("</%.*s>", (int) tag->name_length, tokens->source + tag->name_start);
  g_ptr_array_add (wanted, make_wrapper (self, tag_key (open), open, close));
}

/* (transfer container): the elements that a run asks for, outermost first. */
static GPtrArray *
stack_of_run (Writer       *self,
              const BalRun *run)
{
  GPtrArray *wanted = g_ptr_array_new ();
  BalStyle given = BAL_STYLE_NONE;
  gboolean linked = FALSE;

  if (run == NULL)
    return wanted;
  if (run->open != NULL)
    {
      g_autoptr(BalTokens) tokens = bal_tokens_new (run->open, strlen (run->open), FALSE);

      for (guint i = 0; i < tokens->n_tokens; i++)
        if (tokens->tokens[i].type == BAL_TOKEN_START)
          add_own_tag (self, wanted, tokens, &tokens->tokens[i], run, &given, &linked);
    }
  if (run->link != NULL && !linked)
    {
      g_autoptr(GString) open = g_string_new ("<a href=\"");

      bal_entities_append (open, run->link, strlen (run->link), TRUE);
      g_string_append (open, "\">");
      g_ptr_array_add (wanted, make_wrapper (self, link_key (run->link),
                                             g_string_free (g_steal_pointer (&open), FALSE),
                                             g_strdup ("</a>")));
    }
  for (guint i = 0; i < G_N_ELEMENTS (nesting); i++)
    if (run->style & ~given & nesting[i])
      g_ptr_array_add (wanted,
                       make_wrapper (self, style_key (nesting[i]),
                                     g_strdup_printf ("<%s>", bal_tag_for_style (nesting[i])),
                                     g_strdup_printf ("</%s>", bal_tag_for_style (nesting[i]))));
  return wanted;
}

static void
close_to (Writer *self,
          guint   depth)
{
  while (self->current->len > depth)
    {
      Wrapper *top = g_ptr_array_steal_index (self->current, self->current->len - 1);

      g_string_append (self->out, top->close);
    }
}

static void
open_wrapper (Writer  *self,
              Wrapper *wrapper)
{
  g_string_append (self->out, wrapper->open);
  g_ptr_array_add (self->current, wrapper);
}

/* Old source follows: its end tags must find the very elements that they close. */
static void
enter_old_stack (Writer    *self,
                 GPtrArray *stack)
{
  guint common = 0;

  while (common < MIN (self->current->len, stack->len))
    {
      Wrapper *is = g_ptr_array_index (self->current, common);
      Wrapper *wanted = g_ptr_array_index (stack, common);

      if (!g_str_equal (is->key, wanted->key) || !g_str_equal (is->open, wanted->open))
        break;
      common++;
    }
  close_to (self, common);
  for (guint i = common; i < stack->len; i++)
    open_wrapper (self, g_ptr_array_index (stack, i));
}

static Wrapper *
find_wrapper (GPtrArray  *stack,
              const char *key)
{
  for (guint i = 0; i < stack->len; i++)
    if (g_str_equal (((Wrapper *) g_ptr_array_index (stack, i))->key, key))
      return g_ptr_array_index (stack, i);
  return NULL;
}

/* New text follows: elements that go on stay open in whatever order and spelling they have. */
static void
enter_run (Writer       *self,
           const BalRun *run)
{
  g_autoptr(GPtrArray) wanted = stack_of_run (self, run);
  guint kept = 0;

  while (kept < self->current->len)
    {
      Wrapper *is = g_ptr_array_index (self->current, kept);
      Wrapper *same = find_wrapper (wanted, is->key);

      if (same == NULL)
        break;
      g_ptr_array_remove (wanted, same);
      kept++;
    }
  close_to (self, kept);
  for (guint i = 0; i < wanted->len; i++)
    open_wrapper (self, g_ptr_array_index (wanted, i));
}

/* The old character @index follows, or new text of one run with it: both are in its elements. */
static void
enter_old_run (Writer *self,
               guint   index)
{
  g_autoptr(GPtrArray) stack =
    stack_of_frame (self, g_array_index (self->old->atoms, BalAtom, index).frame);

  enter_old_stack (self, stack);
}

/* A newline that stands between text on both sides; two together would begin a new paragraph. */
static gboolean
newline_may_be_bare (const char *text,
                     const char *newline)
{
  const char *before = newline;
  const char *after = newline + 1;

  while (before > text && before[-1] == ' ')
    before--;
  while (*after == ' ')
    after++;
  return before > text && before[-1] != '\n' && *after != '\n' && *after != '\0';
}

const char *
bal_inline_line_break (BalInlineFlags flags)
{
  return (flags & (BAL_INLINE_SLASHES | BAL_INLINE_NEWLINES)) ? "<br />" : "<br>";
}

static void
write_newline (Writer     *self,
               const char *newline)
{
  if (self->flags & BAL_INLINE_PREFORMATTED)
    g_string_append_c (self->out, '\n');
  else if ((self->flags & BAL_INLINE_NEWLINES) && !(self->flags & BAL_INLINE_ELEMENTS) &&
           newline_may_be_bare (self->text, newline))
    g_string_append_c (self->out, '\n');
  else
    g_string_append (self->out, bal_inline_line_break (self->flags));
}

static void
write_text (Writer       *self,
            const char   *start,
            const char   *end,
            const BalRun *run)
{
  const char *p = start;

  if (run != NULL && run->object != NULL)
    {
      g_string_append (self->out, run->object);
      return;
    }
  while (p < end)
    {
      const char *stop = p;
      gboolean tab = FALSE;

      while (stop < end && *stop != '\n' &&
             !(tab = (*stop == '\t' && (self->flags & BAL_INLINE_PREFORMATTED))))
        stop++;
      bal_entities_append (self->out, p, stop - p, FALSE);
      if (stop < end && tab)
        g_string_append_c (self->out, '\t');
      else if (stop < end)
        write_newline (self, stop);
      p = stop < end ? stop + 1 : stop;
    }
}

static guint
copy_old (Writer    *self,
          const int *match,
          guint      at,
          guint      n_characters)
{
  guint first = match[at];
  guint next = at + 1;
  guint last;
  gsize from, to;

  while (next < n_characters && match[next] == match[next - 1] + 1)
    next++;
  last = match[next - 1];
  from = g_array_index (self->old->atoms, BalAtom, first).source_start;
  to = g_array_index (self->old->atoms, BalAtom, last).source_end;

  if (at == 0 && first == 0)
    {
      from = 0;
    }
  else
    {
      enter_old_run (self, first);
    }
  g_ptr_array_unref (self->current);
  self->current = stack_of_frame (self, g_array_index (self->old->atoms, BalAtom, last).frame);
  if (next == n_characters && last == self->old->atoms->len - 1)
    {
      to = self->old->length;
      g_ptr_array_set_size (self->current, 0);
    }
  g_string_append_len (self->out, self->old->source + from, to - from);
  return next;
}

/* Writes characters that the old source does not have, as far as they share a run. */
static guint
write_new (Writer       *self,
           BalBlock     *block,
           const int    *match,
           guint         at,
           guint         n_characters,
           const char  **cursor,
           guint        *run_index)
{
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);
  const BalRun *run = NULL;
  const char *p = *cursor;
  gsize offset = p - self->text;
  gsize limit = self->length;

  while (*run_index < n_runs && runs[*run_index].start + runs[*run_index].length <= offset)
    (*run_index)++;
  if (*run_index < n_runs)
    {
      const BalRun *next = &runs[*run_index];

      if (next->start <= offset)
        {
          run = next;
          limit = next->start + next->length;
        }
      else
        {
          limit = next->start;
        }
    }

  while (at < n_characters && match[at] < 0 && (gsize) (p - self->text) < limit)
    {
      p = g_utf8_next_char (p);
      at++;
    }
  if (run != NULL && at < n_characters && match[at] >= 0 && (gsize) (p - self->text) < limit)
    enter_old_run (self, match[at]);
  else
    enter_run (self, run);
  write_text (self, *cursor, p, run);
  *cursor = p;
  return at;
}

static gboolean
write_lone_space (GString        *out,
                  const char     *text,
                  BalInlineFlags  flags)
{
  if (!(flags & BAL_INLINE_LONE_SPACE))
    return FALSE;
  if (*text == '\0')
    g_string_append (out, "&nbsp;");
  else if (g_str_equal (text, "\xc2\xa0"))
    g_string_append (out, "&#160;");
  else
    return FALSE;
  return TRUE;
}

void
bal_inline_write (GString        *out,
                  BalBlock       *block,
                  BalInlineFlags  flags,
                  BalInline      *old)
{
  Writer writer = { .out = out, .flags = flags, .text = bal_block_get_text (block), .old = old };
  g_autofree int *match = NULL;
  const char *cursor = writer.text;
  guint n_characters, n_runs;
  guint run_index = 0;
  guint at = 0;

  bal_block_get_runs (block, &n_runs);
  if (n_runs == 0 && write_lone_space (out, writer.text, flags))
    return;
  writer.length = strlen (writer.text);

  match = bal_inline_match (block, old, &n_characters);
  writer.made = g_ptr_array_new_with_free_func ((GDestroyNotify) free_wrapper);
  writer.current = g_ptr_array_new ();
  while (at < n_characters)
    {
      guint next;

      if (match[at] >= 0)
        {
          next = copy_old (&writer, match, at, n_characters);
          cursor = g_utf8_offset_to_pointer (cursor, next - at);
        }
      else
        {
          next = write_new (&writer, block, match, at, n_characters, &cursor, &run_index);
        }
      at = next;
    }
  close_to (&writer, 0);
  g_ptr_array_unref (writer.current);
  g_ptr_array_unref (writer.made);
}
