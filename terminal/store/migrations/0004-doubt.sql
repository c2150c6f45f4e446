-- Why nothing more may be written into a journal: a copy was lost or put back, or its head is in doubt. Written
-- with the healing itself, so that a death before the next journal is opened forgets nothing.
ALTER TABLE journals ADD COLUMN doubt TEXT
  CHECK (doubt IN ('restored', 'mirror-missing', 'mirror-torn', 'gap', 'fork'));
