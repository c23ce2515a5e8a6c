/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * BalPersonTrust:
 *
 * What the blogger thinks of a commenter. The nicks are the words of the command line and its JSON.
 */
typedef enum
{
  BAL_PERSON_NEUTRAL,
  BAL_PERSON_TRUSTED,
  BAL_PERSON_BLOCKED,
} BalPersonTrust;

#define BAL_TYPE_PERSON_TRUST (bal_person_trust_get_type ())
GType       bal_person_trust_get_type  (void) G_GNUC_CONST;
const char *bal_person_trust_to_nick   (BalPersonTrust trust);
/* Translated, for a person to read. */
const char *bal_person_trust_get_label (BalPersonTrust trust);

/**
 * BalPersonMarks:
 * @BAL_PERSON_MARK_NONE: nothing is known
 * @BAL_PERSON_MARK_TRUSTED: the blogger trusts who wrote it
 * @BAL_PERSON_MARK_BLOCKED: the blogger blocked them
 * @BAL_PERSON_MARK_NOTED: there is a note about them
 * @BAL_PERSON_MARK_ACTED: it is where it is because of that, and nobody has decided otherwise since
 *
 * What a comment shows of its commenter.
 */
typedef enum
{
  BAL_PERSON_MARK_NONE    = 0,
  BAL_PERSON_MARK_TRUSTED = 1 << 0,
  BAL_PERSON_MARK_BLOCKED = 1 << 1,
  BAL_PERSON_MARK_NOTED   = 1 << 2,
  BAL_PERSON_MARK_ACTED   = 1 << 3,
} BalPersonMarks;

#define BAL_TYPE_PERSON_MARKS (bal_person_marks_get_type ())
GType bal_person_marks_get_type (void) G_GNUC_CONST;
char *bal_person_marks_describe (BalPersonMarks marks);

/**
 * BalPerson:
 *
 * A commenter, or one of the names that a commenter goes by. One that was merged into another has that one as @leader.
 * Name and addresses are those of its newest comment; all texts are strangers'.
 */
typedef struct
{
  gint64          id;
  gint64          leader;      /* its own id: it was not merged */
  BalPersonTrust  trust;
  gboolean        automatic;   /* new comments are approved because of the trust */
  gint64          created;     /* when the row was made, in seconds since 1970 */
  gint64          seen;        /* of the newest comment; 0: there was none */
  char           *key;
  char           *name;        /* (nullable) */
  char           *email;       /* (nullable) */
  char           *url;         /* (nullable) */
  char           *note;        /* (nullable): the blogger's own, which never leaves the computer */
} BalPerson;

BalPerson *bal_person_new      (void);
BalPerson *bal_person_copy     (const BalPerson *self);
void       bal_person_free     (BalPerson       *self);
char      *bal_person_dup_name (const BalPerson *self);

#define BAL_TYPE_PERSON (bal_person_get_type ())
GType      bal_person_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BalPerson, bal_person_free)

/**
 * BalPersonFigures:
 *
 * The comments of a commenter in numbers. @first and @last are seconds since 1970; 0: there is no comment.
 */
typedef struct
{
  guint  pending;
  guint  approved;
  guint  spam;
  guint  trash;
  gint64 first;
  gint64 last;
} BalPersonFigures;

guint  bal_person_figures_count             (const BalPersonFigures *self);
double bal_person_figures_get_approval_rate (const BalPersonFigures *self);
double bal_person_figures_get_spam_rate     (const BalPersonFigures *self);

G_END_DECLS
