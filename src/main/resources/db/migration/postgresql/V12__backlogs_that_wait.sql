-- Deliveries that wait long. failed_at: when the last attempt failed. probes: attempts of `tries` that
-- were made ahead of the schedule and use up none of it. stored: how many bytes its event takes in
-- event_payloads, 0 while it is read from the journal.
ALTER TABLE deliveries ADD COLUMN failed_at BIGINT;
ALTER TABLE deliveries ADD COLUMN probes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE deliveries ADD COLUMN stored BIGINT NOT NULL DEFAULT 0;

-- What is owed and still read from the journal is found by the lowest position.
DROP INDEX deliveries_open;
CREATE INDEX deliveries_open ON deliveries (lease_node, stored, position) WHERE state <= 2;

-- Events whose segment of the journal is to go while somebody is still owed them: the whole fact,
-- deflated, once for all their deliveries.
CREATE TABLE event_payloads (
  event_id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  fact BYTEA NOT NULL
);

-- What of that waits for each endpoint, counted as it comes and goes, and since when.
CREATE TABLE held_backlogs (
  endpoint_id BYTEA NOT NULL PRIMARY KEY,
  deliveries BIGINT NOT NULL,
  bytes BIGINT NOT NULL,
  since BIGINT NOT NULL
);

-- Dead letters whose event could not be read when they died: it is kept as soon as it can be.
CREATE TABLE dead_unkept (
  delivery_id BYTEA NOT NULL PRIMARY KEY,
  event_id BYTEA NOT NULL,
  position BIGINT NOT NULL
);

CREATE INDEX dead_unkept_position ON dead_unkept (position);

-- Endpoints that are failing, and those whose backlog is being made due at once; both outlive a
-- restart. mark: failing, catch_up
CREATE TABLE endpoint_marks (
  endpoint_id BYTEA NOT NULL,
  mark TEXT NOT NULL,
  since BIGINT NOT NULL,
  PRIMARY KEY (endpoint_id, mark)
);
