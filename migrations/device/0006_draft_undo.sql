-- What a person can take back in a draft, and make again. It is about what was done on this device, so it goes nowhere.
CREATE TABLE draft_undo (
  draft_id  TEXT NOT NULL REFERENCES drafts (id),
  person    TEXT NOT NULL,
  stack     TEXT NOT NULL CHECK (stack IN ('undo', 'redo')),
  seq       INTEGER NOT NULL,
  label     TEXT NOT NULL,
  back      TEXT NOT NULL CHECK (json_valid(back)),
  forth     TEXT NOT NULL CHECK (json_valid(forth)),
  questions TEXT NOT NULL CHECK (json_valid(questions)),
  PRIMARY KEY (draft_id, person, stack, seq)
) STRICT, WITHOUT ROWID;

-- A draft's number and a quote's revisions are looked for each time a revision is numbered or shown.
CREATE INDEX drafts_by_quote ON drafts (quote_id) WHERE quote_id IS NOT NULL;
CREATE INDEX quotes_by_revision ON quotes (revision_of) WHERE revision_of IS NOT NULL;
