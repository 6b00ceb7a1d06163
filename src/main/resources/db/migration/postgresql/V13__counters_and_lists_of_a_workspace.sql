-- Counters, so that what is stored is told without reading it. Triggers keep them: they change in the
-- transaction of the rows, whichever statement changes those. Each connection counts in rows of its
-- own (backend: the number of its process), so that no transaction waits for another; a counter is
-- the sum of its rows. The housekeeping adds what connections left that are gone to backend 0.
CREATE TABLE event_counts (
  workspace TEXT NOT NULL,
  state INTEGER NOT NULL,
  backend INTEGER NOT NULL,
  events BIGINT NOT NULL,
  messages BIGINT NOT NULL,
  statuses BIGINT NOT NULL,
  PRIMARY KEY (workspace, state, backend)
) WITH (fillfactor = 50);

CREATE TABLE delivery_counts (
  endpoint_id BYTEA NOT NULL,
  state INTEGER NOT NULL,
  backend INTEGER NOT NULL,
  deliveries BIGINT NOT NULL,
  PRIMARY KEY (endpoint_id, state, backend)
) WITH (fillfactor = 50);

INSERT INTO event_counts (workspace, state, backend, events, messages, statuses)
SELECT workspace, state, 0, count(*), sum(messages), sum(statuses) FROM events
GROUP BY workspace, state;

INSERT INTO delivery_counts (endpoint_id, state, backend, deliveries)
SELECT endpoint_id, state, 0, count(*) FROM deliveries GROUP BY endpoint_id, state;

CREATE FUNCTION count_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO event_counts AS c (workspace, state, backend, events, messages, statuses)
    SELECT workspace, state, pg_backend_pid(), -count(*), -sum(messages), -sum(statuses)
    FROM removed GROUP BY workspace, state
    ON CONFLICT (workspace, state, backend) DO UPDATE SET events = c.events + excluded.events,
      messages = c.messages + excluded.messages, statuses = c.statuses + excluded.statuses;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO event_counts AS c (workspace, state, backend, events, messages, statuses)
    SELECT workspace, state, pg_backend_pid(), count(*), sum(messages), sum(statuses)
    FROM added GROUP BY workspace, state
    ON CONFLICT (workspace, state, backend) DO UPDATE SET events = c.events + excluded.events,
      messages = c.messages + excluded.messages, statuses = c.statuses + excluded.statuses;
  END IF;
  RETURN NULL;
END
$$;

CREATE FUNCTION count_deliveries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO delivery_counts AS c (endpoint_id, state, backend, deliveries)
    SELECT endpoint_id, state, pg_backend_pid(), -count(*) FROM removed GROUP BY endpoint_id, state
    ON CONFLICT (endpoint_id, state, backend)
      DO UPDATE SET deliveries = c.deliveries + excluded.deliveries;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO delivery_counts AS c (endpoint_id, state, backend, deliveries)
    SELECT endpoint_id, state, pg_backend_pid(), count(*) FROM added GROUP BY endpoint_id, state
    ON CONFLICT (endpoint_id, state, backend)
      DO UPDATE SET deliveries = c.deliveries + excluded.deliveries;
  END IF;
  RETURN NULL;
END
$$;

CREATE TRIGGER events_counted_in AFTER INSERT ON events
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_events();
CREATE TRIGGER events_counted_out AFTER DELETE ON events
REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_events();
CREATE TRIGGER events_counted_anew AFTER UPDATE ON events
REFERENCING OLD TABLE AS removed NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION count_events();

CREATE TRIGGER deliveries_counted_in AFTER INSERT ON deliveries
REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_deliveries();
CREATE TRIGGER deliveries_counted_out AFTER DELETE ON deliveries
REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_deliveries();
CREATE TRIGGER deliveries_counted_anew AFTER UPDATE ON deliveries
REFERENCING OLD TABLE AS removed NEW TABLE AS added
FOR EACH STATEMENT EXECUTE FUNCTION count_deliveries();

-- Lists of a quiet workspace do not page through the rows of the others.
CREATE INDEX events_by_workspace ON events (workspace, id);
CREATE INDEX events_unusual_by_workspace ON events (workspace, state, id) WHERE state > 0;
CREATE INDEX jobs_by_workspace ON jobs (workspace, id);
CREATE INDEX alerts_by_workspace ON alerts (workspace, id);
