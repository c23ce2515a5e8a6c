/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-island.h"

#include "bal-image.h"
#include "bal-island-face.h"

#define MAX_PICTURE_HEIGHT 420
#define CURSOR_WIDTH 3
#define CAPTION_WIDTH 240      /* that a caption may have below a picture that is smaller */

struct _BalIsland
{
  GtkWidget     parent_instance;

  BalPictures  *pictures;      /* (nullable) */
  BalImage     *image;         /* (nullable): what a block with one picture says */
  BalPicture   *picture;       /* (nullable): when it is on this computer and was read */
  GCancellable *cancellable;   /* of reading it; NULL: not begun */
  int           width;         /* that the text has */

  GtkWidget    *content;
  GtkWidget    *view;          /* (nullable): of the picture, in @content */
};

G_DEFINE_FINAL_TYPE (BalIsland, bal_island, GTK_TYPE_WIDGET)

/* ---- size ---- */

static int
get_room (BalIsland *self)
{
  GtkBorder padding;

  gtk_style_context_get_padding (gtk_widget_get_style_context (GTK_WIDGET (self)), &padding);
  return MAX (self->width - padding.left - padding.right, 1);
}

/* As large as the post says, or as it is, but no more than the page has. */
static void
fit_picture (BalIsland *self)
{
  double width = self->picture->width;
  double height = self->picture->height;
  double scale = 1;

  if (self->image->width > 0)
    scale = self->image->width / width;
  else if (self->image->height > 0)
    scale = self->image->height / height;
  scale = MIN (scale, MIN (get_room (self) / width, MAX_PICTURE_HEIGHT / height));
  gtk_widget_set_size_request (self->view, MAX ((int) (width * scale), 1), MAX ((int) (height * scale), 1));
}

static int
get_content_width (BalIsland *self)
{
  int natural, wanted;

  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  if (self->view == NULL)
    return MIN (natural, get_room (self));
  gtk_widget_get_size_request (self->view, &wanted, NULL);
  return MIN (MAX (wanted, MIN (natural, CAPTION_WIDTH)), get_room (self));
}

/* A text view gives its children the least that they ask for: this is all that it is. */
static void
bal_island_measure (GtkWidget      *widget,
                    GtkOrientation  orientation,
                    int             for_size,
                    int            *minimum,
                    int            *natural,
                    int            *minimum_baseline,
                    int            *natural_baseline)
{
  BalIsland *self = BAL_ISLAND (widget);
  int width = get_content_width (self);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = width;
  else
    gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, NULL, natural, NULL, NULL);
  *minimum = *natural;
}

static void
bal_island_size_allocate (GtkWidget *widget,
                          int        width,
                          int        height,
                          int        baseline)
{
  gtk_widget_size_allocate (BAL_ISLAND (widget)->content, &(GtkAllocation) { 0, 0, width, height }, -1);
}

/* The cursor beside it, over whatever it shows. */
static void
bal_island_snapshot (GtkWidget   *widget,
                     GtkSnapshot *snapshot)
{
  gboolean before = gtk_widget_has_css_class (widget, "cursor-before");
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkBorder padding;
  GdkRGBA color;
  double x;

  GTK_WIDGET_CLASS (bal_island_parent_class)->snapshot (widget, snapshot);
  if ((!before && !gtk_widget_has_css_class (widget, "cursor-behind")) ||
      (BAL_IS_TABLE_VIEW (BAL_ISLAND (widget)->content) &&
       bal_table_view_is_editing (BAL_TABLE_VIEW (BAL_ISLAND (widget)->content))) ||
      !gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_bg_color", &color))
    return;
  gtk_style_context_get_padding (gtk_widget_get_style_context (widget), &padding);
  x = before != rtl ? -padding.left : gtk_widget_get_width (widget) + padding.right - CURSOR_WIDTH;
  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (x, -padding.top, CURSOR_WIDTH,
                                                  gtk_widget_get_height (widget) + padding.top + padding.bottom));
}

static GtkSizeRequestMode
bal_island_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

void
bal_island_set_width (BalIsland *self,
                      int        width)
{
  g_return_if_fail (BAL_IS_ISLAND (self));

  if (self->width == width)
    return;
  self->width = width;
  if (self->view != NULL)
    fit_picture (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* ---- pictures ---- */

static GtkWidget *
picture_content (BalIsland *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *caption;

  self->view = gtk_picture_new_for_paintable (GDK_PAINTABLE (self->picture->texture));
  gtk_picture_set_can_shrink (GTK_PICTURE (self->view), TRUE);
  gtk_widget_set_halign (self->view, GTK_ALIGN_START);
  gtk_widget_set_overflow (self->view, GTK_OVERFLOW_HIDDEN);
  gtk_widget_add_css_class (self->view, "sheet");
  gtk_box_append (GTK_BOX (box), self->view);
  if (self->image->caption == NULL || *self->image->caption == '\0')
    return box;

  caption = gtk_label_new (self->image->caption);
  gtk_label_set_wrap (GTK_LABEL (caption), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (caption), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (caption), 0);
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), caption);
  return box;
}

