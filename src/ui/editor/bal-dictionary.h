/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <pango/pango.h>

G_BEGIN_DECLS

/**
 * BalDictionary:
 *
 * The words of a language, from whichever dictionaries are installed, and those that the person
 * added to it. These are enchant's own, so that they hold in other programs too.
 */
#define BAL_TYPE_DICTIONARY (bal_dictionary_get_type ())
G_DECLARE_FINAL_TYPE (BalDictionary, bal_dictionary, BAL, DICTIONARY, GObject)

/**
 * bal_dictionary_load_async:
 * @tag: (nullable): language such as "en_US"; NULL: that of the session
 *
 * Reads a dictionary, which may take a tenth of a second, on a thread. Where there is none for
 * @tag, one of the same language from elsewhere serves; without any the result knows no language.
 */
void               bal_dictionary_load_async   (const char           *tag,
                                                GCancellable         *cancellable,
                                                GAsyncReadyCallback   callback,
                                                gpointer              user_data);
BalDictionary     *bal_dictionary_load_finish  (GAsyncResult         *result,
                                                GError              **error);
/* The same, waited for. */
BalDictionary     *bal_dictionary_new          (const char           *tag);

/* (nullable): language that it is of; NULL: none is installed that fits. */
const char        *bal_dictionary_get_tag      (BalDictionary        *self);
PangoLanguage     *bal_dictionary_get_language (BalDictionary        *self);
/* (transfer none): all that are installed, in order. */
const char *const *bal_dictionary_get_tags     (BalDictionary        *self);
gboolean           bal_dictionary_check        (BalDictionary        *self,
                                                const char           *word);
/* (transfer full): the best first; empty where nothing is like it. */
GStrv              bal_dictionary_suggest      (BalDictionary        *self,
                                                const char           *word,
                                                guint                 max);
/* The person says that it is a word. */
void               bal_dictionary_add          (BalDictionary        *self,
                                                const char           *word);

G_END_DECLS
