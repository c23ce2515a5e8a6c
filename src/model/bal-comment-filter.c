/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-comment-filter.h"

#include <glib/gi18n.h>
#include <string.h>

/* Bytes; no name of a prefix or a status is longer in any language. */
#define MAX_NAME 100

struct _BalCommentFilter
{
  gatomicrefcount  n_references;
  GPtrArray       *terms;       /* of BalFilterTerm */
};

G_DEFINE_BOXED_TYPE (BalCommentFilter, bal_comment_filter, bal_comment_filter_ref, bal_comment_filter_unref)

/* The prefixes, without the ":". What a translation says is understood too, in any language what is here. */
static const struct
{
  BalFilterKind  kind;
  const char    *name;
} prefixes[] = {
  /* Translators: what stands before a “:” in a search, as in “from:Ana”; one word. English is always understood, too. */
  { BAL_FILTER_FROM, NC_("search", "from") },
  /* Translators: what stands before a “:” in a search, as in “review:Perfection”; one word */
  { BAL_FILTER_REVIEW, NC_("search", "review") },
  /* Translators: what stands before a “:” in a search: in the blog of that name; one word */
  { BAL_FILTER_BLOG, NC_("search", "blog") },
  /* Translators: what stands before a “:” in a search, as in “status:spam”; one word */
  { BAL_FILTER_STATUS, NC_("search", "status") },
  /* Translators: what stands before a “:” in a search, as in “after:2020-05-17”; one word */
  { BAL_FILTER_AFTER, NC_("search", "after") },
  /* Translators: what stands before a “:” in a search, as in “before:2020-05-17”; one word */
  { BAL_FILTER_BEFORE, NC_("search", "before") },
  /* Translators: what stands before a “:” in a search, as in “on:2020-05-17”; one word */
  { BAL_FILTER_ON, NC_("search", "on") },
  /* Translators: what stands before a “:” in a search, as in “has:link”; one word */
  { BAL_FILTER_HAS, NC_("search", "has") },
  /* Translators: what stands before a “:” in a search, as in “is:unanswered”; one word */
  { BAL_FILTER_IS, NC_("search", "is") },
};

static void
term_free (gpointer data)
{
  BalFilterTerm *term = data;

  g_free (term->text);
  g_free (term);
}

static BalCommentFilter *
filter_new (void)
{
  BalCommentFilter *self = g_new0 (BalCommentFilter, 1);

  g_atomic_ref_count_init (&self->n_references);
  self->terms = g_ptr_array_new_with_free_func (term_free);
  return self;
}

static void
add_term (BalCommentFilter *self,
          BalFilterKind     kind,
          gboolean          negated,
          gboolean          quoted,
          const char       *text,
          gsize             length)
{
  BalFilterTerm *term = g_new0 (BalFilterTerm, 1);

  term->kind = kind;
  term->negated = negated;
  term->quoted = quoted;
  term->text = g_strndup (text, length);
  g_ptr_array_add (self->terms, term);
}

/* ---- reading ---- */

static gboolean
is_same_word (const char *text,
              gsize       length,
              const char *name)
{
  g_autofree char *folded = NULL;
  g_autofree char *other = NULL;

  if (length > MAX_NAME)
    return FALSE;

  folded = g_utf8_casefold (text, length);
  other = g_utf8_casefold (name, -1);
  return g_str_equal (folded, other);
}

/* The name of a kind and its ":" at *p, which moves behind them. */
static gboolean
read_prefix (const char    **p,
             BalFilterKind  *kind)
{
  const char *colon = *p;
  gsize length;

  while (*colon != '\0' && *colon != ':' && *colon != '"' && !g_unichar_isspace (g_utf8_get_char (colon)))
    colon = g_utf8_next_char (colon);
  if (*colon != ':')
    return FALSE;

  length = colon - *p;
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (is_same_word (*p, length, prefixes[i].name) ||
        is_same_word (*p, length, g_dpgettext2 (NULL, "search", prefixes[i].name)))
      {
        *kind = prefixes[i].kind;
        *p = colon + 1;
        return TRUE;
      }
  return FALSE;
}

