/** The origin of a request in the event of a change. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../api/testing/open-server.ts";

let server: TestServer;
let made = 0;
beforeAll(async () => {
  server = await openServer({ trustedProxies: 1 });
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

/** The `ip` of the event about a change that came through a proxy with this header. */
async function clientAddress(forwarded: string): Promise<unknown> {
  const change = { name: `Acme ${++made}` };
  const { status } = await server.call("PATCH", "/v1/organizations/acme", change, {
    "x-forwarded-for": forwarded,
  });
  expect(status).toBe(200);
  const { events } = (await server.call("GET", "/v1/organizations/acme/events?limit=1")).body;
  return events[0].context.ip;
}

test("the address that the proxy saw", async () => {
  expect(await clientAddress("192.0.2.7")).toBe("192.0.2.7");
  expect(await clientAddress("203.0.113.9, 2001:db8::7")).toBe("2001:db8::7");
});

test("what is no address is not told, and keeps nothing from being recorded", async () => {
  for (const odd of ["unknown", "<script>", "192.0.2.7:5678", "x".repeat(600)])
    expect(await clientAddress(odd)).toBeUndefined();
});
