CREATE TABLE api_client (
  organization_id integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  expires_on date NOT NULL,
  last_used_on date,
  expiry_warned smallint,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  scopes text[] COLLATE "C" NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  creator_id integer,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  revoked_at timestamp with time zone,
  deleted_at timestamp with time zone,
  CONSTRAINT api_client_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT api_client_expiry_warned_known CHECK (expiry_warned = ANY (ARRAY[30, 7, 0])),
  CONSTRAINT api_client_scopes_known CHECK (scopes <> '{}'::text[] AND scopes <@ ARRAY['events:write'::text, 'events:read'::text, 'events:import'::text, 'audit-log:download'::text, 'event-types:write'::text])
);
CREATE INDEX api_client_expiring ON public.api_client USING btree (expires_on) WHERE ((revoked_at IS NULL) AND (deleted_at IS NULL) AND ((expiry_warned IS NULL) OR (expiry_warned > 0)));
CREATE UNIQUE INDEX api_client_name_key ON public.api_client USING btree (organization_id, name_key) WHERE (deleted_at IS NULL);
CREATE INDEX api_client_newest ON public.api_client USING btree (organization_id, created_at, id) WHERE (deleted_at IS NULL);
ALTER TABLE api_client ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_at_runtime ON api_client TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY api_client_in_row_scope ON api_client FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (version, last_used_on, expiry_warned, name, name_key, revoked_at, deleted_at) ON api_client TO daybook_runtime;
GRANT SELECT (organization_id, version, expires_on, last_used_on, expiry_warned, id, name, scopes, created_by, creator_id, created_at, revoked_at, deleted_at) ON api_client TO daybook_reader;

