-- Until when the village agent said to be away; no row while nobody said so, or once they are back.
CREATE TABLE agent_away (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  until_ms INTEGER NOT NULL
) STRICT;
