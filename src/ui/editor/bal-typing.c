/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-typing.h"

#include "bal-editor-buffer-private.h"

#include <string.h>

#define APOSTROPHE 0x2019
#define EN_DASH 0x2013
#define EM_DASH 0x2014
#define MAX_WORD 200       /* characters in which to look for what shows an address */

enum { OPEN, CLOSE, SINGLE_OPEN, SINGLE_CLOSE, N_QUOTES };

/* As the Unicode Common Locale Data Repository has them; English is the first and everybody else's. */
static const struct
{
  const char *language;
  gunichar    quotes[N_QUOTES];
} styles[] = {
  { "en", { 0x201c, 0x201d, 0x2018, 0x2019 } },
  { "cs", { 0x201e, 0x201c, 0x201a, 0x2018 } },
  { "de", { 0x201e, 0x201c, 0x201a, 0x2018 } },
  { "fi", { 0x201d, 0x201d, 0x2019, 0x2019 } },
  { "hu", { 0x201e, 0x201d, 0x00bb, 0x00ab } },
  { "pl", { 0x201e, 0x201d, 0x00ab, 0x00bb } },
  { "sk", { 0x201e, 0x201c, 0x201a, 0x2018 } },
  { "sl", { 0x201e, 0x201c, 0x201a, 0x2018 } },
  { "sv", { 0x201d, 0x201d, 0x2019, 0x2019 } },
};

/* Words that begin with an apostrophe, and with no quotation mark. */
static const char *const elided[] = { "em", "n", "til", "tis", "twas" };

struct _BalTyping
{
  GObject          parent_instance;

  BalEditorBuffer *buffer;        /* borrowed: its text view owns both */
  const gunichar  *quotes;
  gboolean         smart;
  gboolean         shorthand;

  gboolean         in_action;
  gunichar         typed;         /* in this user action; 0: nothing, or more than a character */
  GtkTextMark     *made;          /* before the last quotation mark or dash that was made here … */
  gunichar         made_char;     /* … which is this one; 0: none yet */
  gboolean         can_take_back;
  gboolean         just_made;     /* something, and nothing was typed since; taken back or not */
};

enum { PROP_0, PROP_SMART, PROP_SHORTHAND, N_PROPS };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalTyping, bal_typing, G_TYPE_OBJECT)

/* ---- replacing ---- */

/* The new text first, behind the old one, so that it looks like it. */
static void
replace (BalTyping  *self,
         int         start,
         int         length,
         const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter from, to;

  gtk_text_buffer_get_iter_at_offset (buffer, &to, start + length);
  gtk_text_buffer_insert (buffer, &to, text, -1);
  gtk_text_buffer_get_iter_at_offset (buffer, &from, start);
  gtk_text_buffer_get_iter_at_offset (buffer, &to, start + length);
  gtk_text_buffer_delete (buffer, &from, &to);
}

static void
replace_unichar (BalTyping *self,
                 int        start,
                 int        length,
                 gunichar   c)
{
  char text[7] = { 0 };

  g_unichar_to_utf8 (c, text);
  replace (self, start, length, text);
}

/* The last that happens: any change or movement of the cursor behind it ends it. */
static void
has_made (BalTyping *self)
{
  self->can_take_back = TRUE;
  self->just_made = TRUE;
}

static void
make (BalTyping *self,
      int        start,
      int        length,
      gunichar   c)
{
  GtkTextIter iter;

  bal_editor_buffer_begin_step (self->buffer);
  replace_unichar (self, start, length, c);
  bal_editor_buffer_end_step (self->buffer);
  gtk_text_buffer_get_iter_at_offset (GTK_TEXT_BUFFER (self->buffer), &iter, start);
  gtk_text_buffer_move_mark (GTK_TEXT_BUFFER (self->buffer), self->made, &iter);
  self->made_char = c;
  has_made (self);
}

