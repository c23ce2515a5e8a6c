/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-table-view.h"

#include <glib/gi18n.h>

#include "bal-cell-text.h"
#include "bal-table-cell.h"

#define MAX_ROWS 200
#define MAX_CELLS 2000
#define MAX_COLUMNS 60

struct _BalTableView
{
  GtkWidget     parent_instance;

  BalBlock     *block;
  BalTable     *table;       /* of @block; while a cell is edited, as it was before */
  BalBlock     *said;        /* (nullable): what it says with what is typed */
  guint         n_rows;      /* shown */
  GPtrArray    *cells;       /* BalTableCell: borrowed, in reading order */
  BalTableCell *edited;      /* (nullable) borrowed */

  GtkWidget    *scroller;
  GtkWidget    *grid;
  GtkWidget    *more;        /* (nullable) */
};

enum
{
  BEGAN,
  EDITED,
  ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BalTableView, bal_table_view, GTK_TYPE_WIDGET)

/* ---- editing ---- */

gboolean
bal_table_view_is_editing (BalTableView *self)
{
  g_return_val_if_fail (BAL_IS_TABLE_VIEW (self), FALSE);

  return self->edited != NULL;
}

static void
take_said (BalTableView *self)
{
  BalTable *table = self->said != NULL ? bal_table_new_from_block (self->said) : NULL;

  if (table != NULL)
    {
      bal_table_free (self->table);
      self->table = table;
      bal_block_unref (self->block);
      self->block = bal_block_ref (self->said);
    }
  g_clear_pointer (&self->said, bal_block_unref);
}

void
bal_table_view_finish (BalTableView *self)
{
  BalTableCell *cell = g_steal_pointer (&self->edited);

  g_return_if_fail (BAL_IS_TABLE_VIEW (self));

  if (cell == NULL)
    return;
  take_said (self);
  bal_table_cell_end (cell);
  bal_table_cell_show (cell, self->table);
  g_signal_emit (self, signals[ENDED], 0);
}

/* A scrolled window would look to what has the focus, which has no place as yet. */
static void
scroll_to (BalTableView *self,
           GtkWidget    *cell)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  GtkAllocation place;

  gtk_widget_get_allocation (cell, &place);
  gtk_adjustment_clamp_page (adjustment, place.x, place.x + place.width);
}

static gboolean
begin (BalTableView *self,
       BalTableCell *cell)
{
  BalBlock *content;

  bal_table_view_finish (self);
  content = bal_table_cell_get_editable (cell, self->table);
  if (content == NULL)
    return FALSE;
  g_signal_emit (self, signals[BEGAN], 0);
  self->edited = cell;
  bal_table_cell_begin (cell, bal_block_get_text (content));
  scroll_to (self, GTK_WIDGET (cell));
  return TRUE;
}

static void
changed_cb (BalTableView *self)
{
  BalBlock *content = bal_table_cell_get_editable (self->edited, self->table);
  g_autofree char *text = bal_table_cell_dup_text (self->edited);
  g_autoptr(BalBlock) replaced = bal_cell_text_replace (content, text);

  g_clear_pointer (&self->said, bal_block_unref);
  /* Typed back as it was: with the bytes that it had. */
  self->said = bal_block_equal (replaced, content)
               ? bal_block_ref (self->block)
               : bal_table_with_cell (self->table, bal_table_cell_get_row (self->edited),
                                      bal_table_cell_get_cell (self->edited), replaced);
  g_signal_emit (self, signals[EDITED], 0, self->said);
}

static void
give_up (BalTableView *self)
{
  g_clear_pointer (&self->said, bal_block_unref);
  g_signal_emit (self, signals[EDITED], 0, self->block);
  bal_table_view_finish (self);
}

/* ---- from cell to cell ---- */

static void
focus_text (BalTableView *self)
{
  GtkWidget *text = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_TEXT_VIEW);

  bal_table_view_finish (self);
  if (text != NULL)
    gtk_widget_grab_focus (text);
}

/* The next that can be edited, in reading order; beyond the last, back to the text. */
static void
go (BalTableView *self,
    int           step)
{
  guint index = 0;

  g_ptr_array_find (self->cells, self->edited, &index);
  for (index += step; index < self->cells->len; index += step)
    if (begin (self, g_ptr_array_index (self->cells, index)))
      return;
  focus_text (self);
}

