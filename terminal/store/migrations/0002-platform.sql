-- What this terminal knows of its platform, and what came down from it.

CREATE TABLE enrolment (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  origin TEXT NOT NULL,
  cert BLOB NOT NULL
) STRICT;

-- Every verified key set; the newest counts.
CREATE TABLE key_sets (
  number INTEGER PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT;

CREATE TABLE trust (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch BLOB CHECK (length(epoch) = 16),
  floor_ms INTEGER NOT NULL,
  last_contact_ms INTEGER,
  feed_cursor BLOB NOT NULL
) STRICT;

CREATE TABLE former_epochs (
  position INTEGER PRIMARY KEY,
  epoch BLOB NOT NULL UNIQUE CHECK (length(epoch) = 16)
) STRICT;

-- Case items stay sealed: the key that opens them is in a person's row. An item of an unknown kind, or one
-- that was a command and is done, keeps its id alone.
CREATE TABLE feed_items (
  position INTEGER PRIMARY KEY,
  item_id BLOB NOT NULL UNIQUE CHECK (length(item_id) = 16),
  kind INTEGER NOT NULL,
  case_id BLOB CHECK (length(case_id) = 16),
  expires_ms INTEGER,
  content BLOB
) STRICT;
CREATE INDEX feed_items_by_case ON feed_items (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX feed_items_by_kind ON feed_items (kind);
