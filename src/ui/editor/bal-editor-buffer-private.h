/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-editor-buffer.h"

G_BEGIN_DECLS

#define BAL_N_STYLES 8
#define LINE_SEPARATOR "\xe2\x80\xa8"
#define OBJECT_CHARACTER "\xef\xbf\xbc"

/* What an inline tag stands for; each tag is one of the three. */
typedef struct
{
  BalStyle  style;
  char     *link;
  char     *open;      /* riders: what Balcony does not know around a run */
  char     *close;
} BalInlineTag;

/* How one place in the text looks. */
typedef struct
{
  BalStyle    style;
  GtkTextTag *link;    /* (nullable) borrowed from the tag table */
  GtkTextTag *rider;   /* (nullable) borrowed from the tag table */
} BalLook;

struct _BalEditorBuffer
{
  GtkTextBuffer  parent_instance;

  GPtrArray     *lines;        /* BalLine */
  GtkTextTag    *style_tags[BAL_N_STYLES];
  GHashTable    *links;        /* href to GtkTextTag */
  GHashTable    *riders;       /* opening and closing tags to GtkTextTag */
  GHashTable    *line_tags;    /* name to GtkTextTag */
  GdkRGBA        link_color;
  gboolean       has_link_color;

  guint          raw;          /* > 0: the text is filled in, the lines are looked after by who does it */
  guint          group;        /* > 0: one change of many steps; `edited` follows at its end */
  gboolean       held;         /* edits go on in one step until released */
  gboolean       has_pending;  /* styles chosen for the next typed character */
  BalStyle       pending;
};

/* bal-editor-buffer.c */
/* (transfer full): without what can't be typed; with @one_line, newlines break the line. */
char         *bal_editor_clean_text             (const char        *text,
                                                 int                length,
                                                 gboolean           one_line);
void          bal_editor_buffer_begin           (BalEditorBuffer   *self);
void          bal_editor_buffer_end             (BalEditorBuffer   *self);
/* The same for what a person takes back in one step of its own. */
void          bal_editor_buffer_begin_step      (BalEditorBuffer   *self);
void          bal_editor_buffer_end_step        (BalEditorBuffer   *self);
void          bal_editor_buffer_set_line        (BalEditorBuffer   *self,
                                                 guint              index,
                                                 BalLine           *line);   /* taken */
void          bal_editor_buffer_touch_line      (BalEditorBuffer   *self,
                                                 guint              index);
void          bal_editor_buffer_get_line_bounds (BalEditorBuffer   *self,
                                                 guint              index,
                                                 GtkTextIter       *start,
                                                 GtkTextIter       *end);    /* before its newline */
guint         bal_editor_buffer_get_cursor_line (BalEditorBuffer   *self,
                                                 GtkTextIter       *cursor); /* (out) (nullable) */
/* First and last line that the selection, or the cursor, is in. */
void          bal_editor_buffer_get_selected_lines (BalEditorBuffer *self,
                                                 guint             *first,
                                                 guint             *last);

/* In the lines from @index on that stand in @from, one after another: @to (nullable) in its
 * place. */
void          bal_editor_buffer_renest          (BalEditorBuffer   *self,
                                                 guint              index,
                                                 BalNest           *from,
                                                 BalNest           *to);

/* bal-editor-blocks.c */
/* Out of its lists; what its item held stands in the same place. */
void          bal_editor_buffer_take_out        (BalEditorBuffer   *self,
                                                 guint              index,
                                                 BalBlockKind       kind,
                                                 int                level,
                                                 BalNest           *nest);
/* An item that something now stands in the middle of does not go on behind it. */
void          bal_editor_buffer_repair          (BalEditorBuffer   *self);

/* bal-editor-style.c */
void          bal_editor_buffer_add_style_tags  (BalEditorBuffer   *self);
BalInlineTag *bal_editor_tag_get_inline         (GtkTextTag        *tag);    /* (nullable) */
void          bal_editor_buffer_get_look        (BalEditorBuffer   *self,
                                                 const GtkTextIter *iter,
                                                 BalLook           *look);
/* The look behind the toggle at @iter. @tags: (element-type GtkTextTag): those before it, and then behind it, in the
 * order of their priority */
void          bal_editor_look_on                (GPtrArray         *tags,
                                                 const GtkTextIter *iter,
                                                 BalLook           *look);
void          bal_editor_buffer_get_typing_look (BalEditorBuffer   *self,
                                                 const GtkTextIter *iter,
                                                 BalLook           *look);
void          bal_editor_buffer_apply_look      (BalEditorBuffer   *self,
                                                 const GtkTextIter *start,
                                                 const GtkTextIter *end,
                                                 const BalLook     *look,
                                                 gboolean           clear);
GtkTextTag   *bal_editor_buffer_get_link_tag    (BalEditorBuffer   *self,
                                                 const char        *href);
GtkTextTag   *bal_editor_buffer_get_rider_tag   (BalEditorBuffer   *self,
                                                 const char        *open,
                                                 const char        *close);

/* bal-editor-line-tags.c: how lines look */
/* In pixels, from where lines outside of it (nullable) begin. */
int           bal_editor_nest_get_indent        (BalNest           *nest);
/* That of the line's first letter; with none it is that of the line above. */
GtkTextDirection bal_editor_buffer_get_direction (BalEditorBuffer  *self,
                                                 guint              index);
/* Whether a line looks in some way other than plain text at the margin. */
gboolean      bal_editor_line_is_dressed        (BalLine           *line);
/* Whether there may be words in it for which its lines have to be broken in another way. */
gboolean      bal_editor_line_may_be_long       (const GtkTextIter *iter);
void          bal_editor_buffer_show_line       (BalEditorBuffer   *self,
                                                 guint              index);
void          bal_editor_buffer_show_lines      (BalEditorBuffer   *self,
                                                 guint              first,
                                                 guint              last);

/* bal-editor-islands.c */
GtkTextChildAnchor *bal_editor_anchor_new       (BalBlock          *block,
                                                 const char        *object);

/* bal-editor-read.c */
BalBlock     *bal_editor_buffer_read_text       (BalEditorBuffer   *self,
                                                 const GtkTextIter *start,
                                                 const GtkTextIter *end,
                                                 BalBlockKind       kind,
                                                 int                level);
void          bal_editor_buffer_settle          (BalEditorBuffer   *self);

G_END_DECLS
