/** The thread that makes segments, as it is built: it gives what this thread gives, and a fault in one batch is only that batch's. */
import { expect, test } from "vitest";
import type * as FullText from "../../server/src/full-text/index.ts";

const { builderHere, openBuilder } = (await import(
  new URL("../../server/dist/full-text/index.js", import.meta.url).href
)) as typeof FullText;

const events = Array.from({ length: 300 }, (_, n) => ({
  type: "A_B",
  outcome: "success" as const,
  occurredAt: 1_700_000_000_000_000n + BigInt(n % 7),
  seq: BigInt(n),
  slots: { data: { json: `{"text":"word ${n}"}` } },
}));
const broken = [{ ...events[0]!, slots: { actor: { json: "{" } } }];

test("the thread gives the same blocks, also after a batch that fails, and can be closed", async () => {
  const builder = openBuilder();
  expect(builder).not.toBe(builderHere);
  const here = await builderHere.build(events);
  const [first, failed, second] = await Promise.allSettled([
    builder.build(events),
    builder.build(broken),
    builder.build(events.slice(0, 10)),
  ]);
  expect(first).toEqual({ status: "fulfilled", value: here });
  expect(failed).toMatchObject({ status: "rejected", reason: { name: "SyntaxError" } });
  expect(second.status).toBe("fulfilled");
  expect(await builder.merge([{ events: 300, blocks: here }])).toEqual(here);
  const refused = expect(builder.build(events)).rejects.toThrow("has ended");
  await builder.close();
  await refused;
  expect(await builder.build(events.slice(0, 10))).toEqual(await builderHere.build(events.slice(0, 10)));
  await builder.close();
  await openBuilder().close();
});
