-- What shared data saved, in counts for each data set: how often it answered, the questions that were not asked, the
-- papers that nobody had to bring. No time and no person stands beside them.
CREATE TABLE saved (
  data_set  TEXT PRIMARY KEY,
  times     INTEGER NOT NULL CHECK (times > 0),
  questions INTEGER NOT NULL CHECK (questions >= 0),
  papers    INTEGER NOT NULL CHECK (papers >= 0)
) STRICT;
