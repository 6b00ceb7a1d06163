-- What decides whether a contact is reached over the fallback channel. `failed_by` keeps marks of
-- 16 bytes; `thresholds` has a byte for each of them. Rows from before have none.
ALTER TABLE contacts ADD COLUMN thresholds BLOB;
ALTER TABLE contacts ADD COLUMN signs BLOB;
ALTER TABLE contacts ADD COLUMN tripped_by BLOB;
ALTER TABLE contacts ADD COLUMN decided_by BLOB;
ALTER TABLE contacts ADD COLUMN decided_active INTEGER NOT NULL DEFAULT 0;

-- Ids that a contact had before its phone number or user id changed.
CREATE TABLE contact_aliases (
  workspace TEXT NOT NULL,
  alias TEXT NOT NULL,
  successor TEXT NOT NULL,
  since INTEGER NOT NULL,
  revived_at INTEGER,
  PRIMARY KEY (workspace, alias)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_aliases_by_successor ON contact_aliases (workspace, successor);

-- What clients keep of a contact.
CREATE TABLE contact_profiles (
  workspace TEXT NOT NULL,
  contact_key TEXT NOT NULL,
  fields TEXT NOT NULL,
  generation INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (workspace, contact_key)
) STRICT, WITHOUT ROWID;

-- Contacts that went over to the fallback channel, written with the contact in one transaction.
-- A step that has not been taken yet is 0.
CREATE TABLE fallback_switches (
  id BLOB NOT NULL PRIMARY KEY,
  workspace TEXT NOT NULL,
  contact TEXT NOT NULL,
  phone_number_id TEXT,
  message_id TEXT,
  alerted INTEGER NOT NULL DEFAULT 0,
  resent INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX fallback_switches_to_alert ON fallback_switches (id) WHERE alerted = 0;
CREATE INDEX fallback_switches_to_resend ON fallback_switches (id) WHERE resent = 0;
