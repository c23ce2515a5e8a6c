/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-person-rows.h"

#include <glib/gi18n.h>
#include <string.h>

#include "bal-comment-rows.h"
#include "bal-desk.h"
#include "bal-person-key.h"
#include "bal-text.h"
#include "bal-time.h"

BalPerson *
bal_person_read_row (BalStatement *statement)
{
  BalPerson *person = bal_person_new ();

  person->id = bal_statement_read_int (statement);
  person->leader = bal_statement_read_int (statement);
  person->trust = (BalPersonTrust) bal_statement_read_int (statement);
  person->automatic = bal_statement_read_int (statement) != 0;
  person->created = bal_statement_read_int (statement);
  person->seen = bal_statement_read_int (statement);
  person->key = g_strdup (bal_statement_read_text (statement));
  person->name = g_strdup (bal_statement_read_text (statement));
  person->email = g_strdup (bal_statement_read_text (statement));
  person->url = g_strdup (bal_statement_read_text (statement));
  person->note = g_strdup (bal_statement_read_text (statement));
  return person;
}

/* ---- who wrote it ---- */

/* What is kept of the name and each address: it is a stranger's, who may want to fill the disk. */
#define MAX_BYTES 400

/* Name and addresses as they are kept, and what a search looks into. */
typedef struct
{
  char    *texts[3];
  GString *sought;
} Names;

