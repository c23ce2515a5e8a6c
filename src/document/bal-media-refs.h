/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A picture that a person put into a post and that is not on the blog yet stands there as
 * `src="media:ID"`, with the id of its row. Nothing is sent while one is left.
 */

#define BAL_MEDIA_REF_PREFIX "media:"

/* Where a picture came to be. */
typedef struct
{
  gint64      id;
  const char *remote_id;
  const char *url;
} BalMediaPlace;

/* (nullable) @value: the row's id in "media:ID"; 0 when it starts so and has none; -1 when it is no
 * reference. */
gint64  bal_media_ref_parse    (const char          *value);
/* (transfer full): "media:ID" */
char   *bal_media_ref_new      (gint64               id);
/* (transfer full) (element-type gint64): ids that @html refers to, each once, in order. 0 stands
 * for a reference that names no row. */
GArray *bal_media_refs_list    (const char          *html);
/* (transfer full) (nullable): the description of the image that refers to @id, where it has one. */
char   *bal_media_refs_dup_alt (const char          *html,
                                gint64               id);
/* (transfer full): @html with the addresses in the place of the references (and of links to them), and
 * with the blog's id where the dialect names it (wp:image, wp-image-N); all other bytes kept. */
char   *bal_media_refs_resolve (const char          *html,
                                const BalMediaPlace *places,
                                guint                n_places);

G_END_DECLS
