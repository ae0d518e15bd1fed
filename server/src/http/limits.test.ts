/** Limits of requests: a jump of the wall clock locks nobody out, and lets nobody in. */
import { afterEach, expect, test, vi } from "vitest";
import { openServer } from "../api/testing/open-server.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("whatever the wall clock does, a caller beyond the limit waits for at most a minute", async () => {
  const server = await openServer({ limits: { perCaller: 3, perAddress: 300, on: true } });
  const ask = () => server.call("GET", "/v1/organizations");
  for (let n = 0; n < 3; n++) expect((await ask()).status).toBe(200);
  vi.useFakeTimers({ toFake: ["Date"] });
  const now = Date.now();
  const year = 365 * 86_400_000;
  for (const jump of [year, -year, 0]) {
    vi.setSystemTime(now + jump);
    const { status, headers } = await ask();
    expect(status).toBe(429);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(headers.get("retry-after"))).toBeLessThanOrEqual(60);
  }
});
