/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bal-migrations.h"

#include <glib/gi18n.h>

/*
 * The first schema. What is worth knowing:
 *
 * - AUTOINCREMENT where a revision or an outbox row may name an id after its row is gone: an id
 *   must never come back as something else.
 * - HTML is a table of its own, so that lists read small rows and a change of status rewrites no text.
 * - NULL as html of a base means "the same as in the entity": most are, and it halves the file.
 * - Bases have no foreign key: the base of a deleted comment stays until the blog has deleted it too.
 * - Numbers of enumerations are those of the C headers, and stand here as literals.
 * - The text indexes know all rows up to the ids in text_mark, but for those in text_todo, which were
 *   altered since; the writer does the rest when it is idle. A new row so costs nothing here.
 */
static const char *const schema_1 =
  "CREATE TABLE blog ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  name TEXT NOT NULL UNIQUE, provider TEXT NOT NULL, url TEXT, endpoint TEXT, authorize_url TEXT,"
  "  user TEXT, user_id TEXT, author TEXT, capabilities INTEGER NOT NULL, signed_in INTEGER NOT NULL,"
  "  format TEXT NOT NULL, dialect TEXT, language TEXT, last_sync INTEGER NOT NULL) STRICT;"

  "CREATE TABLE review ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  remote_id TEXT, revision TEXT, key TEXT, title TEXT, excerpt TEXT, slug TEXT, url TEXT,"
  "  featured_image TEXT, status INTEGER NOT NULL, previous_status INTEGER,"
  "  published INTEGER NOT NULL, updated INTEGER NOT NULL,"
  "  series TEXT, film TEXT, film_year INTEGER NOT NULL, grade TEXT, watched_on TEXT,"
  "  quote TEXT, quote_character TEXT, quote_actor TEXT,"
  "  sort_time INTEGER NOT NULL, sort_title TEXT NOT NULL, grade_value REAL NOT NULL,"
  "  edit_seq INTEGER NOT NULL DEFAULT 0,"
  "  UNIQUE (blog_id, remote_id)) STRICT;"
  "CREATE INDEX review_by_key ON review (key) WHERE key IS NOT NULL;"
  "CREATE INDEX review_by_time ON review (sort_time, id, status, blog_id);"
  "CREATE INDEX review_by_title ON review (sort_title, id, status, blog_id);"
  "CREATE INDEX review_by_grade ON review (grade_value, sort_time, id, status, blog_id);"
  "CREATE INDEX review_by_series ON review (series, sort_time, id, status, blog_id) WHERE series IS NOT NULL;"

  "CREATE TABLE review_body ("
  "  review_id INTEGER PRIMARY KEY REFERENCES review ON DELETE CASCADE,"
  "  html TEXT NOT NULL) STRICT;"

  "CREATE TABLE review_base ("
  "  review_id INTEGER PRIMARY KEY,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  remote_id TEXT, revision TEXT, title TEXT, excerpt TEXT, slug TEXT, url TEXT, featured_image TEXT,"
  "  labels TEXT, categories TEXT, status INTEGER NOT NULL, published INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL, html TEXT) STRICT;"

  "CREATE TABLE label ("
  "  review_id INTEGER NOT NULL REFERENCES review ON DELETE CASCADE,"
  "  kind INTEGER NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL,"
  "  PRIMARY KEY (review_id, kind, position)) STRICT, WITHOUT ROWID;"
  "CREATE INDEX label_by_name ON label (kind, name, review_id);"

  "CREATE TABLE comment ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  review_id INTEGER NOT NULL REFERENCES review ON DELETE CASCADE,"
  "  parent_id INTEGER, remote_id TEXT, remote_parent_id TEXT, key TEXT,"
  "  author TEXT, author_email TEXT, author_url TEXT, author_ip TEXT, user_agent TEXT,"
  "  mine INTEGER NOT NULL, status INTEGER NOT NULL, previous_status INTEGER,"
  "  created INTEGER NOT NULL, url TEXT, unanswered INTEGER NOT NULL,"
  "  edit_seq INTEGER NOT NULL DEFAULT 0, html TEXT,"
  "  UNIQUE (blog_id, remote_id)) STRICT;"
  "CREATE INDEX comment_by_review ON comment (review_id, status, created);"
  "CREATE INDEX comment_by_parent ON comment (parent_id) WHERE parent_id IS NOT NULL;"
  "CREATE INDEX comment_by_time ON comment (created, id, status, blog_id);"
  "CREATE INDEX comment_by_status ON comment (status, created, id, blog_id) WHERE status <> 1;"
  "CREATE INDEX comment_unanswered ON comment (created, id, blog_id, review_id) WHERE unanswered = 1;"
  "CREATE INDEX comment_orphans ON comment (blog_id, remote_parent_id)"
  "  WHERE parent_id IS NULL AND remote_parent_id IS NOT NULL;"

  "CREATE TABLE comment_base ("
  "  comment_id INTEGER PRIMARY KEY,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  review_id INTEGER NOT NULL, remote_id TEXT, remote_parent_id TEXT,"
  "  author TEXT, author_email TEXT, author_url TEXT, author_ip TEXT, user_agent TEXT,"
  "  mine INTEGER NOT NULL, status INTEGER NOT NULL, created INTEGER NOT NULL, url TEXT, html TEXT) STRICT;"

  "CREATE TABLE media ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  file_name TEXT NOT NULL, mime_type TEXT NOT NULL, stored_name TEXT NOT NULL, alt_text TEXT,"
  "  key TEXT NOT NULL, remote_id TEXT, url TEXT) STRICT;"

  "CREATE TABLE revision ("
  "  id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, entity_id INTEGER NOT NULL,"
  "  created INTEGER NOT NULL, kind INTEGER NOT NULL, title TEXT, html TEXT, excerpt TEXT, slug TEXT,"
  "  featured_image TEXT, labels TEXT, categories TEXT) STRICT;"
  "CREATE INDEX revision_by_entity ON revision (entity, entity_id);"

  "CREATE TABLE outbox ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  entity INTEGER NOT NULL, entity_id INTEGER NOT NULL,"
  "  op INTEGER NOT NULL, state INTEGER NOT NULL, edit_seq INTEGER NOT NULL, key TEXT, remote_id TEXT,"
  "  attempts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL DEFAULT 0, error TEXT,"
  "  UNIQUE (entity, entity_id)) STRICT;"

  "CREATE TABLE sync_cursor ("
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  name TEXT NOT NULL, value TEXT NOT NULL,"
  "  PRIMARY KEY (blog_id, name)) STRICT, WITHOUT ROWID;"

  "CREATE TABLE conflict ("
  "  id INTEGER PRIMARY KEY AUTOINCREMENT,"
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  entity INTEGER NOT NULL, entity_id INTEGER NOT NULL, created INTEGER NOT NULL,"
  "  what TEXT NOT NULL, is_gone INTEGER NOT NULL,"
  "  remote_id TEXT, revision TEXT, title TEXT, excerpt TEXT, slug TEXT, url TEXT, featured_image TEXT,"
  "  labels TEXT, categories TEXT, status INTEGER NOT NULL, published INTEGER NOT NULL,"
  "  updated INTEGER NOT NULL, html TEXT,"
  "  author TEXT, author_email TEXT, author_url TEXT, remote_parent_id TEXT,"
  "  UNIQUE (entity, entity_id)) STRICT;"

  "CREATE TABLE text_mark (entity INTEGER PRIMARY KEY, id INTEGER NOT NULL) STRICT;"
  "INSERT INTO text_mark (entity, id) VALUES (1, 0), (2, 0);"
  "CREATE TABLE text_todo ("
  "  entity INTEGER NOT NULL, id INTEGER NOT NULL,"
  "  PRIMARY KEY (entity, id)) STRICT, WITHOUT ROWID;"
  "CREATE VIRTUAL TABLE review_fts USING fts5 (title, body, labels, tokenize = 'balcony', prefix = '2 3');"
  "CREATE VIRTUAL TABLE comment_fts USING fts5 (author, body, tokenize = 'balcony', prefix = '2 3');"
  "INSERT INTO review_fts (review_fts, rank) VALUES ('hashsize', 16777216);"
  "INSERT INTO comment_fts (comment_fts, rank) VALUES ('hashsize', 16777216);"

  /* Counts: 0-4 reviews and 10-13 comments by status, 20 unanswered, 30 conflicts, 31 outbox. */
  "CREATE TABLE count ("
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE,"
  "  kind INTEGER NOT NULL, value INTEGER NOT NULL DEFAULT 0,"
  "  PRIMARY KEY (blog_id, kind)) STRICT, WITHOUT ROWID;"
  "CREATE TRIGGER blog_added AFTER INSERT ON blog BEGIN"
  "  INSERT INTO count (blog_id, kind) VALUES (NEW.id, 0), (NEW.id, 1), (NEW.id, 2), (NEW.id, 3),"
  "    (NEW.id, 4), (NEW.id, 10), (NEW.id, 11), (NEW.id, 12), (NEW.id, 13), (NEW.id, 20), (NEW.id, 30),"
  "    (NEW.id, 31);"
  " END;"
  "CREATE TRIGGER review_added AFTER INSERT ON review BEGIN"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = NEW.status;"
  " END;"
  "CREATE TRIGGER review_removed AFTER DELETE ON review BEGIN"
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = OLD.status;"
  " END;"
  "CREATE TRIGGER review_moved AFTER UPDATE OF status ON review WHEN OLD.status <> NEW.status BEGIN"
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = OLD.status;"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = NEW.status;"
  " END;"
  "CREATE TRIGGER comment_added AFTER INSERT ON comment BEGIN"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = 10 + NEW.status;"
  " END;"
  "CREATE TRIGGER comment_added_unanswered AFTER INSERT ON comment WHEN NEW.unanswered = 1 BEGIN"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = 20;"
  " END;"
  "CREATE TRIGGER comment_removed AFTER DELETE ON comment BEGIN"
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = 10 + OLD.status;"
  "  UPDATE count SET value = value - OLD.unanswered WHERE blog_id = OLD.blog_id AND kind = 20;"
  " END;"
  "CREATE TRIGGER comment_moved AFTER UPDATE OF status ON comment WHEN OLD.status <> NEW.status BEGIN"
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = 10 + OLD.status;"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = 10 + NEW.status;"
  " END;"
  "CREATE TRIGGER comment_answered AFTER UPDATE OF unanswered ON comment"
  " WHEN OLD.unanswered <> NEW.unanswered BEGIN"
  "  UPDATE count SET value = value + NEW.unanswered - OLD.unanswered"
  "    WHERE blog_id = NEW.blog_id AND kind = 20;"
  " END;"
  "CREATE TRIGGER conflict_added AFTER INSERT ON conflict BEGIN"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = 30;"
  " END;"
  "CREATE TRIGGER conflict_removed AFTER DELETE ON conflict BEGIN"
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = 30;"
  " END;"
  "CREATE TRIGGER outbox_added AFTER INSERT ON outbox BEGIN"
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = 31;"
  " END;"
  "CREATE TRIGGER outbox_removed AFTER DELETE ON outbox BEGIN"
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = 31;"
  " END;";

