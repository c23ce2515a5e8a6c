/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-desk-persons.h"

#include <glib/gi18n.h>

#include "bal-person-rows.h"

static void
step_free (gpointer data)
{
  BalPersonStep *step = data;

  g_free (step->before.note);
  g_free (step->after.note);
  g_free (step);
}

GPtrArray *
bal_person_steps_new (void)
{
  return g_ptr_array_new_with_free_func (step_free);
}

static BalPersonState
get_state (const BalPerson *person)
{
  return (BalPersonState) { person->leader, person->trust, person->automatic, person->note };
}

static gboolean
states_equal (const BalPersonState *a,
              const BalPersonState *b)
{
  return a->leader == b->leader && a->trust == b->trust && a->automatic == b->automatic &&
         g_strcmp0 (a->note, b->note) == 0;
}

static BalPersonState
copy_state (const BalPersonState *state)
{
  BalPersonState copy = *state;

  copy.note = g_strdup (state->note);
  return copy;
}

/* The very row, whomever it was merged into. */
static BalPerson *
get_row (BalTransaction  *transaction,
         gint64           id,
         GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  statement = bal_transaction_prepare (transaction, "SELECT " BAL_PERSON_COLUMNS " FROM person WHERE id = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_int (statement, id);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_DONE)
    g_set_error_literal (error, BAL_ERROR, BAL_ERROR_NOT_FOUND, _("There is no such commenter."));
  return step == BAL_STEP_ROW ? bal_person_read_row (statement) : NULL;
}

static gboolean
write_state (BalTransaction        *transaction,
             gint64                 id,
             const BalPersonState  *state,
             GError               **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE person SET leader = ?, trust = ?, automatic = ?, note = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  transaction->has_trust = 0;
  bal_statement_bind_int (statement, state->leader);
  bal_statement_bind_int (statement, state->trust);
  bal_statement_bind_int (statement, state->automatic);
  bal_statement_bind_text (statement, state->note);
  bal_statement_bind_int (statement, id);

  /* Those who were with it before, and those who are now. */
  return bal_person_touch (transaction, id, error) &&
         bal_statement_run (statement, error) &&
         bal_person_touch (transaction, id, error);
}

static gboolean
change (BalTransaction        *transaction,
        const BalPerson       *person,
        const BalPersonState  *after,
        GPtrArray             *steps,
        GError               **error)
{
  BalPersonState before = get_state (person);

  if (states_equal (&before, after))
    return TRUE;
  if (!write_state (transaction, person->id, after, error))
    return FALSE;

  if (steps != NULL)
    {
      BalPersonStep *step = g_new0 (BalPersonStep, 1);

      step->id = person->id;
      step->before = copy_state (&before);
      step->after = copy_state (after);
      g_ptr_array_add (steps, step);
    }
  return TRUE;
}

gboolean
bal_desk_set_person_note (BalTransaction  *transaction,
                          gint64           id,
                          const char      *note,
                          GPtrArray       *steps,
                          GError         **error)
{
  g_autoptr(BalPerson) person = bal_person_table_get (transaction, id, error);
  g_autofree char *stripped = g_strstrip (g_strdup (note != NULL ? note : ""));
  g_autofree char *kept = g_strdup (note);
  BalPersonState after;

  if (person == NULL)
    return FALSE;

  after = get_state (person);
  after.note = *stripped != '\0' ? kept : NULL;
  return change (transaction, person, &after, steps, error);
}

gboolean
bal_desk_set_person_trust (BalTransaction  *transaction,
                           gint64           id,
                           BalPersonTrust   trust,
                           gboolean         automatic,
                           GPtrArray       *steps,
                           GError         **error)
{
  g_autoptr(BalPerson) person = bal_person_table_get (transaction, id, error);
  BalPersonState after;

  if (person == NULL)
    return FALSE;

  after = get_state (person);
  after.trust = trust;
  after.automatic = trust == BAL_PERSON_TRUSTED && automatic;
  return change (transaction, person, &after, steps, error);
}

/* ---- merging ---- */

static gboolean
refuse (const char  *message,
        GError     **error)
{
  g_set_error_literal (error, BAL_ERROR, BAL_ERROR_INVALID, message);
  return FALSE;
}

static BalPersonState
merge_states (const BalPerson *person,
              const BalPerson *other,
              char           **note)
{
  BalPersonState after = get_state (person);

  if (after.trust == BAL_PERSON_NEUTRAL)
    {
      after.trust = other->trust;
      after.automatic = other->automatic;
    }
  if (person->note != NULL && other->note != NULL)
    *note = g_strconcat (person->note, "\n\n", other->note, NULL);
  else
    *note = g_strdup (person->note != NULL ? person->note : other->note);

  after.note = *note;
  return after;
}

gboolean
bal_desk_merge_persons (BalTransaction  *transaction,
                        gint64           id,
                        gint64           other_id,
                        GPtrArray       *steps,
                        GError         **error)
{
  g_autoptr(BalPerson) person = bal_person_table_get (transaction, id, error);
  g_autoptr(BalPerson) other = person != NULL ? bal_person_table_get (transaction, other_id, error) : NULL;
  g_autoptr(GPtrArray) names = NULL;
  g_autofree char *note = NULL;
  BalPersonState after;

  if (other == NULL)
    return FALSE;
  if (person->id == other->id)
    return refuse (_("These are names of the same person already. Nothing was changed."), error);

  names = bal_person_table_list_aliases (transaction, other->id, error);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      BalPerson *name = g_ptr_array_index (names, i);
      BalPersonState moved = get_state (name);

      moved.leader = person->id;
      if (!change (transaction, name, &moved, steps, error))
        return FALSE;
    }

  after = merge_states (person, other, &note);
  return names != NULL && change (transaction, person, &after, steps, error);
}

