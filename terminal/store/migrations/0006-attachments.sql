-- The encrypted files that owed entries name, as their headers list them. Closing an entry deletes its lines with its
-- body; a file that no line names is erased.
CREATE TABLE attachments (
  entry INTEGER NOT NULL REFERENCES owed (entry) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  -- Of the encrypted file.
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_hash ON attachments (hash);
