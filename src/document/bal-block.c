/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-block-private.h"

#include "bal-reader.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (BalBlock, bal_block, bal_block_ref, bal_block_unref)

static const char *const kind_names[] = {
  [BAL_BLOCK_PARAGRAPH] = "paragraph",
  [BAL_BLOCK_HEADING] = "heading",
  [BAL_BLOCK_QUOTE] = "quote",
  [BAL_BLOCK_LIST] = "list",
  [BAL_BLOCK_ITEM] = "item",
  [BAL_BLOCK_IMAGE] = "image",
  [BAL_BLOCK_SEPARATOR] = "separator",
  [BAL_BLOCK_JUMP_BREAK] = "jump-break",
  [BAL_BLOCK_PREFORMATTED] = "preformatted",
  [BAL_BLOCK_TABLE] = "table",
  [BAL_BLOCK_OPAQUE] = "opaque",
};

gboolean
bal_run_same_look (const BalRun *a,
                   const BalRun *b)
{
  return a->style == b->style && g_strcmp0 (a->link, b->link) == 0 &&
         g_strcmp0 (a->open, b->open) == 0 && g_strcmp0 (a->close, b->close) == 0 &&
         g_strcmp0 (a->object, b->object) == 0;
}

static gboolean
run_is_plain (const BalRun *run)
{
  return run->style == BAL_STYLE_NONE && run->link == NULL && run->open == NULL &&
         run->close == NULL && run->object == NULL;
}

static void
clear_run (BalRun *run)
{
  g_free ((char *) run->link);
  g_free ((char *) run->open);
  g_free ((char *) run->close);
  g_free ((char *) run->object);
}

/* Equal content must have equal runs, however it was put together: plain runs go, neighbours that
 * look the same become one (two objects never do). What reaches outside the text is cut off. */
static void
take_runs (BalBlock     *self,
           const BalRun *runs,
           guint         n_runs)
{
  g_autoptr(GArray) kept = g_array_sized_new (FALSE, FALSE, sizeof (BalRun), n_runs);
  gsize length = strlen (self->text);
  guint at = 0;

  for (guint i = 0; i < n_runs; i++)
    {
      BalRun run = runs[i];
      BalRun *last = kept->len > 0 ? &g_array_index (kept, BalRun, kept->len - 1) : NULL;

      if (run.start < at || run.start >= length || run.length == 0)
        continue;
      run.length = MIN (run.length, length - run.start);
      at = run.start + run.length;
      if (run_is_plain (&run))
        continue;
      if (last != NULL && last->start + last->length == run.start && run.object == NULL &&
          bal_run_same_look (last, &run))
        {
          last->length += run.length;
          continue;
        }
      run.link = g_strdup (run.link);
      run.open = g_strdup (run.open);
      run.close = g_strdup (run.close);
      run.object = g_strdup (run.object);
      g_array_append_val (kept, run);
    }
  self->n_runs = kept->len;
  self->runs = (BalRun *) (gpointer) g_array_free (g_steal_pointer (&kept), FALSE);
}

static guint
mix (guint hash,
     guint value)
{
  return (hash ^ value) * 16777619u;
}

static guint
compute_hash (BalBlock *self)
{
  guint hash = mix (2166136261u, self->kind);

  if ((self->kind == BAL_BLOCK_OPAQUE || self->kind == BAL_BLOCK_TABLE) && self->source != NULL)
    return mix (hash, g_bytes_hash (self->source));
  if (self->kind == BAL_BLOCK_IMAGE)
    return hash;

  hash = mix (hash, self->level);
  hash = mix (hash, self->ordered != FALSE);
  hash = mix (hash, g_str_hash (self->text));
  for (guint i = 0; i < self->n_runs; i++)
    {
      const BalRun *run = &self->runs[i];

      hash = mix (hash, run->start);
      hash = mix (hash, run->length);
      hash = mix (hash, run->style);
      hash = mix (hash, run->link != NULL ? g_str_hash (run->link) : 0);
    }
  for (guint i = 0; i < bal_block_get_n_children (self); i++)
    hash = mix (hash, bal_block_get_child (self, i)->hash);
  return hash;
}

