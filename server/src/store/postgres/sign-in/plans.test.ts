/**
 * Statements that a request waits for at authentication look up keys, and lists of people and API clients walk their own index: whatever
 * the statistics, for plans that are made once for all parameters, and within an organization's row scope.
 */
import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { databaseKinds, freshDatabase } from "../../../../../test/support/database.ts";
import { newOrganization } from "../../testing/sample-events.ts";
import { newHash } from "../../testing/sample-people.ts";
import { countExpiring, heldTokens, listExpiring, noteUsed } from "../api-clients/auth.ts";
import { firstPage, nextPage, selectApiClient } from "../api-clients/reads.ts";
import { setUp } from "../connection/settings.ts";
import { openPostgres } from "../index.ts";
import { selectMember } from "../people/members.ts";
import { listInvitations, listMembers, listTeamMembers, listTeams } from "../people/reads.ts";
import { selectTeam } from "../people/teams.ts";
import { becomeReader, becomeRuntime } from "../rights/become.ts";
import { factsOf } from "../rights/roles.ts";
import { listSavedViews, selectSavedView } from "../saved-views/rows.ts";
import type { Statement } from "../statements/session.ts";
import { heldPersonalTokens, notePersonalTokensUsed, personalTokensOf } from "./personal-tokens.ts";
import {
  heldSessions,
  heldViewerSessions,
  invitationByToken,
  listOperators,
  listUsers,
  pendingDenials,
  selectMemberships,
  viewerSessionsOf,
} from "./reads.ts";
import { removals } from "./sweep.ts";

/** A read, with its statement and values, and the indexes that it must use. */
type Case = readonly [string, Statement, readonly unknown[], readonly string[]];

const hashes = [newHash(), newHash(), newHash()];
const time = "2026-11-25 00:00:00+00";
const authenticators: readonly Case[] = [
  ["tokens", heldTokens, [hashes], ["api_client_token_pkey", "api_client_pkey", "organization_pkey"]],
  [
    "sessions",
    heldSessions,
    [hashes],
    [
      "session_pkey",
      "user_account_pkey",
      "membership_by_user",
      "team_member_pkey",
      "team_pkey",
      "organization_pkey",
    ],
  ],
  [
    "viewer sessions",
    heldViewerSessions,
    [hashes, time],
    ["viewer_session_pkey", "api_client_pkey", "user_account_pkey", "session_by_user", "organization_pkey"],
  ],
  [
    "open viewer sessions",
    viewerSessionsOf,
    [17, time, null, time, "viewer_1", 25, time],
    ["viewer_session_newest", "api_client_pkey", "user_account_pkey"],
  ],
  [
    "standings",
    selectMemberships,
    [17],
    ["membership_by_user", "organization_pkey", "team_member_pkey", "team_pkey"],
  ],
  [
    "an invitation by its token",
    invitationByToken,
    [hashes[0]],
    ["invitation_by_token", "organization_pkey"],
  ],
  ["operators", listOperators, ["user_1", 25], ["user_account_operator"]],
  ["users", listUsers, ["user_1", 25], ["user_account_id_key"]],
  ["denials that wait", pendingDenials, [time, 25], ["denial_pending"]],
  ["clients that expire", listExpiring, ["2026-11-25", 7, 25], ["api_client_expiring"]],
  ["how many expire", countExpiring, ["2026-11-25", "2026-12-25"], ["api_client_expiring"]],
  [
    "personal tokens",
    heldPersonalTokens,
    [hashes],
    [
      "personal_token_pkey",
      "user_account_pkey",
      "membership_by_user",
      "team_member_pkey",
      "team_pkey",
      "organization_pkey",
    ],
  ],
  ["one's personal tokens", personalTokensOf, [17], ["personal_token_by_user"]],
  [
    "the day of use of a personal token",
    notePersonalTokensUsed,
    [hashes, "2026-11-25"],
    ["personal_token_pkey"],
  ],
  ["the day of use", noteUsed, [[1, 1], ["client_1", "client_2"], "2026-11-25"], ["api_client_pkey"]],
  ["sessions to sweep", removals[0]!, [time], ["session_by_end"]],
  ["half-sessions to sweep", removals[1]!, [time], ["half_session_by_end"]],
  ["viewer sessions to sweep", removals[2]!, [time], ["viewer_session_by_end"]],
  ["codes to sweep", removals[3]!, [time], ["one_time_code_by_end"]],
  ["browsers to sweep", removals[4]!, [time], ["known_browser_by_end"]],
  ["personal tokens to sweep", removals[5]!, [time], ["personal_token_by_end"]],
  ["keys to sweep", removals[6]!, [time], ["idempotency_by_age"]],
];
const lists: readonly Case[] = [
  [
    "the first page of API clients",
    firstPage,
    [1, 25],
    ["api_client_newest", "api_client_token_by_client", "membership_"],
  ],
  [
    "the next page of API clients",
    nextPage,
    [1, "client_7", 25],
    ["api_client_newest", "api_client_token_by_client", "membership_"],
  ],
  [
    "an API client",
    selectApiClient,
    [1, "client_7"],
    ["api_client_pkey", "api_client_token_by_client", "membership_"],
  ],
  ["a member", selectMember, [1, "user_7"], ["user_account_id_key", "membership_", "team_member_pkey"]],
  ["invitations", listInvitations, [1, "invitation_7", 25], ["invitation_open"]],
  ["teams", listTeams, [1, "team_7", 25, ""], ["team_pkey", "team_member_by_team"]],
  ["a saved view", selectSavedView, [1, "view_7"], ["saved_view_pkey"]],
  ["a team", selectTeam, [1, "team_7"], ["team_pkey", "team_member_by_team"]],
];
// no index has their order: they are collected by index, then sorted
const gathered: readonly Case[] = [
  ["saved views", listSavedViews, [1, 7, 20], ["saved_view_name_key"]],
  [
    "members",
    listMembers,
    [1, "user_7", 25, ""],
    ["membership_pkey", "user_account_pkey", "team_member_pkey", "team_pkey"],
  ],
  [
    "members of a team",
    listTeamMembers,
    [1, "team_7", "user_7", 25],
    ["team_member_by_team", "user_account_pkey"],
  ],
];

