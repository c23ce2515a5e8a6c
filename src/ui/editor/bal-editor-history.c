/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-editor-history.h"

#define PAUSE_MS 1000

typedef struct
{
  int insert;
  int bound;
} Place;

typedef struct
{
  guint           start;
  GPtrArray      *old_lines;    /* BalLine */
  GPtrArray      *new_lines;    /* BalLine */
  BalEditorForm  *old_form;
  BalEditorForm  *new_form;
  BalEditorBase  *old_base;     /* (nullable) */
  BalEditorBase  *new_base;     /* (nullable) */
  int             field;        /* that was typed in; -1: the body */
  Place           old_place;
  Place           new_place;
  guint64         old_state;
  guint64         new_state;
} Step;

struct _BalEditorHistory
{
  GObject           parent_instance;

  BalEditorBuffer  *buffer;
  GPtrArray        *steps;      /* Step */
  guint             position;   /* steps done; those behind it can be redone */

  GPtrArray        *lines;      /* BalLine: as of the last step */
  BalEditorForm    *form;       /* as it is now */
  BalEditorForm    *old_form;   /* as of the last step */
  BalEditorBase    *base;       /* (nullable) */

  gboolean          open;       /* something was typed since */
  int               field;
  gboolean          has_word;   /* … that is more than white space */
  Place             before;
  Place             after;
  guint             pause_id;
  guint             word_id;

  gboolean          replaying;
  guint64           state;
  guint64           last_state;
};

enum
{
  FORM,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalEditorHistory, bal_editor_history, G_TYPE_OBJECT)

static void
step_free (Step *step)
{
  g_ptr_array_unref (step->old_lines);
  g_ptr_array_unref (step->new_lines);
  bal_editor_form_unref (step->old_form);
  bal_editor_form_unref (step->new_form);
  g_clear_pointer (&step->old_base, bal_editor_base_unref);
  g_clear_pointer (&step->new_base, bal_editor_base_unref);
  g_free (step);
}

static BalEditorBase *
ref_base (BalEditorBase *base)
{
  return base != NULL ? bal_editor_base_ref (base) : NULL;
}

static Place
get_place (BalEditorHistory *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;
  Place place;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  place.insert = gtk_text_iter_get_offset (&iter);
  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_selection_bound (buffer));
  place.bound = gtk_text_iter_get_offset (&iter);
  return place;
}

static void
set_place (BalEditorHistory *self,
           Place             place)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter insert, bound;

  gtk_text_buffer_get_iter_at_offset (buffer, &insert, place.insert);
  gtk_text_buffer_get_iter_at_offset (buffer, &bound, place.bound);
  gtk_text_buffer_select_range (buffer, &insert, &bound);
}

static GPtrArray *
slice (GPtrArray *lines,
       guint      start,
       guint      length)
{
  GPtrArray *part = g_ptr_array_new_full (length, (GDestroyNotify) bal_line_unref);

  for (guint i = 0; i < length; i++)
    g_ptr_array_add (part, bal_line_ref (g_ptr_array_index (lines, start + i)));
  return part;
}

/* (nullable): NULL when nothing is different. */
static Step *
make_step (BalEditorHistory *self,
           GPtrArray        *lines,
           BalEditorForm    *form,
           BalEditorBase    *base)
{
  guint shorter = MIN (self->lines->len, lines->len);
  guint head = 0, tail = 0;
  Step *step;

  while (head < shorter && bal_line_equal (g_ptr_array_index (self->lines, head),
                                           g_ptr_array_index (lines, head)))
    head++;
  while (tail < shorter - head &&
         bal_line_equal (g_ptr_array_index (self->lines, self->lines->len - 1 - tail),
                         g_ptr_array_index (lines, lines->len - 1 - tail)))
    tail++;
  if (head + tail == self->lines->len && head + tail == lines->len &&
      bal_editor_form_equal (self->old_form, form) && self->base == base)
    return NULL;

  step = g_new0 (Step, 1);
  step->start = head;
  step->old_lines = slice (self->lines, head, self->lines->len - head - tail);
  step->new_lines = slice (lines, head, lines->len - head - tail);
  step->old_form = bal_editor_form_ref (self->old_form);
  step->new_form = bal_editor_form_ref (form);
  step->old_base = ref_base (self->base);
  step->new_base = ref_base (base);
  step->field = self->field;
  step->old_place = self->before;
  step->new_place = self->after;
  return step;
}

/* What the number was before anything was typed since the last step. */
static guint64
get_committed_state (BalEditorHistory *self)
{
  if (self->position > 0)
    return ((Step *) g_ptr_array_index (self->steps, self->position - 1))->new_state;
  if (self->steps->len > 0)
    return ((Step *) g_ptr_array_index (self->steps, 0))->old_state;
  return 0;
}

/* Done, and the last one now. */
static void
add_step (BalEditorHistory *self,
          Step             *step)
{
  step->old_state = get_committed_state (self);
  step->new_state = self->state;
  g_ptr_array_set_size (self->steps, self->position);
  g_ptr_array_add (self->steps, step);
  self->position++;
}

