-- Who may speak to the central, and with what. Of codes and tokens only the SHA-256 is ever kept.

CREATE TABLE users (
  id         TEXT PRIMARY KEY NOT NULL,
  name       TEXT NOT NULL UNIQUE,
  role       TEXT NOT NULL CHECK (role IN ('rep', 'approver', 'admin')),
  sales_rep  TEXT,
  active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  -- Cursors carry it: drawn anew, this user's devices begin from the beginning.
  feed_epoch TEXT NOT NULL DEFAULT (lower(hex(randomblob(6)))),
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER users_see_otherwise AFTER UPDATE ON users
WHEN (old.role, old.sales_rep) IS NOT (new.role, new.sales_rep)
BEGIN
  UPDATE users SET feed_epoch = lower(hex(randomblob(6))) WHERE id = new.id;
END;

CREATE TABLE devices (
  id           TEXT PRIMARY KEY NOT NULL,
  user_id      TEXT NOT NULL REFERENCES users (id),
  tag          TEXT NOT NULL UNIQUE,
  public_key   TEXT NOT NULL UNIQUE,
  name         TEXT NOT NULL,
  -- The one token that is good now.
  token_hash   TEXT NOT NULL,
  enrolled_at  TEXT NOT NULL,
  last_seen_at TEXT,
  revoked_at   TEXT
) STRICT;
CREATE INDEX devices_by_user ON devices (user_id);

-- Every token there ever was: none is taken twice.
CREATE TABLE sign_ins (
  token_hash TEXT PRIMARY KEY NOT NULL,
  device_id  TEXT NOT NULL REFERENCES devices (id),
  issued_at  TEXT NOT NULL,
  expires_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolment_codes (
  code_hash  TEXT PRIMARY KEY NOT NULL,
  user_id    TEXT NOT NULL REFERENCES users (id),
  created_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  used_at    TEXT,
  device_id  TEXT REFERENCES devices (id)
) STRICT, WITHOUT ROWID;

-- Codes tried in vain, counted by who tried and by span of time.
CREATE TABLE code_attempts (
  who     TEXT NOT NULL,
  span    INTEGER NOT NULL,
  count   INTEGER NOT NULL,
  PRIMARY KEY (who, span)
) STRICT, WITHOUT ROWID;
