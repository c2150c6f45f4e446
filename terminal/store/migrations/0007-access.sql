-- Whether the platform serves this terminal, as it was last told: a machine that was revoked stays so through a
-- restart without a network, until the platform serves it again. No line: served, or never told.
CREATE TABLE platform_access (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  said TEXT NOT NULL CHECK (said IN ('served', 'unknown', 'revoked'))
) STRICT;