/*
 * The comment desk:
 *
 * - dismissed: the person does not want to answer it.
 * - mine: how many comments are the blogger's own, spam and trash apart (count 21).
 */
#define IS_MINE(row) "(" row ".mine = 1 AND " row ".status < 2)"
#define DESK_PART \
  "ALTER TABLE comment ADD COLUMN dismissed INTEGER NOT NULL DEFAULT 0;" \
  "CREATE INDEX comment_mine ON comment (created, id, blog_id) WHERE mine = 1 AND status < 2;" \
  "INSERT INTO count (blog_id, kind, value)" \
  "  SELECT id, 21, (SELECT count(*) FROM comment WHERE blog_id = blog.id AND mine = 1 AND status < 2)" \
  "    FROM blog;" \
  "CREATE TRIGGER blog_added_mine AFTER INSERT ON blog BEGIN" \
  "  INSERT INTO count (blog_id, kind) VALUES (NEW.id, 21);" \
  " END;" \
  "CREATE TRIGGER comment_added_mine AFTER INSERT ON comment WHEN " IS_MINE ("NEW") " BEGIN" \
  "  UPDATE count SET value = value + 1 WHERE blog_id = NEW.blog_id AND kind = 21;" \
  " END;" \
  "CREATE TRIGGER comment_removed_mine AFTER DELETE ON comment WHEN " IS_MINE ("OLD") " BEGIN" \
  "  UPDATE count SET value = value - 1 WHERE blog_id = OLD.blog_id AND kind = 21;" \
  " END;" \
  "CREATE TRIGGER comment_owned AFTER UPDATE OF mine, status ON comment" \
  " WHEN " IS_MINE ("OLD") " <> " IS_MINE ("NEW") " BEGIN" \
  "  UPDATE count SET value = value + " IS_MINE ("NEW") " - " IS_MINE ("OLD") \
  "    WHERE blog_id = NEW.blog_id AND kind = 21;" \
  " END;"

