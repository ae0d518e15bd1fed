-- Row-level security: who reads for one organization reads as another role, and that role's rows are those of the organization that
-- the connection names in the setting daybook.organization. Where it names none there are no rows. The role's name is written
-- here as it is where the owner is called daybook; store/postgres/connection/reader-role.ts puts in the one of this database's owner.
-- The owner is not held by it (no FORCE): events come by COPY, which PostgreSQL refuses where row-level security is active.

-- A page may only use an index through functions that PostgreSQL knows to leak nothing, and hashtext is none of them. So the
-- hashes of the words are columns: compared as the integers that they are.
DROP INDEX event_by_type, event_by_actor, event_by_target;
ALTER TABLE event
  ADD COLUMN type_hash integer GENERATED ALWAYS AS (hashtext(type)) STORED,
  ADD COLUMN actor_hash integer GENERATED ALWAYS AS (hashtext(actor_key)) STORED;
ALTER TABLE event_target
  ADD COLUMN target_hash integer GENERATED ALWAYS AS (hashtext(target_key)) STORED;
CREATE INDEX event_by_type ON event (organization_id, type_hash, occurred_at, seq NULLS FIRST, log_no);
CREATE INDEX event_by_actor ON event (organization_id, actor_hash, occurred_at, seq, log_no NULLS FIRST);
CREATE INDEX event_by_target ON event_target (organization_id, target_hash, occurred_at, seq, log_no);
CREATE INDEX event_by_daybook_target ON event_target (organization_id, target_hash, occurred_at, seq NULLS FIRST, log_no)
  WHERE by_daybook;

-- What is recorded is not changed, by the owner neither: what erases and expires will be given just the columns it needs.
REVOKE UPDATE, DELETE, TRUNCATE ON event, event_target, tile, event_type, service_event_type, event_type_name FROM CURRENT_USER;

-- The reader reads what pages, lists and downloads show, and changes nothing. No secret is among it: no password, no hash of a token.
GRANT SELECT ON organization, log, head, event, event_target, tile, event_type, membership, team, team_member TO daybook_reader;
GRANT SELECT (user_id, id, email, name) ON user_account TO daybook_reader;
GRANT SELECT (organization_id, id, email, role, invited_by, state, created_at, expires_at) ON invitation TO daybook_reader;
GRANT SELECT (organization_id, version, expires_on, last_used_on, expiry_warned, id, name, scopes, created_by, creator_id, created_at,
  revoked_at, deleted_at) ON api_client TO daybook_reader;
GRANT SELECT (organization_id, client_id, prefix, created_at) ON api_client_token TO daybook_reader;

-- An organization's details are its own.
ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY organization_in_sight ON organization FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- The logs of the organization.
ALTER TABLE log ENABLE ROW LEVEL SECURITY;
CREATE POLICY log_in_sight ON log FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- How far its log has come.
ALTER TABLE head ENABLE ROW LEVEL SECURITY;
CREATE POLICY head_in_sight ON head FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- Its events.
ALTER TABLE event ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_in_sight ON event FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- What its events are about.
ALTER TABLE event_target ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_target_in_sight ON event_target FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- The hashes of its tree.
ALTER TABLE tile ENABLE ROW LEVEL SECURITY;
CREATE POLICY tile_in_sight ON tile FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- The event types that it registered.
ALTER TABLE event_type ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_type_in_sight ON event_type FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- Who is a member of it.
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_in_sight ON membership FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- A person is seen by the organizations that they are a member of.
ALTER TABLE user_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY user_account_in_sight ON user_account FOR SELECT TO daybook_reader
  USING (EXISTS (SELECT FROM membership m WHERE m.user_id = user_account.user_id
    AND m.organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer));

-- Whom it invited.
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY invitation_in_sight ON invitation FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- Its teams.
ALTER TABLE team ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_in_sight ON team FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- Who is in them.
ALTER TABLE team_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_member_in_sight ON team_member FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- Its API clients.
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_in_sight ON api_client FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- What their tokens are traced by.
ALTER TABLE api_client_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_token_in_sight ON api_client_token FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);

-- What no page shows is closed twice: the reader is granted nothing of it, and no policy would let a row through.
ALTER TABLE viewer_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
