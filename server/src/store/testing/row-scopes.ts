/**
 * Tests of row scopes, for every store: within one organization's scope, no read returns a row of another, whatever its parameters; and
 * reads with many row scopes on few connections never use another's.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { StoreError } from "../contract/errors.ts";
import { fullTextFollower } from "../contract/full-text.ts";
import { nothing, type RowScope } from "../contract/row-scope.ts";
import type { Reads, Store } from "../store.ts";
import { anywhere } from "./anywhere.ts";
import { type Extent, runsOf, type TestDatabase } from "./harness.ts";
import { append, collect, eventsOf, newOrganization, startTime } from "./sample-events.ts";
import { by, newClient, newHash, newMember, newTeam, newUser, sampleId } from "./sample-people.ts";
import { indexNext, sampleSegment } from "./sample-segments.ts";

/** An organization with a row in each table, and the parameters for reading it. */
interface Planted {
  readonly organizationId: number;
  readonly id: string;
  readonly slug: string;
  readonly eventId: string;
  readonly teamId: string;
  readonly viewId: string;
  readonly memberId: string;
  readonly userId: number;
  readonly clientId: string;
}

async function plant(store: Store): Promise<Planted> {
  const { organizationId, id, slug } = await newOrganization(store);
  const [event] = await append(store, organizationId, [{}, {}, { outcome: "denied" }]);
  await indexNext(store, organizationId, { limit: 2 });
  await store.write((tx) => tx.markChanged([{ organizationId, logNo: 0, seq: 0n }]), anywhere);
  const member = await newMember(store, organizationId);
  const team = await newTeam(store, organizationId, "AUDITOR");
  const { client } = await newClient(store, organizationId, { creatorId: member.userId });
  const hashes = new Uint8Array(8192);
  const view = { organizationId, id: sampleId("view"), name: "Refused", search: "{}" };
  await store.write(async (tx) => {
    await tx.insertSavedView({ ...view, userId: member.userId });
    await tx.insertSavedView({ ...view, id: sampleId("view"), userId: null });
    await tx.insertTeamMember(organizationId, team.id, member.userId);
    const invitation = { id: sampleId("invitation"), email: "new@example.com", role: "CONSUMER" as const };
    const expiresAt = 2_000_000_000_000_000n;
    await tx.insertInvitation({
      organizationId,
      ...invitation,
      invitedBy: by,
      tokenHash: newHash(),
      expiresAt,
    });
    await tx.insertEventType({ organizationId, name: "a.b", version: 1, definition: "{}" });
    await tx.appendTiles([
      { organizationId, logNo: 0, level: 0, index: 0n, hashes, root: hashes.subarray(0, 32) },
    ]);
  }, anywhere);
  return {
    organizationId,
    id,
    slug,
    eventId: event!.id,
    teamId: team.id,
    viewId: view.id,
    memberId: member.id,
    userId: member.userId,
    clientId: client.id,
  };
}

type ScopedRead = (reads: Reads, of: Planted) => Promise<readonly unknown[]>;

const page = { after: undefined, limit: 100 };
const end = { logNo: 9, seq: 0n };
const some = <T>(row: T | undefined): T[] => (row === undefined ? [] : [row]);

const walkOf = ({ organizationId }: Planted) =>
  ({ organizationId, by: "occurred", filter: {}, before: end }) as const;

const span = { bounds: [startTime - 1_000_000n, startTime + 1_000_000n], most: 1000 };
const counted = (counts: readonly { count: number }[]): number[] =>
  counts.map(({ count }) => count).filter((count) => count > 0);

