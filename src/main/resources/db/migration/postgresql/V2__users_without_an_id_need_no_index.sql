-- Most contacts are known by their phone number alone. Indexing their missing user id cost a page
-- for each that was folded.
DROP INDEX contacts_by_user_id;
CREATE INDEX contacts_by_user_id ON contacts (user_id, workspace) WHERE user_id IS NOT NULL;