/*
 * The spam help:
 *
 * - spam_sign: of how many learnt comments has each sign been one; the sign itself is only there as its hash.
 * - spam_lesson: what was learnt of a comment (BalSpamLesson), so that it is learnt once and can be unlearnt. It
 *   stays when the comment is deleted, and so does what was learnt.
 * - spam_help: one row. What acts alone (threshold, NULL: nothing); how many comments were learnt; up to which id those
 *   that were there are learnt; how many lessons there were ever, and at the last look at the scores; where the
 *   present look at the scores is (NULL: there is none).
 */
#define SPAM_PART \
  "CREATE TABLE spam_sign (" \
  "  hash INTEGER PRIMARY KEY, n_spam INTEGER NOT NULL, n_good INTEGER NOT NULL) STRICT;" \
  "CREATE TABLE spam_lesson (" \
  "  comment_id INTEGER PRIMARY KEY, kind INTEGER NOT NULL) STRICT;" \
  "CREATE TABLE spam_help (" \
  "  id INTEGER PRIMARY KEY CHECK (id = 1), threshold REAL," \
  "  n_spam INTEGER NOT NULL DEFAULT 0, n_good INTEGER NOT NULL DEFAULT 0," \
  "  trained_id INTEGER NOT NULL DEFAULT 0, n_changes INTEGER NOT NULL DEFAULT 0," \
  "  scored_changes INTEGER NOT NULL DEFAULT 0, pass_created INTEGER, pass_id INTEGER) STRICT;" \
  "INSERT INTO spam_help (id) VALUES (1);" \
  "ALTER TABLE comment ADD COLUMN spam_score REAL;" \
  "CREATE INDEX comment_by_spam ON comment (spam_score, created, id, blog_id) WHERE status = 0;"

