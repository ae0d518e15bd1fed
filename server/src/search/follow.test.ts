/** Following on a real database: in order, without a gap or a repeat, whichever process appends and wherever it starts. */
import { formatPosition, fromBase64, newLogOrigin, type RecordedEvent } from "daybook/internal";
import { beforeAll, describe, expect, test } from "vitest";
import type { Config } from "../config/index.ts";
import type { OpenServices } from "../open-services.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import type { FollowBatch } from "./follow-batches.ts";
import {
  byOperator,
  freshConfig,
  organizationOf,
  record,
  servicesOf,
  team,
  visible,
} from "./testing/open-services.ts";
import type { SearchableOrganization } from "./visible.ts";

let config: Config;
let services: OpenServices;
let neighbour: OpenServices;

beforeAll(async () => {
  config = await freshConfig();
  services = await servicesOf(config);
  neighbour = await servicesOf(config);
});

let made = 0;
const organization = (): Promise<SearchableOrganization> => organizationOf(services, `org-${made++}`);

const eventsOf = ({ events }: FollowBatch): RecordedEvent[] => events.map((text) => JSON.parse(text));

interface Followed {
  readonly seqs: number[];
  readonly position: string | null;
}

/** Follows until `enough`, then ends. */
async function follow(
  of: SearchableOrganization,
  after: string | undefined,
  enough: (seqs: readonly number[], batch: FollowBatch) => boolean,
): Promise<Followed> {
  const end = new AbortController();
  const seqs: number[] = [];
  let position: string | null = null;
  for await (const batch of await services.search.follow({
    organization: of,
    after,
    signal: end.signal,
    limit: 7,
  })) {
    seqs.push(...eventsOf(batch).map(({ seq }) => seq));
    position = batch.position;
    expect(batch.positions).toHaveLength(batch.events.length);
    if (enough(seqs, batch)) end.abort();
  }
  return { seqs, position };
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

describe("a follow", () => {
  test("starts with the first event of the log, and resumes after any position", async () => {
    const of = await organization();
    await record(services, of, ...upTo(20).map((n) => team(n)));
    const whole = await follow(of, undefined, (seqs) => seqs.length >= 21);
    expect(whole.seqs).toEqual(upTo(21));
    const part = await follow(of, undefined, (seqs) => seqs.length >= 7);
    expect(part.seqs).toEqual(upTo(7));
    const rest = await follow(of, part.position ?? "", (seqs) => seqs.length >= 14);
    expect(rest.seqs).toEqual(upTo(21).slice(7));
    expect(rest.position).toBe(whole.position);
  });

  test("from 'latest' says where it stands, and gives what comes after", async () => {
    const of = await organization();
    await record(services, of, team(1));
    let position: string | null = null;
    const { seqs } = await follow(of, "latest", (seen, batch) => {
      if (batch.events.length === 0) {
        position = batch.position;
        void record(services, of, team(2));
      }
      return seen.length >= 1;
    });
    expect(seqs).toEqual([2]);
    expect(position).toMatch(/^[a-z2-7]{26}:1:[0-9a-f]{16}$/);
  });

  test("learns of events of its own process at once, and of another's within a second", async () => {
    const of = await organization();
    for (const writer of [services, neighbour]) {
      let since = 0;
      await follow(of, "latest", (seqs, batch) => {
        if (batch.events.length === 0) {
          // not before it waits
          setTimeout(() => {
            since = performance.now();
            void record(writer, of, team(1));
          }, 50);
        }
        return seqs.length >= 1;
      });
      expect(performance.now() - since).toBeLessThan(5_000);
    }
  });

  test("skips and repeats nothing while two processes append with four writers and it reconnects", async () => {
    const of = await organization();
    const total = 4 * 30 * 2 + 1;
    const writers = [services, neighbour, services, neighbour].map(async (writer, w) => {
      for (let n = 0; n < 30; n++) await record(writer, of, team(n + w * 100), team(n + w * 100 + 50));
    });
    const seqs: number[] = [];
    let after: string | undefined;
    while (seqs.length < total) {
      const part = await follow(of, after, (seen) => seqs.length + seen.length >= total || seen.length >= 11);
      seqs.push(...part.seqs);
      after = part.position ?? undefined;
    }
    await Promise.all(writers);
    expect(seqs).toEqual(upTo(total));
  });

  test("ends when its signal aborts, while it waits too, and is counted no more", async () => {
    const of = await organization();
    const end = new AbortController();
    const batches = await services.search.follow({ organization: of, after: "latest", signal: end.signal });
    await batches.next();
    expect(services.search.openFollows()).toBe(1);
    const next = batches.next();
    setTimeout(() => end.abort(), 20);
    expect((await next).done).toBe(true);
    expect(services.search.openFollows()).toBe(0);
  });

  test("of many at the end of one log costs one statement and one batch an append, not one each", async () => {
    const of = await organization();
    const end = new AbortController();
    let reads = 0;
    const counted: typeof services.store = {
      ...services.store,
      within: (rowScope) => {
        const reading = services.store.within(rowScope);
        return {
          ...reading,
          events: (...from) => {
            reads++;
            return reading.events(...from);
          },
        };
      },
    };
    const { openSearch } = await import("./search.ts");
    const search = openSearch({ store: counted, appended: (listener) => services.log.appended(listener) });
    const follows = await Promise.all(
      upTo(50).map(async () => {
        const signal = AbortSignal.any([end.signal]);
        const batches = await search.follow({ organization: of, after: "latest", signal });
        await batches.next();
        return batches;
      }),
    );
    reads = 0;
    const news = follows.map((batches) => batches.next());
    await record(services, of, team(1));
    const ends = await Promise.all(news);
    expect(ends.map(({ value }) => value?.events.length)).toEqual(upTo(50).map(() => 1));
    expect(reads).toBe(1);
    expect(new Set(ends.map(({ value }) => value)).size).toBe(1);
    end.abort();
    search.close();
  });
});

describe("a position is refused", () => {
  const mismatch = { code: "position-mismatch", status: 409 };
  const start = (of: SearchableOrganization, after: string): Promise<unknown> =>
    services.search.follow({ organization: of, after, signal: new AbortController().signal });

  test("when it is none, or its log, seq or hash is another", async () => {
    const of = await organization();
    const elsewhere = await organization();
    const { position } = await follow(of, undefined, (seqs) => seqs.length >= 1);
    const good = position ?? "";
    const [log, , hash] = good.split(":");
    const wrong = ["0", "-1", "x".repeat(10_000), `${log}:0`, `${log}:1:${hash}`, `${log}:00:${hash}`];
    wrong.push(
      `${log}:0:${"0".repeat(16)}`,
      `${log}:9007199254740993:${hash}`,
      `${good} `,
      good.toUpperCase(),
    );
    for (const text of wrong) await expect(start(of, text), text).rejects.toMatchObject(mismatch);
    await expect(start(elsewhere, good)).rejects.toMatchObject(mismatch);
  });
});

test("a follow goes on in the log that follows, from a position in the one before and while it waits", async () => {
  const of = await organization();
  const [receipt] = await record(services, of, team(1));
  const position = formatPosition({
    log: receipt?.log ?? "",
    seq: 1n,
    leafHash: fromBase64(receipt?.leafHash ?? "") as Uint8Array,
  });
  const waiting = follow(of, position, (seqs) => seqs.length >= 2);
  const { organizationId } = of;
  const opened = { type: "LOG_OPENED", actor: { type: "system", id: "daybook" } } as const;
  await neighbour.log.change(async (tx) => {
    await tx.rows.insertLog({ organizationId, logNo: 1, origin: newLogOrigin("log.example.org") });
    const data = { keys: ["k"], organization: of.id, previous: null };
    await tx.record(of, { ...opened, data }, byOperator);
  }, anywhere);
  await record(neighbour, of, team(2));
  expect((await waiting).seqs).toEqual([0, 1]);
  expect((await follow(of, position, (seqs) => seqs.length >= 2)).seqs).toEqual([0, 1]);
  expect((await follow(of, undefined, (seqs) => seqs.length >= 4)).seqs).toEqual([0, 1, 0, 1]);
});

describe("a follow of what is seen", () => {
  test("of one target passes over all else without losing an event or its place", async () => {
    const of = await organization();
    await record(services, of, ...upTo(40).map((n) => team(n % 4)));
    const only = visible(of, { onlyTarget: "team:t_2" });
    const whole = await follow(only, undefined, (seqs) => seqs.length >= 10);
    expect(whole.seqs).toEqual(upTo(10).map((n) => 4 * n + 3));
    // from every position that it returns, including those of invisible events
    const positions: (string | null)[] = [];
    await follow(only, undefined, (seqs, batch) => {
      positions.push(batch.position);
      return seqs.length >= 10;
    });
    expect(positions.length).toBeGreaterThan(4);
    for (const position of positions.slice(0, -1)) {
      const passed = Number(position?.split(":")[1]);
      const rest = await follow(only, position ?? "", (seqs) => seqs.includes(39));
      expect(rest.seqs).toEqual(whole.seqs.filter((seq) => seq > passed));
    }
  });

  test("moves its position on when only others' events come", async () => {
    const of = await organization();
    const only = visible(of, { onlyTarget: "team:t_9" });
    const position: (string | null)[] = [];
    const { seqs } = await follow(only, "latest", (events, batch) => {
      position.push(batch.position);
      if (position.length === 1) void record(services, of, team(1));
      if (position.length === 2) void record(services, of, team(9));
      return events.length > 0;
    });
    expect(seqs).toEqual([2]);
    expect(position.map((position) => position?.split(":")[1])).toEqual(["0", "1", "2"]);
  });

  test("beside one that sees more gets only its own part", async () => {
    const of = await organization();
    const { signal } = new AbortController();
    const views = [visible(of, { context: false }), visible(of, { onlyTarget: "team:t_9" }), of];
    const follows = await Promise.all(
      views.map(async (organization) => {
        const batches = await services.search.follow({ organization, after: "latest", signal });
        await batches.next();
        return batches;
      }),
    );
    const news = follows.map((batches) => batches.next());
    await record(services, of, team(1, { context: { ip: "192.0.2.1" } }));
    const seen = (await Promise.all(news)).map(({ value }) => eventsOf(value as FollowBatch));
    expect(seen.map((events) => events.map(({ context }) => context?.ip))).toEqual([
      [undefined],
      [],
      ["192.0.2.1"],
    ]);
    for (const batches of follows) void batches.return?.();
  });

  test("without context has none, and of another row scope nothing", async () => {
    const of = await organization();
    await record(services, of, team(1, { context: { ip: "192.0.2.1" } }));
    const end = new AbortController();
    const { signal } = end;
    const batches = await services.search.follow({
      organization: visible(of, { context: false }),
      after: undefined,
      signal,
    });
    const { value } = await batches.next();
    expect(eventsOf(value as FollowBatch).map((event) => event.context)).toEqual([undefined, undefined]);
    end.abort();
    const blind = visible(of, { rowScope: (await organization()).organizationId });
    await expect(
      services.search.follow({ organization: blind, after: undefined, signal }),
    ).rejects.toMatchObject({
      code: "organization-not-found",
    });
  });
});
