/** Coalescing, the limits of groups and of the queue. */
import { expect, test } from "vitest";
import { Coalescer } from "./coalesce.ts";
import { defaultLimits } from "./limits.ts";
import { anEvent, openTestServices } from "./testing/test-services.ts";
import { turn } from "./wait.ts";

/** A coalescer whose groups run until the test releases them, and the sizes of its groups. */
function held(limits: Partial<typeof defaultLimits>) {
  const groups: number[] = [];
  const organizations: number[][] = [];
  const running: (() => void)[] = [];
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
    placementOf: (organizationId) => (organizationId < 10 ? "low" : "high"),
  });
  const submit = (events = 1, bytes = 1, organizationId = 1) =>
    coalescer.submit(
      {
        organization: { organizationId },
        events: Array(events).fill({ id: "", unchanged: true }),
        mayRead: false,
        writer: "producer",
      },
      bytes,
    );
  const letGo = async (): Promise<void> => {
    running.shift()!();
    await turn();
    await turn();
  };
  return { coalescer, groups, organizations, submit, letGo };
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
  for (let i = 0; i < 5; i++) void submit();
  for (let i = 0; i < 5; i++) await turn();
  expect(groups).toEqual([1, 1]);
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

test("past its bounds the queue refuses at once, says when to come again, and recovers", async () => {
  let release = (): void => {};
  const gate = new Promise<void>((resolve) => {
    release = resolve;
  });
  const services = await openTestServices({
    limits: { queuedEvents: 10 },
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
    retryAfter: 1,
  });
  expect(services.log.load.events).toBe(10);
  release();
  expect((await Promise.all(taken)).every((answer) => answer.recorded === 1)).toBe(true);
  expect(services.log.load).toEqual({ events: 0, bytes: 0, groups: 0 });
  await services.record(acme, ...Array.from({ length: 11 }, () => anEvent()));
  await services.close();
});
