/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person.h"

#include <glib/gi18n.h>

G_DEFINE_ENUM_TYPE (BalPersonTrust, bal_person_trust,
                    G_DEFINE_ENUM_VALUE (BAL_PERSON_NEUTRAL, "neutral"),
                    G_DEFINE_ENUM_VALUE (BAL_PERSON_TRUSTED, "trusted"),
                    G_DEFINE_ENUM_VALUE (BAL_PERSON_BLOCKED, "blocked"))

G_DEFINE_FLAGS_TYPE (BalPersonMarks, bal_person_marks,
                     G_DEFINE_ENUM_VALUE (BAL_PERSON_MARK_NONE, "none"),
                     G_DEFINE_ENUM_VALUE (BAL_PERSON_MARK_TRUSTED, "trusted"),
                     G_DEFINE_ENUM_VALUE (BAL_PERSON_MARK_BLOCKED, "blocked"),
                     G_DEFINE_ENUM_VALUE (BAL_PERSON_MARK_NOTED, "noted"),
                     G_DEFINE_ENUM_VALUE (BAL_PERSON_MARK_ACTED, "acted"))

G_DEFINE_BOXED_TYPE (BalPerson, bal_person, bal_person_copy, bal_person_free)

/**
 * bal_person_trust_to_nick:
 * @trust: what the blogger thinks of somebody
 *
 * Returns: the word of the command line and its JSON, never translated
 */
const char *
bal_person_trust_to_nick (BalPersonTrust trust)
{
  switch (trust)
    {
    case BAL_PERSON_NEUTRAL:
      return "neutral";
    case BAL_PERSON_TRUSTED:
      return "trusted";
    case BAL_PERSON_BLOCKED:
      return "blocked";
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * bal_person_trust_get_label:
 * @trust: what the blogger thinks of somebody
 *
 * Returns: the word that a person reads, translated
 */
const char *
bal_person_trust_get_label (BalPersonTrust trust)
{
  switch (trust)
    {
    case BAL_PERSON_NEUTRAL:
      return C_("commenter", "Neutral");
    case BAL_PERSON_TRUSTED:
      return C_("commenter", "Trusted");
    case BAL_PERSON_BLOCKED:
      return C_("commenter", "Blocked");
    default:
      g_return_val_if_reached (NULL);
    }
}

/**
 * bal_person_marks_describe:
 * @marks: what is known of who wrote a comment
 *
 * Returns: (transfer full) (nullable): that in a few translated words; %NULL: there is nothing to say
 */
char *
bal_person_marks_describe (BalPersonMarks marks)
{
  const char *standing = NULL;
  const char *note = (marks & BAL_PERSON_MARK_NOTED) != 0 ? _("You have a note about this person") : NULL;
  gboolean acted = (marks & BAL_PERSON_MARK_ACTED) != 0;

  if ((marks & BAL_PERSON_MARK_TRUSTED) != 0)
    standing = acted ? _("Approved because you trust this person") : _("You trust this person");
  else if ((marks & BAL_PERSON_MARK_BLOCKED) != 0)
    standing = acted ? _("Moved to the trash because you blocked this person") : _("You blocked this person");

  if (standing == NULL || note == NULL)
    return g_strdup (standing != NULL ? standing : note);

  /* Translators: two short sentences about a commenter, one after the other, neither with a full stop */
  return g_strdup_printf (_("%s. %s"), standing, note);
}

BalPerson *
bal_person_new (void)
{
  return g_new0 (BalPerson, 1);
}

BalPerson *
bal_person_copy (const BalPerson *self)
{
  BalPerson *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->key = g_strdup (self->key);
  copy->name = g_strdup (self->name);
  copy->email = g_strdup (self->email);
  copy->url = g_strdup (self->url);
  copy->note = g_strdup (self->note);
  return copy;
}

void
bal_person_free (BalPerson *self)
{
  if (self == NULL)
    return;

  g_free (self->key);
  g_free (self->name);
  g_free (self->email);
  g_free (self->url);
  g_free (self->note);
  g_free (self);
}

/**
 * bal_person_dup_name:
 * @self: a commenter
 *
 * Returns: (transfer full): the name, or what else they are known by. A stranger's text
 */
char *
bal_person_dup_name (const BalPerson *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->name != NULL && *self->name != '\0')
    return g_strdup (self->name);

  return g_strdup (self->email != NULL && *self->email != '\0' ? self->email : _("Anonymous"));
}

/**
 * bal_person_figures_count:
 * @self: figures
 *
 * Returns: how many comments there are, wherever they are
 */
guint
bal_person_figures_count (const BalPersonFigures *self)
{
  return self->pending + self->approved + self->spam + self->trash;
}

static double
divide (guint part,
        guint whole)
{
  return whole > 0 ? (double) part / whole : 0;
}

/**
 * bal_person_figures_get_approval_rate:
 * @self: figures
 *
 * What waits for a decision says nothing yet.
 *
 * Returns: the part of the comments on which somebody has decided that is approved, from 0 to 1
 */
double
bal_person_figures_get_approval_rate (const BalPersonFigures *self)
{
  return divide (self->approved, self->approved + self->spam + self->trash);
}

/**
 * bal_person_figures_get_spam_rate:
 * @self: figures
 *
 * Returns: the part of them that is spam, from 0 to 1
 */
double
bal_person_figures_get_spam_rate (const BalPersonFigures *self)
{
  return divide (self->spam, self->approved + self->spam + self->trash);
}
