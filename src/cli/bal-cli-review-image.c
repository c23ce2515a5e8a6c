/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-desk.h"
#include "bal-image.h"
#include "bal-media-refs.h"
#include "bal-review-html.h"

typedef struct
{
  gint64      id;
  const char *path;
  char       *alt;
  char       *caption;
  BalReview  *review;
  BalBlog    *blog;
} ImageWork;

static void
image_work_clear (ImageWork *work)
{
  g_free (work->alt);
  g_free (work->caption);
  g_clear_object (&work->review);
  g_clear_object (&work->blog);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ImageWork, image_work_clear)

/* Behind the last block of the body; field lines that follow it stay where they are. */
static void
append_image (ImageWork *work,
              gint64     media_id)
{
  BalReviewFormat *format = bal_blog_get_format (work->blog);
  const char *html = bal_review_get_html (work->review);
  g_autofree char *reference = bal_media_ref_new (media_id);
  g_autofree char *new_html = NULL;
  g_auto(BalReviewFields) fields = { NULL };
  g_autoptr(BalImage) image = bal_image_new (reference);
  g_autoptr(BalDocument) document = NULL;
  g_autoptr(BalDocument) body = NULL;
  g_autoptr(BalDocument) joined = NULL;
  g_autoptr(GPtrArray) blocks = NULL;
  BalDialect dialect = BAL_DIALECT_HTML;

  if (bal_blog_get_dialect (work->blog) != NULL)
    bal_dialect_from_nick (bal_blog_get_dialect (work->blog), &dialect);
  document = bal_document_new_from_html (html != NULL ? html : "", -1, dialect);
  body = bal_document_split_fields (document, format, &fields);
  blocks = bal_document_dup_blocks (body);
  image->alt = g_strdup (work->alt != NULL ? work->alt : "");
  image->caption = g_strdup (work->caption);
  g_ptr_array_add (blocks, bal_image_to_block (image, bal_document_get_dialect (document)));
  joined = bal_document_join_fields (document, blocks, format, &fields);
  new_html = bal_document_to_html (joined, NULL);
  bal_review_set_html (work->review, new_html);
}

static gboolean
image_work (BalTransaction  *transaction,
            gpointer         data,
            GError         **error)
{
  ImageWork *work = data;
  gint64 media_id;

  work->review = bal_review_table_get (transaction, work->id, error);
  if (work->review == NULL)
    return FALSE;
  work->blog = bal_blog_table_get (transaction, bal_review_get_blog_id (work->review), error);
  if (work->blog == NULL)
    return FALSE;
  media_id = bal_media_table_add (transaction, bal_blog_get_id (work->blog), work->path, work->alt, error);
  if (media_id == 0)
    return FALSE;

  append_image (work, media_id);
  return bal_desk_save_review (transaction, work->review, TRUE, error);
}

BalCliStatus
bal_cli_review_image (BalCli  *cli,
                      int      argc,
                      char   **argv)
{
  g_auto(ImageWork) work = { 0 };
  const GOptionEntry entries[] = {
    { "alt", 0, 0, G_OPTION_ARG_STRING, &work.alt, N_("What the picture shows, for those who can’t see it"), "TEXT" },
    { "caption", 0, 0, G_OPTION_ARG_STRING, &work.caption, N_("Caption below the picture"), "TEXT" },
    { NULL }
  };
  g_autoptr(GError) error = NULL;

  if (!bal_cli_parse_with_id ("review image ID FILE [--alt TEXT] [--caption TEXT]", entries, &argc, &argv, 2, 2, &work.id))
    return BAL_CLI_USAGE;
  work.path = argv[2];
  if (!bal_cli_write (cli, image_work, &work, &error))
    return bal_cli_fail (error);

  if (!bal_blog_has_image_place (work.blog))
    g_printerr (_("balconyctl: “%s” takes no pictures itself; the review waits until you say with “blog set --image-host” where "
                  "they go.\n"), bal_blog_get_name (work.blog));
  if (cli->json)
    bal_cli_print_json (bal_cli_review_to_json (work.review, bal_blog_get_name (work.blog)));
  else
    bal_cli_print_review (work.review);

  return BAL_CLI_DONE;
}
