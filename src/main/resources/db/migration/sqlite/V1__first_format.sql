-- The first format; docs/design/store.md says why the tables are as they are.
-- Ids are 16 bytes that begin with the time, so that new rows stand at the end of each tree.
-- Times are Unix milliseconds.

CREATE TABLE cursors (
  name TEXT NOT NULL,
  partition_no INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (name, partition_no)
) STRICT, WITHOUT ROWID;

-- state: 0 processed, 1 duplicate, 2 rejected, 3 failed
CREATE TABLE events (
  id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  position INTEGER NOT NULL,
  source TEXT NOT NULL,
  delivery_id TEXT,
  signature_valid INTEGER NOT NULL,
  body_hash BLOB NOT NULL,
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
) STRICT, WITHOUT ROWID;

CREATE INDEX events_unusual ON events (state, id) WHERE state > 0;
CREATE INDEX events_by_delivery_id ON events (delivery_id) WHERE delivery_id IS NOT NULL;

-- state: 0 pending, 1 retrying, 2 leased, 3 delivered, 4 dead, 5 cancelled, 6 filtered
CREATE TABLE deliveries (
  id BLOB NOT NULL PRIMARY KEY,
  event_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  endpoint_id BLOB NOT NULL,
  selection TEXT,
  state INTEGER NOT NULL,
  next_at INTEGER,
  lease_node TEXT,
  lease_fence INTEGER,
  lease_until INTEGER,
  replay INTEGER NOT NULL DEFAULT 0,
  tries INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  success_at INTEGER,
  success_millis INTEGER,
  success_status INTEGER,
  success_outcome TEXT,
  success_body TEXT,
  history TEXT,
  dead_reason TEXT,
  CHECK ((state = 2) = (lease_fence IS NOT NULL))
) STRICT, WITHOUT ROWID;

-- Only what is due, what is open and what is dead is indexed, never what is done.
CREATE INDEX deliveries_due ON deliveries (endpoint_id, next_at) WHERE state <= 1;
CREATE INDEX deliveries_open ON deliveries (lease_node, position) WHERE state <= 2;
CREATE INDEX deliveries_dead ON deliveries (id) WHERE state = 4;
CREATE INDEX deliveries_dead_by_cause ON deliveries (endpoint_id, dead_reason, id) WHERE state = 4;

CREATE TABLE dead_payloads (
  delivery_id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  fact BLOB NOT NULL
) STRICT;

CREATE TABLE jobs (
  id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  event_id BLOB NOT NULL,
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  error TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_failed ON jobs (position) WHERE state = 'failed';

CREATE TABLE replays (
  id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  request TEXT NOT NULL,
  state TEXT NOT NULL,
  total INTEGER NOT NULL,
  done INTEGER NOT NULL,
  last_done TEXT,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What the fold writes: keyed by hashes, so in slices sorted by key.
CREATE TABLE seen (
  item_key BLOB NOT NULL PRIMARY KEY,
  event_id BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE mentions (
  hash INTEGER NOT NULL,
  event_id BLOB NOT NULL,
  PRIMARY KEY (hash, event_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
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
  PRIMARY KEY (id, workspace)
) STRICT, WITHOUT ROWID;

CREATE TABLE contacts (
  workspace TEXT NOT NULL,
  contact_key TEXT NOT NULL,
  wa_id TEXT,
  user_id TEXT,
  name TEXT,
  named_by BLOB,
  reset_by BLOB,
  failed_by BLOB,
  fallback_active INTEGER NOT NULL DEFAULT 0,
  last_inbound_at INTEGER,
  PRIMARY KEY (workspace, contact_key)
) STRICT, WITHOUT ROWID;

CREATE INDEX contacts_by_user_id ON contacts (user_id, workspace);

-- What operators set. One row of `revision` counts the changes and takes the probe's writes.
CREATE TABLE revision (
  id INTEGER NOT NULL PRIMARY KEY,
  version INTEGER NOT NULL,
  probed_at INTEGER NOT NULL
) STRICT;

INSERT INTO revision (id, version, probed_at) VALUES (1, 0, 0);

CREATE TABLE endpoints (
  id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  dialect TEXT NOT NULL,
  switched TEXT NOT NULL,
  role TEXT NOT NULL,
  url TEXT NOT NULL,
  waba_id TEXT,
  phone_number_id TEXT,
  interest TEXT NOT NULL,
  access BLOB,
  policy TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE wabas (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT,
  subscription TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
) STRICT;

CREATE TABLE phone_numbers (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  waba_id TEXT,
  display_phone_number TEXT,
  PRIMARY KEY (workspace, id)
) STRICT;

CREATE TABLE apps (
  workspace TEXT NOT NULL PRIMARY KEY,
  id TEXT NOT NULL
) STRICT;

CREATE TABLE secrets (
  workspace TEXT NOT NULL,
  name TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  sealed BLOB NOT NULL,
  PRIMARY KEY (workspace, name, since)
) STRICT;

CREATE TABLE tokens (
  id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  kind TEXT NOT NULL,
  phone_number_id TEXT,
  hash TEXT NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash);