/** Each method of Reads, called for one organization's rows in every possible way. A new method needs an entry here. */
const askings: { readonly [Method in keyof Reads]-?: readonly ScopedRead[] } = {
  organization: [
    async (reads, { id }) => some(await reads.organization(id)),
    async (reads, { slug }) => some(await reads.organization(slug)),
  ],
  organizationsNamed: [
    async (reads, { id }) => (await reads.organizationsNamed([id])).flatMap(some),
    async (reads, { slug }) => (await reads.organizationsNamed([slug, "no-such"])).flatMap(some),
  ],
  organizationsById: [(reads, { organizationId }) => reads.organizationsById([organizationId])],
  organizations: [
    async (reads, { slug }) =>
      (await reads.organizations(undefined, 1000)).filter((one) => one.slug === slug),
  ],
  organizationsMatching: [
    (reads, { slug }) => reads.organizationsMatching({ ...page, matching: slug }),
    async (reads, { slug }) =>
      (await reads.organizationsMatching({ ...page, limit: 1000 })).filter((one) => one.slug === slug),
  ],
  organizationFigures: [(reads, { organizationId }) => reads.organizationFigures([organizationId])],
  latest: [
    async (reads, { organizationId }) => [
      ...(await reads.latest({ organizationId, actors: ["user:u_17", "user:nobody"] })),
    ],
    async (reads, { organizationId }) => [...(await reads.latest({ organizationId, targets: ["api:a_1"] }))],
  ],
  eventTypes: [(reads, { organizationId }) => reads.eventTypes(organizationId, 0)],
  newEventTypes: [
    async (reads, { organizationId }) => (await reads.newEventTypes([{ organizationId, after: 0 }])).flat(),
  ],
  eventType: [async (reads, { organizationId }) => some(await reads.eventType(organizationId, "a.b", 1))],
  page: [
    ...[
      {},
      { types: ["NEW_API"] },
      { actors: ["user:u_17"] },
      { targets: ["api:a_1"] },
      { outcomes: ["denied" as const] },
    ].flatMap((filter): ScopedRead[] => [
      (reads, { organizationId }) => reads.page({ organizationId, filter, limit: 1000 }),
      async (reads, { organizationId }) =>
        (await reads.page({ filter, limit: 1000 })).filter(
          (event) => event.organizationId === organizationId,
        ),
    ]),
  ],
  pageBytes: [
    async (reads, { organizationId }) => {
      const slots = ["data"] as const;
      const events = await reads.pageBytes({ organizationId, filter: {}, limit: 1000, slots });
      const names: string[] = [];
      while (events.next()) names.push(events.organizationName());
      return names;
    },
  ],
  segments: [(reads, { organizationId }) => reads.segments(organizationId)],
  newestSegments: [
    async (reads, { organizationId }) =>
      (await reads.newestSegments(100_000)).filter((one) => one.organizationId === organizationId),
  ],
  blocks: [
    async (reads, { organizationId }) =>
      (
        await reads.blocks([
          { segment: sampleSegment({ organizationId, events: 2 }), from: "wa", before: "wb", most: 2 },
        ])
      ).flat(),
  ],
  changedEvents: [
    (reads, { organizationId }) => reads.changedEvents(organizationId),
    async (reads, { organizationId }) =>
      (await reads.changedEvents(undefined)).filter((one) => one.organizationId === organizationId),
  ],
  eventsAt: [(reads, { organizationId }) => reads.eventsAt([{ organizationId, logNo: 0, seq: 1n }])],
  unfollowed: [
    (reads, { organizationId }) => reads.unfollowed(fullTextFollower, organizationId, 10),
    async (reads, { organizationId }) =>
      (await reads.unfollowed(fullTextFollower, undefined, 100_000)).filter(
        (event) => event.organizationId === organizationId,
      ),
  ],
  count: [
    async (reads, { organizationId }) => counted(await reads.count({ organizationId, filter: {}, ...span })),
    async (reads, { organizationId }) =>
      counted(await reads.count({ organizationId, filter: { types: ["NEW_API"] }, ...span })),
  ],
  followerProgress: [(reads, { organizationId }) => reads.followerProgress(fullTextFollower, organizationId)],
  // about the calendar, not about an organization
  calendar: [],
  event: [async (reads, { organizationId, eventId }) => some(await reads.event(organizationId, eventId))],
  events: [(reads, { organizationId }) => reads.events(organizationId, 0, 0n, 100)],
  heads: [(reads, { organizationId }) => reads.heads([organizationId])],
  logs: [(reads, { organizationId }) => reads.logs(organizationId)],
  tiles: [(reads, { organizationId }) => reads.tiles(organizationId, 0, 0, 0n, 10)],
  walk: [
    ...(["occurred", "recorded"] as const).flatMap((order) =>
      [{}, { targets: ["api:a_1"] }].map(
        (filter): ScopedRead =>
          (reads, { organizationId }) =>
            collect(reads.walk({ organizationId, by: order, filter, before: end })),
      ),
    ),
  ],
  walkBytes: [
    ...(["occurred", "recorded"] as const).flatMap((order) =>
      [{}, { targets: ["api:a_1"] }, { types: ["NEW_API", "API_RENAME"] }].map(
        (filter): ScopedRead =>
          (reads, { organizationId }) =>
            eventsOf(reads.walkBytes({ organizationId, by: order, filter, before: end, slots: ["data"] })),
      ),
    ),
  ],
  members: [(reads, { organizationId }) => reads.members(organizationId, page)],
  member: [async (reads, { organizationId, memberId }) => some(await reads.member(organizationId, memberId))],
  invitations: [(reads, { organizationId }) => reads.invitations(organizationId, page)],
  teams: [(reads, { organizationId }) => reads.teams(organizationId, page)],
  team: [async (reads, { organizationId, teamId }) => some(await reads.team(organizationId, teamId))],
  teamsOf: [(reads, { organizationId, userId }) => reads.teamsOf(organizationId, userId)],
  teamMembers: [(reads, { organizationId, teamId }) => reads.teamMembers(organizationId, teamId, page)],
  savedViews: [
    (reads, { organizationId }) => reads.savedViews(organizationId, { userId: undefined, limit: 100 }),
  ],
  savedView: [
    async (reads, { organizationId, viewId }) => some(await reads.savedView(organizationId, viewId)),
  ],
  apiClients: (["added", "expiry", "used"] as const).map(
    (order): ScopedRead =>
      (reads, { organizationId }) =>
        reads.apiClients(organizationId, { ...page, order }),
  ),
  apiClientNames: [(reads, { id, clientId }) => reads.apiClientNames([{ organization: id, id: clientId }])],
  apiClient: [
    async (reads, { organizationId, clientId }) => some(await reads.apiClient(organizationId, clientId)),
  ],
};
const methods = Object.entries(askings) as [keyof Reads, readonly ScopedRead[]][];

