/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-types.h"

G_BEGIN_DECLS

/**
 * BalBlog:
 *
 * One of the person's blogs: where it is, how it is reached, what it lets the person do, and how
 * its reviews are written. Never holds a password.
 */
#define BAL_TYPE_BLOG (bal_blog_get_type ())
G_DECLARE_FINAL_TYPE (BalBlog, bal_blog, BAL, BLOG, GObject)

BalBlog         *bal_blog_new               (gint64           id);
gint64           bal_blog_get_id            (BalBlog         *self);
void             bal_blog_set_id            (BalBlog         *self, gint64 id);
/* What the person calls it; unique. */
const char      *bal_blog_get_name          (BalBlog         *self);
void             bal_blog_set_name          (BalBlog         *self, const char *name);
/* "wordpress", "folder", … */
const char      *bal_blog_get_provider      (BalBlog         *self);
void             bal_blog_set_provider      (BalBlog         *self, const char *provider);
/* Where readers find it. */
const char      *bal_blog_get_url           (BalBlog         *self);
void             bal_blog_set_url           (BalBlog         *self, const char *url);
/* Where programs reach it (WordPress: the REST root); NULL where the same. */
const char      *bal_blog_get_endpoint      (BalBlog         *self);
void             bal_blog_set_endpoint      (BalBlog         *self, const char *endpoint);
/* Page where the person grants access in the browser, or NULL. */
const char      *bal_blog_get_authorize_url (BalBlog         *self);
void             bal_blog_set_authorize_url (BalBlog         *self, const char *authorize_url);
/* The account's name for signing in; NULL where none is needed. */
const char      *bal_blog_get_user          (BalBlog         *self);
void             bal_blog_set_user          (BalBlog         *self, const char *user);
/* The account's id on the blog and the name under which the blogger's replies appear. */
const char      *bal_blog_get_user_id       (BalBlog         *self);
void             bal_blog_set_user_id       (BalBlog         *self, const char *user_id);
const char      *bal_blog_get_author        (BalBlog         *self);
void             bal_blog_set_author        (BalBlog         *self, const char *author);
BalCapabilities  bal_blog_get_capabilities  (BalBlog         *self);
void             bal_blog_set_capabilities  (BalBlog         *self, BalCapabilities capabilities);
/* FALSE after the server refused the password, until the person signs in again. */
gboolean         bal_blog_get_signed_in     (BalBlog         *self);
void             bal_blog_set_signed_in     (BalBlog         *self, gboolean signed_in);
/* (transfer none): never NULL. */
BalReviewFormat *bal_blog_get_format        (BalBlog         *self);
void             bal_blog_set_format        (BalBlog         *self, BalReviewFormat *format);
/* Dialect for new posts ("wp-blocks", "wp-classic", "blogger", "html"). */
const char      *bal_blog_get_dialect       (BalBlog         *self);
void             bal_blog_set_dialect       (BalBlog         *self, const char *dialect);
/* Language in which its reviews are spelled, such as "en_US"; NULL: that of the session. */
const char      *bal_blog_get_language      (BalBlog         *self);
void             bal_blog_set_language      (BalBlog         *self, const char *language);
/* Where its pictures go when it takes none itself: to another of the person's blogs (its row; 0: none), or into a folder on this computer.
 * The address is the one under which readers find that folder, or the pictures of a host that is a folder; without a slash at its end. */
gint64           bal_blog_get_image_host    (BalBlog         *self);
void             bal_blog_set_image_host    (BalBlog         *self, gint64 image_host);
const char      *bal_blog_get_image_folder  (BalBlog         *self);
void             bal_blog_set_image_folder  (BalBlog         *self, const char *image_folder);
const char      *bal_blog_get_image_url     (BalBlog         *self);
void             bal_blog_set_image_url     (BalBlog         *self, const char *image_url);
/* Whether a picture can go anywhere: to the blog itself, or where the person said. */
gboolean         bal_blog_has_image_place   (BalBlog         *self);
/* Seconds since 1970 UTC of the last sync that ended well; 0: never. */
gint64           bal_blog_get_last_sync     (BalBlog         *self);
void             bal_blog_set_last_sync     (BalBlog         *self, gint64 last_sync);

G_END_DECLS