BalBlock *
bal_block_build (BalBlockKind   kind,
                 int            level,
                 gboolean       ordered,
                 const char    *text,
                 const BalRun  *runs,
                 guint          n_runs,
                 GPtrArray     *children,
                 GBytes        *source,
                 const char    *name)
{
  BalBlock *self = g_new0 (BalBlock, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->kind = kind;
  self->level = kind == BAL_BLOCK_HEADING ? CLAMP (level, 1, 6) : 0;
  self->ordered = kind == BAL_BLOCK_LIST && ordered;
  self->text = g_strdup (text != NULL ? text : "");
  take_runs (self, runs, n_runs);
  self->children = children;
  self->source = source;
  self->name = g_strdup (name);
  self->hash = compute_hash (self);
  return self;
}

/**
 * bal_block_new_text:
 * @kind: any kind but those that hold blocks and %BAL_BLOCK_OPAQUE
 * @level: of a heading, 1…6
 * @text: valid UTF-8; a newline is a line break
 * @runs: (nullable) (array length=n_runs): in order, not overlapping; copied
 *
 * Returns: (transfer full):
 */
BalBlock *
bal_block_new_text (BalBlockKind   kind,
                    int            level,
                    const char    *text,
                    const BalRun  *runs,
                    guint          n_runs)
{
  g_return_val_if_fail (text != NULL && g_utf8_validate (text, -1, NULL), NULL);

  return bal_block_build (kind, level, FALSE, text, runs, n_runs, NULL, NULL, NULL);
}

/**
 * bal_block_new_container:
 * @kind: %BAL_BLOCK_QUOTE, %BAL_BLOCK_LIST or %BAL_BLOCK_ITEM
 * @ordered: a numbered list
 * @text: (nullable): an item's own text
 * @children: (element-type BalBlock) (nullable): what it holds; each is referenced
 *
 * Returns: (transfer full):
 */
BalBlock *
bal_block_new_container (BalBlockKind  kind,
                         gboolean      ordered,
                         const char   *text,
                         const BalRun *runs,
                         guint         n_runs,
                         GPtrArray    *children)
{
  GPtrArray *copy = NULL;

  g_return_val_if_fail (text == NULL || g_utf8_validate (text, -1, NULL), NULL);

  if (children != NULL && children->len > 0)
    {
      copy = g_ptr_array_new_full (children->len, (GDestroyNotify) bal_block_unref);
      for (guint i = 0; i < children->len; i++)
        g_ptr_array_add (copy, bal_block_ref (g_ptr_array_index (children, i)));
    }
  return bal_block_build (kind, 0, ordered, text, runs, n_runs, copy, NULL, NULL);
}

static GBytes *
copy_source (const char *source,
             gssize      length)
{
  return g_bytes_new (source, length < 0 ? strlen (source) : (gsize) length);
}

/**
 * bal_block_new_opaque:
 * @source: HTML, kept byte for byte
 * @length: bytes, or -1 when NUL-terminated
 *
 * Returns: (transfer full):
 */
BalBlock *
bal_block_new_opaque (const char *source,
                      gssize      length)
{
  g_autofree char *name = NULL;
  GBytes *bytes;
  BalBlock *self;

  g_return_val_if_fail (source != NULL, NULL);

  bytes = copy_source (source, length);
  name = bal_reader_island_name (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self = bal_block_build (BAL_BLOCK_OPAQUE, 0, FALSE, NULL, NULL, 0, NULL, bytes, name);
  self->unclosed =
    bal_reader_is_unclosed (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return self;
}

/**
 * bal_block_new_image:
 * @source: the HTML of an image with all that belongs to it (figure, caption, link), kept as it is
 * @length: bytes, or -1 when NUL-terminated
 *
 * Returns: (transfer full): an image block whose text is its caption, or else its alternative text
 */
BalBlock *
bal_block_new_image (const char *source,
                     gssize      length)
{
  g_autofree char *label = NULL;
  GBytes *bytes;
  BalBlock *self;

  g_return_val_if_fail (source != NULL, NULL);

  bytes = copy_source (source, length);
  label = bal_reader_image_label (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  self = bal_block_build (BAL_BLOCK_IMAGE, 0, FALSE, label, NULL, 0, NULL, bytes, NULL);
  return self;
}

/**
 * bal_block_new_table:
 * @source: the HTML of a table with all that belongs to it (figure, caption, delimiters), kept as it is
 * @length: bytes, or -1 when NUL-terminated
 *
 * Returns: (transfer full): a table block
 */
BalBlock *
bal_block_new_table (const char *source,
                     gssize      length)
{
  g_return_val_if_fail (source != NULL, NULL);

  return bal_block_build (BAL_BLOCK_TABLE, 0, FALSE, NULL, NULL, 0, NULL,
                          copy_source (source, length), NULL);
}

BalBlock *
bal_block_ref (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
bal_block_unref (BalBlock *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (guint i = 0; i < self->n_runs; i++)
    clear_run (&self->runs[i]);
  g_free (self->runs);
  g_free (self->text);
  g_free (self->name);
  g_free (self->child_starts);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->source, g_bytes_unref);
  g_free (self);
}

BalBlockKind
bal_block_get_kind (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, BAL_BLOCK_OPAQUE);

  return self->kind;
}

int
bal_block_get_level (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->level;
}

gboolean
bal_block_get_ordered (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->ordered;
}

const char *
bal_block_get_text (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->text;
}

const BalRun *
bal_block_get_runs (BalBlock *self,
                    guint    *n_runs)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n_runs != NULL)
    *n_runs = self->n_runs;
  return self->runs;
}

guint
bal_block_get_n_children (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->children != NULL ? self->children->len : 0;
}

BalBlock *
bal_block_get_child (BalBlock *self,
                     guint     index)
{
  g_return_val_if_fail (index < bal_block_get_n_children (self), NULL);

  return g_ptr_array_index (self->children, index);
}

const char *
bal_block_get_source (BalBlock *self,
                      gsize    *length)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (length != NULL)
    *length = bal_block_source_length (self);
  return self->source != NULL ? bal_block_source_at (self, 0) : NULL;
}

