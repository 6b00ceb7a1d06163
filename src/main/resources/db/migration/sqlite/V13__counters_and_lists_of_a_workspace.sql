-- Counters, so that what is stored is told without reading it. Triggers keep them: they change in the
-- transaction of the rows, whichever statement changes those.
CREATE TABLE event_counts (
  workspace TEXT NOT NULL,
  state INTEGER NOT NULL,
  events INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  statuses INTEGER NOT NULL,
  PRIMARY KEY (workspace, state)
) STRICT, WITHOUT ROWID;

CREATE TABLE delivery_counts (
  endpoint_id BLOB NOT NULL,
  state INTEGER NOT NULL,
  deliveries INTEGER NOT NULL,
  PRIMARY KEY (endpoint_id, state)
) STRICT, WITHOUT ROWID;

INSERT INTO event_counts (workspace, state, events, messages, statuses)
SELECT workspace, state, count(*), sum(messages), sum(statuses) FROM events
GROUP BY workspace, state;

INSERT INTO delivery_counts (endpoint_id, state, deliveries)
SELECT endpoint_id, state, count(*) FROM deliveries GROUP BY endpoint_id, state;

CREATE TRIGGER events_counted_in AFTER INSERT ON events BEGIN
  INSERT INTO event_counts (workspace, state, events, messages, statuses)
  VALUES (new.workspace, new.state, 1, new.messages, new.statuses)
  ON CONFLICT (workspace, state) DO UPDATE SET events = events + 1,
    messages = messages + excluded.messages, statuses = statuses + excluded.statuses;
END;

CREATE TRIGGER events_counted_out AFTER DELETE ON events BEGIN
  UPDATE event_counts SET events = events - 1, messages = messages - old.messages,
    statuses = statuses - old.statuses
  WHERE workspace = old.workspace AND state = old.state;
END;

CREATE TRIGGER events_counted_anew AFTER UPDATE OF state, messages, statuses ON events BEGIN
  UPDATE event_counts SET events = events - 1, messages = messages - old.messages,
    statuses = statuses - old.statuses
  WHERE workspace = old.workspace AND state = old.state;
  INSERT INTO event_counts (workspace, state, events, messages, statuses)
  VALUES (new.workspace, new.state, 1, new.messages, new.statuses)
  ON CONFLICT (workspace, state) DO UPDATE SET events = events + 1,
    messages = messages + excluded.messages, statuses = statuses + excluded.statuses;
END;

CREATE TRIGGER deliveries_counted_in AFTER INSERT ON deliveries BEGIN
  INSERT INTO delivery_counts (endpoint_id, state, deliveries)
  VALUES (new.endpoint_id, new.state, 1)
  ON CONFLICT (endpoint_id, state) DO UPDATE SET deliveries = deliveries + 1;
END;

CREATE TRIGGER deliveries_counted_out AFTER DELETE ON deliveries BEGIN
  UPDATE delivery_counts SET deliveries = deliveries - 1
  WHERE endpoint_id = old.endpoint_id AND state = old.state;
END;

CREATE TRIGGER deliveries_counted_anew AFTER UPDATE OF state ON deliveries
WHEN old.state <> new.state BEGIN
  UPDATE delivery_counts SET deliveries = deliveries - 1
  WHERE endpoint_id = old.endpoint_id AND state = old.state;
  INSERT INTO delivery_counts (endpoint_id, state, deliveries)
  VALUES (new.endpoint_id, new.state, 1)
  ON CONFLICT (endpoint_id, state) DO UPDATE SET deliveries = deliveries + 1;
END;

-- Lists of a quiet workspace do not page through the rows of the others.
CREATE INDEX events_by_workspace ON events (workspace, id);
CREATE INDEX events_unusual_by_workspace ON events (workspace, state, id) WHERE state > 0;
CREATE INDEX jobs_by_workspace ON jobs (workspace, id);
CREATE INDEX alerts_by_workspace ON alerts (workspace, id);
