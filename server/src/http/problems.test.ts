/** The headers that go with problems, and remedies that fit the request. */
import { codes, DaybookError } from "daybook/internal";
import { fastify } from "fastify";
import { describe, expect, test } from "vitest";
import { afterwards } from "../../../test/support/afterwards.ts";
import { problemHeaders, sendProblem } from "./problems.ts";

test.each([
  ["overloaded", "1"],
  ["clock-disagrees", "1"],
  ["too-many-requests", "1"],
  ["secret-unreadable", undefined],
  ["internal", undefined],
] as const)("%s says Retry-After %s: only where waiting helps", (code, after) => {
  expect(problemHeaders(new DaybookError(code))["retry-after"]).toBe(after);
});

test("how long is said as it was given", () => {
  expect(problemHeaders(new DaybookError("too-many-requests", { retryAfter: 37 }))["retry-after"]).toBe("37");
});

describe("the remedy fits the request:", () => {
  const app = fastify();
  afterwards(() => app.close());
  const headers = { properties: { "idempotency-key": {} } };
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  for (const [url, options] of [
    ["/events", { config: { eventsIn: ["application/json"] } }],
    ["/change", {}],
    ["/keyed", { schema: { headers } }],
  ] as const)
    app.post(url, options as object, (request, reply) =>
      sendProblem(reply, new DaybookError((request.query as { code: "overloaded" }).code)),
    );
  const remedyOf = async (url: string, code: string): Promise<string> => {
    const sent = { method: "POST", url: `${url}?code=${code}`, headers: { "idempotency-key": "k" } } as const;
    return ((await app.inject(sent)).json() as { remedy: string }).remedy;
  };

  test.each(["overloaded", "store-unavailable", "outcome-unknown"] as const)("%s", async (code) => {
    expect(await remedyOf("/events", code)).toBe(codes[code].remedy);
    expect(await remedyOf("/keyed", code)).toBe(
      "Wait for the time in Retry-After, then send it again with the same Idempotency-Key: nothing is done twice.",
    );
    expect(await remedyOf("/change", code)).toBe(
      code === "outcome-unknown"
        ? "Check whether the change was made. If it was not, send the request again."
        : "Wait for the time in Retry-After, then send it again.",
    );
  });

  test("no other code is about ids", () => {
    const about = Object.entries(codes).filter(
      ([, { status, remedy }]) => status > 0 && /same ids/.test(remedy),
    );
    expect(about.map(([code]) => code)).toEqual(["overloaded", "store-unavailable", "outcome-unknown"]);
  });
});
