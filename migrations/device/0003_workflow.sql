-- Proposed actions, runs and what they leave behind.

CREATE TABLE proposed_actions (
  id            TEXT PRIMARY KEY NOT NULL,
  action_type   TEXT NOT NULL,
  action_key    TEXT NOT NULL,
  status        TEXT NOT NULL CHECK (status IN ('pending', 'approved', 'rejected', 'expired', 'voided')),
  summary       TEXT NOT NULL,
  risk_level    INTEGER NOT NULL,
  customer_id   TEXT,
  quote_id      TEXT,
  draft_id      TEXT,
  run_id        TEXT,
  payload       TEXT NOT NULL CHECK (json_valid(payload)),
  payload_hash  TEXT NOT NULL,
  drafted_by    TEXT NOT NULL,
  created_at    TEXT NOT NULL,
  expires_at    TEXT NOT NULL,
  decided_by    TEXT,
  decided_at    TEXT,
  decision_note TEXT,
  void_reason   TEXT,
  replaced_by   TEXT,
  updated_at    TEXT NOT NULL
) STRICT;
-- One pending action for a key: the same thing is never asked twice at once.
CREATE UNIQUE INDEX proposed_actions_pending_key ON proposed_actions (action_key) WHERE status = 'pending';
CREATE INDEX proposed_actions_by_status ON proposed_actions (status, created_at);
CREATE INDEX proposed_actions_by_quote ON proposed_actions (quote_id);
CREATE INDEX proposed_actions_by_run ON proposed_actions (run_id);
CREATE INDEX proposed_actions_by_key ON proposed_actions (action_key);
CREATE INDEX proposed_actions_by_draft ON proposed_actions (draft_id);

-- Contracts as they were when a run began: a run never changes its rules on the way.
CREATE TABLE pinned_contracts (
  hash      TEXT PRIMARY KEY NOT NULL,
  name      TEXT NOT NULL,
  version   INTEGER NOT NULL,
  text      TEXT NOT NULL,
  pinned_at TEXT NOT NULL
) STRICT;

-- A run's head; its whole state is the fold of its journal.
CREATE TABLE runs (
  id                TEXT PRIMARY KEY NOT NULL,
  contract          TEXT NOT NULL,
  contract_hash     TEXT NOT NULL REFERENCES pinned_contracts (hash),
  status            TEXT NOT NULL,
  trigger_action_id TEXT UNIQUE,
  quote_id          TEXT,
  customer_id       TEXT,
  started_by        TEXT NOT NULL,
  started_at        TEXT NOT NULL,
  wake_at           TEXT,
  completed_at      TEXT,
  updated_at        TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_status ON runs (status, started_at);
CREATE INDEX runs_by_quote ON runs (quote_id);

CREATE TABLE run_journal (
  run_id TEXT NOT NULL REFERENCES runs (id),
  seq    INTEGER NOT NULL,
  at     TEXT NOT NULL,
  event  TEXT NOT NULL CHECK (json_valid(event)),
  PRIMARY KEY (run_id, seq)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE workflow_run_log (
  run_id        TEXT PRIMARY KEY NOT NULL,
  workflow_type TEXT NOT NULL,
  status        TEXT NOT NULL,
  started_at    TEXT NOT NULL,
  completed_at  TEXT NOT NULL,
  summary_json  TEXT NOT NULL CHECK (json_valid(summary_json))
) STRICT;

CREATE TABLE reflexion_log (
  run_id     TEXT NOT NULL,
  tags       TEXT NOT NULL,
  narrative  TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (run_id, tags)
) STRICT, WITHOUT ROWID;

CREATE TABLE workflow_events (
  run_id     TEXT PRIMARY KEY NOT NULL,
  event      TEXT NOT NULL CHECK (event IN ('workflow.completed', 'workflow.failed')),
  payload    TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL
) STRICT;

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
CREATE INDEX workflow_verify_results_pending ON workflow_verify_results (status) WHERE status = 'pending';

-- What went wrong and wants a person.
CREATE TABLE alerts (
  id          TEXT PRIMARY KEY NOT NULL,
  run_id      TEXT,
  step_id     TEXT,
  op_id       TEXT,
  message     TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  resolved_at TEXT
) STRICT;
