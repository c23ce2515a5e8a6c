/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-blog.h"

#include "bal-property.h"
#include "bal-review-format.h"

struct _BalBlog
{
  GObject           parent_instance;

  gint64            id;
  gint64            last_sync;
  gint64            image_host;
  BalCapabilities   capabilities;
  gboolean          signed_in;

  char             *name;
  char             *provider;
  char             *url;
  char             *endpoint;
  char             *authorize_url;
  char             *user;
  char             *user_id;
  char             *author;
  char             *dialect;
  char             *language;
  char             *image_folder;
  char             *image_url;
  BalReviewFormat  *format;
};

#define BLOG_PROPERTIES(P)                                                                        \
  P (INT64, gint64, id, ID, "id", NULL)                                                           \
  P (TEXT, const char *, name, NAME, "name", NULL)                                                \
  P (TEXT, const char *, provider, PROVIDER, "provider", NULL)                                    \
  P (TEXT, const char *, url, URL, "url", NULL)                                                   \
  P (TEXT, const char *, endpoint, ENDPOINT, "endpoint", NULL)                                    \
  P (TEXT, const char *, authorize_url, AUTHORIZE_URL, "authorize-url", NULL)                     \
  P (TEXT, const char *, user, USER, "user", NULL)                                                \
  P (TEXT, const char *, user_id, USER_ID, "user-id", NULL)                                       \
  P (TEXT, const char *, author, AUTHOR, "author", NULL)                                          \
  P (FLAGS, BalCapabilities, capabilities, CAPABILITIES, "capabilities",                          \
     bal_capabilities_get_type)                                                                   \
  P (BOOLEAN, gboolean, signed_in, SIGNED_IN, "signed-in", NULL)                                  \
  P (TEXT, const char *, dialect, DIALECT, "dialect", NULL)                                       \
  P (TEXT, const char *, language, LANGUAGE, "language", NULL)                                    \
  P (INT64, gint64, image_host, IMAGE_HOST, "image-host", NULL)                                   \
  P (TEXT, const char *, image_folder, IMAGE_FOLDER, "image-folder", NULL)                        \
  P (TEXT, const char *, image_url, IMAGE_URL, "image-url", NULL)                                 \
  P (INT64, gint64, last_sync, LAST_SYNC, "last-sync", NULL)

enum
{
  PROP_0,
  BLOG_PROPERTIES (BAL_PROPERTY_NUMBER)
  PROP_FORMAT,
  N_PROPS
};

#define ENTRY(KIND, CType, member, NUMBER, name, get_type) \
  BAL_PROPERTY_ENTRY (BalBlog, KIND, member, NUMBER, name, get_type)

static const BalProperty table[N_PROPS] = { BLOG_PROPERTIES (ENTRY) };
static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (BalBlog, bal_blog, G_TYPE_OBJECT)

static void
bal_blog_finalize (GObject *object)
{
  BalBlog *self = BAL_BLOG (object);

  bal_properties_clear (object, table, N_PROPS);
  g_clear_pointer (&self->format, bal_review_format_unref);

  G_OBJECT_CLASS (bal_blog_parent_class)->finalize (object);
}

static void
bal_blog_get_property (GObject    *object,
                       guint       prop_id,
                       GValue     *value,
                       GParamSpec *pspec)
{
  if (prop_id == PROP_FORMAT)
    g_value_set_boxed (value, BAL_BLOG (object)->format);
  else
    bal_property_get_value (object, &table[prop_id], value);
}

static void
bal_blog_set_property (GObject      *object,
                       guint         prop_id,
                       const GValue *value,
                       GParamSpec   *pspec)
{
  if (prop_id == PROP_FORMAT)
    bal_blog_set_format (BAL_BLOG (object), g_value_get_boxed (value));
  else
    bal_property_set_value (object, &table[prop_id], pspec, value);
}

static void
bal_blog_class_init (BalBlogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = bal_blog_finalize;
  object_class->get_property = bal_blog_get_property;
  object_class->set_property = bal_blog_set_property;

  properties[PROP_FORMAT] =
    g_param_spec_boxed ("format", NULL, NULL, BAL_TYPE_REVIEW_FORMAT,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  bal_properties_install (object_class, table, properties, N_PROPS);
}

static void
bal_blog_init (BalBlog *self)
{
  self->signed_in = TRUE;
  self->format = bal_review_format_new_default ();
}

/**
 * bal_blog_new:
 * @id: the row in the store, or 0 while it has none
 *
 * Returns: (transfer full): a blog without a name, able to do nothing, taken to be signed in, with
 *   the default review format
 */
BalBlog *
bal_blog_new (gint64 id)
{
  BalBlog *self = g_object_new (BAL_TYPE_BLOG, NULL);

  self->id = id;
  return self;
}

/**
 * bal_blog_get_format:
 * @self: a blog
 *
 * Returns: (transfer none) (not nullable): how the blog writes its review fields
 */
BalReviewFormat *
bal_blog_get_format (BalBlog *self)
{
  g_return_val_if_fail (BAL_IS_BLOG (self), NULL);

  return self->format;
}

/**
 * bal_blog_set_format:
 * @self: a blog
 * @format: (nullable): how the blog writes its review fields; %NULL for the default
 */
void
bal_blog_set_format (BalBlog         *self,
                     BalReviewFormat *format)
{
  BalReviewFormat *old;

  g_return_if_fail (BAL_IS_BLOG (self));

  if (format == self->format)
    return;

  old = self->format;
  self->format = format != NULL ? bal_review_format_ref (format) : bal_review_format_new_default ();
  bal_review_format_unref (old);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FORMAT]);
}

/**
 * bal_blog_has_image_place:
 * @self: a blog
 *
 * Returns: whether a picture of a review can go to the blog itself, or to where the person said
 */
gboolean
bal_blog_has_image_place (BalBlog *self)
{
  g_return_val_if_fail (BAL_IS_BLOG (self), FALSE);

  return (self->capabilities & BAL_CAPABILITY_UPLOAD_MEDIA) != 0 || self->image_host != 0 || self->image_folder != NULL;
}

#define ACCESSORS(KIND, CType, member, NUMBER, name, get_type) \
  BAL_PROPERTY_ACCESSORS (BalBlog, bal_blog, BAL_IS_BLOG, KIND, CType, member, NUMBER)

BLOG_PROPERTIES (ACCESSORS)
