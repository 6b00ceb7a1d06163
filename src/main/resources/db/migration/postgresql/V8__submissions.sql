-- Messages that clients submitted: those with an Idempotency-Key, and those of which nobody knows
-- what became. state: 0 unknown, 1 accepted, 2 refused, 3 only a status told of it so far.
-- sending: JSON, null in state 3. message_id, told_by: what a status told, and its event.
CREATE TABLE submissions (
  id BYTEA NOT NULL,
  workspace TEXT NOT NULL,
  phone_number_id TEXT,
  state BIGINT NOT NULL,
  idempotency_key BYTEA,
  sending TEXT,
  message_id TEXT,
  told_by BYTEA,
  PRIMARY KEY (id, workspace)
);

CREATE INDEX submissions_by_key ON submissions (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE INDEX submissions_unknown ON submissions (workspace, id) WHERE state = 0;
