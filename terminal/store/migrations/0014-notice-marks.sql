-- What this machine said of emergency notices: that it shows one, that the agent read it, how things stand. Names nobody.
CREATE TABLE notice_marks (
  -- In hex.
  notice_id TEXT NOT NULL,
  mark TEXT NOT NULL CHECK (mark IN ('shown', 'acknowledged', 'answered')),
  -- The entry that says so; of answers the last.
  entry_id BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (notice_id, mark)
) STRICT, WITHOUT ROWID;
