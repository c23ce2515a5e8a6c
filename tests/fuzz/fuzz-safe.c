/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-document.h"
#include "bal-safe-blocks.h"
#include "bal-safe-text.h"
#include "fuzz.h"
#include "hostile.h"

#include <string.h>

/* What comes out of the sanitisers is harmless, and comes out of them again as it is. */

#define MOST_CHARS 500

static void
check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (hostile_is_forbidden (g_utf8_get_char (p)));
}

static void
check_block (BalBlock *block)
{
  guint n_runs;
  const BalRun *runs = bal_block_get_runs (block, &n_runs);

  check_text (bal_block_get_text (block));
  for (guint i = 0; i < n_runs; i++)
    {
      g_autofree char *link = bal_safe_link (runs[i].link);

      g_assert_cmpstr (link, ==, runs[i].link);
      g_assert_true (runs[i].open == NULL && runs[i].close == NULL && runs[i].object == NULL);
    }
  for (guint i = 0; i < bal_block_get_n_children (block); i++)
    check_block (bal_block_get_child (block, i));
}

static char *
write_blocks (GPtrArray *blocks)
{
  g_autoptr(BalDocument) empty = bal_document_new_from_html ("", 0, BAL_DIALECT_HTML);
  g_autoptr(BalDocument) written = bal_document_with_blocks (empty, blocks);

  return bal_document_to_html (written, NULL);
}

static void
check_pasted (const char *html,
              gsize       length)
{
  g_autoptr(GPtrArray) blocks = bal_safe_blocks_from_html (html, length, NULL);
  g_autofree char *written = write_blocks (blocks);
  g_autoptr(GPtrArray) again = bal_safe_blocks_from_html (written, -1, NULL);

  g_assert_cmpuint (again->len, ==, blocks->len);
  for (guint i = 0; i < blocks->len; i++)
    {
      check_block (g_ptr_array_index (blocks, i));
      g_assert_true (bal_block_equal (g_ptr_array_index (blocks, i), g_ptr_array_index (again, i)));
    }
}

static void
check_comment (const char *html)
{
  g_autofree char *text = bal_safe_text_from_html (html);
  g_autofree char *text_html = bal_safe_text_to_html (text);
  g_autofree char *text_again = bal_safe_text_from_html (text_html);
  g_autofree char *line = bal_safe_text_line (html, MOST_CHARS);
  g_autofree char *name = bal_safe_text_name (html, MOST_CHARS);
  g_autofree char *name_again = bal_safe_text_name (name, MOST_CHARS);
  g_autoptr(BalBlock) block = bal_safe_block_from_html (html, MOST_CHARS);

  check_text (text);
  check_text (line);
  check_text (name);
  check_block (block);
  g_assert_cmpstr (text_again, ==, text);
  g_assert_cmpstr (name_again, ==, name);
  g_assert_cmpuint (g_utf8_strlen (bal_block_get_text (block), -1), <=, MOST_CHARS);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autofree char *bytes = g_memdup2 (data, length);
  g_autofree char *html = g_strndup ((const char *) data, length);

  check_pasted (bytes != NULL ? bytes : "", length);
  check_comment (html);
  return 0;
}