static gboolean
was_made_at (BalTyping         *self,
             const GtkTextIter *iter)
{
  GtkTextIter made;

  gtk_text_buffer_get_iter_at_mark (GTK_TEXT_BUFFER (self->buffer), &made, self->made);
  return gtk_text_iter_equal (&made, iter) && gtk_text_iter_get_char (iter) == self->made_char;
}

/* ---- what is there ---- */

/* @iter goes back by one character within its line; 0 at its start. */
static gunichar
step_back (GtkTextIter *iter)
{
  if (gtk_text_iter_starts_line (iter) || !gtk_text_iter_backward_char (iter))
    return 0;
  return gtk_text_iter_get_char (iter);
}

static gunichar
char_before (const GtkTextIter *iter)
{
  GtkTextIter back = *iter;

  return step_back (&back);
}

/* @iter: before what was typed. */
static gboolean
get_typed (BalTyping   *self,
           GtkTextIter *iter)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);

  gtk_text_buffer_get_iter_at_mark (buffer, iter, gtk_text_buffer_get_insert (buffer));
  return step_back (iter) == self->typed;
}

/* Neither code nor an address, which are written as they are. */
static gboolean
is_prose (BalTyping         *self,
          const GtkTextIter *typed)
{
  BalLine *line = bal_editor_buffer_get_line (self->buffer, gtk_text_iter_get_line (typed));
  GtkTextIter start = *typed;
  g_autofree char *word = NULL;
  gunichar c;
  BalLook look;

  bal_editor_buffer_get_look (self->buffer, typed, &look);
  if (line == NULL || line->kind == BAL_BLOCK_PREFORMATTED || (look.style & BAL_STYLE_CODE))
    return FALSE;
  for (guint i = 0; i < MAX_WORD && (c = char_before (&start)) != 0 && !g_unichar_isspace (c); i++)
    gtk_text_iter_backward_char (&start);
  word = gtk_text_iter_get_slice (&start, typed);
  return strstr (word, "://") == NULL;
}

/* Whether a quotation is open: of its marks, the nearest before @iter opens one. */
static gboolean
is_open (const GtkTextIter *iter,
         gunichar           open,
         gunichar           close)
{
  GtkTextIter back = *iter;

  for (gunichar c = step_back (&back); c != 0; c = step_back (&back))
    if (c == open || c == close)
      return open != close && c == open;
  return FALSE;
}

/* ---- quotation marks ---- */

static gboolean
opens (BalTyping         *self,
       const GtkTextIter *typed)
{
  const gunichar *quotes = self->quotes;
  gunichar before = char_before (typed);

  if (before == 0 || g_unichar_isspace (before) || strchr ("([{", (int) MIN (before, 0x7f)) != NULL)
    return TRUE;
  if (before == EN_DASH || before == EM_DASH)
    return !is_open (typed, quotes[OPEN], quotes[CLOSE]);
  return (before == quotes[OPEN] && quotes[OPEN] != quotes[CLOSE]) ||
         (before == quotes[SINGLE_OPEN] && quotes[SINGLE_OPEN] != quotes[SINGLE_CLOSE]);
}

static void
type_quote (BalTyping         *self,
            const GtkTextIter *typed)
{
  const gunichar *quotes = self->quotes;
  int offset = gtk_text_iter_get_offset (typed);

  if (self->typed == '"')
    {
      make (self, offset, 1, quotes[opens (self, typed) ? OPEN : CLOSE]);
    }
  else if (!g_unichar_isalnum (char_before (typed)))
    {
      make (self, offset, 1, quotes[opens (self, typed) ? SINGLE_OPEN : SINGLE_CLOSE]);
    }
  else
    {
      gboolean closes = is_open (typed, quotes[SINGLE_OPEN], quotes[SINGLE_CLOSE]);

      /* Within a word it is nobody's quotation mark: no step, or each don't would be two. */
      bal_editor_buffer_begin (self->buffer);
      replace_unichar (self, offset, 1, closes ? quotes[SINGLE_CLOSE] : APOSTROPHE);
      bal_editor_buffer_end (self->buffer);
    }
}

