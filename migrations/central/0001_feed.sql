-- The feed: what devices pull. Written by triggers alone, so that whatever changes a table, also SQL by hand,
-- is in it. One entry a row: a newer entry takes the place of the older, so the feed is never longer than the
-- tables and what was deleted from them. Numbers grow in the order of commits, for there is one writer.
--
-- What D1 tells as `meta.changes` counts what triggers write: compare it with 0, never with 1.

CREATE TABLE meta (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- Which central database this is. A database put back from a backup is given another: every cursor is then gone.
INSERT INTO meta (name, value) VALUES ('epoch', lower(hex(randomblob(8))));

-- Who sees an entry: '*' everybody; 'c:<customer>' who has the customer; 'n:<name>' one person; 's:<sales rep>'
-- one territory; 'q:<quote>' and 'r:<run>' nobody but approvers until that quote or run is known;
-- '-' approvers alone.
CREATE TABLE changes (
  seq   INTEGER PRIMARY KEY AUTOINCREMENT,
  tbl   TEXT NOT NULL,
  key   TEXT NOT NULL,
  scope TEXT NOT NULL,
  gone  INTEGER NOT NULL CHECK (gone IN (0, 1)),
  row   TEXT,
  UNIQUE (tbl, key)
) STRICT;
CREATE INDEX changes_by_scope ON changes (scope);

-- An entry is put in by INSERT INTO feed. DELETE and INSERT rather than INSERT OR REPLACE: a conflict clause of
-- the statement that fired the trigger would take its place. What is fed already is not fed again.
CREATE VIEW feed AS SELECT tbl, key, scope, gone, row FROM changes;
CREATE TRIGGER feed_put INSTEAD OF INSERT ON feed
WHEN NOT EXISTS (
  SELECT 1 FROM changes
  WHERE tbl = new.tbl AND key = new.key AND scope = new.scope AND gone = new.gone AND row IS new.row)
BEGIN
  DELETE FROM changes WHERE tbl = new.tbl AND key = new.key;
  INSERT INTO changes (tbl, key, scope, gone, row) VALUES (new.tbl, new.key, new.scope, new.gone, new.row);
END;

-- The row is gone: who saw it is told.
CREATE VIEW feed_gone AS SELECT tbl, key FROM changes WHERE gone = 1;
CREATE TRIGGER feed_gone_put INSTEAD OF INSERT ON feed_gone BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT tbl, key, scope, 1, NULL FROM changes WHERE tbl = new.tbl AND key = new.key;
END;

-- Entries of one scope come to another, or anew to the same, under new numbers: INSERT INTO feed_moves.
-- What is gone comes along only where the scope is another; who has the scope now never had those rows.
CREATE TABLE moving (
  seq   INTEGER PRIMARY KEY,
  tbl   TEXT NOT NULL,
  key   TEXT NOT NULL,
  gone  INTEGER NOT NULL,
  row   TEXT
) STRICT;
CREATE VIEW feed_moves AS SELECT scope AS from_scope, scope AS to_scope FROM changes WHERE 0;
CREATE TRIGGER feed_moves_put INSTEAD OF INSERT ON feed_moves
WHEN EXISTS (SELECT 1 FROM changes WHERE scope = new.from_scope)
BEGIN
  INSERT INTO moving (seq, tbl, key, gone, row)
  SELECT seq, tbl, key, gone, row FROM changes
  WHERE scope = new.from_scope AND (gone = 0 OR new.from_scope <> new.to_scope);
  DELETE FROM changes WHERE seq IN (SELECT seq FROM moving);
  INSERT INTO changes (tbl, key, scope, gone, row)
  SELECT tbl, key, new.to_scope, gone, row FROM moving ORDER BY seq;
  DELETE FROM moving;
END;

-- Whose territory a customer is in, or was when it was deleted.
CREATE TABLE territories (
  customer_id TEXT PRIMARY KEY NOT NULL,
  sales_rep   TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX territories_by_rep ON territories (sales_rep, customer_id);
-- Who had the customer gives it up, and who has it now gets all that belongs to it.
CREATE TRIGGER territories_left AFTER DELETE ON territories WHEN old.sales_rep IS NOT NULL BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  VALUES ('_evict', json_array(old.customer_id, old.sales_rep), 's:' || old.sales_rep, 0,
          json_object('customer_id', old.customer_id));
END;
CREATE TRIGGER territories_taken AFTER INSERT ON territories BEGIN
  DELETE FROM changes WHERE tbl = '_evict' AND key = json_array(new.customer_id, new.sales_rep);
  INSERT INTO feed_moves (from_scope, to_scope) VALUES ('c:' || new.customer_id, 'c:' || new.customer_id);
END;
