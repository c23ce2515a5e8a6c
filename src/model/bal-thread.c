/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-thread.h"

#include <stdlib.h>
#include <string.h>

#define NONE G_MAXUINT

/* A number with a part for each of a hundred thousand levels would be a book; from here on, the
 * replies below a comment are counted with it. */
#define DEEPEST_NUMBER 32

typedef struct
{
  BalComment *comment;
  guint       place;       /* in the caller's array, for a stable order */

  /* Indices into the sorted array. */
  guint       parent;
  guint       first_child;
  guint       next_sibling;
  guint       walk;        /* which search for a circle came by last */

  guint       depth;
  guint       counter;     /* the comment in whose sequence its replies are counted */
  guint       n_counted;
  guint       n_parts;     /* of the number */
} Node;

/* Blogs count their comments up, so that the shorter number is the earlier one; those of a blog
 * come before those that it does not know yet. */
static int
compare_remote_ids (const char *one,
                    const char *other)
{
  gsize one_length = one != NULL ? strlen (one) : G_MAXSIZE;
  gsize other_length = other != NULL ? strlen (other) : G_MAXSIZE;

  if (one_length != other_length)
    return one_length < other_length ? -1 : 1;

  return g_strcmp0 (one, other);
}

/* By time; within a second as the blog numbers them, whatever the order in which they came here. */
static int
compare_nodes (gconstpointer a,
               gconstpointer b)
{
  const Node *one = a, *other = b;
  gint64 one_created = bal_comment_get_created (one->comment);
  gint64 other_created = bal_comment_get_created (other->comment);
  gint64 one_id, other_id;
  int by_remote_id;

  if (one_created != other_created)
    return one_created < other_created ? -1 : 1;

  by_remote_id = compare_remote_ids (bal_comment_get_remote_id (one->comment),
                                     bal_comment_get_remote_id (other->comment));
  if (by_remote_id != 0)
    return by_remote_id;

  one_id = bal_comment_get_id (one->comment);
  other_id = bal_comment_get_id (other->comment);
  if (one_id != other_id)
    return one_id < other_id ? -1 : 1;

  return one->place < other->place ? -1 : 1;
}

static gboolean
is_hidden (BalComment *comment)
{
  BalCommentStatus status = bal_comment_get_status (comment);

  return status == BAL_COMMENT_STATUS_SPAM || status == BAL_COMMENT_STATUS_TRASH;
}

static void
find_parents (Node  *nodes,
              guint  n_nodes)
{
  g_autoptr(GHashTable) by_id = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < n_nodes; i++)
    {
      gint64 id = bal_comment_get_id (nodes[i].comment);

      if (id != 0 && !g_hash_table_contains (by_id, &id))
        g_hash_table_insert (by_id, g_memdup2 (&id, sizeof id), GUINT_TO_POINTER (i));
    }

  for (guint i = 0; i < n_nodes; i++)
    {
      gint64 parent_id = bal_comment_get_parent_id (nodes[i].comment);
      gpointer found;

      nodes[i].parent = NONE;
      if (parent_id != 0 && g_hash_table_lookup_extended (by_id, &parent_id, NULL, &found))
        nodes[i].parent = GPOINTER_TO_UINT (found);
    }
}

/* Takes the earliest comment of each circle to the top; one that is its own parent is a circle too.
 * None is walked over more than twice. */
static void
break_circles (Node  *nodes,
               guint  n_nodes)
{
  for (guint i = 0; i < n_nodes; i++)
    {
      guint p = i, earliest;

      while (p != NONE && nodes[p].walk == 0)
        {
          nodes[p].walk = i + 1;
          p = nodes[p].parent;
        }
      if (p == NONE || nodes[p].walk != i + 1)
        continue;

      earliest = p;
      for (guint q = nodes[p].parent; q != p; q = nodes[q].parent)
        earliest = MIN (earliest, q);
      nodes[earliest].parent = NONE;
    }
}

/* Links each comment with its first reply and the next reply to its own parent, in sorted order;
 * returns the first at the top. */
static guint
link_children (Node  *nodes,
               guint  n_nodes)
{
  guint first = NONE;

  for (guint i = 0; i < n_nodes; i++)
    nodes[i].first_child = NONE;

  for (guint i = n_nodes; i-- > 0;)
    {
      guint *head = nodes[i].parent != NONE ? &nodes[nodes[i].parent].first_child : &first;

      nodes[i].next_sibling = *head;
      *head = i;
    }
  return first;
}

/* Sets number and depth of a comment whose parent has been dealt with. Replies to a hidden comment
 * are counted where that would have been. */
static void
number_node (Node  *nodes,
             guint  i,
             guint *n_top)
{
  Node *node = &nodes[i];
  guint counter = node->parent != NONE ? nodes[node->parent].counter : NONE;
  g_autofree char *number = NULL;

  node->depth = node->parent != NONE ? nodes[node->parent].depth + 1 : 0;
  node->counter = counter;

  if (!is_hidden (node->comment))
    {
      guint *count = counter != NONE ? &nodes[counter].n_counted : n_top;

      ++*count;
      number = counter != NONE ?
        g_strdup_printf ("%s.%u", bal_comment_get_number (nodes[counter].comment), *count) :
        g_strdup_printf ("%u", *count);
      node->n_parts = counter != NONE ? nodes[counter].n_parts + 1 : 1;
      if (node->n_parts < DEEPEST_NUMBER)
        node->counter = i;
    }

  bal_comment_set_number (node->comment, number);
  bal_comment_set_depth (node->comment, node->depth);
}

/* The comment that a reader sees next. */
static guint
next_node (const Node *nodes,
           guint       i)
{
  if (nodes[i].first_child != NONE)
    return nodes[i].first_child;

  while (i != NONE && nodes[i].next_sibling == NONE)
    i = nodes[i].parent;
  return i != NONE ? nodes[i].next_sibling : NONE;
}

/**
 * bal_thread_arrange:
 * @comments: (element-type BalComment): all comments of one review, in any order; rearranged in
 *   place
 *
 * Puts comments into reading order and sets each one's number and depth: top comments by time (then
 * id) are 1, 2, …; the replies of 4 are 4.1, 4.2, …. A comment whose parent is missing or is itself
 * stands at the top, and so does the earliest of a circle, so that none is ever hidden.
 *
 * Spam and trash get no number (readers don't see them, so they must not shift the others) but keep
 * their place; replies to them are counted where they would have been. The depth tells the place in
 * the tree, hidden comments included. A number has 32 parts at most: deeper replies are counted
 * with the comment they answer.
 *
 * Takes O(n log n) for n comments and no recursion, whatever the depth.
 */
void
bal_thread_arrange (GPtrArray *comments)
{
  g_autofree Node *nodes = NULL;
  guint n_top = 0, place = 0;

  g_return_if_fail (comments != NULL);

  nodes = g_new0 (Node, comments->len);
  for (guint i = 0; i < comments->len; i++)
    {
      nodes[i].comment = g_ptr_array_index (comments, i);
      nodes[i].place = i;
    }
  if (comments->len > 1)
    qsort (nodes, comments->len, sizeof *nodes, compare_nodes);

  find_parents (nodes, comments->len);
  break_circles (nodes, comments->len);

  for (guint i = link_children (nodes, comments->len); i != NONE; i = next_node (nodes, i))
    {
      number_node (nodes, i, &n_top);
      comments->pdata[place++] = nodes[i].comment;
    }
  g_assert (place == comments->len);
}
