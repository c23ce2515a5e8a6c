/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "bal-comment.h"

G_BEGIN_DECLS

/* HTML of posts and comments for pages that stand by themselves, on a disk or on any host. */

/* What of a post is not in its page. */
typedef struct
{
  guint n_embeds;                /* a link stands for each */
  guint n_dropped;               /* forms, drawings, programs and embeds without an address: they go with what is in them */
  guint n_remote;                /* pictures and films that are shown from the web */
} BalSiteLosses;

/**
 * bal_site_html_from_post:
 * @html: a post, whoever wrote it
 * @base: (nullable): what its addresses are relative to
 * @pictures: what addresses of pictures beside begin with: "../images/"
 * @losses: (inout): grows
 *
 * Only known elements with known attributes, each closed within: nothing that runs, nothing that frames another page, and nothing
 * that could end what stands around it.
 *
 * Returns: (transfer full): HTML
 */
char *bal_site_html_from_post    (const char    *html,
                                  GUri          *base,
                                  const char    *pictures,
                                  BalSiteLosses *losses);
/* (transfer full): what a comment may show, in paragraphs. */
char *bal_site_html_from_comment (BalComment    *comment);
/* (transfer full) (nullable): where who commented is on the web; an address of e-mail is for nobody else's eyes. */
char *bal_site_html_get_home     (BalComment    *comment);
/* (transfer full): plain text as HTML, in one line. */
char *bal_site_html_from_text    (const char    *text);

G_END_DECLS
