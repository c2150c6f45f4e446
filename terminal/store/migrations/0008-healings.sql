-- What this machine's disk lost of one copy of the journal by itself and was given back from the other, since this
-- database was made. No line: nothing. Nothing here is owed to anybody.
CREATE TABLE healings (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  pieces INTEGER NOT NULL CHECK (pieces > 0),
  -- How many of them an audit entry tells of.
  told INTEGER NOT NULL CHECK (told BETWEEN 0 AND pieces),
  since_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL
) STRICT;
