/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/*
 * Records (a review, a comment, a blog) have dozens of properties of the same few kinds. Each
 * record lists its own once, as an X macro
 *
 *   #define RECORD_PROPERTIES(P) \
 *     P (TEXT, const char *, remote_id, REMOTE_ID, "remote-id", NULL) \
 *     …
 *
 * with the kind, the C type, the name of struct member and accessors, the name of its number, that
 * of its GObject property, and for ENUM and FLAGS the function that gives the type. The enumeration
 * of numbers, the table and the accessors are made from that list with the macros below.
 */
typedef enum
{
  BAL_PROPERTY_NONE,
  BAL_PROPERTY_INT64,
  BAL_PROPERTY_INT,
  BAL_PROPERTY_UINT,
  BAL_PROPERTY_DOUBLE,
  BAL_PROPERTY_BOOLEAN,
  BAL_PROPERTY_ENUM,
  BAL_PROPERTY_FLAGS,
  BAL_PROPERTY_TEXT,        /* "" is stored as NULL: both mean that there is none */
  BAL_PROPERTY_EXACT_TEXT,  /* "" and NULL stay apart */
  BAL_PROPERTY_STRV,        /* stored as NULL when empty; read as an empty array */
} BalPropertyKind;

typedef struct
{
  const char      *name;
  BalPropertyKind  kind;
  gsize            offset;
  GType          (*get_type) (void);
} BalProperty;

void               bal_properties_install   (GObjectClass       *object_class,
                                             const BalProperty  *table,
                                             GParamSpec        **pspecs,
                                             guint               n_properties);
void               bal_properties_clear     (GObject            *object,
                                             const BalProperty  *table,
                                             guint               n_properties);
void               bal_property_set         (GObject            *object,
                                             const BalProperty  *property,
                                             GParamSpec         *pspec,
                                             gconstpointer       value);
void               bal_property_get_value   (GObject            *object,
                                             const BalProperty  *property,
                                             GValue             *value);
void               bal_property_set_value   (GObject            *object,
                                             const BalProperty  *property,
                                             GParamSpec         *pspec,
                                             const GValue       *value);
const char *const *bal_property_read_strv   (char              **strv);
gboolean           bal_property_texts_equal (const char         *a,
                                             const char         *b);

#define BAL_PROPERTY_READ_INT64(member)      (member)
#define BAL_PROPERTY_READ_INT(member)        (member)
#define BAL_PROPERTY_READ_UINT(member)       (member)
#define BAL_PROPERTY_READ_DOUBLE(member)     (member)
#define BAL_PROPERTY_READ_BOOLEAN(member)    (member)
#define BAL_PROPERTY_READ_ENUM(member)       (member)
#define BAL_PROPERTY_READ_FLAGS(member)      (member)
#define BAL_PROPERTY_READ_TEXT(member)       (member)
#define BAL_PROPERTY_READ_EXACT_TEXT(member) (member)
#define BAL_PROPERTY_READ_STRV(member)       bal_property_read_strv (member)

/* An item of the enumeration of numbers. */
#define BAL_PROPERTY_NUMBER(KIND, CType, member, NUMBER, name, get_type) PROP_##NUMBER,

/* An entry of the table; Record is the name of the struct. */
#define BAL_PROPERTY_ENTRY(Record, KIND, member, NUMBER, name, get_type) \
  [PROP_##NUMBER] = { name, BAL_PROPERTY_##KIND, G_STRUCT_OFFSET (Record, member), get_type },

/* Getter and setter; the file's `table` and `properties` are used. */
#define BAL_PROPERTY_ACCESSORS(Record, record, IS_RECORD, KIND, CType, member, NUMBER) \
  CType                                                                                \
  record##_get_##member (Record *self)                                                 \
  {                                                                                    \
    g_return_val_if_fail (IS_RECORD (self), (CType) 0);                                \
                                                                                       \
    return BAL_PROPERTY_READ_##KIND (self->member);                                    \
  }                                                                                    \
                                                                                       \
  void                                                                                 \
  record##_set_##member (Record *self,                                                 \
                         CType   member)                                               \
  {                                                                                    \
    g_return_if_fail (IS_RECORD (self));                                               \
                                                                                       \
    bal_property_set (G_OBJECT (self), &table[PROP_##NUMBER], properties[PROP_##NUMBER], \
                      &member);                                                        \
  }

G_END_DECLS
