/** Turns on the thread: what runs at once, what waits, and that everything else runs in between. */
import { expect, test } from "vitest";
import { Turns } from "./index.ts";

const everythingElse = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work of a number of parts, each of which takes `ms` of the test's clock; writes its name into `done` for each. */
function workshop() {
  let time = 0;
  const turns = new Turns(() => time);
  const done: string[] = [];
  const work = async (name: string, organizationId: number, { parts = 1, ms = 1 } = {}): Promise<void> => {
    const slices = turns.begin(organizationId);
    for (let part = 0; part < parts; part++) {
      const turn = slices.next();
      if (turn !== undefined) await turn;
      time += ms;
      done.push(name);
    }
    slices.end();
  };
  return { work, done };
}

test("a small piece of work begins without waiting", () => {
  const { work, done } = workshop();
  void work("small", 1);
  expect(new Turns().begin(1).next()).toBeUndefined();
  expect(done).toEqual(["small"]);
});

test("a request of many parts lets another organization's go first after a slice", async () => {
  const { work, done } = workshop();
  const large = work("large", 1, { parts: 60 });
  await everythingElse();
  const before = done.length;
  expect(before).toBeLessThan(60);
  const small = work("small", 2);
  await Promise.all([large, small]);
  expect(done.indexOf("small")).toBeLessThanOrEqual(before + 10);
  expect(done.filter((name) => name === "large")).toHaveLength(60);
});

test("organizations take turns: one of many large requests does not hold up another's", async () => {
  const { work, done } = workshop();
  const noisy = Array.from({ length: 20 }, () => work("noisy", 1, { parts: 10 }));
  const other = work("other", 2, { parts: 10 });
  await other;
  expect(done.filter((name) => name === "noisy").length).toBeLessThan(40);
  await Promise.all(noisy);
});

test("the requests of one organization are worked on one after the other", async () => {
  const { work, done } = workshop();
  await Promise.all(["first", "second", "third"].map((name) => work(name, 1, { parts: 30 })));
  expect(done.lastIndexOf("first")).toBeLessThan(done.indexOf("third"));
  expect(done.lastIndexOf("second")).toBeLessThan(done.lastIndexOf("third"));
});

test("many that begin at once do not take the thread together", async () => {
  const { work, done } = workshop();
  const all = Array.from({ length: 50 }, (_, n) => work("each", n, { parts: 4 }));
  await everythingElse();
  expect(done.length).toBeLessThan(100);
  await Promise.all(all);
  expect(done).toHaveLength(200);
});