const char *
bal_block_get_name (BalBlock *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->name != NULL ? self->name : kind_names[self->kind];
}

guint
bal_block_hash (BalBlock *self)
{
  return self->hash;
}

const char *
bal_block_source_at (BalBlock *self,
                     gsize     offset)
{
  const char *data = g_bytes_get_data (self->source, NULL);

  return data != NULL ? data + offset : "";
}

gsize
bal_block_source_length (BalBlock *self)
{
  return self->source != NULL ? g_bytes_get_size (self->source) : 0;
}

const char *
bal_block_get_gap (BalBlock *self,
                   guint     index,
                   gsize    *length)
{
  gsize start = self->content_end;
  gsize end = self->flow_end;

  if (index > 0)
    start = self->child_starts[index - 1] +
            bal_block_source_length (bal_block_get_child (self, index - 1));
  if (index < bal_block_get_n_children (self))
    end = self->child_starts[index];
  *length = end - start;
  return bal_block_source_at (self, start);
}

gboolean
bal_block_equal (BalBlock *a,
                 BalBlock *b)
{
  guint n_children;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (a == b)
    return TRUE;
  if (a->hash != b->hash || a->kind != b->kind)
    return FALSE;
  if ((a->kind == BAL_BLOCK_OPAQUE || a->kind == BAL_BLOCK_IMAGE || a->kind == BAL_BLOCK_TABLE) &&
      a->source != NULL && b->source != NULL)
    return g_bytes_equal (a->source, b->source);

  n_children = bal_block_get_n_children (a);
  if (a->level != b->level || a->ordered != b->ordered || a->n_runs != b->n_runs ||
      n_children != bal_block_get_n_children (b) || !g_str_equal (a->text, b->text))
    return FALSE;
  for (guint i = 0; i < a->n_runs; i++)
    if (a->runs[i].start != b->runs[i].start || a->runs[i].length != b->runs[i].length ||
        !bal_run_same_look (&a->runs[i], &b->runs[i]))
      return FALSE;
  for (guint i = 0; i < n_children; i++)
    if (!bal_block_equal (bal_block_get_child (a, i), bal_block_get_child (b, i)))
      return FALSE;
  return TRUE;
}
