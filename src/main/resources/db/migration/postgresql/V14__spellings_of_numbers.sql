-- 1: the alias is another spelling of the contact's id, by WhatsApp's word, and both are in use.
-- 0: an id that the contact had before it changed.
ALTER TABLE contact_aliases ADD COLUMN spelling INTEGER NOT NULL DEFAULT 0;
