-- What whoever looks after the machine wants to know. Nothing here is owed to anybody and nothing names a person,
-- so a database that is rebuilt from the mirror begins without it.

-- What happened to the devices, a ring: the oldest go. How many went is the newest number less the lines here.
CREATE TABLE device_events (
  number INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  -- Null for what concerns no one device.
  device TEXT,
  event TEXT NOT NULL CHECK (json_valid(event))
) STRICT;
CREATE INDEX device_events_by_device ON device_events (device, number);

-- Paper used, in lines of 1/6 inch. `counter` is the printer's own count when it was last added: it begins
-- again at 0 with each start of the devices process.
CREATE TABLE paper (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  counter INTEGER NOT NULL,
  -- When the roll was changed; null before the first change.
  roll_since_ms INTEGER,
  roll_lines INTEGER NOT NULL,
  -- Since ever, for the length of a usual slip.
  all_lines INTEGER NOT NULL,
  all_slips INTEGER NOT NULL
) STRICT;

-- Wrong PINs since the last right one, and how many of them an audit entry already tells of.
CREATE TABLE pin_attempts (
  role TEXT PRIMARY KEY CHECK (role IN ('caretaker', 'maintainer')),
  failures INTEGER NOT NULL,
  told INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE readiness_reports (
  number INTEGER PRIMARY KEY,
  report TEXT NOT NULL CHECK (json_valid(report))
) STRICT;
