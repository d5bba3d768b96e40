-- Drafts and quotes. A draft is an automerge document; what is in `drafts` beside its chunks is a projection.

CREATE TABLE drafts (
  id          TEXT PRIMARY KEY NOT NULL,
  customer_id TEXT,
  school_year TEXT,
  status      TEXT NOT NULL CHECK (status IN ('open', 'submitted', 'closed')),
  quote_id    TEXT,
  revision_of TEXT,
  heads       TEXT NOT NULL,
  view        TEXT NOT NULL CHECK (json_valid(view)),
  questions   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(questions)),
  drafted_by  TEXT NOT NULL,
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL
) STRICT;
CREATE INDEX drafts_by_status ON drafts (status, updated_at);

-- Each chunk carries its own checksum: automerge ignores damaged bytes without a word.
CREATE TABLE draft_chunks (
  draft_id   TEXT NOT NULL REFERENCES drafts (id),
  seq        INTEGER NOT NULL,
  kind       TEXT NOT NULL CHECK (kind IN ('snapshot', 'changes')),
  heads      TEXT NOT NULL,
  sha256     TEXT NOT NULL,
  bytes      BLOB NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (draft_id, seq),
  UNIQUE (draft_id, sha256)
) STRICT;

-- The chat as it was held: what was said and what was answered.
CREATE TABLE draft_messages (
  draft_id TEXT NOT NULL REFERENCES drafts (id),
  seq      INTEGER NOT NULL,
  said_by  TEXT NOT NULL,
  said_at  TEXT NOT NULL,
  message  TEXT NOT NULL,
  answer   TEXT NOT NULL CHECK (json_valid(answer)),
  PRIMARY KEY (draft_id, seq)
) STRICT;

CREATE TABLE quotes (
  id               TEXT PRIMARY KEY NOT NULL,
  customer_id      TEXT NOT NULL REFERENCES customers (id),
  school_year      TEXT NOT NULL,
  lifecycle_status TEXT NOT NULL CHECK (lifecycle_status IN ('draft', 'proposed', 'approved', 'sent',
                     'accepted', 'declined', 'expired', 'superseded', 'cancelled')),
  generated_at     TEXT NOT NULL,
  issued_on        TEXT NOT NULL,
  valid_until      TEXT NOT NULL,
  price_from       TEXT NOT NULL,
  price_to         TEXT NOT NULL,
  revision_of      TEXT,
  draft_id         TEXT,
  run_id           TEXT,
  include_pdf      INTEGER NOT NULL CHECK (include_pdf IN (0, 1)),
  cases            INTEGER NOT NULL,
  commercial       TEXT NOT NULL,
  df_value         TEXT NOT NULL,
  total            TEXT NOT NULL,
  prepared_by      TEXT NOT NULL,
  snapshot_hash    TEXT NOT NULL,
  snapshot         TEXT NOT NULL CHECK (json_valid(snapshot)),
  updated_at       TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_by_customer ON quotes (customer_id, lifecycle_status, generated_at);
CREATE INDEX quotes_by_time ON quotes (generated_at);

CREATE TABLE quote_lines (
  quote_id          TEXT NOT NULL REFERENCES quotes (id),
  line_no           INTEGER NOT NULL,
  item_code         TEXT NOT NULL,
  description       TEXT NOT NULL,
  pack              TEXT,
  quantity          INTEGER NOT NULL CHECK (quantity > 0),
  case_price        TEXT NOT NULL,
  cost_basis        TEXT,
  price_source      TEXT NOT NULL,
  program           TEXT NOT NULL,
  df_code           TEXT,
  df_lb_per_case    TEXT,
  df_value          TEXT,
  fee               TEXT,
  net_price         TEXT NOT NULL,
  refund            TEXT,
  extended          TEXT NOT NULL,
  note              TEXT,
  PRIMARY KEY (quote_id, line_no)
) STRICT, WITHOUT ROWID;
CREATE INDEX quote_lines_by_item ON quote_lines (item_code);

-- Prices a quote proposes; promoted into pricing_master when its run is released.
CREATE TABLE proposed_pricing (
  quote_id       TEXT NOT NULL REFERENCES quotes (id),
  customer_id    TEXT NOT NULL,
  item_code      TEXT NOT NULL,
  school_year    TEXT NOT NULL,
  case_price     TEXT NOT NULL,
  cost_basis     TEXT,
  effective_from TEXT NOT NULL,
  effective_to   TEXT NOT NULL,
  status         TEXT NOT NULL CHECK (status IN ('proposed', 'promoted', 'withdrawn')),
  proposed_at    TEXT NOT NULL,
  promoted_at    TEXT,
  PRIMARY KEY (quote_id, item_code)
) STRICT, WITHOUT ROWID;

-- What a promotion replaced, so that it can be restored and shown.
CREATE TABLE price_history (
  replaced_by_quote TEXT NOT NULL,
  customer_id       TEXT NOT NULL,
  item_code         TEXT NOT NULL,
  school_year       TEXT NOT NULL,
  case_price        TEXT NOT NULL,
  cost_basis        TEXT,
  margin_pct        TEXT,
  effective_from    TEXT,
  effective_to      TEXT,
  replaced_at       TEXT NOT NULL,
  PRIMARY KEY (replaced_by_quote, customer_id, item_code, school_year)
) STRICT, WITHOUT ROWID;

CREATE TABLE outbound_email_log (
  id               TEXT PRIMARY KEY NOT NULL,
  related_quote_id TEXT NOT NULL,
  action_id        TEXT NOT NULL,
  recipient        TEXT NOT NULL,
  subject          TEXT NOT NULL,
  provider_id      TEXT,
  sent_at          TEXT NOT NULL
) STRICT;
CREATE INDEX outbound_email_log_by_quote ON outbound_email_log (related_quote_id, sent_at);