/* In quotes, to the next one or the end; else to the next white space. Returns where it ends. */
static const char *
read_term (BalCommentFilter *self,
           const char       *p)
{
  BalFilterKind kind = BAL_FILTER_WORD;
  gboolean negated = *p == '-' && p[1] != '\0' && !g_unichar_isspace (g_utf8_get_char (p + 1));
  const char *end;

  if (negated)
    p++;
  read_prefix (&p, &kind);

  if (*p == '"')
    {
      end = strchr (p + 1, '"');
      if (end == NULL)
        end = p + strlen (p);
      add_term (self, kind, negated, TRUE, p + 1, end - (p + 1));
      return *end == '"' ? end + 1 : end;
    }

  for (end = p; *end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)); end = g_utf8_next_char (end))
    ;
  add_term (self, kind, negated, FALSE, p, end - p);
  return end;
}

/**
 * bal_comment_filter_new:
 * @line: whatever somebody typed; what is no UTF-8 becomes the replacement character
 *
 * Returns: (transfer full): it, read
 */
BalCommentFilter *
bal_comment_filter_new (const char *line)
{
  BalCommentFilter *self = filter_new ();
  g_autofree char *valid = g_utf8_make_valid (line, -1);

  for (const char *p = valid; *p != '\0';)
    {
      if (g_unichar_isspace (g_utf8_get_char (p)))
        p = g_utf8_next_char (p);
      else
        p = read_term (self, p);
    }

  return self;
}

BalCommentFilter *
bal_comment_filter_ref (BalCommentFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->n_references);
  return self;
}

void
bal_comment_filter_unref (BalCommentFilter *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->n_references))
    return;

  g_ptr_array_unref (self->terms);
  g_free (self);
}

/* ---- writing ---- */

static const char *
get_prefix (BalFilterKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (prefixes[i].kind == kind)
      return prefixes[i].name;

  return NULL;
}

/**
 * bal_comment_filter_write:
 * @self: a filter
 *
 * Returns: (transfer full): a line that is read as the same terms; prefixes are English in it, so that it means the same
 *   whatever language the person uses next
 */
char *
bal_comment_filter_write (BalCommentFilter *self)
{
  GString *line = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const BalFilterTerm *term = self->terms->pdata[i];
      const char *quote = term->quoted ? "\"" : "";

      if (line->len > 0)
        g_string_append_c (line, ' ');
      if (term->negated)
        g_string_append_c (line, '-');
      if (term->kind != BAL_FILTER_WORD)
        g_string_append_printf (line, "%s:", get_prefix (term->kind));
      g_string_append_printf (line, "%s%s%s", quote, term->text, quote);
    }

  return g_string_free (line, FALSE);
}

guint
bal_comment_filter_get_n_terms (BalCommentFilter *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->terms->len;
}

const BalFilterTerm *
bal_comment_filter_get_term (BalCommentFilter *self,
                             guint             i)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (i < self->terms->len, NULL);

  return self->terms->pdata[i];
}

/* ---- one kind at a time ---- */

/**
 * bal_comment_filter_dup_value:
 * @self: a filter
 * @kind: a kind
 *
 * Returns: (transfer full): the texts of its terms of that kind that are not negated, with spaces between them
 */
char *
bal_comment_filter_dup_value (BalCommentFilter *self,
                              BalFilterKind     kind)
{
  GString *value = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const BalFilterTerm *term = self->terms->pdata[i];

      if (term->kind == kind && !term->negated)
        g_string_append_printf (value, "%s%s", value->len > 0 ? " " : "", term->text);
    }

  return g_string_free (value, FALSE);
}

static gboolean
needs_quotes (const char *value)
{
  for (const char *p = value; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isspace (g_utf8_get_char (p)))
      return TRUE;

  return FALSE;
}

/**
 * bal_comment_filter_with:
 * @self: a filter
 * @kind: any but %BAL_FILTER_WORD
 * @value: (nullable): text, valid UTF-8; a quotation mark in it can't be written and becomes a space
 *
 * Returns: (transfer full): the same filter with @value in the place of its terms of that kind that are not negated;
 *   without these where @value is %NULL or blank
 */