static const char *const schema_2 = DESK_PART SPAM_PART;

/*
 * Who comments:
 *
 * - person: one row for each key by which somebody is known (BalPersonKey). leader: who it was merged into, or itself;
 *   trust, automatic and note are the leader's, and rest in a row that has another. Name and addresses are those of its
 *   newest comment (seen), sought is all of them folded.
 * - comment_author: of each comment by somebody who is known. A table of its own: what a column of comment would need
 *   to be found by has to read all comments when it is made, and a window is waiting for that. acted: its status is the
 *   trust's doing.
 * - person_help: up to which id the comments' authors are known, but for those in person_todo; the writer does the
 *   rest when it is idle.
 */
#define AUTHOR_DIFFERS \
  "(OLD.author IS NOT NEW.author OR OLD.author_email IS NOT NEW.author_email OR" \
  "  OLD.author_url IS NOT NEW.author_url OR OLD.mine <> NEW.mine)"
#define PERSON_PART \
  "CREATE TABLE person (" \
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, leader INTEGER NOT NULL DEFAULT 0," \
  "  trust INTEGER NOT NULL DEFAULT 0, automatic INTEGER NOT NULL DEFAULT 0, note TEXT, created INTEGER NOT NULL," \
  "  name TEXT, email TEXT, url TEXT, seen INTEGER NOT NULL, sought TEXT NOT NULL) STRICT;" \
  "CREATE INDEX person_by_leader ON person (leader);" \
  "CREATE INDEX person_by_trust ON person (trust) WHERE trust <> 0;" \
  "CREATE TABLE comment_author (" \
  "  comment_id INTEGER PRIMARY KEY REFERENCES comment ON DELETE CASCADE, person_id INTEGER NOT NULL," \
  "  status INTEGER NOT NULL, created INTEGER NOT NULL, acted INTEGER NOT NULL DEFAULT 0) STRICT;" \
  "CREATE INDEX comment_author_by_person ON comment_author (person_id, created, comment_id, status);" \
  "CREATE TABLE person_help (id INTEGER PRIMARY KEY CHECK (id = 1), known_id INTEGER NOT NULL DEFAULT 0) STRICT;" \
  "INSERT INTO person_help (id) VALUES (1);" \
  "CREATE TABLE person_todo (comment_id INTEGER PRIMARY KEY) STRICT;" \
  "CREATE TRIGGER person_added AFTER INSERT ON person BEGIN" \
  "  UPDATE person SET leader = NEW.id WHERE id = NEW.id;" \
  " END;" \
  "CREATE TRIGGER comment_revived AFTER INSERT ON comment" \
  " WHEN NEW.id <= (SELECT known_id FROM person_help) BEGIN" \
  "  INSERT OR IGNORE INTO person_todo (comment_id) VALUES (NEW.id);" \
  " END;" \
  "CREATE TRIGGER comment_signed AFTER UPDATE OF author, author_email, author_url, mine ON comment" \
  " WHEN NEW.id <= (SELECT known_id FROM person_help) AND " AUTHOR_DIFFERS " BEGIN" \
  "  INSERT OR IGNORE INTO person_todo (comment_id) VALUES (NEW.id);" \
  " END;" \
  "CREATE TRIGGER comment_moved_author AFTER UPDATE OF status, created ON comment" \
  " WHEN OLD.status <> NEW.status OR OLD.created <> NEW.created BEGIN" \
  "  UPDATE comment_author SET status = NEW.status, created = NEW.created," \
  "    acted = acted * (OLD.status = NEW.status) WHERE comment_id = NEW.id;" \
  " END;" \
  "CREATE TRIGGER blog_removed AFTER DELETE ON blog BEGIN" \
  "  DELETE FROM person WHERE trust = 0 AND note IS NULL AND leader = id" \
  "    AND NOT EXISTS (SELECT 1 FROM comment_author WHERE person_id = person.id)" \
  "    AND NOT EXISTS (SELECT 1 FROM person p WHERE p.leader = person.id AND p.id <> person.id);" \
  " END;"

