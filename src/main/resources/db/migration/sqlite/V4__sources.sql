-- Senders other than Meta: channels of Turn, accounts of Exotel. The path of their door names the
-- id alone, so it is unique among all workspaces.
CREATE TABLE source_accounts (
  source TEXT NOT NULL,
  id TEXT NOT NULL,
  workspace TEXT NOT NULL,
  phone_number_id TEXT,
  waba_id TEXT,
  display_phone_number TEXT,
  access BLOB NOT NULL,
  admission TEXT NOT NULL,
  PRIMARY KEY (source, id)
) STRICT;
