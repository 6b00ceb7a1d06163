-- Counts over time: one row for each minute (step 60) and each hour (step 3600) in which something of
-- its kind happened under its labels. The bucket is its first second. Rows are added to, and deleted
-- by age, so the time stands first in the key.
CREATE TABLE series (
  step INTEGER NOT NULL,
  bucket INTEGER NOT NULL,
  name INTEGER NOT NULL,
  workspace TEXT NOT NULL,
  label TEXT NOT NULL,
  detail TEXT NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (step, bucket, name, workspace, label, detail)
) STRICT, WITHOUT ROWID;
