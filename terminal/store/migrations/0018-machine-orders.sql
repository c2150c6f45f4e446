-- readable from 17
-- Orders of the platform that this machine answers: begun before anything is done, so that none is done twice. What was
-- ordered lies in feed_items; what came of it is told in an entry.
CREATE TABLE machine_orders (
  item_id BLOB PRIMARY KEY CHECK (length(item_id) = 16),
  state   TEXT NOT NULL CHECK (state IN ('begun', 'answered'))
) STRICT, WITHOUT ROWID;

-- Why the machine is out of service, in the platform's words; no row while it is not.
CREATE TABLE machine_lock (
  id        INTEGER PRIMARY KEY CHECK (id = 1),
  reason_zh TEXT NOT NULL,
  reason_en TEXT NOT NULL,
  since_ms  INTEGER NOT NULL
) STRICT;

-- Signing in with a code by telephone: how many were asked for, so that none is asked for twice; and wrong answers
-- since the last right one, with how many of them an audit entry tells of.
CREATE TABLE phone_sign_in (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  asked    INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  told     INTEGER NOT NULL
) STRICT;

-- Cards of maintainers, each as a digest under a salt of its own: without the card nobody can tell whose it is.
CREATE TABLE upkeep_cards (
  card_no  INTEGER PRIMARY KEY,
  salt     BLOB NOT NULL CHECK (length(salt) = 32),
  digest   BLOB NOT NULL CHECK (length(digest) = 32),
  added_ms INTEGER NOT NULL
) STRICT;
