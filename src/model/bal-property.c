/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-property.h"

#include <string.h>

static gpointer
member_of (GObject           *object,
           const BalProperty *property)
{
  return G_STRUCT_MEMBER_P (object, property->offset);
}

static GParamSpec *
make_pspec (const BalProperty *property)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const char *name = property->name;

  switch (property->kind)
    {
    case BAL_PROPERTY_INT64:
      return g_param_spec_int64 (name, NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
    case BAL_PROPERTY_INT:
      return g_param_spec_int (name, NULL, NULL, G_MININT, G_MAXINT, 0, flags);
    case BAL_PROPERTY_UINT:
      return g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, flags);
    case BAL_PROPERTY_DOUBLE:
      return g_param_spec_double (name, NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0, flags);
    case BAL_PROPERTY_BOOLEAN:
      return g_param_spec_boolean (name, NULL, NULL, FALSE, flags);
    case BAL_PROPERTY_ENUM:
      return g_param_spec_enum (name, NULL, NULL, property->get_type (), 0, flags);
    case BAL_PROPERTY_FLAGS:
      return g_param_spec_flags (name, NULL, NULL, property->get_type (), 0, flags);
    case BAL_PROPERTY_TEXT:
    case BAL_PROPERTY_EXACT_TEXT:
      return g_param_spec_string (name, NULL, NULL, NULL, flags);
    case BAL_PROPERTY_STRV:
      return g_param_spec_boxed (name, NULL, NULL, G_TYPE_STRV, flags);
    case BAL_PROPERTY_NONE:
    default:
      g_assert_not_reached ();
    }
}

/**
 * bal_properties_install:
 * @object_class: the class being initialised
 * @table: its properties; entry 0 is not used
 * @pspecs: (out caller-allocates): the parameter specifications made, as many as in @table
 * @n_properties: the length of @table
 *
 * Installs every property of the table. An entry without a kind is one that the class has put into
 * @pspecs by itself.
 */
void
bal_properties_install (GObjectClass       *object_class,
                        const BalProperty  *table,
                        GParamSpec        **pspecs,
                        guint               n_properties)
{
  for (guint i = 1; i < n_properties; i++)
    {
      if (table[i].kind != BAL_PROPERTY_NONE)
        pspecs[i] = make_pspec (&table[i]);
    }
  g_object_class_install_properties (object_class, n_properties, pspecs);
}

/**
 * bal_properties_clear:
 * @object: an object being finalised
 * @table: its properties
 * @n_properties: the length of @table
 *
 * Frees every string of the object.
 */
void
bal_properties_clear (GObject           *object,
                      const BalProperty *table,
                      guint              n_properties)
{
  for (guint i = 1; i < n_properties; i++)
    {
      if (table[i].kind == BAL_PROPERTY_TEXT || table[i].kind == BAL_PROPERTY_EXACT_TEXT)
        g_clear_pointer ((char **) member_of (object, &table[i]), g_ref_string_release);
      else if (table[i].kind == BAL_PROPERTY_STRV)
        g_clear_pointer ((char ***) member_of (object, &table[i]), g_strfreev);
    }
}

static gboolean
set_text (char       **member,
          const char  *text)
{
  char *old = *member;

  if (old == text || g_strcmp0 (old, text) == 0)
    return FALSE;

  *member = text != NULL ? g_ref_string_new (text) : NULL;
  g_clear_pointer (&old, g_ref_string_release);
  return TRUE;
}

static gboolean
set_strv (char              ***member,
          const char *const   *strv)
{
  char **old = *member;

  if (strv != NULL && strv[0] == NULL)
    strv = NULL;
  if (strv == (const char *const *) old ||
      (strv != NULL && old != NULL && g_strv_equal (strv, (const char *const *) old)))
    return FALSE;

  *member = g_strdupv ((char **) strv);
  g_strfreev (old);
  return TRUE;
}

static gboolean
set_bytes (gpointer      member,
           gconstpointer value,
           gsize         size)
{
  if (memcmp (member, value, size) == 0)
    return FALSE;

  memcpy (member, value, size);
  return TRUE;
}

/**
 * bal_property_set:
 * @object: an object
 * @property: the property
 * @pspec: what to notify with
 * @value: the address of a value of the property's C type
 *
 * Copies a value in; notifies only when it differs from what was there.
 */
