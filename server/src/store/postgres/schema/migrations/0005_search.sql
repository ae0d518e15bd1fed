-- Free-text search: the words of events, indexed beside the recording by a follower of the logs, and rebuildable: emptied together with
-- the follower's positions, it is filled again from the logs (docs/operating.md).
--
-- Erasure: these rows are the only copy of an event's words besides the event itself. What erases slots of an event deletes its row here
-- and, in the same transaction, inserts one with the words of what is left; what deletes an event deletes its row. The words leave the
-- index itself with the next VACUUM of event_words. The words of events that are not indexed yet are read from the event.
--
-- There is no row-level security here: it would keep @@ from its index. A lexeme begins with the day and the number of its organization
-- (store/postgres/full-text/lexemes.ts), so a search finds no other organization's, and what it finds is joined to event, which has the policy.
CREATE TABLE event_words (
  occurred_at timestamptz NOT NULL,
  seq bigint NOT NULL,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  words tsvector NOT NULL,
  CONSTRAINT event_words_pkey PRIMARY KEY (organization_id, occurred_at, seq, log_no)
);
-- No list of pending entries: each search would read it once for every day that it looks at.
CREATE INDEX event_words_words ON event_words USING gin (words) WITH (fastupdate = off);
GRANT SELECT ON event_words TO daybook_reader;

-- How far each follower has come in each organization's log: every event before next_seq of log_no is handled, and none after it.
-- The full-text index is the follower 'full-text'.
CREATE TABLE follower (
  next_seq bigint NOT NULL,
  -- Until then nobody else takes it: a lease, or the wait after a failure.
  claimed_until timestamptz,
  organization_id integer NOT NULL,
  log_no smallint NOT NULL,
  -- Failures since the position moved last.
  failures smallint NOT NULL DEFAULT 0,
  name text COLLATE "C" NOT NULL,
  CONSTRAINT follower_pkey PRIMARY KEY (organization_id, name),
  -- A number of failures.
  CONSTRAINT follower_failures_from_0 CHECK (failures >= 0)
);
GRANT SELECT ON follower TO daybook_reader;

-- How far an organization's log is followed is its own.
ALTER TABLE follower ENABLE ROW LEVEL SECURITY;
CREATE POLICY follower_in_sight ON follower FOR SELECT TO daybook_reader
  USING (organization_id = NULLIF(current_setting('daybook.organization', true), '')::integer);
