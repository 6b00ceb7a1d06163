-- Messages and mentions are keyed by hashes. The number of a generation before the hash lets the rows
-- of one time lie close together, so that what is written is some megabytes however large the tables
-- are; docs/design/store.md. What was there before is generation 0.
-- row_count: rows that were put into it. oldest_event, newest_event: no row names an event outside.
CREATE TABLE generations (
  of_table TEXT NOT NULL,
  generation BIGINT NOT NULL,
  row_count BIGINT NOT NULL,
  oldest_event BYTEA NOT NULL,
  newest_event BYTEA NOT NULL,
  PRIMARY KEY (of_table, generation)
);

-- Not every version has the least and greatest of BYTEA.
INSERT INTO generations (of_table, generation, row_count, oldest_event, newest_event)
SELECT 'messages', 0, (SELECT count(*) FROM messages), oldest.last_event, newest.last_event
FROM (SELECT last_event FROM messages ORDER BY last_event LIMIT 1) oldest,
  (SELECT last_event FROM messages ORDER BY last_event DESC LIMIT 1) newest;

INSERT INTO generations (of_table, generation, row_count, oldest_event, newest_event)
SELECT 'mentions', 0, (SELECT count(*) FROM mentions), oldest.event_id, newest.event_id
FROM (SELECT event_id FROM mentions ORDER BY event_id LIMIT 1) oldest,
  (SELECT event_id FROM mentions ORDER BY event_id DESC LIMIT 1) newest;

ALTER TABLE messages ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE messages ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE messages DROP CONSTRAINT messages_pkey;
ALTER TABLE messages ADD PRIMARY KEY (generation, id, workspace);

ALTER TABLE mentions ADD COLUMN generation BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mentions ALTER COLUMN generation DROP DEFAULT;
ALTER TABLE mentions DROP CONSTRAINT mentions_pkey;
ALTER TABLE mentions ADD PRIMARY KEY (generation, hash, event_id);