void
bal_editor_history_commit (BalEditorHistory *self)
{
  g_autoptr(GPtrArray) lines = NULL;
  Step *step;

  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->word_id, g_source_remove);
  if (!self->open || bal_editor_buffer_is_held (self->buffer))
    return;
  self->open = FALSE;
  lines = bal_editor_buffer_snapshot (self->buffer);
  step = make_step (self, lines, self->form, self->base);
  if (step == NULL)
    self->state = get_committed_state (self);
  else
    add_step (self, step);
  g_ptr_array_unref (self->lines);
  self->lines = g_steal_pointer (&lines);
  bal_editor_form_unref (self->old_form);
  self->old_form = bal_editor_form_ref (self->form);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
pause_cb (gpointer data)
{
  BalEditorHistory *self = data;

  self->pause_id = 0;
  bal_editor_history_commit (self);
  return G_SOURCE_REMOVE;
}

static gboolean
word_cb (gpointer data)
{
  BalEditorHistory *self = data;

  self->word_id = 0;
  bal_editor_history_commit (self);
  return G_SOURCE_REMOVE;
}

static void
open_step (BalEditorHistory *self,
           int               field)
{
  if (self->open && self->field != field)
    bal_editor_history_commit (self);
  if (self->open)
    return;
  self->open = TRUE;
  self->field = field;
  self->has_word = FALSE;
  self->before = self->after = get_place (self);
}

static void
touch (BalEditorHistory *self)
{
  self->state = ++self->last_state;
  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
is_behind_space (BalEditorHistory *self)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (self->buffer);
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_mark (buffer, &iter, gtk_text_buffer_get_insert (buffer));
  return gtk_text_iter_backward_char (&iter) && g_unichar_isspace (gtk_text_iter_get_char (&iter));
}

static void
will_change_cb (BalEditorBuffer  *buffer,
                BalEditorHistory *self)
{
  Place place;

  if (self->replaying)
    return;
  place = get_place (self);
  if (self->open && self->field < 0 &&
      (place.insert != self->after.insert || place.bound != self->after.bound ||
       (self->has_word && is_behind_space (self))))
    bal_editor_history_commit (self);
  open_step (self, -1);
}

static void
edited_cb (BalEditorBuffer  *buffer,
           BalEditorHistory *self)
{
  gboolean behind_space;

  if (self->replaying)
    return;
  self->after = get_place (self);
  behind_space = is_behind_space (self);
  touch (self);
  /* The next key begins a step in any case: what that takes in a long post is done once the space is painted. */
  if (self->has_word && behind_space && self->word_id == 0)
    self->word_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, word_cb, self, NULL);
  self->has_word = self->has_word || !behind_space;
}

static void
step_cb (BalEditorBuffer  *buffer,
         BalEditorHistory *self)
{
  if (!self->replaying)
    bal_editor_history_commit (self);
}

static void
replay (BalEditorHistory *self,
        Step             *step,
        gboolean          forward)
{
  GPtrArray *from = forward ? step->old_lines : step->new_lines;
  GPtrArray *to = forward ? step->new_lines : step->old_lines;
  BalEditorForm *form = forward ? step->new_form : step->old_form;

  self->replaying = TRUE;
  if (from->len > 0 || to->len > 0)
    bal_editor_buffer_splice (self->buffer, step->start, from->len, to);
  set_place (self, forward ? step->new_place : step->old_place);
  g_ptr_array_unref (self->lines);
  self->lines = bal_editor_buffer_snapshot (self->buffer);
  bal_editor_form_ref (form);
  bal_editor_form_unref (self->form);
  self->form = form;
  bal_editor_form_unref (self->old_form);
  self->old_form = bal_editor_form_ref (form);
  bal_editor_history_set_base (self, forward ? step->new_base : step->old_base);
  self->state = forward ? step->new_state : step->old_state;
  g_signal_emit (self, signals[FORM], 0, step->field);
  self->replaying = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bal_editor_history_undo (BalEditorHistory *self)
{
  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  bal_editor_buffer_release (self->buffer);
  bal_editor_history_commit (self);
  if (self->position > 0)
    replay (self, g_ptr_array_index (self->steps, --self->position), FALSE);
}

void
bal_editor_history_redo (BalEditorHistory *self)
{
  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  bal_editor_buffer_release (self->buffer);
  bal_editor_history_commit (self);
  if (self->position < self->steps->len)
    replay (self, g_ptr_array_index (self->steps, self->position++), TRUE);
}

void
bal_editor_history_expect (BalEditorHistory *self)
{
  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  bal_editor_history_commit (self);
  self->state = ++self->last_state;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bal_editor_history_stop_expecting (BalEditorHistory *self)
{
  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  if (self->open || self->state == get_committed_state (self))
    return;
  self->state = get_committed_state (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* A text view is never without one, so a step that empties it leaves one, too. */
static void
add_empty_line (GPtrArray *lines)
{
  g_autoptr(BalBlock) empty = bal_block_new_text (BAL_BLOCK_PARAGRAPH, 0, "", NULL, 0);

  g_ptr_array_add (lines, bal_line_new (BAL_BLOCK_PARAGRAPH, 0, NULL, empty));
}

gboolean
bal_editor_history_put (BalEditorHistory *self,
                        GPtrArray        *blocks,
                        BalEditorForm    *form,
                        BalEditorBase    *base)
{
  g_autoptr(GPtrArray) lines = NULL;
  GtkTextIter iter;
  Step *step;

  g_return_val_if_fail (BAL_IS_EDITOR_HISTORY (self), FALSE);

  bal_editor_history_commit (self);
  if (self->state == get_committed_state (self))
    self->state = ++self->last_state;
  lines = bal_lines_from_blocks (blocks);
  if (lines->len == 0)
    add_empty_line (lines);
  self->field = -1;
  self->before = self->after = get_place (self);
  step = make_step (self, lines, form, base);
  if (step == NULL)
    {
      bal_editor_history_stop_expecting (self);
      return TRUE;
    }
  /* What comes before it is the same in both. */
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (self->buffer), &iter, step->start);
  step->new_place.insert = step->new_place.bound = gtk_text_iter_get_offset (&iter);
  add_step (self, step);
  replay (self, step, TRUE);
  return (guint) gtk_text_buffer_get_line_count (GTK_TEXT_BUFFER (self->buffer)) ==
         bal_editor_buffer_get_n_lines (self->buffer) + 1;
}

gboolean
bal_editor_history_can_undo (BalEditorHistory *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_HISTORY (self), FALSE);

  return self->open || self->position > 0;
}

gboolean
bal_editor_history_can_redo (BalEditorHistory *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_HISTORY (self), FALSE);

  return !self->open && self->position < self->steps->len;
}

guint64
bal_editor_history_get_state (BalEditorHistory *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_HISTORY (self), 0);

  return self->state;
}