/* Up or down in the same column; in a table with spans, the cell of the same number. */
static gboolean
go_row (BalTableView *self,
        int           step)
{
  guint row = bal_table_cell_get_row (self->edited);
  guint wanted = bal_table_cell_get_cell (self->edited);

  for (row += step; row < self->n_rows; row += step)
    {
      guint n_cells = bal_table_get_n_cells (self->table, row);

      for (guint i = 0; i < self->cells->len && n_cells > 0; i++)
        {
          BalTableCell *cell = g_ptr_array_index (self->cells, i);

          if (bal_table_cell_get_row (cell) == row && bal_table_cell_get_cell (cell) == MIN (wanted, n_cells - 1) &&
              begin (self, cell))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
go_over_edge (BalTableView     *self,
              GtkDirectionType  direction,
              int               step)
{
  if (!bal_table_cell_is_at_edge (self->edited, direction))
    return FALSE;
  if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
    {
      if (!go_row (self, step))
        focus_text (self);
    }
  else
    {
      go (self, step);
    }
  return TRUE;
}

static gboolean
key_cb (BalTableView    *self,
        guint            keyval,
        GdkModifierType  state)
{
  if (self->edited == NULL)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (state == GDK_SHIFT_MASK)
        return FALSE;
      if (!go_row (self, 1))
        focus_text (self);
      return TRUE;

    case GDK_KEY_Escape:
      give_up (self);
      focus_text (self);
      return TRUE;

    case GDK_KEY_Tab:
    case GDK_KEY_KP_Tab:
    case GDK_KEY_ISO_Left_Tab:
      go (self, keyval == GDK_KEY_ISO_Left_Tab || (state & GDK_SHIFT_MASK) ? -1 : 1);
      return TRUE;

    case GDK_KEY_Up:
      return state == 0 && go_over_edge (self, GTK_DIR_UP, -1);
    case GDK_KEY_Down:
      return state == 0 && go_over_edge (self, GTK_DIR_DOWN, 1);
    case GDK_KEY_Left:
      return state == 0 && go_over_edge (self, GTK_DIR_LEFT, -1);
    case GDK_KEY_Right:
      return state == 0 && go_over_edge (self, GTK_DIR_RIGHT, 1);

    default:
      return FALSE;
    }
}

/* What the cell has no use for is nothing for the text around the table either. */
static gboolean
stop_key_cb (GtkEventControllerKey *controller,
             guint                  keyval,
             guint                  keycode,
             GdkModifierType        state,
             BalTableView          *self)
{
  return self->edited != NULL && (keyval < GDK_KEY_F1 || keyval > GDK_KEY_F35);
}

static void
pressed_cb (GtkGestureClick *gesture,
            int              n_press,
            double           x,
            double           y,
            BalTableView    *self)
{
  GtkWidget *cell = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *text = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_TEXT_VIEW);

  if (self->edited == BAL_TABLE_CELL (cell) || text == NULL || !gtk_text_view_get_editable (GTK_TEXT_VIEW (text)) ||
      bal_table_cell_get_editable (BAL_TABLE_CELL (cell), self->table) == NULL)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  begin (self, BAL_TABLE_CELL (cell));
}

gboolean
bal_table_view_edit (BalTableView *self)
{
  g_return_val_if_fail (BAL_IS_TABLE_VIEW (self), FALSE);

  for (guint i = 0; i < self->cells->len; i++)
    if (begin (self, g_ptr_array_index (self->cells, i)))
      return TRUE;
  return FALSE;
}

/* ---- laying out ---- */

/* How many rows are shown; 0: it is no table for a page. */
static guint
count_rows (BalTable *table)
{
  guint n_rows = MIN (bal_table_get_n_rows (table), MAX_ROWS);
  guint total = 0;

  for (guint row = 0; row < n_rows; row++)
    {
      guint n_cells = bal_table_get_n_cells (table, row);

      if (n_cells > MAX_COLUMNS)
        return 0;
      total += n_cells;
      if (total > MAX_CELLS)
        return row;
    }
  return n_rows;
}

static void
add_cell (BalTableView *self,
          guint         row,
          guint         index,
          guint         column,
          guint         columns,
          guint         rows)
{
  GtkWidget *cell = bal_table_cell_new (row, index);
  GtkGesture *click = gtk_gesture_click_new ();

  bal_table_cell_show (BAL_TABLE_CELL (cell), self->table);
  if (column == 0)
    gtk_widget_add_css_class (cell, "first");
  if (row == 0)
    gtk_widget_add_css_class (cell, "top");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (pressed_cb), self, 0);
  gtk_widget_add_controller (cell, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (cell, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "left", G_CALLBACK (bal_table_view_finish), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cell, "key", G_CALLBACK (key_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->cells, cell);
  gtk_grid_attach (GTK_GRID (self->grid), cell, column, row, columns, rows);
}

/* A cell that spans rows leaves no room for others in the rows below it. */
static void
fill_grid (BalTableView *self)
{
  g_autofree guint *taken = g_new0 (guint, MAX_COLUMNS + 1);    /* row up to which each column is */

  for (guint row = 0; row < self->n_rows; row++)
    {
      guint column = 0;

      for (guint i = 0; i < bal_table_get_n_cells (self->table, row); i++)
        {
          guint columns, rows;

          while (column < MAX_COLUMNS && taken[column] > row)
            column++;
          bal_table_get_span (self->table, row, i, &columns, &rows);
          columns = CLAMP (columns, 1, column < MAX_COLUMNS ? MAX_COLUMNS - column : 1);
          rows = CLAMP (rows, 1, self->n_rows - row);
          add_cell (self, row, i, column, columns, rows);
          for (guint k = column; k < column + columns && k < MAX_COLUMNS; k++)
            taken[k] = row + rows;
          column += columns;
        }
    }
}

static int
get_grid_width (BalTableView *self,
                int           width)
{
  int minimum;

  gtk_widget_measure (self->grid, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  return MAX (minimum, width);
}

/* Below a table that scrolls, whether its bar is always there or only when it is wanted. */
static int
get_bar_height (BalTableView *self)
{
  GtkWidget *bar = gtk_scrolled_window_get_hscrollbar (GTK_SCROLLED_WINDOW (self->scroller));
  int height;

  gtk_widget_measure (gtk_widget_get_first_child (bar), GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  return height;
}

static int
get_more_height (BalTableView *self,
                 int           width)
{
  int height = 0;

  if (self->more != NULL)
    gtk_widget_measure (self->more, GTK_ORIENTATION_VERTICAL, width, NULL, &height, NULL, NULL);
  return height;
}

static void
bal_table_view_measure (GtkWidget      *widget,
                        GtkOrientation  orientation,
                        int             for_size,
                        int            *minimum,
                        int            *natural,
                        int            *minimum_baseline,
                        int            *natural_baseline)
{
  BalTableView *self = BAL_TABLE_VIEW (widget);
  int width;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      gtk_widget_measure (self->grid, orientation, -1, NULL, natural, NULL, NULL);
      *minimum = MIN (*natural, 48);
      return;
    }
  width = get_grid_width (self, for_size);
  gtk_widget_measure (self->grid, orientation, width, NULL, natural, NULL, NULL);
  *natural += get_more_height (self, for_size);
  if (for_size > 0 && width > for_size)
    *natural += get_bar_height (self);
  *minimum = *natural;
}

static void
bal_table_view_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  BalTableView *self = BAL_TABLE_VIEW (widget);
  int more = get_more_height (self, width);

  gtk_widget_size_allocate (self->scroller, &(GtkAllocation) { 0, 0, width, height - more }, -1);
  if (self->more != NULL)
    gtk_widget_size_allocate (self->more, &(GtkAllocation) { 0, height - more, width, more }, -1);
}

static GtkSizeRequestMode
bal_table_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* ---- object ---- */

static void
bal_table_view_dispose (GObject *object)
{
  BalTableView *self = BAL_TABLE_VIEW (object);

  self->edited = NULL;
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->more, gtk_widget_unparent);
  G_OBJECT_CLASS (bal_table_view_parent_class)->dispose (object);
}

static void
bal_table_view_finalize (GObject *object)
{
  BalTableView *self = BAL_TABLE_VIEW (object);

  g_ptr_array_unref (self->cells);
  g_clear_pointer (&self->said, bal_block_unref);
  g_clear_pointer (&self->table, bal_table_free);
  g_clear_pointer (&self->block, bal_block_unref);
  G_OBJECT_CLASS (bal_table_view_parent_class)->finalize (object);
}

static void
bal_table_view_class_init (BalTableViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_table_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_table_view_finalize;
  widget_class->measure = bal_table_view_measure;
  widget_class->size_allocate = bal_table_view_size_allocate;
  widget_class->get_request_mode = bal_table_view_get_request_mode;
  signals[BEGAN] = g_signal_new ("began", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[EDITED] = g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, BAL_TYPE_BLOCK);
  signals[ENDED] = g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bal_table_view_init (BalTableView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->cells = g_ptr_array_new ();
  self->grid = gtk_grid_new ();
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->grid);
  gtk_viewport_set_scroll_to_focus (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->scroller))),
                                    FALSE);
  gtk_widget_set_valign (self->grid, GTK_ALIGN_START);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (stop_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
bal_table_view_new (BalBlock *block)
{
  g_autoptr(BalTable) table = bal_table_new_from_block (block);
  g_autofree char *words = NULL;
  BalTableView *self;
  guint n_rows = table != NULL ? count_rows (table) : 0;
  guint n_more;

  if (n_rows == 0)
    return NULL;
  self = g_object_new (BAL_TYPE_TABLE_VIEW, NULL);
  n_more = bal_table_get_n_rows (table) - n_rows;
  self->block = bal_block_ref (block);
  self->table = g_steal_pointer (&table);
  self->n_rows = n_rows;
  fill_grid (self);
  if (n_more == 0)
    return GTK_WIDGET (self);

  words = g_strdup_printf (ngettext ("%u more row is not shown", "%u more rows are not shown", n_more), n_more);
  self->more = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (self->more), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->more), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->more, "more");
  gtk_widget_add_css_class (self->more, "dim-label");
  gtk_widget_set_parent (self->more, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}
