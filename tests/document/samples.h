/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bal-document.h"

G_BEGIN_DECLS

typedef struct
{
  char   *name;
  GBytes *bytes;
} Sample;

/* (transfer full) (element-type Sample): the posts of tests/document/data, and the collections
 * in the folder $BALCONY_SHARED, or "shared" beside the source tree, when it is there. */
GPtrArray   *samples_load          (void);
/* The first part of it alone. */
GPtrArray   *samples_load_own      (void);
/* (transfer full) (nullable): a file of that folder. */
char        *samples_read_shared   (const char  *path,
                                    gsize       *length);
/* @count, times $BALCONY_TEST_FACTOR: how many random cases to try. */
guint        sample_count          (guint        count);
/* (transfer full): "\n" and the like in a JSON file of strings, decoded; (element-type utf8) */
GPtrArray   *samples_json_strings  (const char  *json);
Sample      *sample_new            (const char  *name,
                                    const char  *data,
                                    gsize        length);
void         sample_free           (Sample      *sample);
const char  *sample_data           (Sample      *sample,
                                    gsize       *length);
/* (transfer full): the sample with some bytes changed, removed, doubled or put in. */
GBytes      *sample_mutate         (GRand       *rand,
                                    GPtrArray   *samples);
/* (transfer full): the same content without any source, as an editor would give it back. */
BalBlock    *sample_rebuild_block  (BalBlock    *block);
GPtrArray   *sample_rebuild_blocks (BalDocument *document);

G_END_DECLS