/*
 * Replies:
 *
 * - reply_draft: what is being written, by comment. edit: a new text for it, no answer; base: what that was made from.
 *   No reference to the comment: a draft outlives it.
 * - snippet: saved replies.
 */
#define REPLY_PART \
  "CREATE TABLE reply_draft (" \
  "  comment_id INTEGER NOT NULL, edit INTEGER NOT NULL," \
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE," \
  "  html TEXT NOT NULL, base TEXT, updated INTEGER NOT NULL," \
  "  PRIMARY KEY (comment_id, edit)) STRICT, WITHOUT ROWID;" \
  "CREATE INDEX reply_draft_by_blog ON reply_draft (blog_id);" \
  "CREATE TABLE snippet (" \
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, html TEXT NOT NULL," \
  "  position INTEGER NOT NULL) STRICT;"

/*
 * Searching comments:
 *
 * - The text indexes are made anew, by the writer when it is idle: words are told apart in another way, and where a
 *   comment comes from (e-mail and web address) is a column of its own.
 * - has_link: found while the texts are read for that. A table's old rows are not rewritten for it.
 * - filter: searches that are kept, in the order of the sidebar.
 */
#define FILTER_PART \
  "DROP TABLE review_fts;" \
  "DROP TABLE comment_fts;" \
  "CREATE VIRTUAL TABLE review_fts USING fts5 (title, body, labels, tokenize = 'balcony', prefix = '2 3');" \
  "CREATE VIRTUAL TABLE comment_fts USING fts5 (author, body, origin, tokenize = 'balcony', prefix = '2 3');" \
  "INSERT INTO review_fts (review_fts, rank) VALUES ('hashsize', 16777216);" \
  "INSERT INTO comment_fts (comment_fts, rank) VALUES ('hashsize', 16777216);" \
  "DELETE FROM text_todo;" \
  "UPDATE text_mark SET id = 0;" \
  "ALTER TABLE comment ADD COLUMN has_link INTEGER NOT NULL DEFAULT 0;" \
  "CREATE INDEX comment_with_link ON comment (created, id, status, blog_id) WHERE has_link = 1;" \
  "CREATE TABLE filter (" \
  "  id INTEGER PRIMARY KEY AUTOINCREMENT," \
  "  name TEXT NOT NULL UNIQUE, line TEXT NOT NULL, position INTEGER NOT NULL) STRICT;"

/*
 * What came in from files of other programs, so that the same file, or a later one, brings only what is new:
 *
 * - source: whose it is (the blog's address or id, the program, the folder); key: what it is called there.
 * - hash: of its content in the file, to tell whether the file has another version since.
 */
#define IMPORT_PART \
  "CREATE TABLE import_item (" \
  "  blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE," \
  "  entity INTEGER NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL," \
  "  entity_id INTEGER NOT NULL, hash TEXT," \
  "  PRIMARY KEY (blog_id, entity, source, key)) STRICT, WITHOUT ROWID;" \
  "CREATE INDEX import_by_entity ON import_item (entity, entity_id, source);"

static const char *const schema_3 = PERSON_PART REPLY_PART FILTER_PART IMPORT_PART;

/*
 * Where the pictures of a blog go that takes none itself: another blog (image_host; a removed one takes none), or a folder
 * (image_folder) that readers find under image_url.
 */
#define IMAGE_PART \
  "ALTER TABLE blog ADD COLUMN image_host INTEGER REFERENCES blog ON DELETE SET NULL;" \
  "ALTER TABLE blog ADD COLUMN image_folder TEXT;" \
  "ALTER TABLE blog ADD COLUMN image_url TEXT;"

/*
 * Imports one by one, so that one can be taken back: import_item.run_id is the import that brought it; NULL: it was here
 * before, or is the person's own since.
 */
#define IMPORT_RUN_PART \
  "CREATE TABLE import_run (" \
  "  id INTEGER PRIMARY KEY AUTOINCREMENT, blog_id INTEGER NOT NULL REFERENCES blog ON DELETE CASCADE," \
  "  created INTEGER NOT NULL, name TEXT NOT NULL) STRICT;" \
  "ALTER TABLE import_item ADD COLUMN run_id INTEGER;" \
  "CREATE INDEX import_by_run ON import_item (run_id, entity, entity_id) WHERE run_id IS NOT NULL;"

static const char *const schema_4 = IMAGE_PART IMPORT_RUN_PART;

/*
 * Whom the blog lets read a review (BalAudience). What is here already was read without it: where a blog tells, the next pull
 * lists all its reviews anew.
 */
#define AUDIENCE_PART \
  "ALTER TABLE review ADD COLUMN audience INTEGER NOT NULL DEFAULT 0;" \
  "ALTER TABLE review_base ADD COLUMN audience INTEGER NOT NULL DEFAULT 0;" \
  "ALTER TABLE conflict ADD COLUMN audience INTEGER NOT NULL DEFAULT 0;" \
  "DELETE FROM sync_cursor WHERE name IN ('reviews', 'reviews-since')" \
  "  AND blog_id IN (SELECT id FROM blog WHERE provider IN ('wordpress', 'ghost'));"

static const char *const schema_5 = AUDIENCE_PART;

/* Append only: a released step is never altered. Step n brings the schema from version n to n + 1. */
static const char *const *const steps[] = { &schema_1, &schema_2, &schema_3, &schema_4, &schema_5 };

int
bal_migrations_get_version (void)
{
  return G_N_ELEMENTS (steps);
}

static gboolean
read_marks (BalConnection  *connection,
            gint64         *application_id,
            gint64         *version,
            gint64         *n_objects,
            GError        **error)
{
  return bal_connection_read_int (connection, "PRAGMA application_id", application_id, error) &&
         bal_connection_read_int (connection, "PRAGMA user_version", version, error) &&
         bal_connection_read_int (connection, "SELECT count(*) FROM sqlite_schema", n_objects, error);
}

gboolean
bal_migrations_check (BalConnection  *connection,
                      GError        **error)
{
  gint64 application_id, version, n_objects;

  if (!read_marks (connection, &application_id, &version, &n_objects, error))
    return FALSE;

  if (application_id == 0 && version == 0 && n_objects == 0)
    return TRUE;

  if (application_id != BAL_APPLICATION_ID)
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_CORRUPT,
                   _("“%s” is not a database of Balcony and was left as it is. Choose another data folder."),
                   bal_connection_get_path (connection));
      return FALSE;
    }

  if (version > bal_migrations_get_version ())
    {
      g_set_error (error, BAL_ERROR, BAL_ERROR_SCHEMA_TOO_NEW,
                   _("“%s” was written by a later version of Balcony and was left as it is. Install that "
                     "version, or choose another data folder."),
                   bal_connection_get_path (connection));
      return FALSE;
    }

  return TRUE;
}

