-- What runs leave behind. A row that names only its run is the customer's of that run, once the run is known.

CREATE TABLE workflow_runs (
  run_id           TEXT PRIMARY KEY NOT NULL,
  workflow_type    TEXT NOT NULL,
  contract_version INTEGER NOT NULL,
  customer_id      TEXT,
  quote_id         TEXT,
  status           TEXT NOT NULL,
  started_by       TEXT NOT NULL,
  started_at       TEXT NOT NULL,
  completed_at     TEXT NOT NULL
) STRICT;
CREATE INDEX workflow_runs_by_quote ON workflow_runs (quote_id);
CREATE VIEW workflow_runs_feed AS
SELECT t.run_id, json_array(t.run_id) AS feed_key,
  coalesce('c:' || t.customer_id, 'n:' || t.started_by) AS feed_scope,
  json_object(
    'run_id', t.run_id, 'workflow_type', t.workflow_type, 'contract_version', t.contract_version,
    'customer_id', t.customer_id, 'quote_id', t.quote_id, 'status', t.status, 'started_by', t.started_by,
    'started_at', t.started_at, 'completed_at', t.completed_at) AS feed_row
FROM workflow_runs t;
CREATE TRIGGER workflow_runs_fed_insert AFTER INSERT ON workflow_runs BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_runs', feed_key, feed_scope, 0, feed_row FROM workflow_runs_feed WHERE run_id = new.run_id;
END;
CREATE TRIGGER workflow_runs_fed_update AFTER UPDATE ON workflow_runs BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_runs', feed_key, feed_scope, 0, feed_row FROM workflow_runs_feed WHERE run_id = new.run_id;
END;
CREATE TRIGGER workflow_runs_fed_delete AFTER DELETE ON workflow_runs BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('workflow_runs', json_array(old.run_id));
END;
CREATE TRIGGER workflow_runs_key_stands BEFORE UPDATE ON workflow_runs WHEN old.run_id IS NOT new.run_id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
CREATE TRIGGER workflow_runs_known AFTER INSERT ON workflow_runs BEGIN
  INSERT INTO feed_moves (from_scope, to_scope)
  VALUES ('r:' || new.run_id, coalesce('c:' || new.customer_id, 'n:' || new.started_by));
END;

-- Whose a run is, by whatever names it first. The first row counts; it is asked for without ORDER BY, for with it
-- SQLite reads all three tables through instead of their indexes.
CREATE VIEW run_scopes AS
SELECT run_id, coalesce('c:' || customer_id, 'n:' || started_by) AS scope FROM workflow_runs
UNION ALL
SELECT run_id, 'c:' || customer_id FROM quotes WHERE run_id IS NOT NULL
UNION ALL
SELECT run_id, coalesce('c:' || customer_id, 'n:' || drafted_by) FROM proposed_actions WHERE run_id IS NOT NULL;

CREATE TABLE workflow_run_log (
  run_id        TEXT PRIMARY KEY NOT NULL,
  workflow_type TEXT NOT NULL,
  status        TEXT NOT NULL,
  started_at    TEXT NOT NULL,
  completed_at  TEXT NOT NULL,
  summary_json  TEXT NOT NULL CHECK (json_valid(summary_json))
) STRICT;
CREATE VIEW workflow_run_log_feed AS
SELECT t.run_id, json_array(t.run_id) AS feed_key,
  coalesce((SELECT scope FROM run_scopes WHERE run_id = t.run_id), 'r:' || t.run_id) AS feed_scope,
  json_object(
    'run_id', t.run_id, 'workflow_type', t.workflow_type, 'status', t.status, 'started_at', t.started_at,
    'completed_at', t.completed_at, 'summary_json', t.summary_json) AS feed_row