BalCommentFilter *
bal_comment_filter_with (BalCommentFilter *self,
                         BalFilterKind     kind,
                         const char       *value)
{
  BalCommentFilter *other;
  g_autofree char *plain = NULL;
  gboolean done;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (kind != BAL_FILTER_WORD, NULL);

  plain = g_strdup (value != NULL ? value : "");
  g_strdelimit (plain, "\"", ' ');
  g_strstrip (plain);
  done = *plain == '\0';

  other = filter_new ();
  for (guint i = 0; i < self->terms->len; i++)
    {
      const BalFilterTerm *term = self->terms->pdata[i];
      gboolean replaced = term->kind == kind && !term->negated;

      if (!replaced)
        add_term (other, term->kind, term->negated, term->quoted, term->text, strlen (term->text));
      else if (!done)
        {
          add_term (other, kind, FALSE, needs_quotes (plain), plain, strlen (plain));
          done = TRUE;
        }
    }
  if (!done)
    add_term (other, kind, FALSE, needs_quotes (plain), plain, strlen (plain));

  return other;
}

/* ---- what it means ---- */

static gboolean
is_name (const char *text,
         const char *english,
         const char *translated)
{
  return is_same_word (text, strlen (text), english) || is_same_word (text, strlen (text), translated);
}

/* Bits; 0: it names no status. */
static guint
read_status (const char *name)
{
  /* Translators: every status, as typed into a search: “status:all” */
  if (is_name (name, "all", C_("search", "all")))
    return BAL_FILTER_ALL_STATUSES;

  for (guint i = BAL_COMMENT_STATUS_PENDING; i <= BAL_COMMENT_STATUS_TRASH; i++)
    if (is_name (name, bal_comment_status_to_nick (i), bal_comment_status_get_label (i)))
      return 1u << i;

  return 0;
}

/* Several with commas between them. FALSE: one of them is none; @statuses are those that are. */
static gboolean
read_statuses (const char *text,
               guint      *statuses)
{
  g_auto(GStrv) names = g_strsplit (text, ",", -1);
  gboolean all = TRUE;

  *statuses = 0;
  for (guint i = 0; names[i] != NULL; i++)
    {
      guint status = *g_strstrip (names[i]) != '\0' ? read_status (names[i]) : 0;

      *statuses |= status;
      all = all && (status != 0 || *names[i] == '\0');
    }
  return all;
}

static gboolean
is_link (const char *text)
{
  /* Translators: as typed into a search: “has:link” */
  return is_name (text, "link", C_("search", "link")) || is_name (text, "links", "links");
}

static gboolean
is_unanswered (const char *text)
{
  /* Translators: as typed into a search: “is:unanswered” */
  return is_name (text, "unanswered", C_("search", "unanswered"));
}

static gboolean
is_mine (const char *text)
{
  /* Translators: the blogger’s own, as typed into a search: “is:mine” */
  return is_name (text, "mine", C_("search", "mine"));
}

static void
limit_period (const BalFilterTerm *term,
              gint64               now,
              GTimeZone           *zone,
              BalFilterLimits     *limits)
{
  gint64 start, end;

  if (!bal_filter_date_parse (term->text, now, zone, &start, &end))
    return;

  /* After and before are each other's opposite; not within a period is no limit, but a gap. */
  if (term->kind == BAL_FILTER_ON)
    {
      limits->from = term->negated ? limits->from : MAX (limits->from, start);
      limits->until = term->negated ? limits->until : MIN (limits->until, end);
    }
  else if ((term->kind == BAL_FILTER_AFTER) != term->negated)
    limits->from = MAX (limits->from, start);
  else
    limits->until = MIN (limits->until, start);
}

static void
limit_status (const BalFilterTerm *term,
              guint                named,
              guint               *wanted,
              guint               *unwanted)
{
  if (term->negated)
    *unwanted |= named;
  else
    *wanted |= named;
}

/**
 * bal_comment_filter_resolve:
 * @self: a filter
 * @now: the present time, seconds
 * @zone: where the person is
 * @limits: (out): what its terms that are not words come to; those that can't be understood limit nothing
 */
