-- What goes out of the central: pushes to NetSuite and emails. A queue message carries the op id alone; the row
-- is the truth, and who holds its lease is the only one who works on it.

CREATE TABLE ns_pushes (
  op_id       TEXT PRIMARY KEY NOT NULL,
  quote_id    TEXT NOT NULL,
  record      TEXT NOT NULL,
  external_id TEXT NOT NULL,
  body        TEXT NOT NULL CHECK (json_valid(body)),
  state       TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'pushing', 'pushed', 'failed')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  lease_until TEXT,
  enqueued_at TEXT,
  last_error  TEXT,
  netsuite_id TEXT,
  total       TEXT,
  updated_at  TEXT NOT NULL,
  UNIQUE (record, external_id)
) STRICT;
CREATE INDEX ns_pushes_open ON ns_pushes (updated_at) WHERE state IN ('queued', 'pushing');
CREATE INDEX ns_pushes_by_quote ON ns_pushes (quote_id);

CREATE TABLE emails (
  op_id       TEXT PRIMARY KEY NOT NULL,
  action_id   TEXT NOT NULL UNIQUE,
  quote_id    TEXT NOT NULL,
  customer_id TEXT,
  message     TEXT NOT NULL CHECK (json_valid(message)),
  state       TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sending', 'sent', 'failed')),
  attempts    INTEGER NOT NULL DEFAULT 0,
  lease_until TEXT,
  enqueued_at TEXT,
  last_error  TEXT,
  provider_id TEXT,
  sent_at     TEXT,
  updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX emails_open ON emails (updated_at) WHERE state IN ('queued', 'sending');
CREATE INDEX emails_by_quote ON emails (quote_id);
