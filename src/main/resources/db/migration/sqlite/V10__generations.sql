-- Messages and mentions are keyed by hashes. The number of a generation before the hash lets the rows
-- of one time lie close together, so that what is written is some megabytes however large the tables
-- are; docs/design/store.md. What was there before is generation 0.
-- row_count: rows that were put into it. oldest_event, newest_event: no row names an event outside.
CREATE TABLE generations (
  of_table TEXT NOT NULL,
  generation INTEGER NOT NULL,
  row_count INTEGER NOT NULL,
  oldest_event BLOB NOT NULL,
  newest_event BLOB NOT NULL,
  PRIMARY KEY (of_table, generation)
) STRICT, WITHOUT ROWID;

INSERT INTO generations (of_table, generation, row_count, oldest_event, newest_event)
SELECT 'messages', 0, count(*), min(last_event), max(last_event) FROM messages HAVING count(*) > 0;

INSERT INTO generations (of_table, generation, row_count, oldest_event, newest_event)
SELECT 'mentions', 0, count(*), min(event_id), max(event_id) FROM mentions HAVING count(*) > 0;

ALTER TABLE messages RENAME TO former_messages;

CREATE TABLE messages (
  generation INTEGER NOT NULL,
  id INTEGER NOT NULL,
  workspace TEXT NOT NULL,
  direction INTEGER NOT NULL,
  phone_number_id TEXT,
  type TEXT,
  contact TEXT,
  reached INTEGER NOT NULL,
  proven_at INTEGER,
  failed_at INTEGER,
  last_event BLOB NOT NULL,
  statuses TEXT NOT NULL,
  PRIMARY KEY (generation, id, workspace)
) STRICT, WITHOUT ROWID;

INSERT INTO messages (generation, id, workspace, direction, phone_number_id, type, contact, reached,
  proven_at, failed_at, last_event, statuses)
SELECT 0, id, workspace, direction, phone_number_id, type, contact, reached, proven_at, failed_at,
  last_event, statuses
FROM former_messages ORDER BY id, workspace;

DROP TABLE former_messages;

ALTER TABLE mentions RENAME TO former_mentions;

CREATE TABLE mentions (
  generation INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  event_id BLOB NOT NULL,
  PRIMARY KEY (generation, hash, event_id)
) STRICT, WITHOUT ROWID;

INSERT INTO mentions (generation, hash, event_id)
SELECT 0, hash, event_id FROM former_mentions ORDER BY hash, event_id;

DROP TABLE former_mentions;
