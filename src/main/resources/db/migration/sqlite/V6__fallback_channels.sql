-- The fallback channel of a phone number. access: its secrets and uuids, sealed.
CREATE TABLE fallback_channels (
  workspace TEXT NOT NULL,
  phone_number_id TEXT NOT NULL,
  url TEXT NOT NULL,
  error_threshold INTEGER NOT NULL,
  resend_on_switch INTEGER NOT NULL,
  access BLOB NOT NULL,
  PRIMARY KEY (workspace, phone_number_id)
) STRICT;
