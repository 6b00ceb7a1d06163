-- Which replay made a delivery due: a replay makes each of its deliveries due once, however often it
-- is interrupted.
ALTER TABLE deliveries ADD COLUMN replayed_by BYTEA;

-- Dead letters by endpoint and cause, counted as they come and go, so that groups are told without
-- reading a million rows. `ever` only grows.
CREATE TABLE dead_counts (
  endpoint_id BYTEA NOT NULL,
  reason TEXT NOT NULL,
  dead BIGINT NOT NULL,
  ever BIGINT NOT NULL,
  PRIMARY KEY (endpoint_id, reason)
);

INSERT INTO dead_counts (endpoint_id, reason, dead, ever)
SELECT endpoint_id, dead_reason, count(*), count(*) FROM deliveries
WHERE state = 4 AND dead_reason IS NOT NULL GROUP BY endpoint_id, dead_reason;

-- details: a JSON object of texts. resolved_at: null while it is open.
CREATE TABLE alerts (
  id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  severity TEXT NOT NULL,
  condition TEXT NOT NULL,
  summary TEXT NOT NULL,
  details TEXT NOT NULL,
  resolved_at BIGINT,
  resolution TEXT
);

CREATE INDEX alerts_open ON alerts (id) WHERE resolved_at IS NULL;

-- What is owed to alert webhooks. state: 0 waiting, 1 sent, 2 given up
CREATE TABLE alert_notices (
  id BYTEA NOT NULL PRIMARY KEY,
  alert_id BYTEA NOT NULL,
  workspace TEXT NOT NULL,
  body TEXT NOT NULL,
  state INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next_at BIGINT,
  error TEXT
);

CREATE INDEX alert_notices_waiting ON alert_notices (next_at, id) WHERE state = 0;
CREATE INDEX alert_notices_by_alert ON alert_notices (alert_id);

CREATE TABLE alert_webhooks (
  workspace TEXT NOT NULL PRIMARY KEY,
  url TEXT NOT NULL,
  kinds TEXT NOT NULL
);

-- How many webhooks named a phone number in an hour (hours since the epoch).
CREATE TABLE number_hours (
  workspace TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  hour BIGINT NOT NULL,
  webhooks BIGINT NOT NULL,
  PRIMARY KEY (workspace, phone_number_id, hour)
);
