/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-take-in.h"

#include "bal-comment-rows.h"
#include "bal-entity-rows.h"
#include "bal-person-rows.h"
#include "bal-review-rows.h"

gboolean
bal_take_in_previous (BalTransaction  *transaction,
                      BalEntity        entity,
                      gint64           id,
                      int              status,
                      GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = entity == BAL_ENTITY_REVIEW
              ? bal_transaction_prepare (transaction, "UPDATE review SET previous_status = ? WHERE id = ?", error)
              : bal_transaction_prepare (transaction, "UPDATE comment SET previous_status = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, status);
  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error);
}

gboolean
bal_take_in_ask_previous (BalTransaction  *transaction,
                          BalEntity        entity,
                          gint64           id,
                          int             *status,
                          GError         **error)
{
  return bal_entity_get_previous (transaction, entity, id, status, error);
}

gboolean
bal_take_in_version (BalTransaction     *transaction,
                     const BalRevision  *version,
                     GError            **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO revision (entity, entity_id, created, kind, title, html, excerpt, slug, featured_image,"
    "  labels, categories) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, version->entity);
  bal_statement_bind_int (statement, version->entity_id);
  bal_statement_bind_int (statement, version->created);
  bal_statement_bind_int (statement, version->kind);
  bal_statement_bind_text (statement, version->title);
  bal_statement_bind_text (statement, version->html);
  bal_statement_bind_text (statement, version->excerpt);
  bal_statement_bind_text (statement, version->slug);
  bal_statement_bind_text (statement, version->featured_image);
  bal_statement_bind_strv (statement, (const char *const *) version->labels);
  bal_statement_bind_strv (statement, (const char *const *) version->categories);
  return bal_statement_run (statement, error);
}

gboolean
bal_take_in_draft (BalTransaction       *transaction,
                   const BalReplyDraft  *draft,
                   GError              **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT OR IGNORE INTO reply_draft (comment_id, edit, blog_id, html, base, updated)"
    "  SELECT ?1, ?2, blog_id, ?3, ?4, ?5 FROM comment WHERE id = ?1",
    error);
  if (statement == NULL)
    return FALSE;

  bal_transaction_note (transaction, BAL_ENTITY_REPLY_DRAFT, BAL_CHANGE_ALTERED, draft->comment_id);
  bal_statement_bind_int (statement, draft->comment_id);
  bal_statement_bind_int (statement, draft->edit != FALSE);
  bal_statement_bind_text (statement, draft->html);
  bal_statement_bind_text (statement, draft->base);
  bal_statement_bind_int (statement, draft->updated);
  return bal_statement_run (statement, error);
}

/* (transfer full) (nullable): the row of that key; NULL without error: there is none. */
static BalPerson *
find_row (BalTransaction  *transaction,
          const char      *key,
          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction, "SELECT " BAL_PERSON_COLUMNS " FROM person WHERE key = ?", error);
  if (statement == NULL)
    return NULL;

  bal_statement_bind_text (statement, key);
  return bal_statement_step (statement, error) == BAL_STEP_ROW ? bal_person_read_row (statement) : NULL;
}

/* Who never wrote here: the name is as it was until a newer comment comes. */
static gboolean
add_row (BalTransaction   *transaction,
         const BalPerson  *person,
         gint64           *id,
         GError          **error)
{
  g_autoptr(BalComment) comment = bal_comment_new (0);
  g_autoptr(BalStatement) statement = NULL;

  bal_comment_set_author (comment, person->name);
  bal_comment_set_author_email (comment, person->email);
  bal_comment_set_author_url (comment, person->url);
  bal_comment_set_created (comment, person->seen);
  if (!bal_person_insert (transaction, comment, person->key, id, error))
    return FALSE;
  if (person->created == 0)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "UPDATE person SET created = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, person->created);
  bal_statement_bind_int (statement, *id);
  return bal_statement_run (statement, error);
}

static gboolean
write_row (BalTransaction   *transaction,
           gint64            id,
           const BalPerson  *person,
           gint64            leader,
           GError          **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "UPDATE person SET trust = ?, automatic = ?, note = ?, leader = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, person->trust);
  bal_statement_bind_int (statement, person->automatic != FALSE);
  bal_statement_bind_text (statement, person->note);
  bal_statement_bind_int (statement, leader);
  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error) && bal_person_touch (transaction, id, error);
}

/* Others that were merged into the person are a decision too. */
static gboolean
is_decided (BalTransaction   *transaction,
            const BalPerson  *person,
            gboolean         *decided,
            GError          **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  *decided = person->trust != BAL_PERSON_NEUTRAL || person->note != NULL || person->leader != person->id;
  if (*decided)
    return TRUE;

  statement = bal_transaction_prepare (transaction, "SELECT 1 FROM person WHERE leader = ?1 AND id <> ?1 LIMIT 1", error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, person->id);
  step = bal_statement_step (statement, error);
  *decided = step == BAL_STEP_ROW;
  return step != BAL_STEP_ERROR;
}

static gboolean
is_same (const BalPerson *a,
         const BalPerson *b)
{
  return a->trust == b->trust && a->automatic == b->automatic && g_strcmp0 (a->note, b->note) == 0;
}

/* Who is meant here: the row of that key and that of whoever it was merged into, if they are here. */
static gboolean
find_rows (BalTransaction   *transaction,
           const BalPerson  *person,
           const char       *same_as,
           BalPerson       **row,
           BalPerson       **leader,
           GError          **error)
{
  g_autoptr(GError) local_error = NULL;

  *row = find_row (transaction, person->key, &local_error);
  *leader = local_error == NULL && same_as != NULL ? find_row (transaction, same_as, &local_error) : NULL;
  if (local_error == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

gboolean
bal_take_in_ask_person (BalTransaction    *transaction,
                        const BalPerson   *person,
                        const char        *same_as,
                        BalTakeInFound    *found,
                        GError           **error)
{
  g_autoptr(BalPerson) row = NULL;
  g_autoptr(BalPerson) leader = NULL;
  gboolean decided, same;

  *found = BAL_TAKE_IN_NEW;
  if (!find_rows (transaction, person, same_as, &row, &leader, error))
    return FALSE;
  if (row == NULL)
    return TRUE;
  if (!is_decided (transaction, row, &decided, error))
    return FALSE;

  same = is_same (row, person) && row->leader == (leader != NULL ? leader->leader : row->id);
  *found = same ? BAL_TAKE_IN_SAME : decided ? BAL_TAKE_IN_OTHER : BAL_TAKE_IN_NEW;
  return TRUE;
}

gboolean
bal_take_in_person (BalTransaction   *transaction,
                    const BalPerson  *person,
                    const char       *same_as,
                    GError          **error)
{
  g_autoptr(BalPerson) row = NULL;
  g_autoptr(BalPerson) leader = NULL;
  gint64 id;

  if (!find_rows (transaction, person, same_as, &row, &leader, error))
    return FALSE;

  id = row != NULL ? row->id : 0;
  return (id != 0 || add_row (transaction, person, &id, error)) &&
         write_row (transaction, id, person, leader != NULL ? leader->leader : id, error);
}
