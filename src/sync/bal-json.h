/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Strict: one complete value, depth at most 64, valid UTF-8, no NUL inside strings lost. PROTOCOL otherwise. */
json_t     *bal_json_parse        (GBytes       *bytes,
                                   GError      **error);
/* Typed access that never guesses: NULL, @fallback or FALSE where the member is missing or of another type. */
const char *bal_json_get_string   (const json_t *object,
                                   const char   *name);
gint64      bal_json_get_int      (const json_t *object,
                                   const char   *name,
                                   gint64        fallback);
gboolean    bal_json_get_boolean  (const json_t *object,
                                   const char   *name,
                                   gboolean      fallback);
/* (nullable): borrowed */
json_t     *bal_json_get_object   (const json_t *object,
                                   const char   *name);
json_t     *bal_json_get_array    (const json_t *object,
                                   const char   *name);
GBytes     *bal_json_to_bytes     (const json_t *value);

G_END_DECLS