static void
names_clear (Names *names)
{
  for (guint i = 0; i < G_N_ELEMENTS (names->texts); i++)
    g_free (names->texts[i]);
  g_string_free (names->sought, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

static void
names_init (Names      *names,
            BalComment *comment)
{
  const char *texts[] = { bal_comment_get_author (comment), bal_comment_get_author_email (comment),
                          bal_comment_get_author_url (comment) };

  names->sought = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = texts[i] != NULL ? texts[i] : "";
      g_autofree char *valid = g_utf8_make_valid (text, (gssize) MIN (strlen (text), MAX_BYTES));
      g_autofree char *folded = bal_text_fold (valid, -1);

      names->texts[i] = *valid != '\0' ? g_steal_pointer (&valid) : NULL;
      g_string_append_printf (names->sought, "%s\n", folded);
    }
}

/* Each must live until the statement has run. */
static void
bind_names (BalStatement *statement,
            BalComment   *comment,
            const Names  *names)
{
  for (guint i = 0; i < G_N_ELEMENTS (names->texts); i++)
    bal_statement_bind_text (statement, names->texts[i]);
  bal_statement_bind_int (statement, bal_comment_get_created (comment));
  bal_statement_bind_text (statement, names->sought->str);
}

gboolean
bal_person_insert (BalTransaction  *transaction,
                   BalComment      *comment,
                   const char      *key,
                   gint64          *id,
                   GError         **error)
{
  g_auto(Names) names = { 0 };
  g_autoptr(BalStatement) statement = NULL;

  names_init (&names, comment);
  statement = bal_transaction_prepare (transaction,
    "INSERT INTO person (name, email, url, seen, sought, key, created) VALUES (?, ?, ?, ?, ?, ?, ?)", error);
  if (statement == NULL)
    return FALSE;

  bind_names (statement, comment, &names);
  bal_statement_bind_text (statement, key);
  bal_statement_bind_int (statement, bal_time_now ());
  if (!bal_statement_run (statement, error))
    return FALSE;

  *id = bal_connection_get_insert_id (transaction->connection);
  bal_transaction_note (transaction, BAL_ENTITY_PERSON, BAL_CHANGE_ADDED, *id);
  return TRUE;
}

static gboolean
rename_person (BalTransaction  *transaction,
               BalComment      *comment,
               gint64           id,
               GError         **error)
{
  g_auto(Names) names = { 0 };
  g_autoptr(BalStatement) statement = NULL;

  names_init (&names, comment);
  statement = bal_transaction_prepare (transaction,
    "UPDATE person SET name = ?, email = ?, url = ?, seen = ?, sought = ? WHERE id = ?", error);
  if (statement == NULL)
    return FALSE;

  bind_names (statement, comment, &names);
  bal_statement_bind_int (statement, id);
  return bal_statement_run (statement, error);
}

/* The row of that key, and who it stands for. 0: there is none. */
static gboolean
find_key (BalTransaction  *transaction,
          const char      *key,
          gint64          *id,
          gint64          *leader,
          gint64          *seen,
          gboolean        *marked,
          GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  *id = *leader = *seen = 0;
  *marked = FALSE;
  statement = bal_transaction_prepare (transaction,
    "SELECT p.id, p.leader, p.seen, l.trust <> 0 OR l.note IS NOT NULL FROM person p JOIN person l ON l.id = p.leader"
    "  WHERE p.key = ?",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, key);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    {
      *id = bal_statement_read_int (statement);
      *leader = bal_statement_read_int (statement);
      *seen = bal_statement_read_int (statement);
      *marked = bal_statement_read_int (statement) != 0;
    }
  return step != BAL_STEP_ERROR;
}

static gboolean
link_author (BalTransaction  *transaction,
             BalComment      *comment,
             gint64           id,
             GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  statement = bal_transaction_prepare (transaction,
    "INSERT INTO comment_author (comment_id, person_id, status, created) VALUES (?, ?, ?, ?)"
    "  ON CONFLICT (comment_id) DO UPDATE SET person_id = excluded.person_id, acted = 0"
    "  WHERE person_id <> excluded.person_id",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_int (statement, bal_comment_get_id (comment));
  bal_statement_bind_int (statement, id);
  bal_statement_bind_int (statement, bal_comment_get_status (comment));
  bal_statement_bind_int (statement, bal_comment_get_created (comment));
  return bal_statement_run (statement, error);
}

gboolean
bal_person_note_author (BalTransaction  *transaction,
                        BalComment      *comment,
                        gint64          *person_id,
                        GError         **error)
{
  g_autofree char *key = bal_person_key_for_comment (comment);
  gint64 id, seen;
  gboolean marked;

  *person_id = 0;
  if (key == NULL)
    return bal_transaction_run_for_id (transaction, "DELETE FROM comment_author WHERE comment_id = ?",
                                       bal_comment_get_id (comment), error);

  if (!find_key (transaction, key, &id, person_id, &seen, &marked, error))
    return FALSE;
  if (id == 0)
    {
      if (!bal_person_insert (transaction, comment, key, &id, error))
        return FALSE;
      *person_id = id;
    }
  else if (bal_comment_get_created (comment) > seen && !rename_person (transaction, comment, id, error))
    {
      return FALSE;
    }

  bal_transaction_note (transaction, BAL_ENTITY_PERSON, BAL_CHANGE_ALTERED, *person_id);
  if (marked)
    bal_transaction_note (transaction, BAL_ENTITY_COMMENT, BAL_CHANGE_ALTERED, bal_comment_get_id (comment));
  return link_author (transaction, comment, id, error);
}

gint64
bal_person_table_find_author (BalTransaction  *transaction,
                              gint64           comment_id,
                              GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, comment_id, error);
  g_autofree char *key = comment != NULL ? bal_person_key_for_comment (comment) : NULL;
  gint64 id, leader, seen;
  gboolean marked;

  if (key == NULL || !find_key (transaction, key, &id, &leader, &seen, &marked, error))
    return 0;

  return leader;
}

gint64
bal_person_table_make_author (BalTransaction  *transaction,
                              gint64           comment_id,
                              GError         **error)
{
  g_autoptr(BalComment) comment = bal_comment_table_get_row (transaction, comment_id, error);
  gint64 id;

  return comment != NULL && bal_person_note_author (transaction, comment, &id, error) ? id : 0;
}

/* ---- what arrives ---- */

/* The trust in who has that key, if there is any. */
static gboolean
find_trust (BalTransaction  *transaction,
            const char      *key,
            BalPersonTrust  *trust,
            gboolean        *automatic,
            GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;
  BalStep step;

  *trust = BAL_PERSON_NEUTRAL;
  *automatic = FALSE;
  statement = bal_transaction_prepare (transaction,
    "SELECT l.trust, l.automatic FROM person p JOIN person l ON l.id = p.leader WHERE p.key = ? AND l.trust <> 0",
    error);
  if (statement == NULL)
    return FALSE;

  bal_statement_bind_text (statement, key);
  step = bal_statement_step (statement, error);
  if (step == BAL_STEP_ROW)
    {
      *trust = (BalPersonTrust) bal_statement_read_int (statement);
      *automatic = bal_statement_read_int (statement) != 0;
    }
  return step != BAL_STEP_ERROR;
}

/* Looked at once in a page of comments. */
static gboolean
has_trust (BalTransaction  *transaction,
           gboolean        *has,
           GError         **error)
{
  g_autoptr(BalStatement) statement = NULL;

  if (transaction->has_trust == 0)
    {
      statement = bal_transaction_prepare (transaction, "SELECT EXISTS (SELECT 1 FROM person WHERE trust <> 0)", error);
      if (statement == NULL || bal_statement_step (statement, error) != BAL_STEP_ROW)
        return FALSE;
      transaction->has_trust = bal_statement_read_int (statement) != 0 ? 1 : -1;
    }

  *has = transaction->has_trust > 0;
  return TRUE;
}

static gboolean
may_moderate (BalTransaction  *transaction,
              gint64           blog_id,
              gboolean        *may,
              GError         **error)
{
  g_autoptr(BalBlog) blog = bal_blog_table_get (transaction, blog_id, error);

  *may = blog != NULL && (bal_blog_get_capabilities (blog) & BAL_CAPABILITY_MODERATE) != 0;
  return blog != NULL;
}

static gboolean
act_alone (BalTransaction    *transaction,
           BalComment        *comment,
           BalCommentStatus   status,
           GError           **error)
{
  gint64 id = bal_comment_get_id (comment), person_id;

  return bal_desk_set_comment_status (transaction, &id, 1, status, error) &&
         bal_person_note_author (transaction, comment, &person_id, error) &&
         bal_transaction_run_for_id (transaction,
           "UPDATE comment_author SET acted = 1, status = (SELECT status FROM comment WHERE id = comment_id)"
           "  WHERE comment_id = ?", id, error);
}

gboolean
bal_person_table_receive (BalTransaction  *transaction,
                          BalComment      *comment,
                          BalPersonAct    *act,
                          GError         **error)
{
  g_autofree char *key = NULL;
  BalPersonTrust trust;
  gboolean has, automatic, may;

  *act = BAL_PERSON_ACT_NONE;
  if (bal_comment_get_status (comment) != BAL_COMMENT_STATUS_PENDING || bal_comment_get_mine (comment))
    return TRUE;
  if (!has_trust (transaction, &has, error))
    return FALSE;

  key = has ? bal_person_key_for_comment (comment) : NULL;
  if (key == NULL)
    return TRUE;
  if (!find_trust (transaction, key, &trust, &automatic, error))
    return FALSE;

  if (trust == BAL_PERSON_TRUSTED)
    *act = BAL_PERSON_ACT_SPARED;
  if (trust != BAL_PERSON_BLOCKED && !(trust == BAL_PERSON_TRUSTED && automatic))
    return TRUE;
  if (!may_moderate (transaction, bal_comment_get_blog_id (comment), &may, error))
    return FALSE;
  if (!may)
    return TRUE;

  *act = trust == BAL_PERSON_BLOCKED ? BAL_PERSON_ACT_TRASHED : BAL_PERSON_ACT_APPROVED;
  return act_alone (transaction, comment,
                    trust == BAL_PERSON_BLOCKED ? BAL_COMMENT_STATUS_TRASH : BAL_COMMENT_STATUS_APPROVED, error);
}
