-- The journal: what was kept, in the order it was kept, and what the platform has signed about it.
-- Nothing here names a person: bodies are sealed to the platform, headers carry no name.

CREATE TABLE journals (
  ordinal INTEGER PRIMARY KEY,
  journal_id BLOB NOT NULL UNIQUE CHECK (length(journal_id) = 16),
  sign_key_id BLOB NOT NULL CHECK (length(sign_key_id) = 16),
  -- 1 when it was filled from the mirror alone: headers are missing whose bodies were released before.
  rebuilt INTEGER NOT NULL CHECK (rebuilt IN (0, 1))
) STRICT;

-- Headers stay for ever. Two branches of one journal (a fork) may hold the same seq, so that is no key.
CREATE TABLE entries (
  number INTEGER PRIMARY KEY,
  journal INTEGER NOT NULL REFERENCES journals (ordinal),
  seq INTEGER NOT NULL CHECK (seq >= 1),
  entry_id BLOB NOT NULL UNIQUE CHECK (length(entry_id) = 16),
  entry_hash BLOB NOT NULL UNIQUE CHECK (length(entry_hash) = 32),
  class INTEGER NOT NULL CHECK (class BETWEEN 0 AND 2),
  supersedes BLOB CHECK (length(supersedes) = 16),
  header BLOB NOT NULL,
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX entries_by_seq ON entries (journal, seq);
CREATE INDEX entries_by_supersedes ON entries (supersedes) WHERE supersedes IS NOT NULL;

-- What is not closed. Closing an entry deletes its line, and with it the body.
CREATE TABLE owed (
  entry INTEGER PRIMARY KEY REFERENCES entries (number),
  class INTEGER NOT NULL,
  journal INTEGER NOT NULL REFERENCES journals (ordinal),
  seq INTEGER NOT NULL,
  body BLOB NOT NULL,
  -- The mirror's segment that holds it: a segment goes when nothing in it is owed.
  segment INTEGER NOT NULL,
  -- Where its person's row is, as long as the mirror has both side by side anyway.
  row_token BLOB CHECK (length(row_token) = 32)
) STRICT;
CREATE INDEX owed_in_order ON owed (class, journal, seq);
CREATE INDEX owed_by_segment ON owed (segment);

CREATE TABLE submissions (
  submission_id BLOB PRIMARY KEY CHECK (length(submission_id) = 16),
  entry INTEGER NOT NULL UNIQUE REFERENCES entries (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE slip_jobs (
  number INTEGER PRIMARY KEY,
  entry INTEGER NOT NULL REFERENCES entries (number),
  state TEXT NOT NULL CHECK (state IN ('wanted', 'printed', 'unknown'))
) STRICT;
CREATE INDEX slip_jobs_by_entry ON slip_jobs (entry);

-- Receipts, releases and orders as the platform signed them.
CREATE TABLE proofs (
  number INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

-- The newest receipt of each entry, with the epoch and key set it was taken under.
CREATE TABLE receipts (
  entry INTEGER PRIMARY KEY REFERENCES entries (number),
  outcome INTEGER NOT NULL CHECK (outcome >= 0),
  epoch BLOB NOT NULL CHECK (length(epoch) = 16),
  key_set_number INTEGER NOT NULL,
  -- 1 when someone asked by hand, after this refusal, for it to be offered again.
  asked_again INTEGER NOT NULL CHECK (asked_again IN (0, 1)),
  proof INTEGER NOT NULL REFERENCES proofs (number)
) STRICT;

-- Why an entry is closed. `erased-before`: found without its body when the database was rebuilt.
CREATE TABLE closings (
  entry INTEGER PRIMARY KEY REFERENCES entries (number),
  cause TEXT NOT NULL CHECK (cause IN ('released', 'abandoned', 'superseded', 'erased-before')),
  proof INTEGER REFERENCES proofs (number)
) STRICT;
