-- What a person chose for words that were asked about. Theirs alone: of an item for one customer, of a customer for all
-- they do. It names what may go from this device and come back, so nothing is referenced.
CREATE TABLE learned_words (
  id          INTEGER PRIMARY KEY,
  person      TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('item', 'customer')),
  customer_id TEXT NOT NULL,
  words       TEXT NOT NULL,
  said        TEXT NOT NULL,
  target      TEXT NOT NULL,
  learned_at  TEXT NOT NULL,
  times       INTEGER NOT NULL CHECK (times > 0),
  CHECK ((kind = 'item') = (customer_id <> '')),
  UNIQUE (person, kind, customer_id, words)
) STRICT;
