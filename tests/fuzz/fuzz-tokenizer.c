/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-tokenizer.h"
#include "fuzz.h"

/* Every byte is in exactly one token, matches are mutual, and attributes stay inside their tag. */

static void
check_attributes (const BalTokens *tokens,
                  const BalToken  *token)
{
  BalAttribute attribute;
  gsize cursor = 0;
  gsize before = 0;

  while (bal_tokens_next_attribute (tokens, token, &cursor, &attribute))
    {
      const char *start = tokens->source + token->start;
      const char *end = tokens->source + token->end;

      g_assert_cmpuint (cursor, >, before);
      g_assert_true (attribute.name >= start && attribute.name + attribute.name_length <= end);
      if (attribute.value != NULL)
        g_assert_true (attribute.value >= start && attribute.value + attribute.value_length <= end);
      before = cursor;
    }
}

static void
check_token (const BalTokens *tokens,
             guint            index)
{
  static const char *const names[] = { "href", "style", "class" };
  const BalToken *token = &tokens->tokens[index];

  if (token->match != BAL_TOKEN_NO_MATCH)
    {
      g_assert_cmpuint (token->match, <, tokens->n_tokens);
      g_assert_cmpuint (tokens->tokens[token->match].match, ==, index);
      g_assert_cmpuint (tokens->tokens[token->match].name_id, ==, token->name_id);
    }
  if (token->type != BAL_TOKEN_START)
    return;
  g_assert_cmpuint (token->name_start + token->name_length, <=, token->end);
  check_attributes (tokens, token);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *value = bal_tokens_dup_attribute (tokens, token, names[i]);

      g_assert_true (value == NULL || g_utf8_validate (value, -1, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  /* A copy of just these bytes: reading one more is found. */
  g_autofree char *source = g_memdup2 (data, length);

  for (int split = 0; split < 2; split++)
    {
      g_autoptr(BalTokens) tokens = bal_tokens_new (source, length, split);
      gsize at = 0;

      for (guint i = 0; i < tokens->n_tokens; i++)
        {
          g_assert_cmpuint (tokens->tokens[i].start, ==, at);
          g_assert_cmpuint (tokens->tokens[i].end, >, at);
          at = tokens->tokens[i].end;
          check_token (tokens, i);
        }
      g_assert_cmpuint (at, ==, length);
    }
  return 0;
}
