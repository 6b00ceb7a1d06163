-- The fields that a Graph client subscribed a WABA to, with commas between; empty for all.
ALTER TABLE wabas ADD COLUMN subscribed_fields TEXT NOT NULL DEFAULT '';

-- What the application is called.
ALTER TABLE apps ADD COLUMN name TEXT;
