-- What village agents did here, one row each, sealed to the agent's own list key: their card and PIN alone open it.
-- A database that is rebuilt from the mirror begins without them; what was kept stands in the journal.
CREATE TABLE agent_days (
  number INTEGER PRIMARY KEY,
  -- Random, from the roster: names nobody.
  agent_id BLOB NOT NULL,
  -- The date in China by the best guess of then, `2026-06-12`.
  day TEXT NOT NULL,
  -- A time that certainly had been reached: it is forgotten by this alone.
  sure_ms INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
CREATE INDEX agent_days_by_agent ON agent_days (agent_id, day);
