/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-dictionary.h"

#include <enchant.h>
#include <string.h>

#define MAX_KNOWN 20000

struct _BalDictionary
{
  GObject         parent_instance;

  EnchantBroker  *broker;
  EnchantDict    *dict;       /* NULL: none fits */
  char           *tag;
  PangoLanguage  *language;
  GStrv           tags;
  GHashTable     *known;      /* word to whether it is right */
};

G_DEFINE_FINAL_TYPE (BalDictionary, bal_dictionary, G_TYPE_OBJECT)

/* ---- which one ---- */

static void
describe_cb (const char *const tag,
             const char *const name,
             const char *const description,
             const char *const file,
             void             *data)
{
  g_ptr_array_add (data, g_strdup (tag));
}

static int
compare_tags (gconstpointer a,
              gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Several programs may have a dictionary of the same language. */
static GStrv
list_tags (EnchantBroker *broker)
{
  g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GStrvBuilder) tags = g_strv_builder_new ();

  enchant_broker_list_dicts (broker, describe_cb, found);
  g_ptr_array_sort (found, compare_tags);
  for (guint i = 0; i < found->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (found, i), g_ptr_array_index (found, i - 1)) != 0)
      g_strv_builder_add (tags, g_ptr_array_index (found, i));
  return g_strv_builder_end (tags);
}

static const char *
find_tag (GStrv       tags,
          const char *wanted)
{
  for (guint i = 0; tags[i] != NULL; i++)
    if (g_str_equal (tags[i], wanted))
      return tags[i];
  return NULL;
}

/* The same language, from where it has its name or most of its writers; else from anywhere. */
static const char *
find_relative (GStrv       tags,
               const char *wanted)
{
  g_autofree char *language = g_strndup (wanted, strcspn (wanted, "_-.@"));
  g_autofree char *upper = g_ascii_strup (language, -1);
  g_autofree char *home = g_strconcat (language, "_", g_str_equal (language, "en") ? "US" : upper, NULL);
  const char *tag = find_tag (tags, home);
  gsize length = strlen (language);

  for (guint i = 0; tag == NULL && tags[i] != NULL; i++)
    if (g_str_has_prefix (tags[i], language) && (tags[i][length] == '\0' || tags[i][length] == '_'))
      tag = tags[i];
  return tag;
}

static const char *
find_for (GStrv       tags,
          const char *wanted)
{
  const char *tag = find_tag (tags, wanted);

  return tag != NULL ? tag : find_relative (tags, wanted);
}

/* A session without a language speaks the program's own. */
static const char *
find_for_session (GStrv tags)
{
  const char *const *names = g_get_language_names ();

  for (guint i = 0; names[i] != NULL; i++)
    {
      gboolean plain = g_str_equal (names[i], "C") || g_str_has_prefix (names[i], "C.") ||
                       g_str_equal (names[i], "POSIX");
      const char *tag = find_for (tags, plain ? "en_US" : names[i]);

      if (tag != NULL || !plain)
        return tag;
    }
  return NULL;
}

/* ---- loading ---- */

BalDictionary *
bal_dictionary_new (const char *wanted)
{
  BalDictionary *self = g_object_new (BAL_TYPE_DICTIONARY, NULL);
  const char *tag;

  self->broker = enchant_broker_init ();
  self->tags = list_tags (self->broker);
  tag = wanted != NULL ? find_for (self->tags, wanted) : find_for_session (self->tags);
  if (tag != NULL)
    self->dict = enchant_broker_request_dict (self->broker, tag);
  if (self->dict != NULL)
    {
      self->tag = g_strdup (tag);
      self->language = pango_language_from_string (tag);
    }
  return self;
}

/* A broker of its own: enchant's are for one thread at a time. */
static void
load_thread (GTask        *task,
             gpointer      source,
             gpointer      tag,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, bal_dictionary_new (tag), g_object_unref);
}

void
bal_dictionary_load_async (const char          *tag,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, bal_dictionary_load_async);
  g_task_set_task_data (task, g_strdup (tag), g_free);
  g_task_run_in_thread (task, load_thread);
}

BalDictionary *
bal_dictionary_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* ---- object ---- */

static void
bal_dictionary_finalize (GObject *object)
{
  BalDictionary *self = BAL_DICTIONARY (object);

  if (self->dict != NULL)
    enchant_broker_free_dict (self->broker, self->dict);
  enchant_broker_free (self->broker);
  g_free (self->tag);
  g_strfreev (self->tags);
  g_hash_table_unref (self->known);
  G_OBJECT_CLASS (bal_dictionary_parent_class)->finalize (object);
}

static void
bal_dictionary_class_init (BalDictionaryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bal_dictionary_finalize;
}

static void
bal_dictionary_init (BalDictionary *self)
{
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* ---- words ---- */

const char *
bal_dictionary_get_tag (BalDictionary *self)
{
  g_return_val_if_fail (BAL_IS_DICTIONARY (self), NULL);

  return self->tag;
}

PangoLanguage *
bal_dictionary_get_language (BalDictionary *self)
{
  g_return_val_if_fail (BAL_IS_DICTIONARY (self), NULL);

  return self->language;
}

const char *const *
bal_dictionary_get_tags (BalDictionary *self)
{
  g_return_val_if_fail (BAL_IS_DICTIONARY (self), NULL);

  return (const char *const *) self->tags;
}

gboolean
bal_dictionary_check (BalDictionary *self,
                      const char    *word)
{
  gpointer right;

  g_return_val_if_fail (BAL_IS_DICTIONARY (self), TRUE);
  g_return_val_if_fail (word != NULL, TRUE);

  if (self->dict == NULL || *word == '\0')
    return TRUE;
  if (g_hash_table_lookup_extended (self->known, word, NULL, &right))
    return GPOINTER_TO_INT (right);
  if (g_hash_table_size (self->known) >= MAX_KNOWN)
    g_hash_table_remove_all (self->known);
  /* What the dictionary fails at is not the writer's mistake. */
  right = GINT_TO_POINTER (enchant_dict_check (self->dict, word, -1) <= 0);
  g_hash_table_insert (self->known, g_strdup (word), right);
  return GPOINTER_TO_INT (right);
}

GStrv
bal_dictionary_suggest (BalDictionary *self,
                        const char    *word,
                        guint          max)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  size_t n_found = 0;
  char **found = NULL;

  g_return_val_if_fail (BAL_IS_DICTIONARY (self), NULL);
  g_return_val_if_fail (word != NULL && *word != '\0', NULL);

  if (self->dict != NULL)
    found = enchant_dict_suggest (self->dict, word, -1, &n_found);
  for (size_t i = 0; i < n_found && i < max; i++)
    g_strv_builder_add (builder, found[i]);
  if (found != NULL)
    enchant_dict_free_string_list (self->dict, found);
  return g_strv_builder_end (builder);
}

void
bal_dictionary_add (BalDictionary *self,
                    const char    *word)
{
  g_return_if_fail (BAL_IS_DICTIONARY (self));
  g_return_if_fail (word != NULL && *word != '\0');

  if (self->dict != NULL)
    enchant_dict_add (self->dict, word, -1);
  /* Other forms of it may be right now. */
  g_hash_table_remove_all (self->known);
}
