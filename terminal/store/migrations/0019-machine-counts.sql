-- readable from 17
-- What whoever keeps machines running is told as sums: what ended by itself, where people gave up, what failed. Counts
-- alone, of nobody and of no time; nothing here is owed to anybody, and a database rebuilt from the mirror begins anew.
CREATE TABLE machine_counts (
  what    TEXT NOT NULL,
  -- A page's kind, or a code; empty where there is none.
  on_what TEXT NOT NULL,
  -- A matter's id, `private`, or empty.
  matter  TEXT NOT NULL,
  count   INTEGER NOT NULL CHECK (count > 0),
  PRIMARY KEY (what, on_what, matter)
) STRICT, WITHOUT ROWID;

-- The sums' own id, since when they run, how much found no more room, and whether the program that counts is running:
-- found so at a start, it had not been stopped.
CREATE TABLE machine_counts_begun (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  counts_id BLOB NOT NULL CHECK (length(counts_id) = 8),
  since_ms  INTEGER NOT NULL,
  dropped   INTEGER NOT NULL,
  running   INTEGER NOT NULL CHECK (running IN (0, 1))
) STRICT;