FROM workflow_run_log t;
CREATE TRIGGER workflow_run_log_fed_insert AFTER INSERT ON workflow_run_log BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_run_log', feed_key, feed_scope, 0, feed_row FROM workflow_run_log_feed WHERE run_id = new.run_id;
END;
CREATE TRIGGER workflow_run_log_fed_update AFTER UPDATE ON workflow_run_log BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_run_log', feed_key, feed_scope, 0, feed_row FROM workflow_run_log_feed WHERE run_id = new.run_id;
END;
CREATE TRIGGER workflow_run_log_fed_delete AFTER DELETE ON workflow_run_log BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('workflow_run_log', json_array(old.run_id));
END;
CREATE TRIGGER workflow_run_log_key_stands BEFORE UPDATE ON workflow_run_log WHEN old.run_id IS NOT new.run_id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

CREATE TABLE reflexion_log (
  run_id     TEXT NOT NULL,
  tags       TEXT NOT NULL,
  narrative  TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, tags)
) STRICT, WITHOUT ROWID;
CREATE VIEW reflexion_log_feed AS
SELECT t.run_id, t.tags, json_array(t.run_id, t.tags) AS feed_key,
  coalesce((SELECT scope FROM run_scopes WHERE run_id = t.run_id), 'r:' || t.run_id) AS feed_scope,
  json_object(
    'run_id', t.run_id, 'tags', t.tags, 'narrative', t.narrative, 'created_at', t.created_at) AS feed_row
FROM reflexion_log t;
CREATE TRIGGER reflexion_log_fed_insert AFTER INSERT ON reflexion_log BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'reflexion_log', feed_key, feed_scope, 0, feed_row
  FROM reflexion_log_feed WHERE run_id = new.run_id AND tags = new.tags;
END;
CREATE TRIGGER reflexion_log_fed_update AFTER UPDATE ON reflexion_log BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'reflexion_log', feed_key, feed_scope, 0, feed_row
  FROM reflexion_log_feed WHERE run_id = new.run_id AND tags = new.tags;
END;
CREATE TRIGGER reflexion_log_fed_delete AFTER DELETE ON reflexion_log BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('reflexion_log', json_array(old.run_id, old.tags));
END;
CREATE TRIGGER reflexion_log_key_stands BEFORE UPDATE ON reflexion_log
WHEN (old.run_id, old.tags) IS NOT (new.run_id, new.tags) BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

CREATE TABLE workflow_events (
  run_id     TEXT PRIMARY KEY NOT NULL,
  event      TEXT NOT NULL CHECK (event IN ('workflow.completed', 'workflow.failed')),
  payload    TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL
) STRICT;
CREATE VIEW workflow_events_feed AS
SELECT t.run_id, json_array(t.run_id) AS feed_key,
  coalesce((SELECT scope FROM run_scopes WHERE run_id = t.run_id), 'r:' || t.run_id) AS feed_scope,
  json_object(
    'run_id', t.run_id, 'event', t.event, 'payload', t.payload, 'created_at', t.created_at) AS feed_row
FROM workflow_events t;
CREATE TRIGGER workflow_events_fed_insert AFTER INSERT ON workflow_events BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_events', feed_key, feed_scope, 0, feed_row FROM workflow_events_feed WHERE run_id = new.run_id;
END;
CREATE TRIGGER workflow_events_fed_update AFTER UPDATE ON workflow_events BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_events', feed_key, feed_scope, 0, feed_row FROM workflow_events_feed WHERE run_id = new.run_id;
END;
CREATE TRIGGER workflow_events_fed_delete AFTER DELETE ON workflow_events BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('workflow_events', json_array(old.run_id));
END;
CREATE TRIGGER workflow_events_key_stands BEFORE UPDATE ON workflow_events WHEN old.run_id IS NOT new.run_id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

