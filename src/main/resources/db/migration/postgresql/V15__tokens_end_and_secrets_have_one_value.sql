-- Tokens have a name and an end; last_used_at is written every so often. The origin of those that
-- the environment set is 'environment', so that a new one ends the former.
ALTER TABLE tokens ADD COLUMN name TEXT;
ALTER TABLE tokens ADD COLUMN expires_at BIGINT;
ALTER TABLE tokens ADD COLUMN last_used_at BIGINT;
ALTER TABLE tokens ADD COLUMN origin TEXT NOT NULL DEFAULT 'api';

-- A secret has one current value. Where two writers left two, the newer one is meant.
UPDATE secrets SET until = since
WHERE until IS NULL AND since < (
  SELECT max(newer.since) FROM secrets newer
  WHERE newer.workspace = secrets.workspace AND newer.name = secrets.name AND newer.until IS NULL);

CREATE UNIQUE INDEX secrets_current ON secrets (workspace, name) WHERE until IS NULL;

-- What was answered to a call with an Idempotency-Key, for a day. The answer holds a secret and is
-- sealed.
CREATE TABLE answered_keys (
  workspace TEXT NOT NULL,
  idempotency_key TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  answer BYTEA NOT NULL,
  created_at BIGINT NOT NULL,
  PRIMARY KEY (workspace, idempotency_key)
);

CREATE INDEX answered_keys_by_time ON answered_keys (created_at);
