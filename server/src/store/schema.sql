CREATE TABLE deployment (
  singleton boolean NOT NULL DEFAULT true,
  log_name text COLLATE "C" NOT NULL,
  public_key bytea NOT NULL,
  operator_token_hash bytea NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT deployment_pkey PRIMARY KEY (singleton),
  CONSTRAINT deployment_is_one_row CHECK (singleton),
  CONSTRAINT deployment_operator_token_hash_is_sha256 CHECK (octet_length(operator_token_hash) = 32),
  CONSTRAINT deployment_public_key_is_ed25519 CHECK (octet_length(public_key) = 32)
);

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
  targets text COLLATE "C",
  targets_personal text COLLATE "C",
  type_version text COLLATE "C",
  CONSTRAINT event_id_key UNIQUE (id, organization_id),
  CONSTRAINT event_pkey PRIMARY KEY (organization_id, log_no, seq),
  CONSTRAINT event_actor_or_erased CHECK ((actor IS NOT NULL OR (erased & 1) = 1) AND (actor_key IS NULL) = (actor IS NULL)),
  CONSTRAINT event_digest_for_each_erased CHECK (
CASE
    WHEN erased = 0 THEN digests IS NULL
    ELSE digests IS NOT NULL AND octet_length(digests) = (32 * bit_count(erased::bit(32)))
END),
  CONSTRAINT event_erased_has_no_value CHECK (erased = 0 OR (erased & ((actor IS NOT NULL)::integer * 1 + (actor_personal IS NOT NULL)::integer * 2 + (changes IS NOT NULL)::integer * 4 + (changes_personal IS NOT NULL)::integer * 8 + (context IS NOT NULL)::integer * 16 + (data IS NOT NULL)::integer * 32 + (data_personal IS NOT NULL)::integer * 64 + (producer IS NOT NULL)::integer * 128 + (reason IS NOT NULL)::integer * 256 + (recorded_by IS NOT NULL)::integer * 512 + (targets IS NOT NULL)::integer * 1024 + (targets_personal IS NOT NULL)::integer * 2048 + (type_version IS NOT NULL)::integer * 4096)) = 0),
  CONSTRAINT event_leaf_hash_is_sha256 CHECK (octet_length(leaf_hash) = 32),
  CONSTRAINT event_outcome_known CHECK (outcome = ANY (ARRAY['s'::"char", 'd'::"char", 'f'::"char"])),
  CONSTRAINT event_salt_for_each_slot CHECK (octet_length(salts) = (16 * num_nonnulls(actor, actor_personal, changes, changes_personal, context, data, data_personal, producer, reason, recorded_by, targets, targets_personal, type_version))),
  CONSTRAINT event_seq_from_0 CHECK (seq >= 0),
  CONSTRAINT event_times_in_range CHECK (occurred_at >= '1970-01-01 00:00:00+00'::timestamp with time zone AND occurred_at < '2255-01-01 00:00:00+00'::timestamp with time zone AND recorded_at >= '1970-01-01 00:00:00+00'::timestamp with time zone AND recorded_at < '2255-01-01 00:00:00+00'::timestamp with time zone)
);
CREATE INDEX event_by_actor ON public.event USING btree (organization_id, hashtext(actor_key), occurred_at, seq, log_no NULLS FIRST);
CREATE INDEX event_by_type ON public.event USING btree (organization_id, hashtext(type), occurred_at, seq NULLS FIRST, log_no);
CREATE INDEX event_global ON public.event USING btree (occurred_at NULLS FIRST, seq, log_no, organization_id);
CREATE INDEX event_newest ON public.event USING btree (organization_id, occurred_at, seq, log_no);
CREATE INDEX event_unsuccessful ON public.event USING btree (organization_id, occurred_at, seq NULLS FIRST, log_no NULLS FIRST) WHERE (outcome <> 's'::"char");

CREATE TABLE event_target (
  occurred_at timestamp with time zone NOT NULL,
  seq bigint NOT NULL,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  target_key text COLLATE "C" NOT NULL
);
CREATE INDEX event_by_target ON public.event_target USING btree (organization_id, hashtext(target_key), occurred_at, seq, log_no);

CREATE TABLE event_type (
  organization_id integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  definition text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT event_type_pkey PRIMARY KEY (organization_id, name, version),
  CONSTRAINT event_type_version_from_1 CHECK (version >= 1)
);

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

CREATE TABLE log (
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  origin text COLLATE "C" NOT NULL,
  final_size bigint,
  opened_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT log_pkey PRIMARY KEY (organization_id, log_no),
  CONSTRAINT log_counts CHECK (log_no >= 0 AND final_size >= 0)
);

CREATE TABLE organization (
  organization_id integer NOT NULL GENERATED BY DEFAULT AS IDENTITY,
  id text COLLATE "C" NOT NULL,
  slug text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  closed_at timestamp with time zone,
  CONSTRAINT organization_id_key UNIQUE (id),
  CONSTRAINT organization_pkey PRIMARY KEY (organization_id),
  CONSTRAINT organization_slug_key UNIQUE (slug),
  CONSTRAINT organization_closed_after_created CHECK (closed_at >= created_at),
  CONSTRAINT organization_reserved CHECK ((organization_id = 0) = (slug = 'daybook'::text) AND organization_id >= 0),
  CONSTRAINT organization_slug_form CHECK (slug ~ '^[a-z][a-z0-9-]{1,38}$'::text)
);

CREATE TABLE schema_migration (
  version integer NOT NULL,
  name text COLLATE "C" NOT NULL,
  checksum text COLLATE "C" NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT schema_migration_pkey PRIMARY KEY (version)
);

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