CREATE TABLE workflow_verify_results (
  run_id     TEXT NOT NULL,
  check_id   TEXT NOT NULL,
  quote_id   TEXT,
  status     TEXT NOT NULL CHECK (status IN ('pending', 'passed', 'failed', 'skipped')),
  evidence   TEXT NOT NULL CHECK (json_valid(evidence)),
  created_at TEXT NOT NULL,
  checked_at TEXT,
  PRIMARY KEY (run_id, check_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX workflow_verify_results_by_quote ON workflow_verify_results (quote_id);
CREATE INDEX workflow_verify_results_pending ON workflow_verify_results (status) WHERE status = 'pending';
CREATE VIEW workflow_verify_results_feed AS
SELECT t.run_id, t.check_id, json_array(t.run_id, t.check_id) AS feed_key,
  coalesce((SELECT scope FROM run_scopes WHERE run_id = t.run_id), 'r:' || t.run_id) AS feed_scope,
  json_object(
    'run_id', t.run_id, 'check_id', t.check_id, 'quote_id', t.quote_id, 'status', t.status,
    'evidence', t.evidence, 'created_at', t.created_at, 'checked_at', t.checked_at) AS feed_row
FROM workflow_verify_results t;
CREATE TRIGGER workflow_verify_results_fed_insert AFTER INSERT ON workflow_verify_results BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_verify_results', feed_key, feed_scope, 0, feed_row
  FROM workflow_verify_results_feed WHERE run_id = new.run_id AND check_id = new.check_id;
END;
CREATE TRIGGER workflow_verify_results_fed_update AFTER UPDATE ON workflow_verify_results BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'workflow_verify_results', feed_key, feed_scope, 0, feed_row
  FROM workflow_verify_results_feed WHERE run_id = new.run_id AND check_id = new.check_id;
END;
CREATE TRIGGER workflow_verify_results_fed_delete AFTER DELETE ON workflow_verify_results BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('workflow_verify_results', json_array(old.run_id, old.check_id));
END;
CREATE TRIGGER workflow_verify_results_key_stands BEFORE UPDATE ON workflow_verify_results
WHEN (old.run_id, old.check_id) IS NOT (new.run_id, new.check_id) BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;

-- What went wrong and wants a person.
CREATE TABLE alerts (
  id          TEXT PRIMARY KEY NOT NULL,
  run_id      TEXT,
  step_id     TEXT,
  op_id       TEXT,
  quote_id    TEXT,
  customer_id TEXT,
  message     TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  resolved_at TEXT
) STRICT;
CREATE INDEX alerts_by_op ON alerts (op_id);
CREATE VIEW alerts_feed AS
SELECT t.id, json_array(t.id) AS feed_key,
  coalesce(
    'c:' || t.customer_id,
    (SELECT 'c:' || q.customer_id FROM quotes q WHERE q.id = t.quote_id),
    'q:' || t.quote_id,
    (SELECT scope FROM run_scopes WHERE run_id = t.run_id),
    'r:' || t.run_id,
    '-') AS feed_scope,
  json_object(
    'id', t.id, 'run_id', t.run_id, 'step_id', t.step_id, 'op_id', t.op_id, 'quote_id', t.quote_id,
    'customer_id', t.customer_id, 'message', t.message, 'created_at', t.created_at,
    'resolved_at', t.resolved_at) AS feed_row
FROM alerts t;
CREATE TRIGGER alerts_fed_insert AFTER INSERT ON alerts BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'alerts', feed_key, feed_scope, 0, feed_row FROM alerts_feed WHERE id = new.id;
END;
CREATE TRIGGER alerts_fed_update AFTER UPDATE ON alerts BEGIN
  INSERT INTO feed (tbl, key, scope, gone, row)
  SELECT 'alerts', feed_key, feed_scope, 0, feed_row FROM alerts_feed WHERE id = new.id;
END;
CREATE TRIGGER alerts_fed_delete AFTER DELETE ON alerts BEGIN
  INSERT INTO feed_gone (tbl, key) VALUES ('alerts', json_array(old.id));
END;
CREATE TRIGGER alerts_key_stands BEFORE UPDATE ON alerts WHEN old.id IS NOT new.id BEGIN
  SELECT RAISE(ABORT, 'a key never changes: delete the row and insert another');
END;
