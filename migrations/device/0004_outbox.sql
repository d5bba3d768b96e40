-- What waits for the central, the files it waits with, and who decided what.

CREATE TABLE outbox (
  seq             INTEGER PRIMARY KEY AUTOINCREMENT,
  op_id           TEXT NOT NULL UNIQUE,
  aggregate       TEXT NOT NULL,
  kind            TEXT NOT NULL,
  payload         TEXT NOT NULL CHECK (json_valid(payload)),
  payload_hash    TEXT NOT NULL,
  state           TEXT NOT NULL CHECK (state IN ('waiting', 'parked', 'acknowledged', 'discarded')),
  run_id          TEXT,
  step_id         TEXT,
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at TEXT,
  lease_until     TEXT,
  error_code      TEXT,
  error_message   TEXT,
  result          TEXT,
  created_by      TEXT NOT NULL,
  created_at      TEXT NOT NULL,
  settled_at      TEXT,
  updated_at      TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_by_state ON outbox (state, seq);
CREATE INDEX outbox_by_aggregate ON outbox (aggregate, seq);
CREATE INDEX outbox_by_run ON outbox (run_id, step_id);

CREATE TABLE blobs (
  sha256     TEXT PRIMARY KEY NOT NULL,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL,
  bytes      BLOB NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

-- Where a blob lives in R2.
CREATE TABLE artifacts (
  object_key TEXT NOT NULL,
  sha256     TEXT NOT NULL REFERENCES blobs (sha256),
  run_id     TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (object_key, sha256)
) STRICT, WITHOUT ROWID;

-- Signed decisions, each bound to the one before it.
CREATE TABLE decisions (
  seq        INTEGER PRIMARY KEY NOT NULL,
  action_id  TEXT NOT NULL UNIQUE REFERENCES proposed_actions (id),
  record     TEXT NOT NULL CHECK (json_valid(record)),
  prev_hash  TEXT NOT NULL,
  hash       TEXT NOT NULL,
  signature  TEXT NOT NULL,
  public_key TEXT NOT NULL
) STRICT;

-- Keys of this device. No query by hand and no contract reads this table.
CREATE TABLE secrets (
  name  TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
) STRICT;

CREATE TABLE settings (
  name       TEXT PRIMARY KEY NOT NULL,
  value      TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