BalEditorBase *
bal_editor_history_get_base (BalEditorHistory *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_HISTORY (self), NULL);

  return self->base;
}

void
bal_editor_history_set_base (BalEditorHistory *self,
                             BalEditorBase    *base)
{
  BalEditorBase *old;

  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  old = self->base;
  self->base = ref_base (base);
  g_clear_pointer (&old, bal_editor_base_unref);
}

BalEditorForm *
bal_editor_history_get_form (BalEditorHistory *self)
{
  g_return_val_if_fail (BAL_IS_EDITOR_HISTORY (self), NULL);

  return self->form;
}

void
bal_editor_history_set_form (BalEditorHistory *self,
                             BalEditorField    field,
                             BalEditorForm    *form)
{
  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  if (self->replaying || bal_editor_form_equal (self->form, form))
    return;
  open_step (self, field);
  bal_editor_form_ref (form);
  bal_editor_form_unref (self->form);
  self->form = form;
  touch (self);
}

void
bal_editor_history_reset (BalEditorHistory *self,
                          BalEditorForm    *form)
{
  g_return_if_fail (BAL_IS_EDITOR_HISTORY (self));

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->word_id, g_source_remove);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->form, bal_editor_form_unref);
  g_clear_pointer (&self->old_form, bal_editor_form_unref);
  g_clear_pointer (&self->base, bal_editor_base_unref);
  g_ptr_array_set_size (self->steps, 0);
  self->position = 0;
  self->open = FALSE;
  self->state = self->last_state = 0;
  self->lines = bal_editor_buffer_snapshot (self->buffer);
  self->form = bal_editor_form_ref (form);
  self->old_form = bal_editor_form_ref (form);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
bal_editor_history_dispose (GObject *object)
{
  BalEditorHistory *self = BAL_EDITOR_HISTORY (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  g_clear_handle_id (&self->word_id, g_source_remove);
  if (self->buffer != NULL)
    g_signal_handlers_disconnect_by_data (self->buffer, self);
  g_clear_object (&self->buffer);
  G_OBJECT_CLASS (bal_editor_history_parent_class)->dispose (object);
}

static void
bal_editor_history_finalize (GObject *object)
{
  BalEditorHistory *self = BAL_EDITOR_HISTORY (object);

  g_ptr_array_unref (self->steps);
  g_clear_pointer (&self->lines, g_ptr_array_unref);
  g_clear_pointer (&self->form, bal_editor_form_unref);
  g_clear_pointer (&self->old_form, bal_editor_form_unref);
  g_clear_pointer (&self->base, bal_editor_base_unref);
  G_OBJECT_CLASS (bal_editor_history_parent_class)->finalize (object);
}

static void
bal_editor_history_class_init (BalEditorHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = bal_editor_history_dispose;
  object_class->finalize = bal_editor_history_finalize;

  signals[FORM] = g_signal_new ("form", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bal_editor_history_init (BalEditorHistory *self)
{
  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
}

BalEditorHistory *
bal_editor_history_new (BalEditorBuffer *buffer)
{
  BalEditorHistory *self = g_object_new (BAL_TYPE_EDITOR_HISTORY, NULL);

  self->buffer = g_object_ref (buffer);
  g_signal_connect (buffer, "will-change", G_CALLBACK (will_change_cb), self);
  g_signal_connect (buffer, "edited", G_CALLBACK (edited_cb), self);
  g_signal_connect (buffer, "step", G_CALLBACK (step_cb), self);
  return self;
}
