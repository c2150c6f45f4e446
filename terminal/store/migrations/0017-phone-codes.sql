-- Codes shown on phones that opened something here, until they are out of force: random ids, which name nobody. A code
-- is noted before it opens anything.
CREATE TABLE used_phone_codes (code_id BLOB PRIMARY KEY, until_ms INTEGER NOT NULL) STRICT, WITHOUT ROWID;