void
bal_comment_filter_resolve (BalCommentFilter *self,
                            gint64            now,
                            GTimeZone        *zone,
                            BalFilterLimits  *limits)
{
  guint wanted = 0, unwanted = 0;

  g_return_if_fail (self != NULL);
  g_return_if_fail (limits != NULL);

  *limits = (BalFilterLimits) { 0, G_MININT64, G_MAXINT64, -1, -1, -1 };
  for (guint i = 0; i < self->terms->len; i++)
    {
      const BalFilterTerm *term = self->terms->pdata[i];
      guint named;

      switch (term->kind)
        {
        case BAL_FILTER_AFTER:
        case BAL_FILTER_BEFORE:
        case BAL_FILTER_ON:
          limit_period (term, now, zone, limits);
          break;

        case BAL_FILTER_STATUS:
          read_statuses (term->text, &named);
          limit_status (term, named, &wanted, &unwanted);
          break;

        case BAL_FILTER_HAS:
          if (is_link (term->text))
            limits->has_link = !term->negated;
          break;

        case BAL_FILTER_IS:
          if (is_unanswered (term->text))
            limits->unanswered = !term->negated;
          else if (is_mine (term->text))
            limits->mine = !term->negated;
          else
            limit_status (term, read_status (term->text), &wanted, &unwanted);
          break;

        case BAL_FILTER_WORD:
        case BAL_FILTER_FROM:
        case BAL_FILTER_REVIEW:
        case BAL_FILTER_BLOG:
        default:
          break;
        }
    }
  /* "-status:spam" alone means all others. All that were wanted may be unwanted too: then there is none. */
  if (wanted != 0 || unwanted != 0)
    limits->statuses = (wanted != 0 ? wanted : BAL_FILTER_ALL_STATUSES) & ~unwanted;
  if ((wanted != 0 || unwanted != 0) && limits->statuses == 0)
    limits->until = G_MININT64;
}

/**
 * bal_comment_filter_get_gap:
 * @self: a filter
 * @i: which of its terms
 * @now: the present time, seconds
 * @zone: where the person is
 * @from: (out): the first second in which there is none…
 * @until: (out): …and the first after it in which there may be; %G_MAXINT64: never again
 *
 * Returns: whether that term is a period in which a comment must not be, as `-on:2020` is
 */
gboolean
bal_comment_filter_get_gap (BalCommentFilter *self,
                            guint             i,
                            gint64            now,
                            GTimeZone        *zone,
                            gint64           *from,
                            gint64           *until)
{
  const BalFilterTerm *term;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (i < self->terms->len, FALSE);

  term = self->terms->pdata[i];
  return term->kind == BAL_FILTER_ON && term->negated && bal_filter_date_parse (term->text, now, zone, from, until);
}

static char *
describe_fault (const BalFilterTerm *term)
{
  guint statuses;

  switch (term->kind)
    {
    case BAL_FILTER_AFTER:
    case BAL_FILTER_BEFORE:
    case BAL_FILTER_ON:
      {
        g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
        gint64 start, end;

        return bal_filter_date_parse (term->text, 0, utc, &start, &end) ? NULL : g_strdup_printf (
          _("“%s” is no date. Write it like 2020, 2020-05 or 2020-05-17, or 7d for the last seven days."), term->text);
      }

    case BAL_FILTER_STATUS:
      return read_statuses (term->text, &statuses) ? NULL : g_strdup_printf (
        _("There is no status “%s”. Write pending, approved, spam, trash or all."), term->text);

    case BAL_FILTER_HAS:
      return is_link (term->text) ? NULL : g_strdup_printf (
        /* Translators: “has:link” is typed like that in any language */
        _("Nothing is known about “%s”. Write has:link."), term->text);

    case BAL_FILTER_IS:
      return is_unanswered (term->text) || is_mine (term->text) || read_status (term->text) != 0 ? NULL
        : g_strdup_printf (
            /* Translators: “is:unanswered” and “is:mine” are typed like that in any language */
            _("Nothing is known about “%s”. Write is:unanswered or is:mine."), term->text);

    case BAL_FILTER_WORD:
    case BAL_FILTER_FROM:
    case BAL_FILTER_REVIEW:
    case BAL_FILTER_BLOG:
    default:
      return NULL;
    }
}

/**
 * bal_comment_filter_dup_fault:
 * @self: a filter
 *
 * Returns: (transfer full) (nullable): what can't be understood in it, in one sentence; %NULL: nothing. A prefix with
 *   nothing behind it yet is no fault.
 */
char *
bal_comment_filter_dup_fault (BalCommentFilter *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  for (guint i = 0; i < self->terms->len; i++)
    {
      const BalFilterTerm *term = self->terms->pdata[i];
      char *fault = *term->text != '\0' ? describe_fault (term) : NULL;

      if (fault != NULL)
        return fault;
    }

  return NULL;
}
