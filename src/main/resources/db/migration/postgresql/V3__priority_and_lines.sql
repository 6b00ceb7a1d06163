-- What goes first (0 messages, 1 echoes, 2 statuses, 3 history), and the line of deliveries that
-- wait for each other: its key, the place in it within an event, and since when its first is tried.
ALTER TABLE deliveries ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN line_key BIGINT;
ALTER TABLE deliveries ADD COLUMN line_no INTEGER;
ALTER TABLE deliveries ADD COLUMN line_since BIGINT;

DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (endpoint_id, priority, next_at) WHERE state <= 1;

-- What stands in no line is in neither of these.
CREATE INDEX deliveries_line ON deliveries (endpoint_id, line_key, position, line_no)
  WHERE line_key IS NOT NULL AND state <= 2;
CREATE UNIQUE INDEX deliveries_turn ON deliveries (endpoint_id, line_key)
  WHERE line_key IS NOT NULL AND state <= 2 AND next_at IS NOT NULL;
