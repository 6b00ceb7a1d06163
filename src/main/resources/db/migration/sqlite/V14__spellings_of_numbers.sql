-- 1: the alias is another spelling of the contact's id, by WhatsApp's word, and both are in use.
-- 0: an id that the contact had before it changed.
ALTER TABLE contact_aliases ADD COLUMN spelling INTEGER NOT NULL DEFAULT 0;

-- User ids that were kept as phone numbers, because WhatsApp wrote them where numbers stand.
UPDATE contacts SET user_id = COALESCE(user_id, wa_id), wa_id = NULL, fallback_active = 0
WHERE wa_id GLOB '[A-Z][A-Z].?*';