export function rowScopes(database: () => TestDatabase, extent: Extent): void {
  describe("row scopes", () => {
    let store: Store;
    let planted: readonly Planted[];
    let one: Planted;
    let other: Planted;

    beforeAll(async () => {
      store = await database().open();
      planted = await Promise.all(Array.from({ length: 9 }, () => plant(store)));
      [one, other] = planted as [Planted, Planted];
      return () => store.close();
    });

    test.for(methods)(
      "%s gives an organization's rows to its own row scope and to no other",
      async ([, read]) => {
        for (const ask of read) {
          const all = await ask(store, other);
          expect(all).not.toEqual([]);
          expect(await ask(store.within("everything"), other)).toEqual(all);
          expect(await ask(store.within(other.organizationId), other)).toEqual(all);
          for (const rowScope of [one.organizationId, nothing, 0, 2_000_000_000]) {
            expect(await ask(store.within(rowScope), other)).toEqual([]);
          }
        }
      },
    );

    test("of many organizations asked for at once a row scope gives its own", async () => {
      const ids = planted.map(({ organizationId }) => organizationId);
      const { organizationId } = other;
      const within = store.within(organizationId);
      const found = [
        await within.organizationsById(ids),
        await within.organizations(undefined, 1000),
        await within.heads(ids),
        await within.page({ filter: {}, limit: 1000 }),
        await within.page({ filter: { types: ["NEW_API"] }, limit: 1000 }),
      ];
      for (const rows of found) {
        expect(new Set(rows.map((row) => row.organizationId))).toEqual(new Set([organizationId]));
      }
    });

    test("a person who belongs to two organizations is seen by both, and only as what they are there", async () => {
      const user = await newUser(store);
      await store.write(async (tx) => {
        await tx.insertMember({ organizationId: one.organizationId, userId: user.userId, role: "OWNER" });
        await tx.insertMember({ organizationId: other.organizationId, userId: user.userId, role: "AUDITOR" });
      }, anywhere);
      const roleIn = async ({ organizationId }: Planted, rowScope: RowScope): Promise<string | undefined> =>
        (await store.within(rowScope).member(organizationId, user.id))?.role;
      expect(await roleIn(one, one.organizationId)).toBe("OWNER");
      expect(await roleIn(other, other.organizationId)).toBe("AUDITOR");
      expect(await roleIn(other, one.organizationId)).toBeUndefined();
    });

    /** Reads with all row scopes simultaneously, on fewer connections; each must find its own rows, or fail if it `may`. */
    async function hammer(rounds: number, may: readonly string[] = []): Promise<number> {
      let read = 0;
      const reading = async (round: number): Promise<void> => {
        const mine = planted[round % planted.length]!;
        const theirs = planted[(round * 7 + 1) % planted.length]!;
        const within = store.within(mine.organizationId);
        try {
          const [events, heads, foreign, copied] = await Promise.all([
            within.page({ filter: {}, limit: 100 }),
            within.heads(planted.map(({ organizationId }) => organizationId)),
            within.events(theirs.organizationId, 0, 0n, 10),
            eventsOf(within.walkBytes({ ...walkOf(theirs), slots: [] })),
          ]);
          expect(events.map(({ organizationId }) => organizationId)).toEqual(
            Array(3).fill(mine.organizationId),
          );
          expect(heads.map(({ organizationId }) => organizationId)).toEqual([mine.organizationId]);
          expect(foreign).toHaveLength(mine === theirs ? 3 : 0);
          expect(copied).toHaveLength(mine === theirs ? 3 : 0);
          read++;
        } catch (error) {
          if (!(error instanceof StoreError) || !may.includes(error.failure)) throw error;
        }
      };
      for (let round = 0; round < rounds; round += 40) {
        await Promise.all(Array.from({ length: 40 }, (_, n) => reading(round + n)));
      }
      return read;
    }

    test("of readings of nine organizations at once each sees its own, and nothing else", async () => {
      const rounds = 40 * runsOf(extent, 8);
      expect(await hammer(rounds)).toBe(rounds);
    });

    test("so it is while connections break and come back", async () => {
      let breaking = true;
      const breaks = (async () => {
        while (breaking) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          await database().breakConnections();
        }
      })();
      await hammer(40 * runsOf(extent, 4), ["unavailable"]).finally(() => {
        breaking = false;
      });
      await breaks;
      await hammer(40, ["unavailable"]);
      expect(await hammer(80)).toBe(80);
    });
  });
}
