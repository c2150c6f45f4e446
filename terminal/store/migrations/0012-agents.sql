-- Village agents who made keys at this machine. Found by a token of their card alone; opened by card and PIN together.
-- A database that is rebuilt from the mirror begins without them: they register anew.
CREATE TABLE agents (
  token BLOB PRIMARY KEY,
  -- Random, from the roster: names nobody.
  agent_id BLOB NOT NULL UNIQUE,
  -- The registration code that was used up for it, hashed.
  code_hash BLOB NOT NULL,
  -- Of the PIN.
  salt BLOB NOT NULL,
  -- 12 random bytes and both private keys under AES-256-GCM.
  wrapped BLOB NOT NULL,
  -- Wrong PINs since the last right one, and how many of them an audit entry already tells of.
  failures INTEGER NOT NULL,
  told INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Wrong registration codes, by whatever card; one line.
CREATE TABLE agent_code_attempts (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  failures INTEGER NOT NULL,
  told INTEGER NOT NULL
) STRICT;
