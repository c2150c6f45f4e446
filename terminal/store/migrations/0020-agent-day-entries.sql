-- readable from 17
-- Which entry a row tells of, so that what the platform refused of it is told to its agent. Null: of before.
ALTER TABLE agent_days ADD COLUMN entry_id BLOB;