gboolean
bal_desk_split_person (BalTransaction  *transaction,
                       gint64           alias_id,
                       GPtrArray       *steps,
                       GError         **error)
{
  g_autoptr(BalPerson) alias = get_row (transaction, alias_id, error);
  BalPersonState after;

  if (alias == NULL)
    return FALSE;
  if (alias->leader == alias->id)
    return refuse (_("This name was not merged into another. Nothing was changed."), error);

  after = get_state (alias);
  after.leader = alias->id;
  return change (transaction, alias, &after, steps, error);
}

/* ---- undo ---- */

/* What the step changed is not any more as it left it. */
static gboolean
is_late (const BalPersonStep   *step,
         const BalPersonState  *now)
{
  const BalPersonState *before = &step->before, *after = &step->after;

  return (before->leader != after->leader && now->leader != after->leader) ||
         (before->trust != after->trust && now->trust != after->trust) ||
         (before->automatic != after->automatic && now->automatic != after->automatic) ||
         (g_strcmp0 (before->note, after->note) != 0 && g_strcmp0 (now->note, after->note) != 0);
}

/* What it did not change stays as it is now: a note goes on while the trust is taken back. */
static gboolean
take_back (BalTransaction       *transaction,
           const BalPersonStep  *step,
           GError              **error)
{
  const BalPersonState *before = &step->before, *after = &step->after;
  g_autoptr(BalPerson) person = get_row (transaction, step->id, error);
  BalPersonState now;

  if (person == NULL)
    return FALSE;

  now = get_state (person);
  if (before->leader != after->leader)
    now.leader = before->leader;
  if (before->trust != after->trust)
    now.trust = before->trust;
  if (before->automatic != after->automatic)
    now.automatic = before->automatic;
  if (g_strcmp0 (before->note, after->note) != 0)
    now.note = before->note;
  return write_state (transaction, step->id, &now, error);
}

gboolean
bal_desk_undo_persons (BalTransaction  *transaction,
                       GPtrArray       *steps,
                       gboolean        *undone,
                       GError         **error)
{
  *undone = FALSE;
  for (guint i = 0; i < steps->len; i++)
    {
      const BalPersonStep *step = g_ptr_array_index (steps, i);
      g_autoptr(BalPerson) person = get_row (transaction, step->id, error);
      BalPersonState now;

      if (person == NULL)
        return FALSE;
      now = get_state (person);
      if (is_late (step, &now))
        return TRUE;
    }

  for (guint i = steps->len; i-- > 0;)
    if (!take_back (transaction, g_ptr_array_index (steps, i), error))
      return FALSE;

  *undone = TRUE;
  return TRUE;
}