static gboolean
is_elided (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (elided); i++)
    if (g_ascii_strcasecmp (word, elided[i]) == 0)
      return TRUE;
  return FALSE;
}

/* ’90s, rock ’n’ roll: what follows shows that what was taken for a quotation mark is none. */
static void
correct_apostrophe (BalTyping         *self,
                    const GtkTextIter *typed)
{
  gboolean is_digit = g_unichar_isdigit (self->typed);
  GtkTextIter start = *typed;
  g_autofree char *word = NULL;

  for (guint i = 0; !is_digit && i < 5 && g_unichar_isalpha (char_before (&start)); i++)
    gtk_text_iter_backward_char (&start);
  word = gtk_text_iter_get_slice (&start, typed);
  if (step_back (&start) != self->quotes[SINGLE_OPEN] || !was_made_at (self, &start))
    return;
  if (is_digit || (!g_unichar_isalnum (self->typed) && is_elided (word)))
    {
      bal_editor_buffer_begin (self->buffer);
      replace_unichar (self, gtk_text_iter_get_offset (&start), 1, APOSTROPHE);
      bal_editor_buffer_end (self->buffer);
    }
}

/* ---- dashes and ellipses ---- */

/* Dashes that a paragraph begins with wait for what follows: it may be a separator. */
static gboolean
dashes_wait (BalTyping         *self,
             const GtkTextIter *typed)
{
  return self->shorthand && bal_editor_buffer_takes_shorthand (self->buffer, gtk_text_iter_get_line (typed));
}

static void
type_dash (BalTyping         *self,
           const GtkTextIter *typed)
{
  GtkTextIter start = *typed;
  gunichar before = step_back (&start);
  int offset = gtk_text_iter_get_offset (&start);

  if (before == EN_DASH && was_made_at (self, &start))
    {
      /* Back to what was typed first, which an undo brings. */
      bal_editor_buffer_begin (self->buffer);
      replace (self, offset, 1, "--");
      bal_editor_buffer_end (self->buffer);
      make (self, offset, 3, EM_DASH);
    }
  else if (before == '-')
    {
      gunichar first = char_before (&start);

      if (first != '-' && first != '!' && !(first == 0 && dashes_wait (self, typed)))
        make (self, offset, 2, EN_DASH);
    }
}

static void
make_waiting_dashes (BalTyping         *self,
                     const GtkTextIter *typed)
{
  GtkTextIter start = *typed;
  g_autofree char *text = NULL;

  gtk_text_iter_set_line_offset (&start, 0);
  if (gtk_text_iter_get_line_offset (typed) > 3 || !dashes_wait (self, typed))
    return;
  text = gtk_text_iter_get_slice (&start, typed);
  if (g_str_equal (text, "--"))
    make (self, gtk_text_iter_get_offset (&start), 2, EN_DASH);
  else if (g_str_equal (text, "---"))
    make (self, gtk_text_iter_get_offset (&start), 3, EM_DASH);
}

static void
type_full_stop (BalTyping         *self,
                const GtkTextIter *typed)
{
  GtkTextIter start = *typed;

  if (step_back (&start) == '.' && step_back (&start) == '.' && char_before (&start) != '.')
    make (self, gtk_text_iter_get_offset (&start), 3, 0x2026);
}

static void
type_smart (BalTyping *self)
{
  GtkTextIter typed;

  get_typed (self, &typed);
  correct_apostrophe (self, &typed);
  get_typed (self, &typed);
  switch (self->typed)
    {
    case '"':
    case '\'':
      type_quote (self, &typed);
      break;
    case '-':
      type_dash (self, &typed);
      break;
    case '.':
      type_full_stop (self, &typed);
      break;
    default:
      make_waiting_dashes (self, &typed);
      break;
    }
}

/* ---- following the buffer ---- */