static gboolean
run_step (BalConnection  *connection,
          int             version,
          gboolean       *ran,
          GError        **error)
{
  g_autofree char *marks = NULL;
  gint64 current;

  if (!bal_connection_execute (connection, "BEGIN IMMEDIATE", error))
    return FALSE;

  /* Another program may have been first while we waited for the lock. */
  if (!bal_connection_read_int (connection, "PRAGMA user_version", &current, error))
    return FALSE;

  *ran = current == version;
  if (!*ran)
    return bal_connection_execute (connection, "ROLLBACK", error);

  marks = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                           BAL_APPLICATION_ID, version + 1);
  return bal_connection_execute (connection, *steps[version], error) &&
         bal_connection_execute (connection, marks, error) &&
         bal_connection_execute (connection, "COMMIT", error);
}

gboolean
bal_migrations_run (BalConnection  *connection,
                    GError        **error)
{
  gint64 version;

  if (!bal_migrations_check (connection, error) ||
      !bal_connection_read_int (connection, "PRAGMA user_version", &version, error))
    return FALSE;

  while (version < bal_migrations_get_version ())
    {
      gboolean ran = FALSE;

      if (!run_step (connection, version, &ran, error))
        {
          if (bal_connection_in_transaction (connection))
            bal_connection_execute (connection, "ROLLBACK", NULL);
          return FALSE;
        }
      if (!ran && !bal_migrations_check (connection, error))
        return FALSE;
      version++;
    }

  return TRUE;
}