void
bal_property_set (GObject           *object,
                  const BalProperty *property,
                  GParamSpec        *pspec,
                  gconstpointer      value)
{
  gpointer member = member_of (object, property);
  gboolean changed = FALSE;

  switch (property->kind)
    {
    case BAL_PROPERTY_INT64:
      changed = set_bytes (member, value, sizeof (gint64));
      break;
    case BAL_PROPERTY_DOUBLE:
      changed = set_bytes (member, value, sizeof (double));
      break;
    case BAL_PROPERTY_INT:
    case BAL_PROPERTY_UINT:
    case BAL_PROPERTY_BOOLEAN:
    case BAL_PROPERTY_ENUM:
    case BAL_PROPERTY_FLAGS:
      changed = set_bytes (member, value, sizeof (int));
      break;
    case BAL_PROPERTY_TEXT:
    case BAL_PROPERTY_EXACT_TEXT:
      {
        const char *text = *(const char *const *) value;

        if (property->kind == BAL_PROPERTY_TEXT && text != NULL && *text == '\0')
          text = NULL;
        changed = set_text (member, text);
        break;
      }
    case BAL_PROPERTY_STRV:
      changed = set_strv (member, *(const char *const *const *) value);
      break;
    case BAL_PROPERTY_NONE:
    default:
      g_assert_not_reached ();
    }

  if (changed)
    g_object_notify_by_pspec (object, pspec);
}

/**
 * bal_property_get_value:
 * @object: an object
 * @property: the property
 * @value: where to put a copy
 *
 * For the class's `get_property`.
 */
void
bal_property_get_value (GObject           *object,
                        const BalProperty *property,
                        GValue            *value)
{
  gpointer member = member_of (object, property);

  switch (property->kind)
    {
    case BAL_PROPERTY_INT64:
      g_value_set_int64 (value, *(gint64 *) member);
      break;
    case BAL_PROPERTY_INT:
      g_value_set_int (value, *(int *) member);
      break;
    case BAL_PROPERTY_UINT:
      g_value_set_uint (value, *(guint *) member);
      break;
    case BAL_PROPERTY_DOUBLE:
      g_value_set_double (value, *(double *) member);
      break;
    case BAL_PROPERTY_BOOLEAN:
      g_value_set_boolean (value, *(gboolean *) member);
      break;
    case BAL_PROPERTY_ENUM:
      g_value_set_enum (value, *(int *) member);
      break;
    case BAL_PROPERTY_FLAGS:
      g_value_set_flags (value, *(guint *) member);
      break;
    case BAL_PROPERTY_TEXT:
    case BAL_PROPERTY_EXACT_TEXT:
      g_value_set_string (value, *(char **) member);
      break;
    case BAL_PROPERTY_STRV:
      g_value_set_boxed (value, bal_property_read_strv (*(char ***) member));
      break;
    case BAL_PROPERTY_NONE:
    default:
      g_assert_not_reached ();
    }
}

/**
 * bal_property_set_value:
 * @object: an object
 * @property: the property
 * @pspec: what to notify with
 * @value: the new value
 *
 * For the class's `set_property`.
 */
void
bal_property_set_value (GObject           *object,
                        const BalProperty *property,
                        GParamSpec        *pspec,
                        const GValue      *value)
{
  gint64 wide;
  double real;
  int narrow;
  gconstpointer pointer;

  switch (property->kind)
    {
    case BAL_PROPERTY_INT64:
      wide = g_value_get_int64 (value);
      bal_property_set (object, property, pspec, &wide);
      return;
    case BAL_PROPERTY_DOUBLE:
      real = g_value_get_double (value);
      bal_property_set (object, property, pspec, &real);
      return;
    case BAL_PROPERTY_INT:
      narrow = g_value_get_int (value);
      break;
    case BAL_PROPERTY_UINT:
      narrow = (int) g_value_get_uint (value);
      break;
    case BAL_PROPERTY_BOOLEAN:
      narrow = g_value_get_boolean (value);
      break;
    case BAL_PROPERTY_ENUM:
      narrow = g_value_get_enum (value);
      break;
    case BAL_PROPERTY_FLAGS:
      narrow = (int) g_value_get_flags (value);
      break;
    case BAL_PROPERTY_TEXT:
    case BAL_PROPERTY_EXACT_TEXT:
      pointer = g_value_get_string (value);
      bal_property_set (object, property, pspec, &pointer);
      return;
    case BAL_PROPERTY_STRV:
      pointer = g_value_get_boxed (value);
      bal_property_set (object, property, pspec, &pointer);
      return;
    case BAL_PROPERTY_NONE:
    default:
      g_assert_not_reached ();
    }

  bal_property_set (object, property, pspec, &narrow);
}

/**
 * bal_property_read_strv:
 * @strv: (nullable): a member of the kind %BAL_PROPERTY_STRV
 *
 * Returns: (transfer none): @strv, or an empty array; never %NULL, so that callers can just loop
 */
const char *const *
bal_property_read_strv (char **strv)
{
  static const char *const none[] = { NULL };

  return strv != NULL ? (const char *const *) strv : none;
}

/**
 * bal_property_texts_equal:
 * @a: (nullable): a text
 * @b: (nullable): another
 *
 * Returns: whether the two are equal, where %NULL and "" both mean that there is none
 */
gboolean
bal_property_texts_equal (const char *a,
                          const char *b)
{
  return strcmp (a != NULL ? a : "", b != NULL ? b : "") == 0;
}