static void
set_content (BalIsland *self,
             GtkWidget *content)
{
  g_clear_pointer (&self->content, gtk_widget_unparent);
  self->content = content;
  gtk_widget_set_parent (content, GTK_WIDGET (self));
}

static void
show_picture (BalIsland  *self,
              BalPicture *picture)
{
  self->picture = bal_picture_ref (picture);
  set_content (self, picture_content (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "picture");
  fit_picture (self);
}

/* What can't be shown stays what it was: an icon and a name. */
static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr(BalIsland) self = data;
  g_autoptr(BalPicture) picture = bal_pictures_read_finish (BAL_PICTURES (source), result, NULL);

  if (picture != NULL && self->content != NULL && self->picture == NULL)
    show_picture (self, picture);
}

void
bal_island_wake (BalIsland *self)
{
  g_return_if_fail (BAL_IS_ISLAND (self));

  if (self->cancellable != NULL || self->picture != NULL || self->pictures == NULL || self->image == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  bal_pictures_read_async (self->pictures, self->image->src, self->cancellable, read_cb, g_object_ref (self));
}

/* ---- object ---- */

static void
bal_island_dispose (GObject *object)
{
  BalIsland *self = BAL_ISLAND (object);

  g_cancellable_cancel (self->cancellable);
  self->view = NULL;
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (bal_island_parent_class)->dispose (object);
}

static void
bal_island_finalize (GObject *object)
{
  BalIsland *self = BAL_ISLAND (object);

  g_clear_object (&self->pictures);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->image, bal_image_free);
  g_clear_pointer (&self->picture, bal_picture_unref);
  G_OBJECT_CLASS (bal_island_parent_class)->finalize (object);
}

static void
bal_island_class_init (BalIslandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = bal_island_dispose;
  G_OBJECT_CLASS (klass)->finalize = bal_island_finalize;
  widget_class->measure = bal_island_measure;
  widget_class->size_allocate = bal_island_size_allocate;
  widget_class->snapshot = bal_island_snapshot;
  widget_class->get_request_mode = bal_island_get_request_mode;
  gtk_widget_class_set_css_name (widget_class, "island");
}

static void
bal_island_init (BalIsland *self)
{
  self->width = G_MAXINT16;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "default");
}

BalTableView *
bal_island_get_table (BalIsland *self)
{
  g_return_val_if_fail (BAL_IS_ISLAND (self), NULL);

  return BAL_IS_TABLE_VIEW (self->content) ? BAL_TABLE_VIEW (self->content) : NULL;
}

/* Of a picture what it shows, of anything else how it is written. */
static void
set_tooltip (BalIsland  *self,
             BalBlock   *block,
             const char *object)
{
  g_autofree char *tooltip = NULL;

  if (self->image != NULL)
    tooltip = g_strdup (self->image->alt);
  else if (bal_island_get_table (self) == NULL &&
           (block == NULL || bal_block_get_kind (block) != BAL_BLOCK_SEPARATOR))
    tooltip = bal_island_dup_tooltip (block, object);
  if (tooltip != NULL && *tooltip != '\0')
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), tooltip);
}

GtkWidget *
bal_island_new (BalBlock    *block,
                const char  *object,
                BalPictures *pictures)
{
  BalIsland *self = g_object_new (BAL_TYPE_ISLAND, NULL);
  g_autofree char *label = bal_island_dup_label (block, object);
  gboolean is_rule = block != NULL && bal_block_get_kind (block) == BAL_BLOCK_SEPARATOR;
  BalPicture *picture = NULL;
  GtkWidget *table = NULL;

  self->pictures = pictures != NULL ? g_object_ref (pictures) : NULL;
  if (block != NULL && bal_block_get_kind (block) == BAL_BLOCK_IMAGE)
    self->image = bal_image_from_block (block);
  if (self->image != NULL && pictures != NULL)
    picture = bal_pictures_peek (pictures, self->image->src);

  gtk_widget_add_css_class (GTK_WIDGET (self), "island");
  gtk_widget_add_css_class (GTK_WIDGET (self), is_rule ? "rule" : block != NULL ? "block" : "inline");
  if (block != NULL && bal_block_get_kind (block) == BAL_BLOCK_TABLE)
    table = bal_table_view_new (block);
  if (table != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "table");
  if (picture != NULL)
    show_picture (self, picture);
  else if (table != NULL)
    set_content (self, table);
  else
    set_content (self, bal_island_face_new (block, object));
  set_tooltip (self, block, object);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  return GTK_WIDGET (self);
}