CREATE TABLE api_client_token (
  token_hash bytea NOT NULL,
  organization_id integer NOT NULL,
  client_id text COLLATE "C" NOT NULL,
  prefix text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  works_until timestamp with time zone,
  CONSTRAINT api_client_token_pkey PRIMARY KEY (token_hash),
  CONSTRAINT api_client_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX api_client_token_by_client ON public.api_client_token USING btree (organization_id, client_id, created_at);
ALTER TABLE api_client_token ENABLE ROW LEVEL SECURITY;
CREATE POLICY api_client_token_at_runtime ON api_client_token TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY api_client_token_in_row_scope ON api_client_token FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (works_until) ON api_client_token TO daybook_runtime;
GRANT SELECT (organization_id, client_id, prefix, created_at) ON api_client_token TO daybook_reader;

CREATE TABLE denial (
  organization_id integer NOT NULL,
  pending integer NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  subject text COLLATE "C" NOT NULL,
  event text COLLATE "C",
  CONSTRAINT denial_pkey PRIMARY KEY (organization_id, subject),
  CONSTRAINT denial_pending_has_event CHECK (pending >= 0 AND (pending = 0) = (event IS NULL))
);
CREATE INDEX denial_pending ON public.denial USING btree (recorded_at) WHERE (pending > 0);
ALTER TABLE denial ENABLE ROW LEVEL SECURITY;
CREATE POLICY denial_at_runtime ON denial TO daybook_runtime
  USING true WITH CHECK true;
GRANT INSERT, SELECT, UPDATE (pending, recorded_at, event) ON denial TO daybook_runtime;

CREATE TABLE deployment (
  singleton boolean NOT NULL DEFAULT true,
  log_name text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL,
  operator_token_hash bytea NOT NULL,
  operator_token_since timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  secrets_key_id text COLLATE "C",
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT deployment_pkey PRIMARY KEY (singleton),
  CONSTRAINT deployment_is_one_row CHECK (singleton),
  CONSTRAINT deployment_operator_token_hash_is_sha256 CHECK (octet_length(operator_token_hash) = 32),
  CONSTRAINT deployment_public_key_is_ed25519 CHECK (octet_length(public_key) = 32)
);
GRANT INSERT, SELECT, UPDATE (operator_token_hash, operator_token_since, secrets_key_id) ON deployment TO daybook_runtime;

CREATE TABLE event (
  seq bigint NOT NULL,
  occurred_at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL,
  organization_id integer NOT NULL,
  erased integer NOT NULL DEFAULT 0,
  log_no smallint NOT NULL,
  outcome "char" NOT NULL,
  id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  leaf_hash bytea NOT NULL,
  salts bytea NOT NULL,
  digests bytea,
  actor_key text COLLATE "C",
  actor text COLLATE "C",
  actor_personal text COLLATE "C",
  changes text COLLATE "C",
  changes_personal text COLLATE "C",
  context text COLLATE "C",
  data text COLLATE "C",
  data_personal text COLLATE "C",
  producer text COLLATE "C",
  reason text COLLATE "C",
  recorded_by text COLLATE "C",
  rules text COLLATE "C",
  targets text COLLATE "C",
  targets_personal text COLLATE "C",
  type_version text COLLATE "C",
  type_hash integer GENERATED ALWAYS AS (hashtext(type)) STORED,
  actor_hash integer GENERATED ALWAYS AS (hashtext(actor_key)) STORED,
  CONSTRAINT event_id_key UNIQUE (id, organization_id),
  CONSTRAINT event_pkey PRIMARY KEY (organization_id, log_no, seq),
  CONSTRAINT event_actor_or_erased CHECK ((actor IS NOT NULL OR (erased & 1) = 1) AND (actor_key IS NULL) = (actor IS NULL)),
  CONSTRAINT event_digest_for_each_erased CHECK (
CASE
    WHEN erased = 0 THEN digests IS NULL
    ELSE digests IS NOT NULL AND octet_length(digests) = (32 * bit_count(erased::bit(32)))
END),
  CONSTRAINT event_erased_has_no_value CHECK (erased = 0 OR (erased & ((actor IS NOT NULL)::integer * 1 + (actor_personal IS NOT NULL)::integer * 2 + (changes IS NOT NULL)::integer * 4 + (changes_personal IS NOT NULL)::integer * 8 + (context IS NOT NULL)::integer * 16 + (data IS NOT NULL)::integer * 32 + (data_personal IS NOT NULL)::integer * 64 + (producer IS NOT NULL)::integer * 128 + (reason IS NOT NULL)::integer * 256 + (recorded_by IS NOT NULL)::integer * 512 + (rules IS NOT NULL)::integer * 1024 + (targets IS NOT NULL)::integer * 2048 + (targets_personal IS NOT NULL)::integer * 4096 + (type_version IS NOT NULL)::integer * 8192)) = 0),
  CONSTRAINT event_leaf_hash_is_sha256 CHECK (octet_length(leaf_hash) = 32),
  CONSTRAINT event_outcome_known CHECK (outcome = ANY (ARRAY['s'::"char", 'd'::"char", 'f'::"char"])),
  CONSTRAINT event_salt_for_each_slot CHECK (octet_length(salts) = (16 * num_nonnulls(actor, actor_personal, changes, changes_personal, context, data, data_personal, producer, reason, recorded_by, rules, targets, targets_personal, type_version))),
  CONSTRAINT event_seq_from_0 CHECK (seq >= 0),
  CONSTRAINT event_times_in_range CHECK (occurred_at >= '1970-01-01 00:00:00+00'::timestamp with time zone AND occurred_at < '2255-01-01 00:00:00+00'::timestamp with time zone AND recorded_at >= '1970-01-01 00:00:00+00'::timestamp with time zone AND recorded_at < '2255-01-01 00:00:00+00'::timestamp with time zone)
);
CREATE INDEX event_by_actor ON public.event USING btree (organization_id, actor_hash, occurred_at, seq, log_no NULLS FIRST);
CREATE INDEX event_by_daybook ON public.event USING btree (organization_id, occurred_at, seq NULLS FIRST, log_no) WHERE ((recorded_by ~~ '%,"own":true,%'::text) OR (recorded_by ~~ '%,"type":"server"}'::text));
CREATE INDEX event_by_type ON public.event USING btree (organization_id, type_hash, occurred_at, seq NULLS FIRST, log_no);
CREATE INDEX event_global ON public.event USING btree (occurred_at NULLS FIRST, seq, log_no, organization_id);
CREATE INDEX event_newest ON public.event USING btree (organization_id, occurred_at, seq, log_no);
CREATE INDEX event_unsuccessful ON public.event USING btree (organization_id, outcome, occurred_at, seq NULLS FIRST, log_no NULLS FIRST) WHERE (outcome <> 's'::"char");
GRANT INSERT, SELECT ON event TO daybook_runtime;
REVOKE UPDATE, DELETE, TRUNCATE ON event FROM its owner;

CREATE TABLE event_target (
  occurred_at timestamp with time zone NOT NULL,
  seq bigint NOT NULL,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  by_daybook boolean NOT NULL,
  target_key text COLLATE "C" NOT NULL,
  target_hash integer GENERATED ALWAYS AS (hashtext(target_key)) STORED
);
CREATE INDEX event_by_daybook_target ON public.event_target USING btree (organization_id, target_hash, occurred_at, seq NULLS FIRST, log_no) INCLUDE (target_key) WHERE by_daybook;
CREATE INDEX event_by_target ON public.event_target USING btree (organization_id, target_hash, occurred_at, seq, log_no) INCLUDE (target_key);
GRANT INSERT, SELECT ON event_target TO daybook_runtime;
REVOKE UPDATE, DELETE, TRUNCATE ON event_target FROM its owner;

CREATE TABLE event_type (
  organization_id integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  registration integer NOT NULL,
  definition text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT event_type_pkey PRIMARY KEY (organization_id, name, version),
  CONSTRAINT event_type_registration_once UNIQUE (organization_id, registration),
  CONSTRAINT event_type_numbered_from_1 CHECK (version >= 1 AND registration >= 1)
);
ALTER TABLE event_type ENABLE ROW LEVEL SECURITY;
CREATE POLICY event_type_at_runtime ON event_type TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY event_type_in_row_scope ON event_type FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT ON event_type TO daybook_runtime;
GRANT SELECT ON event_type TO daybook_reader;
REVOKE UPDATE, DELETE, TRUNCATE ON event_type FROM its owner;

CREATE TABLE event_type_name (
  name text COLLATE "C" NOT NULL,
  of_service boolean NOT NULL,
  CONSTRAINT event_type_name_pkey PRIMARY KEY (name)
);
GRANT INSERT, SELECT ON event_type_name TO daybook_runtime;
REVOKE UPDATE, DELETE, TRUNCATE ON event_type_name FROM its owner;

CREATE TABLE follower (
  next_seq bigint NOT NULL,
  claimed_until timestamp with time zone,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  failures smallint NOT NULL DEFAULT 0,
  name text COLLATE "C" NOT NULL,
  CONSTRAINT follower_pkey PRIMARY KEY (organization_id, name),
  CONSTRAINT follower_failures_from_0 CHECK (failures >= 0)
);
ALTER TABLE follower ENABLE ROW LEVEL SECURITY;
CREATE POLICY follower_at_runtime ON follower TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY follower_in_row_scope ON follower FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (next_seq, claimed_until, log_no, failures) ON follower TO daybook_runtime;
GRANT SELECT ON follower TO daybook_reader;

CREATE TABLE full_text_block (
  first_seq bigint NOT NULL,
  organization_id integer NOT NULL,
  events integer NOT NULL,
  log_no smallint NOT NULL,
  first_term bytea NOT NULL,
  data bytea STORAGE EXTERNAL NOT NULL,
  CONSTRAINT full_text_block_pkey PRIMARY KEY (organization_id, log_no, first_seq, events, first_term)
) WITH (toast_tuple_target=8160);
GRANT DELETE, INSERT, SELECT ON full_text_block TO daybook_runtime;

CREATE TABLE full_text_changed (
  seq bigint NOT NULL,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  CONSTRAINT full_text_changed_pkey PRIMARY KEY (organization_id, log_no, seq)
);
ALTER TABLE full_text_changed ENABLE ROW LEVEL SECURITY;
CREATE POLICY full_text_changed_at_runtime ON full_text_changed TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY full_text_changed_in_row_scope ON full_text_changed FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT DELETE, INSERT, SELECT ON full_text_changed TO daybook_runtime;
GRANT SELECT ON full_text_changed TO daybook_reader;

CREATE TABLE full_text_segment (
  first_seq bigint NOT NULL,
  oldest timestamp with time zone NOT NULL,
  newest timestamp with time zone NOT NULL,
  organization_id integer NOT NULL,
  events integer NOT NULL,
  log_no smallint NOT NULL,
  version smallint NOT NULL,
  CONSTRAINT full_text_segment_pkey PRIMARY KEY (organization_id, log_no, first_seq, events)
);
CREATE INDEX full_text_segment_newest ON public.full_text_segment USING btree (newest, organization_id, log_no, first_seq, events);
GRANT DELETE, INSERT, SELECT ON full_text_segment TO daybook_runtime;

CREATE TABLE half_session (
  token_hash bytea NOT NULL,
  user_id integer NOT NULL,
  method text COLLATE "C" NOT NULL,
  password_hash bytea NOT NULL,
  user_agent text COLLATE "C",
  tries integer NOT NULL DEFAULT 0,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT half_session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT half_session_method_known CHECK (method = ANY (ARRAY['PASSWORD'::text, 'SETUP_LINK'::text])),
  CONSTRAINT half_session_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX half_session_by_end ON public.half_session USING btree (expires_at);
GRANT DELETE, INSERT, SELECT, UPDATE (tries) ON half_session TO daybook_runtime;

CREATE TABLE head (
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  closed boolean NOT NULL DEFAULT false,
  size bigint NOT NULL,
  recorded_at timestamp with time zone,
  origin text COLLATE "C" NOT NULL,
  frontier bytea NOT NULL,
  CONSTRAINT head_pkey PRIMARY KEY (organization_id),
  CONSTRAINT head_frontier_fits_size CHECK (size >= 0 AND octet_length(frontier) = (32 * bit_count(size::bit(64)))),
  CONSTRAINT head_recorded_at_fits_size CHECK ((size = 0) = (recorded_at IS NULL))
) WITH (fillfactor=50, autovacuum_vacuum_scale_factor=0.5);
ALTER TABLE head ENABLE ROW LEVEL SECURITY;
CREATE POLICY head_at_runtime ON head TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY head_in_row_scope ON head FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (log_no, closed, size, recorded_at, origin, frontier) ON head TO daybook_runtime;
GRANT SELECT ON head TO daybook_reader;

CREATE TABLE idempotency (
  organization_id integer NOT NULL,
  key text COLLATE "C" NOT NULL,
  request_hash bytea NOT NULL,
  status smallint,
  body text COLLATE "C",
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT idempotency_pkey PRIMARY KEY (organization_id, key),
  CONSTRAINT idempotency_answer_is_whole CHECK ((status IS NULL) = (body IS NULL)),
  CONSTRAINT idempotency_request_hash_is_sha256 CHECK (octet_length(request_hash) = 32)
);
CREATE INDEX idempotency_by_age ON public.idempotency USING btree (created_at);
ALTER TABLE idempotency ENABLE ROW LEVEL SECURITY;
CREATE POLICY idempotency_at_runtime ON idempotency TO daybook_runtime
  USING true WITH CHECK true;
GRANT DELETE, INSERT, SELECT, UPDATE (status, body) ON idempotency TO daybook_runtime;

CREATE TABLE integrity_check (
  singleton boolean NOT NULL DEFAULT true,
  organizations integer,
  findings integer,
  events bigint,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  begun_at timestamp with time zone,
  claimed_until timestamp with time zone,
  position text COLLATE "C",
  CONSTRAINT integrity_check_pkey PRIMARY KEY (singleton),
  CONSTRAINT integrity_check_counts CHECK (organizations >= 0 AND findings >= 0 AND events >= 0),
  CONSTRAINT integrity_check_is_one_row CHECK (singleton),
  CONSTRAINT integrity_check_is_whole CHECK (num_nulls(organizations, findings, events, started_at, finished_at) = ANY (ARRAY[0, 5]))
);
GRANT INSERT, SELECT, UPDATE (organizations, findings, events, started_at, finished_at, begun_at, claimed_until, position) ON integrity_check TO daybook_runtime;

CREATE TABLE invitation (
  organization_id integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  token_hash bytea NOT NULL,
  email text COLLATE "C" NOT NULL,
  email_key text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  invited_by text COLLATE "C" NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'open'::text,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT invitation_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT invitation_role_known CHECK (role = ANY (ARRAY['OWNER'::text, 'DESIGNER'::text, 'CONSUMER'::text, 'AUDITOR'::text])),
  CONSTRAINT invitation_state_known CHECK (state = ANY (ARRAY['open'::text, 'accepted'::text, 'withdrawn'::text])),
  CONSTRAINT invitation_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX invitation_by_token ON public.invitation USING btree (token_hash);
CREATE INDEX invitation_open ON public.invitation USING btree (organization_id, id) WHERE (state = 'open'::text);
CREATE UNIQUE INDEX invitation_open_email_key ON public.invitation USING btree (organization_id, email_key) WHERE (state = 'open'::text);
ALTER TABLE invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY invitation_at_runtime ON invitation TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY invitation_in_row_scope ON invitation FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (state) ON invitation TO daybook_runtime;
GRANT SELECT (organization_id, id, email, role, invited_by, state, created_at, expires_at) ON invitation TO daybook_reader;

CREATE TABLE known_browser (
  token_hash bytea NOT NULL,
  user_id integer NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT known_browser_pkey PRIMARY KEY (token_hash, user_id),
  CONSTRAINT known_browser_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX known_browser_by_end ON public.known_browser USING btree (expires_at);
CREATE INDEX known_browser_by_user ON public.known_browser USING btree (user_id, expires_at);
GRANT DELETE, INSERT, SELECT, UPDATE (token_hash, expires_at) ON known_browser TO daybook_runtime;

CREATE TABLE log (
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  origin text COLLATE "C" NOT NULL,
  final_size bigint,
  opened_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT log_pkey PRIMARY KEY (organization_id, log_no),
  CONSTRAINT log_counts CHECK (log_no >= 0 AND final_size >= 0)
);
ALTER TABLE log ENABLE ROW LEVEL SECURITY;
CREATE POLICY log_at_runtime ON log TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY log_in_row_scope ON log FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (final_size) ON log TO daybook_runtime;
GRANT SELECT ON log TO daybook_reader;

CREATE TABLE maintenance (
  singleton boolean NOT NULL DEFAULT true,
  backup_tried_at timestamp with time zone,
  backup_made_at timestamp with time zone,
  backup_bytes bigint,
  restored_at timestamp with time zone,
  CONSTRAINT maintenance_pkey PRIMARY KEY (singleton),
  CONSTRAINT maintenance_backup_has_bytes CHECK ((backup_made_at IS NULL) = (backup_bytes IS NULL)),
  CONSTRAINT maintenance_backup_was_tried CHECK (backup_made_at IS NULL OR backup_tried_at >= backup_made_at),
  CONSTRAINT maintenance_is_one_row CHECK (singleton)
);
GRANT INSERT, SELECT, UPDATE (backup_tried_at, backup_made_at, backup_bytes) ON maintenance TO daybook_runtime;

CREATE TABLE membership (
  organization_id integer NOT NULL,
  user_id integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  role text COLLATE "C" NOT NULL,
  joined_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT membership_pkey PRIMARY KEY (organization_id, user_id),
  CONSTRAINT membership_role_known CHECK (role = ANY (ARRAY['OWNER'::text, 'DESIGNER'::text, 'CONSUMER'::text, 'AUDITOR'::text]))
);
CREATE INDEX membership_by_user ON public.membership USING btree (user_id NULLS FIRST, organization_id);
ALTER TABLE membership ENABLE ROW LEVEL SECURITY;
CREATE POLICY membership_at_runtime ON membership TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY membership_in_row_scope ON membership FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT DELETE, INSERT, SELECT, UPDATE (version, role) ON membership TO daybook_runtime;
GRANT SELECT ON membership TO daybook_reader;

CREATE TABLE one_time_code (
  code_hash bytea NOT NULL,
  user_id integer,
  issued_by text COLLATE "C",
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT one_time_code_pkey PRIMARY KEY (code_hash),
  CONSTRAINT one_time_code_hash_is_sha256 CHECK (octet_length(code_hash) = 32)
);
CREATE INDEX one_time_code_by_end ON public.one_time_code USING btree (expires_at);
CREATE INDEX one_time_code_by_user ON public.one_time_code USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE (created_at) ON one_time_code TO daybook_runtime;

CREATE TABLE organization (
  organization_id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  id text COLLATE "C" NOT NULL,
  slug text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  closed_at timestamp with time zone,
  description text COLLATE "C",
  email text COLLATE "C",
  location text COLLATE "C",
  website text COLLATE "C",
  version integer NOT NULL DEFAULT 1,
  CONSTRAINT organization_id_key UNIQUE (id),
  CONSTRAINT organization_pkey PRIMARY KEY (organization_id),
  CONSTRAINT organization_slug_key UNIQUE (slug),
  CONSTRAINT organization_closed_after_created CHECK (closed_at >= created_at),
  CONSTRAINT organization_reserved CHECK ((organization_id = 0) = (slug = 'daybook'::text) AND organization_id >= 0),
  CONSTRAINT organization_slug_form CHECK (slug ~ '^[a-z][a-z0-9-]{1,38}$'::text),
  CONSTRAINT organization_version_from_1 CHECK (version >= 1)
);
ALTER TABLE organization ENABLE ROW LEVEL SECURITY;
CREATE POLICY organization_at_runtime ON organization TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY organization_in_row_scope ON organization FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT INSERT, SELECT, UPDATE (name, closed_at, description, email, location, website, version) ON organization TO daybook_runtime;
GRANT SELECT ON organization TO daybook_reader;

CREATE TABLE personal_token (
  token_hash bytea NOT NULL,
  id text COLLATE "C" NOT NULL,
  user_id integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  prefix text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  last_used_on date,
  CONSTRAINT personal_token_id_key UNIQUE (id),
  CONSTRAINT personal_token_pkey PRIMARY KEY (token_hash),
  CONSTRAINT personal_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX personal_token_by_end ON public.personal_token USING btree (expires_at);
CREATE INDEX personal_token_by_user ON public.personal_token USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE (last_used_on) ON personal_token TO daybook_runtime;

CREATE TABLE recovery_code (
  user_id integer NOT NULL,
  code_hash bytea NOT NULL,
  CONSTRAINT recovery_code_pkey PRIMARY KEY (user_id, code_hash),
  CONSTRAINT recovery_code_hash_is_sha256 CHECK (octet_length(code_hash) = 32)
);
GRANT DELETE, INSERT, SELECT ON recovery_code TO daybook_runtime;

CREATE TABLE saved_view (
  organization_id integer NOT NULL,
  user_id integer,
  version integer NOT NULL DEFAULT 1,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  search text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT saved_view_name_key UNIQUE NULLS NOT DISTINCT (organization_id, user_id, name_key),
  CONSTRAINT saved_view_pkey PRIMARY KEY (organization_id, id)
);
ALTER TABLE saved_view ENABLE ROW LEVEL SECURITY;
CREATE POLICY saved_view_at_runtime ON saved_view TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY saved_view_in_row_scope ON saved_view FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT DELETE, INSERT, SELECT, UPDATE (version, name, name_key, search) ON saved_view TO daybook_runtime;
GRANT SELECT ON saved_view TO daybook_reader;

CREATE TABLE schema_migration (
  version integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  checksum text COLLATE "C" NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT schema_migration_pkey PRIMARY KEY (version)
);
GRANT SELECT ON schema_migration TO daybook_runtime;

CREATE TABLE second_factor (
  user_id integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  sealed text COLLATE "C" NOT NULL,
  last_step bigint NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT second_factor_pkey PRIMARY KEY (user_id),
  CONSTRAINT second_factor_kind_known CHECK (kind = 'TOTP'::text),
  CONSTRAINT second_factor_secret_is_sealed CHECK (sealed ~~ 'v1.%'::text)
);
GRANT DELETE, INSERT, SELECT, UPDATE (sealed, last_step) ON second_factor TO daybook_runtime;

CREATE TABLE service_event_type (
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  registration integer NOT NULL,
  definition text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT service_event_type_pkey PRIMARY KEY (name, version),
  CONSTRAINT service_event_type_registration_once UNIQUE (registration),
  CONSTRAINT service_event_type_numbered_from_1 CHECK (version >= 1 AND registration >= 1)
);
GRANT INSERT, SELECT ON service_event_type TO daybook_runtime;
REVOKE UPDATE, DELETE, TRUNCATE ON service_event_type FROM its owner;

CREATE TABLE session (
  token_hash bytea NOT NULL,
  id text COLLATE "C" NOT NULL,
  user_id integer NOT NULL,
  method text COLLATE "C" NOT NULL,
  user_agent text COLLATE "C",
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  authenticated_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT session_method_known CHECK (method = ANY (ARRAY['PASSWORD'::text, 'OPENID'::text, 'SETUP_LINK'::text])),
  CONSTRAINT session_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX session_by_end ON public.session USING btree (expires_at);
CREATE INDEX session_by_user ON public.session USING btree (user_id);
GRANT DELETE, INSERT, SELECT, UPDATE (authenticated_at, last_seen_at) ON session TO daybook_runtime;

CREATE TABLE team (
  organization_id integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  role text COLLATE "C",
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT team_name_key UNIQUE (organization_id, name_key),
  CONSTRAINT team_pkey PRIMARY KEY (organization_id, id),
  CONSTRAINT team_role_known CHECK (role = ANY (ARRAY['DESIGNER'::text, 'CONSUMER'::text, 'AUDITOR'::text]))
);
ALTER TABLE team ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_at_runtime ON team TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY team_in_row_scope ON team FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT DELETE, INSERT, SELECT, UPDATE (version, name, name_key, role) ON team TO daybook_runtime;
GRANT SELECT ON team TO daybook_reader;

CREATE TABLE team_member (
  organization_id integer NOT NULL,
  user_id integer NOT NULL,
  team_id text COLLATE "C" NOT NULL,
  joined_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT team_member_pkey PRIMARY KEY (organization_id, user_id, team_id)
);
CREATE INDEX team_member_by_team ON public.team_member USING btree (organization_id, team_id, user_id);
ALTER TABLE team_member ENABLE ROW LEVEL SECURITY;
CREATE POLICY team_member_at_runtime ON team_member TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY team_member_in_row_scope ON team_member FOR SELECT TO daybook_reader
  USING (organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer);
GRANT DELETE, INSERT, SELECT ON team_member TO daybook_runtime;
GRANT SELECT ON team_member TO daybook_reader;

CREATE TABLE tile (
  tile_index bigint NOT NULL,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  level smallint NOT NULL,
  root bytea NOT NULL,
  hashes bytea STORAGE EXTERNAL NOT NULL,
  CONSTRAINT tile_pkey PRIMARY KEY (organization_id, log_no, level, tile_index),
  CONSTRAINT tile_from_0 CHECK (level >= 0 AND tile_index >= 0),
  CONSTRAINT tile_is_full CHECK (octet_length(hashes) = 8192 AND octet_length(root) = 32)
);
GRANT INSERT, SELECT ON tile TO daybook_runtime;
REVOKE UPDATE, DELETE, TRUNCATE ON tile FROM its owner;

CREATE TABLE user_account (
  user_id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  id text COLLATE "C" NOT NULL,
  email text COLLATE "C" NOT NULL,
  email_key text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  password text COLLATE "C",
  issuer text COLLATE "C",
  subject text COLLATE "C",
  is_operator boolean NOT NULL DEFAULT false,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT user_account_email_key UNIQUE (email_key),
  CONSTRAINT user_account_id_key UNIQUE (id),
  CONSTRAINT user_account_pkey PRIMARY KEY (user_id),
  CONSTRAINT user_account_subject_key UNIQUE (issuer, subject),
  CONSTRAINT user_account_password_is_scrypt CHECK (password ~~ '$scrypt$%'::text),
  CONSTRAINT user_account_subject_has_issuer CHECK ((issuer IS NULL) = (subject IS NULL))
);
CREATE INDEX user_account_operator ON public.user_account USING btree (id) WHERE is_operator;
ALTER TABLE user_account ENABLE ROW LEVEL SECURITY;
CREATE POLICY user_account_at_runtime ON user_account TO daybook_runtime
  USING true WITH CHECK true;
CREATE POLICY user_account_in_row_scope ON user_account FOR SELECT TO daybook_reader
  USING (EXISTS ( SELECT
   FROM membership m
  WHERE ((m.user_id = user_account.user_id) AND (m.organization_id = (NULLIF(current_setting('daybook.organization'::text, true), ''::text))::integer))));
GRANT INSERT, SELECT, UPDATE (name, password, issuer, subject, is_operator) ON user_account TO daybook_runtime;
GRANT SELECT (user_id, id, email, name) ON user_account TO daybook_reader;

CREATE TABLE viewer_session (
  token_hash bytea NOT NULL,
  organization_id integer NOT NULL,
  id text COLLATE "C" NOT NULL,
  role text COLLATE "C" NOT NULL,
  viewer_id text COLLATE "C" NOT NULL,
  viewer_name text COLLATE "C",
  only_target text COLLATE "C",
  client_id text COLLATE "C",
  opener_id integer,
  opener_session text COLLATE "C",
  operator_token_hash bytea,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT viewer_session_id_key UNIQUE (organization_id, id),
  CONSTRAINT viewer_session_pkey PRIMARY KEY (token_hash),
  CONSTRAINT viewer_session_has_one_opener CHECK (num_nonnulls(client_id, opener_id, operator_token_hash) = 1 AND (opener_id IS NULL) = (opener_session IS NULL)),
  CONSTRAINT viewer_session_role_known CHECK (role = ANY (ARRAY['OWNER'::text, 'DESIGNER'::text, 'CONSUMER'::text, 'AUDITOR'::text])),
  CONSTRAINT viewer_session_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX viewer_session_by_end ON public.viewer_session USING btree (expires_at);
CREATE INDEX viewer_session_newest ON public.viewer_session USING btree (organization_id, created_at, id);
ALTER TABLE viewer_session ENABLE ROW LEVEL SECURITY;
CREATE POLICY viewer_session_at_runtime ON viewer_session TO daybook_runtime
  USING true WITH CHECK true;
GRANT DELETE, INSERT, SELECT, UPDATE (created_at) ON viewer_session TO daybook_runtime;

CREATE VIEW daybook_reader.event (
  seq, occurred_at, recorded_at, organization_id, erased, log_no, outcome, id, type, leaf_hash, salts, digests, actor_key, actor, actor_personal, changes, changes_personal, context, data, data_personal, producer, reason, recorded_by, rules, targets, targets_personal, type_version, type_hash, actor_hash
) AS SELECT … WHERE
  organization_id = NULLIF(current_setting('daybook.organization'::text, true), ''::text)::integer;
GRANT SELECT ON event TO daybook_reader;

CREATE VIEW daybook_reader.event_target (
  occurred_at, seq, organization_id, log_no, by_daybook, target_key, target_hash
) AS SELECT … WHERE
  organization_id = NULLIF(current_setting('daybook.organization'::text, true), ''::text)::integer;
GRANT SELECT ON event_target TO daybook_reader;

CREATE VIEW daybook_reader.full_text_block (
  first_seq, organization_id, events, log_no, first_term, data
) AS SELECT … WHERE
  organization_id = NULLIF(current_setting('daybook.organization'::text, true), ''::text)::integer;
GRANT SELECT ON full_text_block TO daybook_reader;

CREATE VIEW daybook_reader.full_text_segment (
  first_seq, oldest, newest, organization_id, events, log_no, version
) AS SELECT … WHERE
  organization_id = NULLIF(current_setting('daybook.organization'::text, true), ''::text)::integer;
GRANT SELECT ON full_text_segment TO daybook_reader;

CREATE VIEW daybook_reader.tile (
  tile_index, organization_id, log_no, level, root, hashes
) AS SELECT … WHERE
  organization_id = NULLIF(current_setting('daybook.organization'::text, true), ''::text)::integer;
GRANT SELECT ON tile TO daybook_reader;
