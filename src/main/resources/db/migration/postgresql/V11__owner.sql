-- The process that holds the schema writes here who it is, so that one which lost its lock for a
-- while can tell whether another worked in between; docs/design/store.md.
ALTER TABLE revision ADD COLUMN owner TEXT;
