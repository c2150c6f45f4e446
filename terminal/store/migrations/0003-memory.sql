-- What is remembered for people. Found and opened only by a key derived from a card's chip; without the card
-- a line is 32 random-looking bytes beside a sealed box of a fixed size, in no order of time.

CREATE TABLE memory (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  salt BLOB NOT NULL CHECK (length(salt) = 32),
  bucket INTEGER NOT NULL,
  bucket_since_ms INTEGER NOT NULL,
  -- A time that certainly had been reached when this was written: an hour of running counts without a network.
  sure_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE person_rows (
  token BLOB PRIMARY KEY CHECK (length(token) = 32),
  bucket INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person_uses (
  token BLOB PRIMARY KEY CHECK (length(token) = 32),
  bucket INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE person_drafts (
  token BLOB PRIMARY KEY CHECK (length(token) = 32),
  -- Coarse on purpose: a number of six-hour steps, good for sweeping and for nothing else.
  saved_step INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;
