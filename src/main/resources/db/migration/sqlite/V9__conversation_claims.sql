-- Claims on conversations that somebody holds; a row lives for minutes.
CREATE TABLE conversation_claims (
  workspace TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  claim TEXT NOT NULL,
  held_until INTEGER NOT NULL,
  PRIMARY KEY (workspace, phone_number_id, claim)
) STRICT, WITHOUT ROWID;

CREATE INDEX conversation_claims_by_time ON conversation_claims (held_until);