static void
insert_text_cb (GtkTextBuffer     *buffer,
                const GtkTextIter *end,
                const char        *text,
                int                length,
                BalTyping         *self)
{
  if (!self->in_action || self->buffer->raw > 0)
    return;
  self->typed = g_utf8_strlen (text, length) == 1 ? g_utf8_get_char (text) : 0;
  self->just_made = FALSE;
}

static void
begin_cb (BalTyping *self)
{
  self->in_action = TRUE;
  self->typed = 0;
}

static void
end_cb (BalTyping *self)
{
  GtkTextIter typed;

  self->in_action = FALSE;
  if (self->typed == 0 || !get_typed (self, &typed))
    return;
  if (self->typed == ' ' && self->shorthand && bal_editor_buffer_shorthand (self->buffer, FALSE))
    has_made (self);
  else if (self->smart && is_prose (self, &typed))
    type_smart (self);
}

static void
will_change_cb (BalTyping *self)
{
  self->can_take_back = FALSE;
}

static void
mark_set_cb (GtkTextBuffer     *buffer,
             const GtkTextIter *location,
             GtkTextMark       *mark,
             BalTyping         *self)
{
  if (mark == gtk_text_buffer_get_insert (buffer))
    self->can_take_back = FALSE;
}

/* ---- object ---- */

static void
bal_typing_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  BalTyping *self = BAL_TYPING (object);

  if (prop_id == PROP_SMART)
    g_value_set_boolean (value, self->smart);
  else if (prop_id == PROP_SHORTHAND)
    g_value_set_boolean (value, self->shorthand);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
bal_typing_set_property (GObject      *object,
                         guint         prop_id,
                         const GValue *value,
                         GParamSpec   *pspec)
{
  BalTyping *self = BAL_TYPING (object);
  gboolean *place = prop_id == PROP_SMART ? &self->smart : &self->shorthand;

  if (prop_id != PROP_SMART && prop_id != PROP_SHORTHAND)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  else if (*place != g_value_get_boolean (value))
    {
      *place = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
    }
}

static void
bal_typing_class_init (BalTypingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = bal_typing_get_property;
  object_class->set_property = bal_typing_set_property;

  properties[PROP_SMART] = g_param_spec_boolean ("smart", NULL, NULL, FALSE, flags);
  properties[PROP_SHORTHAND] = g_param_spec_boolean ("shorthand", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bal_typing_init (BalTyping *self)
{
}

static const gunichar *
find_quotes (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_ascii_strncasecmp (language, styles[i].language, 2) == 0 && !g_ascii_isalpha (language[2]))
      return styles[i].quotes;
  return styles[0].quotes;
}

BalTyping *
bal_typing_new (BalEditorBuffer *buffer,
                const char      *language)
{
  BalTyping *self = g_object_new (BAL_TYPE_TYPING, NULL);
  GtkTextIter start;

  self->buffer = buffer;
  self->quotes = find_quotes (language != NULL ? language
                                               : pango_language_to_string (pango_language_get_default ()));
  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (buffer), &start);
  self->made = gtk_text_buffer_create_mark (GTK_TEXT_BUFFER (buffer), NULL, &start, TRUE);
  g_signal_connect_object (buffer, "insert-text", G_CALLBACK (insert_text_cb), self, G_CONNECT_AFTER);
  g_signal_connect_object (buffer, "begin-user-action", G_CALLBACK (begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "end-user-action", G_CALLBACK (end_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "will-change", G_CALLBACK (will_change_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (buffer, "mark-set", G_CALLBACK (mark_set_cb), self, 0);
  return self;
}

gboolean
bal_typing_enter (BalTyping *self)
{
  g_return_val_if_fail (BAL_IS_TYPING (self), FALSE);

  if (!self->shorthand || self->just_made || !bal_editor_buffer_shorthand (self->buffer, TRUE))
    return FALSE;
  has_made (self);
  return TRUE;
}

gboolean
bal_typing_can_take_back (BalTyping *self)
{
  g_return_val_if_fail (BAL_IS_TYPING (self), FALSE);

  return self->can_take_back;
}
