-- The first format; docs/design/store.md says why the tables are as they are.
-- Ids are 16 bytes that begin with the time, so that new rows stand at the end of each tree.
-- Times are Unix milliseconds.

CREATE TABLE cursors (
  name TEXT NOT NULL,
  partition_no INTEGER NOT NULL,
  position BIGINT NOT NULL,
  PRIMARY KEY (name, partition_no)
);

-- state: 0 processed, 1 duplicate, 2 rejected, 3 failed
CREATE TABLE events (
  id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  position BIGINT NOT NULL,
  source TEXT NOT NULL,
  delivery_id TEXT,
  signature_valid INTEGER NOT NULL,
  body_hash BYTEA NOT NULL,
  state INTEGER NOT NULL,
  topic INTEGER NOT NULL,
  object TEXT,
  entries INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  statuses INTEGER NOT NULL,
  dashboard_test INTEGER NOT NULL,
  fields TEXT NOT NULL,
  phone_number_ids TEXT NOT NULL,
  waba_ids TEXT NOT NULL,
  items TEXT NOT NULL,
  sightings INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX events_unusual ON events (state, id) WHERE state > 0;
CREATE INDEX events_by_delivery_id ON events (delivery_id) WHERE delivery_id IS NOT NULL;

-- state: 0 pending, 1 retrying, 2 leased, 3 delivered, 4 dead, 5 cancelled, 6 filtered
CREATE TABLE deliveries (
  id BYTEA NOT NULL PRIMARY KEY,
  event_id BYTEA NOT NULL,
  position BIGINT NOT NULL,
  endpoint_id BYTEA NOT NULL,
  selection TEXT,
  state INTEGER NOT NULL,
  next_at BIGINT,
  lease_node TEXT,
  lease_fence BIGINT,
  lease_until BIGINT,
  replay INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  success_at BIGINT,
  success_millis BIGINT,
  success_status INTEGER,
  success_outcome TEXT,
  success_body TEXT,
  history TEXT,
  dead_reason TEXT,
  CHECK ((state = 2) = (lease_fence IS NOT NULL))
);

-- Only what is due, what is open and what is dead is indexed, never what is done.
CREATE INDEX deliveries_due ON deliveries (endpoint_id, next_at) WHERE state <= 1;
CREATE INDEX deliveries_open ON deliveries (lease_node, position) WHERE state <= 2;
CREATE INDEX deliveries_dead ON deliveries (id) WHERE state = 4;
CREATE INDEX deliveries_dead_by_cause ON deliveries (endpoint_id, dead_reason, id) WHERE state = 4;

CREATE TABLE dead_payloads (
  delivery_id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  fact BYTEA NOT NULL
);

CREATE TABLE jobs (
  id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  event_id BYTEA NOT NULL,
  position BIGINT NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE INDEX jobs_failed ON jobs (position) WHERE state = 'failed';

CREATE TABLE replays (
  id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  request TEXT NOT NULL,
  state TEXT NOT NULL,
  total BIGINT NOT NULL,
  done BIGINT NOT NULL,
  last_done TEXT,
  updated_at BIGINT NOT NULL
);

-- What the fold writes: keyed by hashes, so in slices sorted by key.
CREATE TABLE seen (
  item_key BYTEA NOT NULL PRIMARY KEY,
  event_id BYTEA NOT NULL
);

CREATE TABLE mentions (
  hash BIGINT NOT NULL,
  event_id BYTEA NOT NULL,
  PRIMARY KEY (hash, event_id)
);

CREATE TABLE messages (
  id BIGINT NOT NULL,
  workspace TEXT NOT NULL,
  direction INTEGER NOT NULL,
  phone_number_id TEXT,
  type TEXT,
  contact TEXT,
  reached INTEGER NOT NULL,
  proven_at BIGINT,
  failed_at BIGINT,
  last_event BYTEA NOT NULL,
  statuses TEXT NOT NULL,
  PRIMARY KEY (id, workspace)
);

CREATE TABLE contacts (
  workspace TEXT NOT NULL,
  contact_key TEXT NOT NULL,
  wa_id TEXT,
  user_id TEXT,
  name TEXT,
  named_by BYTEA,
  reset_by BYTEA,
  failed_by BYTEA,
  fallback_active INTEGER NOT NULL DEFAULT 0,
  last_inbound_at BIGINT,
  PRIMARY KEY (workspace, contact_key)
);

CREATE INDEX contacts_by_user_id ON contacts (user_id, workspace);

-- What operators set. One row of `revision` counts the changes and takes the probe's writes.
CREATE TABLE revision (
  id BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL,
  probed_at BIGINT NOT NULL
);

INSERT INTO revision (id, version, probed_at) VALUES (1, 0, 0);

CREATE TABLE endpoints (
  id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  dialect TEXT NOT NULL,
  switched TEXT NOT NULL,
  role TEXT NOT NULL,
  url TEXT NOT NULL,
  waba_id TEXT,
  phone_number_id TEXT,
  interest TEXT NOT NULL,
  access BYTEA,
  policy TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE wabas (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  subscription TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
);

CREATE TABLE phone_numbers (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  waba_id TEXT,
  display_phone_number TEXT,
  PRIMARY KEY (workspace, id)
);

CREATE TABLE apps (
  workspace TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL
);

CREATE TABLE secrets (
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  since BIGINT NOT NULL,
  until BIGINT,
  sealed BYTEA NOT NULL,
  PRIMARY KEY (workspace, name, since)
);

CREATE TABLE tokens (
  id BYTEA NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,
  phone_number_id TEXT,
  hash TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash);
