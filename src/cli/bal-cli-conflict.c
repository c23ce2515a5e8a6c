/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-cli.h"

#include "bal-conflict-table.h"
#include "bal-document-diff.h"
#include "bal-resolution.h"
#include "bal-safe-text.h"

typedef struct
{
  BalCli        *cli;
  gint64         blog_id;
  GPtrArray     *list;
  gint64         id;
  gboolean       mine;
  BalDispute    *dispute;
  BalResolution *resolution;
} Work;

/* ---- list ---- */

static gboolean
conflict_list_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return bal_cli_filter_blog (work->cli, transaction, &work->blog_id, error) &&
         (work->list = bal_conflict_table_list (transaction, work->blog_id, error)) != NULL;
}

static json_t *
conflict_to_json (const BalConflict *conflict)
{
  g_auto(GStrv) fields = g_strsplit (conflict->what != NULL ? conflict->what : "", ",", -1);
  json_t *what = json_array ();

  for (guint i = 0; fields[i] != NULL; i++)
    json_array_append_new (what, json_string (fields[i]));

  return json_pack ("{s:I, s:s, s:I, s:o, s:o}",
                    "id", (json_int_t) conflict->id,
                    "entity", bal_cli_entity_nick (conflict->entity),
                    "entity_id", (json_int_t) conflict->entity_id,
                    "created", bal_cli_time (conflict->created),
                    "fields", what);
}

static BalCliStatus
conflict_list (BalCli  *cli,
               int      argc,
               char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) list = NULL;
  json_t *array = NULL;

  if (!bal_cli_parse ("conflict list", NULL, &argc, &argv, 0, 0))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, conflict_list_work, &work, &error))
    return bal_cli_fail (error);

  list = work.list;
  if (cli->json)
    array = json_array ();
  for (guint i = 0; i < list->len; i++)
    {
      const BalConflict *conflict = g_ptr_array_index (list, i);

      if (array != NULL)
        json_array_append_new (array, conflict_to_json (conflict));
      else
        g_print ("%5" G_GINT64_FORMAT "  %-7s  %6" G_GINT64_FORMAT "  %s\n", conflict->id,
                 bal_cli_entity_nick (conflict->entity), conflict->entity_id, conflict->what);
    }
  if (array != NULL)
    bal_cli_print_json (array);

  return BAL_CLI_DONE;
}

/* ---- show ---- */

static gboolean
dispute_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return (work->dispute = bal_dispute_read (transaction, work->id, error)) != NULL;
}

/* Neither: there is none on this side. */
static json_t *
side_to_json (BalReview  *review,
              BalComment *comment)
{
  if (review != NULL)
    return bal_cli_review_to_json (review, NULL);

  return comment != NULL ? bal_cli_comment_to_json (comment) : json_null ();
}

static json_t *
points_to_json (GPtrArray *points)
{
  json_t *array = json_array ();

  for (guint i = 0; i < points->len; i++)
    {
      BalPoint *point = g_ptr_array_index (points, i);

      json_array_append_new (array, json_pack ("{s:i, s:s, s:o, s:o, s:o}",
                                               "number", (int) i + 1,
                                               "field", point->field,
                                               "base", bal_cli_string (point->sides[BAL_SIDE_BASE]),
                                               "mine", bal_cli_string (point->sides[BAL_SIDE_MINE]),
                                               "theirs", bal_cli_string (point->sides[BAL_SIDE_THEIRS])));
    }
  return array;
}

static void
print_json (BalResolution *resolution)
{
  static const char *const names[] = { "base", "mine", "theirs" };
  BalDispute *dispute = bal_resolution_get_dispute (resolution);
  const BalConflict head = { .id = dispute->conflict_id, .entity = dispute->entity, .what = dispute->what,
                             .entity_id = dispute->entity_id, .created = dispute->created };
  json_t *object = conflict_to_json (&head);

  for (guint s = BAL_SIDE_BASE; s <= BAL_SIDE_THEIRS; s++)
    json_object_set_new (object, names[s], side_to_json (dispute->reviews[s], dispute->comments[s]));
  json_object_set_new (object, "points", points_to_json (bal_resolution_get_points (resolution)));
  bal_cli_print_json (object);
}

/* Each line of @text behind @name; what could drive a terminal is no part of it. */
static void
print_lines (const char *name,
             const char *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_autofree char *line = bal_safe_text_name (lines[i], G_MAXUINT);

      g_print ("     %-7s %s\n", i == 0 ? name : "", line);
    }
}

/* Marks around the words that the other side has not. */
static char *
mark_words (GPtrArray     *pieces,
            BalDifference  side)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      BalTextPiece *piece = g_ptr_array_index (pieces, i);

      if (piece->change == side)
        g_string_append_printf (out, side == BAL_DIFFERENCE_ADDED ? "{+%s+}" : "[-%s-]", piece->text);
      else if (piece->change == BAL_DIFFERENCE_SAME)
        g_string_append (out, piece->text);
    }
  return g_strdup (out->str);
}

static void
print_point (const BalPoint *point,
             guint           number)
{
  g_autoptr(GPtrArray) pieces = bal_text_diff (point->sides[BAL_SIDE_MINE], point->sides[BAL_SIDE_THEIRS]);
  g_autofree char *mine = mark_words (pieces, BAL_DIFFERENCE_REMOVED);
  g_autofree char *theirs = mark_words (pieces, BAL_DIFFERENCE_ADDED);

  g_print ("%3u  %s\n", number, point->field);
  if (*point->sides[BAL_SIDE_BASE] != '\0')
    print_lines ("base", point->sides[BAL_SIDE_BASE]);
  print_lines ("mine", mine);
  print_lines ("theirs", g_str_equal (point->field, "deleted") ? _("deleted on the blog") : theirs);
}

