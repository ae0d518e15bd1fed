/** Organizations that record at the same time over a real database: a noisy one delays only itself. */
import { expect, test } from "vitest";
import { anEvent, openTestServices } from "./testing/test-services.ts";

/** A machine can be slow. */
const patient = { queuedMs: 100_000 };

const batch = (): object[] => Array.from({ length: 100 }, () => anEvent());

test("the events of quiet organizations are recorded long before the batches that a noisy one sent first", async () => {
  const services = await openTestServices({ limits: patient });
  const noisy = await services.newOrganization("noisy");
  const quiet = await Promise.all(["one", "two", "three"].map((slug) => services.newOrganization(slug)));
  let noisyDone = 0;
  const noise = Array.from({ length: 60 }, () => services.record(noisy, ...batch()).then(() => noisyDone++));
  const before = await Promise.all(
    quiet.map(async (each) => {
      const answer = await services.record(each, anEvent());
      expect(answer.recorded).toBe(1);
      return noisyDone;
    }),
  );
  // nothing of the noisy one's is lost either
  await Promise.all(noise);
  expect(Math.max(...before)).toBeLessThan(20);
  expect(await services.findings()).toEqual([]);
  await services.close();
});

test("beyond its room, the noisy one is refused, and the quiet one is not", async () => {
  const services = await openTestServices({ limits: { ...patient, queuedEvents: 4_000 } });
  const [noisy, quiet] = [await services.newOrganization("noisy"), await services.newOrganization("quiet")];
  const noise = Array.from({ length: 60 }, () =>
    services.record(noisy, ...batch()).then(
      () => "recorded",
      (error) => error.code,
    ),
  );
  const answers = await Promise.all(Array.from({ length: 20 }, () => services.record(quiet, anEvent())));
  expect(answers.every(({ recorded }) => recorded === 1)).toBe(true);
  const results = await Promise.all(noise);
  const refused = results.filter((result) => result === "overloaded").length;
  expect(refused).toBeGreaterThanOrEqual(30);
  expect(results.filter((result) => result === "recorded")).toHaveLength(60 - refused);
  expect(refused).toBeLessThan(40);
  await services.close();
});
