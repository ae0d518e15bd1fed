/** Coalescing, the limits of groups and of the queue. */
import type { DaybookError } from "daybook/internal";
import { expect, test, vi } from "vitest";
import { Coalescer } from "./coalesce.ts";
import { defaultLimits } from "./limits.ts";
import { anEvent, openTestServices } from "./testing/test-services.ts";
import { turn, wait } from "./wait.ts";

/** A coalescer whose groups run until the test releases them; `organizations` has the organizations of each group. */
function held(limits: Partial<typeof defaultLimits> = {}) {
  const groups: number[] = [];
  const organizations: number[][] = [];
  const running: (() => void)[] = [];
  const time = { now: 0 };
  const coalescer = new Coalescer({
    run: (group) =>
      new Promise<void>((resolve) => {
        groups.push(group.length);
        organizations.push(group.map(({ submission }) => submission.organization.organizationId));
        running.push(() => {
          for (const each of group) each.settle({ kind: "placed", places: [] });
          resolve();
        });
      }),
    limits: { ...defaultLimits, groupsInFlight: 1, ...limits },
    now: () => time.now,
    placementOf: (organizationId) => (organizationId < 10 ? "low" : "high"),
  });
  const submit = (events = 1, bytes = 1, organizationId = 1) => {
    const space = coalescer.enter(organizationId, { events, bytes });
    const submission = {
      organization: { organizationId },
      events: Array(events).fill({ id: "", unchanged: true }),
      mayRead: false,
      writer: "producer" as const,
    };
    return coalescer.submit(submission, space).finally(() => coalescer.leave(space));
  };
  /** Ends the running group, after the milliseconds that the test gives each event. */
  const letGo = async (ms = 0): Promise<void> => {
    time.now += ms;
    running.shift()!();
    await turn();
    await turn();
  };
  return { coalescer, groups, organizations, submit, letGo, time };
}

test("when nothing runs a request goes at once; what comes meanwhile goes together", async () => {
  const { groups, submit, letGo } = held({});
  const first = submit();
  await turn();
  await turn();
  expect(groups).toEqual([1]);
  for (let i = 0; i < 10; i++) void submit();
  await turn();
  expect(groups).toEqual([1]);
  await letGo();
  expect(groups).toEqual([1, 10]);
  await first;
});

test("a group has its bounds in events and in bytes, and takes one request however large", async () => {
  const { groups, submit, letGo } = held({ groupEvents: 10, groupBytes: 100 });
  for (const [events, bytes] of [
    [4, 1],
    [6, 1],
    [1, 1],
    [50, 1],
    [1, 60],
    [1, 60],
  ])
    void submit(events, bytes);
  await turn();
  await turn();
  for (let i = 0; i < 5; i++) await letGo();
  expect(groups).toEqual([2, 1, 1, 1, 1]);
});

test("as many groups run at once as the limits say", async () => {
  const { groups, submit } = held({ groupEvents: 1, groupsInFlight: 2 });
  for (let i = 0; i < 5; i++) void submit(100, 1, i);
  for (let i = 0; i < 5; i++) await turn();
  expect(groups).toEqual([1, 1]);
});

test("what comes while a group runs goes together after it, unless it is much, or the group takes long", async () => {
  const { organizations, submit, letGo } = held({ groupsInFlight: 2 });
  const turns = async (): Promise<void> => {
    for (let i = 0; i < 3; i++) await turn();
  };
  void submit();
  await turns();
  for (let i = 0; i < 63; i++) void submit(1, 1, i % 2 === 0 ? 1 : 2);
  await turns();
  expect(organizations).toHaveLength(1);
  void submit(2);
  await turns();
  expect(organizations).toHaveLength(2);
  expect(organizations[1]).toHaveLength(64);
  await letGo();
  await letGo();

  void submit();
  await turns();
  void submit();
  await wait(30);
  // this one waits for the head that the running group has locked, however long that takes
  expect(organizations.slice(2)).toEqual([[1]]);
  void submit(1, 1, 2);
  await turns();
  expect(organizations.slice(3).map((group) => group.toSorted())).toEqual([[1, 2]]);
});

test("a group has requests of one placement, and one that runs does not hold up another placement's", async () => {
  const { coalescer, organizations, submit, letGo } = held({});
  for (const organizationId of [1, 11, 2, 12]) void submit(1, 1, organizationId);
  await turn();
  await turn();
  expect(organizations).toEqual([
    [1, 2],
    [11, 12],
  ]);
  expect(coalescer.load.groups).toBe(2);
  for (const organizationId of [3, 13]) void submit(1, 1, organizationId);
  await turn();
  expect(organizations).toHaveLength(2);
  await letGo();
  expect(organizations.slice(2)).toEqual([[3]]);
});

const quiet = 2;

test("a quiet organization's event is in the next group, although a noisy one's waited before it", async () => {
  const { organizations, submit, letGo } = held();
  for (let i = 0; i < 20; i++) void submit(500);
  await turn();
  await letGo(75);
  void submit(1, 1, quiet);
  await letGo(75);
  expect(organizations.at(-1)).toContain(quiet);
  // and so is the first of one that nobody has seen, when many others are quiet too
  for (let organizationId = 3; organizationId < 9; organizationId++) void submit(1, 1, organizationId);
  await letGo(75);
  expect(new Set(organizations.at(-1))).toEqual(new Set([1, 3, 4, 5, 6, 7, 8]));
});