static BalCliStatus
conflict_show (BalCli  *cli,
               int      argc,
               char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  g_autoptr(BalResolution) resolution = NULL;
  GPtrArray *points;

  if (!bal_cli_parse_with_id ("conflict show ID", NULL, &argc, &argv, 1, 1, &work.id))
    return BAL_CLI_USAGE;
  if (!bal_cli_read (cli, dispute_work, &work, &error))
    return bal_cli_fail (error);

  resolution = bal_resolution_new (work.dispute);
  points = bal_resolution_get_points (resolution);
  if (cli->json)
    print_json (resolution);
  else
    for (guint i = 0; i < points->len; i++)
      print_point (g_ptr_array_index (points, i), i + 1);

  return BAL_CLI_DONE;
}

/* ---- resolve ---- */

static gboolean
resolve_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;

  return bal_conflict_table_resolve (transaction, work->id, work->mine, error);
}

static gboolean
settle_work (BalTransaction *transaction, gpointer data, GError **error)
{
  Work *work = data;
  g_autoptr(BalReview) review = bal_resolution_dup_review (work->resolution);
  g_autoptr(BalComment) comment = bal_resolution_dup_comment (work->resolution);

  return bal_dispute_settle (bal_resolution_get_dispute (work->resolution), transaction, review, comment, error);
}

static gboolean
parse_side (const char *text,
            BalSide    *side)
{
  *side = g_str_equal (text, "theirs") ? BAL_SIDE_THEIRS : BAL_SIDE_MINE;
  return *side == BAL_SIDE_THEIRS || g_str_equal (text, "mine");
}

/* "2=mine", or "title=theirs" for all points of a field. @chosen: by point. */
static gboolean
choose (BalResolution *resolution,
        const char    *choice,
        gboolean      *chosen)
{
  GPtrArray *points = bal_resolution_get_points (resolution);
  g_auto(GStrv) parts = g_strsplit (choice, "=", 2);
  gboolean any = FALSE;
  guint64 number = 0;
  BalSide side;

  if (g_strv_length (parts) != 2 || !parse_side (parts[1], &side))
    return FALSE;
  g_ascii_string_to_unsigned (parts[0], 10, 1, G_MAXUINT, &number, NULL);
  for (guint i = 0; i < points->len; i++)
    if (number == i + 1 || g_str_equal (((BalPoint *) g_ptr_array_index (points, i))->field, parts[0]))
      {
        bal_resolution_choose (resolution, i, side);
        chosen[i] = any = TRUE;
      }
  return any;
}

static BalCliStatus
resolve_points (Work  *work,
                int    argc,
                char **argv)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(BalResolution) resolution = NULL;
  g_autofree gboolean *chosen = NULL;
  GPtrArray *points;

  if (!bal_cli_read (work->cli, dispute_work, work, &error))
    return bal_cli_fail (error);
  work->resolution = resolution = bal_resolution_new (work->dispute);
  points = bal_resolution_get_points (resolution);
  chosen = g_new0 (gboolean, points->len + 1);
  for (int i = 2; i < argc; i++)
    if (!choose (resolution, argv[i], chosen))
      return bal_cli_usage (_("“%s” chooses nothing: say NUMBER=mine or NUMBER=theirs with a number of “conflict show”."),
                            argv[i]);
  for (guint i = 0; i < points->len; i++)
    if (!chosen[i])
      return bal_cli_usage (_("Choose for number %u, too; nothing was changed."), i + 1);

  return bal_cli_write (work->cli, settle_work, work, &error) ? BAL_CLI_DONE : bal_cli_fail (error);
}

static BalCliStatus
conflict_resolve (BalCli  *cli,
                  int      argc,
                  char   **argv)
{
  Work work = { .cli = cli };
  g_autoptr(GError) error = NULL;
  BalCliStatus status = BAL_CLI_DONE;
  BalSide side;

  if (!bal_cli_parse_with_id ("conflict resolve ID mine|theirs|NUMBER=mine|theirs …", NULL, &argc, &argv, 2, -1, &work.id))
    return BAL_CLI_USAGE;

  if (strchr (argv[2], '=') != NULL)
    status = resolve_points (&work, argc, argv);
  else if (argc > 3 || !parse_side (argv[2], &side))
    status = bal_cli_usage (_("Say “mine” or “theirs”."));
  else
    {
      work.mine = side == BAL_SIDE_MINE;
      if (!bal_cli_write (cli, resolve_work, &work, &error))
        status = bal_cli_fail (error);
    }
  return status != BAL_CLI_DONE ? status : conflict_list (cli, 1, (char *[]) { (char *) "list", NULL });
}

BalCliStatus
bal_cli_conflict (BalCli  *cli,
                  int      argc,
                  char   **argv)
{
  static const BalCliVerb verbs[] = {
    { "list", conflict_list, "conflict list" },
    { "show", conflict_show, "conflict show ID" },
    { "resolve", conflict_resolve, "conflict resolve ID mine|theirs|NUMBER=mine|theirs …" },
    { NULL }
  };

  return bal_cli_dispatch (cli, verbs, "conflict", argc, argv);
}
