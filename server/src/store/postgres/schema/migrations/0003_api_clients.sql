-- API clients: the machines that write to and read from Daybook, and the tokens by which they are known.

CREATE TABLE api_client (
  organization_id integer NOT NULL,
  version integer NOT NULL DEFAULT 1,
  expires_on date NOT NULL,
  last_used_on date,
  -- the last warning or end that has its event: 30 or 7 days before the end, 0 for the end itself
  expiry_warned smallint,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  name_key text COLLATE "C" NOT NULL,
  scopes text[] COLLATE "C" NOT NULL,
  -- the actor who added it as JSON: type, id, name
  created_by text COLLATE "C" NOT NULL,
  -- that actor if it was a member when it added the client: once there is no such membership, they have left; else null
  creator_id integer,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  revoked_at timestamptz,
  deleted_at timestamptz,
  CONSTRAINT api_client_pkey PRIMARY KEY (organization_id, id),
  -- A client may do something, and nothing that has no name.
  CONSTRAINT api_client_scopes_known CHECK (scopes <> '{}'
    AND scopes <@ ARRAY['events:write', 'events:read', 'events:import', 'audit-log:download', 'event-types:write']),
  -- Warnings are said at 30 and at 7 days, and the end once.
  CONSTRAINT api_client_expiry_warned_known CHECK (expiry_warned IN (30, 7, 0))
);
-- Names are free again once their client is deleted.
CREATE UNIQUE INDEX api_client_name_key ON api_client (organization_id, name_key) WHERE deleted_at IS NULL;
-- What may still expire, for all organizations: the clock's work, never a page's.
CREATE INDEX api_client_expiring ON api_client (expires_on)
  WHERE revoked_at IS NULL AND deleted_at IS NULL AND (expiry_warned IS NULL OR expiry_warned > 0);
-- Pages of the list: the newest first.
CREATE INDEX api_client_newest ON api_client (organization_id, created_at, id) WHERE deleted_at IS NULL;

-- A token finds its client, so its hash alone is the key. It stays when its client is revoked, so that who still uses it is told apart from a stranger.
CREATE TABLE api_client_token (
  token_hash bytea NOT NULL CONSTRAINT api_client_token_pkey PRIMARY KEY,
  organization_id integer NOT NULL,
  client_id text COLLATE "C" NOT NULL,
  -- what a leaked token is traced by: dbk_live_ and the first 6 characters
  prefix text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- set once a newer one was issued: until then this one works too
  works_until timestamptz,
  -- A token is kept as its SHA-256.
  CONSTRAINT api_client_token_hash_is_sha256 CHECK (octet_length(token_hash) = 32)
);
CREATE INDEX api_client_token_by_client ON api_client_token (organization_id, client_id, created_at);