test("the order of an organization's requests stays", async () => {
  const { coalescer, submit, letGo } = held({ groupEvents: 3 });
  const done: string[] = [];
  for (let i = 0; i < 12; i++) void submit(1, 1, 1 + (i % 2)).then(() => done.push(`${1 + (i % 2)}:${i}`));
  for (let i = 0; i < 6 && coalescer.load.events > 0; i++) {
    await turn();
    if (coalescer.load.groups > 0) await letGo();
  }
  for (const organization of ["1", "2"]) {
    const mine = done.filter((each) => each.startsWith(organization)).map((each) => Number(each.slice(2)));
    expect(mine).toEqual([...mine].sort((a, b) => a - b));
    expect(mine).toHaveLength(6);
  }
});

test("a group takes about 50 ms, whatever an event takes, and is as large as before where the commit takes the time", async () => {
  /** The numbers of events of groups that take `fixed` ms and `each` ms an event. */
  const sizes = async (fixed: number, each: number): Promise<number[]> => {
    const { coalescer, groups, submit, letGo } = held({ queuedEvents: 1e9, queuedBytes: 1e9 });
    for (let i = 0; i < 20_000; i++) void submit();
    await turn();
    await turn();
    for (let i = 0; i < 30 && coalescer.load.groups > 0; i++) await letGo(fixed + each * groups.at(-1)!);
    return groups.slice(10, -1);
  };
  for (const size of await sizes(5, 1)) expect(size).toBeGreaterThan(20);
  for (const size of await sizes(5, 1)) expect(size).toBeLessThan(100);
  for (const size of await sizes(5, 0.1)) expect(size).toBeGreaterThan(350);
  for (const size of await sizes(5, 0.1)) expect(size).toBeLessThan(750);
  const slowDisk = await sizes(300, 0.01);
  expect(slowDisk.filter((size) => size >= 1_000).length).toBeGreaterThan(slowDisk.length * 0.7);
});

test("a request that waits 8 seconds is refused, although no group ends", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  try {
    const { submit, letGo, time } = held();
    const first = submit();
    await turn();
    await turn();
    const waiting = submit();
    const refused = expect(waiting).rejects.toMatchObject({
      code: "overloaded",
      overload: "queue-wait",
      retryAfter: 8,
    });
    time.now = 7_999;
    await vi.advanceTimersByTimeAsync(500);
    const late = submit(1, 1, quiet);
    time.now = 8_000;
    await vi.advanceTimersByTimeAsync(500);
    await refused;
    await letGo();
    await letGo();
    await Promise.all([first, late]);
  } finally {
    vi.useRealTimers();
  }
});

test("a noisy organization has three quarters of the queue, and others find room", async () => {
  const { coalescer, submit, letGo } = held({ queuedEvents: 1_000 });
  const first = submit(500);
  await turn();
  await letGo(900);
  await first;
  void submit(1);
  for (let i = 0; i < 5; i++) void submit(100);
  let refused: unknown;
  try {
    void submit(300);
  } catch (error) {
    refused = error;
  }
  expect(refused).toMatchObject({ code: "overloaded", overload: "queue-full" });
  expect((refused as DaybookError).message).toContain("of this organization");
  // about as long as its 501 events take
  expect((refused as DaybookError).retryAfter).toBe(1);
  expect(() => coalescer.enter(quiet, { events: 100, bytes: 1 })).not.toThrow();
});

test("space is taken for the events that a body turned out to have", () => {
  const { coalescer } = held({ queuedEvents: 1_000 });
  const space = coalescer.enter(1, { events: 1, bytes: 10 });
  coalescer.widen(space, 500);
  const other = coalescer.enter(1, { events: 1, bytes: 10 });
  expect(() => coalescer.widen(other, 400)).toThrow("Too many events of this organization");
  coalescer.leave(other);
  coalescer.leave(space);
  expect(coalescer.load).toMatchObject({ events: 0, bytes: 0 });
});

test("past its limit, the queue refuses at once, says when to send again, and recovers", async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const services = await openTestServices({
    limits: { queuedEvents: 14 },
    wrap: (store) => ({
      ...store,
      write: async (work, names) => {
        if (names.lane === "events") await gate;
        return store.write(work, names);
      },
    }),
  });
  const acme = await services.newOrganization("acme");
  const taken = Array.from({ length: 10 }, () => services.record(acme, anEvent()));
  await expect(services.record(acme, anEvent())).rejects.toMatchObject({
    code: "overloaded",
    status: 503,
    overload: "queue-full",
    retryAfter: 1,
  });
  expect(services.log.load.events).toBe(10);
  release();
  expect((await Promise.all(taken)).every((answer) => answer.recorded === 1)).toBe(true);
  expect(services.log.load).toEqual({ events: 0, bytes: 0, groups: 0 });
  await services.record(acme, ...Array.from({ length: 15 }, () => anEvent()));
  await services.close();
});
