-- Whom village agents may act for who is not here: one list each, sealed to the agent's own list key, so that their card
-- and PIN alone open it. A database that is rebuilt from the mirror begins without them; residents give them anew.
CREATE TABLE agent_authorities (
  -- Random, from the roster: names nobody.
  agent_id BLOB PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Those that their residents took back at this machine, by a random id.
CREATE TABLE ended_authorities (
  authority_id BLOB PRIMARY KEY
) STRICT, WITHOUT ROWID;
