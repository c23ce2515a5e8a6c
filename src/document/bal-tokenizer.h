/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-tags.h"

G_BEGIN_DECLS

typedef enum
{
  BAL_TOKEN_TEXT,       /* characters, entities undecoded */
  BAL_TOKEN_BREAK,      /* newlines with a blank line between them, where asked for */
  BAL_TOKEN_START,
  BAL_TOKEN_END,
  BAL_TOKEN_COMMENT,
  BAL_TOKEN_OTHER,      /* doctype, processing instruction, bogus markup */
  BAL_TOKEN_WP_START,   /* <!-- wp:name {…} --> */
  BAL_TOKEN_WP_END,     /* <!-- /wp:name --> */
  BAL_TOKEN_WP_VOID,    /* <!-- wp:name {…} /--> */
} BalTokenType;

#define BAL_TOKEN_NO_MATCH G_MAXUINT

/**
 * BalToken:
 *
 * A piece of the source. Every byte of the source is in exactly one token, in order, whatever the
 * bytes are.
 */
typedef struct
{
  BalTokenType  type;
  gboolean      raw;           /* text that is no markup: the inside of a script */
  gboolean      unclosed;      /* the source ended inside it: nothing may be put behind it */
  gsize         start;
  gsize         end;
  gsize         name_start;    /* of a tag or a delimiter (without "core/") */
  gsize         name_length;
  const BalTag *tag;           /* (nullable): an element that Balcony knows */
  guint         name_id;       /* equal for equal names within one list */
  guint         match;         /* index of the other end, or BAL_TOKEN_NO_MATCH */
} BalToken;

/**
 * BalTokens:
 *
 * The tokens of some bytes, with start and end tags matched. It is a tokenizer and no more: nothing
 * is repaired, an end tag that closes nothing stays without a match, and so do the elements that it
 * cuts off.
 */
typedef struct
{
  const char *source;   /* borrowed: must outlive the list */
  gsize       length;
  BalToken   *tokens;
  guint       n_tokens;
  gboolean    is_cut;   /* more markup than any post has: the last token is all the rest */
} BalTokens;

BalTokens *bal_tokens_new        (const char     *source,
                                  gsize           length,
                                  gboolean        split_blank_lines);
void       bal_tokens_free       (BalTokens      *self);
/* Whether a start or end tag is of this known element. */
gboolean   bal_token_is          (const BalToken *token,
                                  const char     *name);
gboolean   bal_tokens_name_is    (const BalTokens *self,
                                  const BalToken *token,
                                  const char     *name);
/* Characters that are white space in HTML: space, tab, newline, form feed, carriage return. */
static inline gboolean
bal_is_space (char c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

gboolean   bal_is_blank          (const char     *text,
                                  gsize           length);

typedef struct
{
  const char *name;
  gsize       name_length;
  const char *value;          /* NULL when it has none; entities undecoded */
  gsize       value_length;
} BalAttribute;

/* Steps through the attributes of a start tag. @cursor is 0 at first. */
gboolean   bal_tokens_next_attribute (const BalTokens *self,
                                      const BalToken  *token,
                                      gsize           *cursor,
                                      BalAttribute    *attribute);
/* (transfer full) (nullable): an attribute's value with entities decoded, when it is valid
 * UTF-8. */
char      *bal_tokens_dup_attribute  (const BalTokens *self,
                                      const BalToken  *token,
                                      const char      *name);
/* Whether the class attribute has this word. */
gboolean   bal_tokens_has_class      (const BalTokens *self,
                                      const BalToken  *token,
                                      const char      *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalTokens, bal_tokens_free)

G_END_DECLS