/** A large organization, 500 small ones, and 2,000 people without an organization. */
const fill = (large: number): string => `
  INSERT INTO organization (id, slug, name) SELECT 'org_' || n, 'org-' || n, n FROM generate_series(1, 500) n;
  INSERT INTO user_account (id, email, email_key, name) SELECT 'user_' || n, n, n, n FROM generate_series(1, 4000) n;
  INSERT INTO membership (organization_id, user_id, role)
    SELECT CASE WHEN user_id % 2 = 0 THEN ${large} ELSE ${large} + user_id % 500 END, user_id, 'CONSUMER' FROM user_account WHERE user_id <= 2000;
  INSERT INTO team (organization_id, id, name, name_key, role)
    SELECT ${large}, 'team_' || n, n, n, 'AUDITOR' FROM generate_series(1, 200) n;
  INSERT INTO team_member (organization_id, user_id, team_id)
    SELECT organization_id, user_id, 'team_' || (user_id % 200) FROM membership WHERE organization_id = ${large};
  INSERT INTO saved_view (organization_id, user_id, id, name, name_key, search)
    SELECT ${large}, nullif(n % 40, 0), 'view_' || n, n, n, '{}' FROM generate_series(1, 4000) n;
  INSERT INTO session (token_hash, id, user_id, method, expires_at)
    SELECT sha256(n::text::bytea), 'session_' || n, n, 'PASSWORD', '2027-01-01Z' FROM generate_series(1, 4000) n;
  INSERT INTO known_browser (token_hash, user_id, expires_at)
    SELECT sha256(n::text::bytea), n, '2027-01-01Z' FROM generate_series(1, 4000) n;
  INSERT INTO personal_token (token_hash, id, user_id, name, prefix, expires_at)
    SELECT sha256(n::text::bytea), 'token_' || n, n, n, 'dbk_pat_', '2027-01-01Z' FROM generate_series(1, 4000) n;
  INSERT INTO viewer_session (token_hash, organization_id, id, role, viewer_id, client_id, expires_at)
    SELECT sha256(n::text::bytea), ${large}, 'viewer_' || n, 'AUDITOR', n, 'client_' || n, '2027-01-01Z' FROM generate_series(1, 3000) n;
  INSERT INTO invitation (organization_id, id, token_hash, email, email_key, role, invited_by, state, expires_at)
    SELECT ${large}, 'invitation_' || n, sha256(n::text::bytea), n, n, 'AUDITOR', '{}', CASE WHEN n % 50 = 0 THEN 'open' ELSE 'accepted' END,
      '2027-01-01Z' FROM generate_series(1, 2000) n;
  INSERT INTO api_client (organization_id, id, name, name_key, expires_on, scopes, created_by, creator_id)
    SELECT ${large}, 'client_' || n, n, n, '2027-01-01', '{events:read}', '{}', n FROM generate_series(1, 3000) n;
  INSERT INTO api_client_token (token_hash, organization_id, client_id, prefix)
    SELECT sha256(n::text::bytea), ${large}, 'client_' || (1 + n % 3000), 'dbk_' FROM generate_series(1, 6000) n;
  INSERT INTO denial (organization_id, pending, recorded_at, subject)
    SELECT ${large}, 0, '2026-11-25Z', n FROM generate_series(1, 2000) n;
  INSERT INTO idempotency (organization_id, key, request_hash) SELECT ${large}, n, sha256('') FROM generate_series(1, 3000) n;
  INSERT INTO one_time_code (code_hash, user_id, expires_at)
    SELECT sha256(n::text::bytea), n, '2027-01-01Z' FROM generate_series(1, 2000) n`;

