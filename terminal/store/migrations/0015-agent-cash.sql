-- Cash that village agents took at this machine to pay a bill with, by the case of the payment. Written in the transaction
-- of the entry that says so, and ended in that of the one that says it went back. It names nobody: ids are random, the
-- number stands on slips. A database that is rebuilt from the mirror begins without it; the platform counts for itself.
CREATE TABLE agent_cash (
  case_id BLOB PRIMARY KEY CHECK (length(case_id) = 16),
  agent_id BLOB NOT NULL CHECK (length(agent_id) = 16),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  matter_id TEXT NOT NULL,
  local_number TEXT NOT NULL,
  -- China's date by a time that certainly had been reached.
  day TEXT NOT NULL,
  taken_ms INTEGER NOT NULL,
  -- Null while nobody knows how it ended.
  ended TEXT CHECK (ended IN ('paid', 'returned'))
) STRICT, WITHOUT ROWID;

-- The two slips of each, and how often they were sent to the printer. No line: not yet.
CREATE TABLE agent_cash_slips (
  case_id BLOB NOT NULL REFERENCES agent_cash (case_id) ON DELETE CASCADE,
  side TEXT NOT NULL CHECK (side IN ('resident', 'agent')),
  prints INTEGER NOT NULL CHECK (prints > 0),
  state TEXT NOT NULL CHECK (state IN ('wanted', 'printed', 'unknown')),
  PRIMARY KEY (case_id, side)
) STRICT, WITHOUT ROWID;