describe.each(databaseKinds())("plans at authentication on %s PostgreSQL", (kind) => {
  let url: string;
  let owner: pg.Client;
  let runtime: pg.Client;
  let reader: pg.Client;

  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(url);
    await client.connect();
    await setUp(client, { statementTimeout: 0 });
    return client;
  };

  beforeAll(async () => {
    url = await freshDatabase(kind);
    const store = await openPostgres(url);
    const { organizationId: large } = await newOrganization(store);
    await store.close();
    [owner, runtime, reader] = [await connect(), await connect(), await connect()];
    await owner.query(fill(large));
    const { roles } = await factsOf(owner, {});
    await becomeRuntime(runtime, roles);
    await becomeReader(reader, roles);
    await reader.query("SELECT set_config('daybook.organization', $1, false)", [`${large}`]);
    return () => Promise.all([owner.end(), runtime.end(), reader.end()]);
  });

  const explain = async (
    client: pg.Client,
    { text }: Statement,
    values: readonly unknown[],
  ): Promise<string> => {
    const { rows } = await client.query<[string]>({
      text: `EXPLAIN ${text}`,
      values: [...values],
      rowMode: "array",
    });
    return rows.map(([line]) => line).join("\n");
  };
  const expectProbes = (plan: string, indexes: readonly string[]): void => {
    for (const index of indexes) expect(plan).toContain(index);
    expect(plan).not.toMatch(/Seq Scan|Bitmap|Hash Join|Merge Join|SubPlan.*hashed|hashed SubPlan/);
    // an index that is walked from end to end has no condition
    for (const [scan] of plan.matchAll(/Index (Only )?Scan .*\n.*/g))
      expect(scan, plan).toContain("Index Cond");
  };
  const noSort = (plan: string): void => expect(plan).not.toMatch(/(^|-> +)(Incremental )?Sort {2}\(/m);

  const everyPlan = (): void => {
    test.for(authenticators)(
      "%s: probes by key, or a walk of its own index",
      async ([, statement, values, indexes]) => {
        const plan = await explain(runtime, statement, values);
        expectProbes(plan, indexes);
        noSort(plan);
      },
    );

    test.for(lists)(
      "%s: a walk of an index, within a row scope too",
      async ([, statement, values, indexes]) => {
        for (const client of [runtime, reader]) {
          const plan = await explain(client, statement, values);
          expectProbes(plan, indexes);
          noSort(plan);
        }
      },
    );

    test.for(gathered)(
      "%s: gathered by index, within a row scope too",
      async ([, statement, values, indexes]) => {
        for (const client of [runtime, reader]) {
          expectProbes(await explain(client, statement, values), indexes);
        }
      },
    );
  };

  describe("before there are statistics", everyPlan);
  describe("after ANALYZE", () => {
    beforeAll(async () => {
      await owner.query("ANALYZE");
    });
    everyPlan();
  });
  describe("with plans for any parameters", () => {
    beforeAll(async () => {
      for (const client of [runtime, reader]) await client.query("SET plan_cache_mode = force_generic_plan");
    });
    everyPlan();
  });
});
