/** Closing an organization in a browser without scripts: who may, the confirmation, the reason, and what is left. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../../api/testing/open-server.ts";
import { signedIn } from "../../api/testing/people.ts";
import { type Browse, browserOf } from "../testing/browse.ts";

let server: TestServer;
let operator: Browse;
let owner: Browse;

const settings = "/orgs/acme/settings";
const close = `${settings}/close`;

beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
  owner = browserOf(server, await signedIn(server, { email: "anne@acme.example", organization: "acme" }));
  operator = browserOf(server, await signedIn(server, { email: "op@daybook.example", operator: true }));
});

test("an owner is not offered it, and may not do it", async () => {
  const { html } = await owner(settings);
  expect(html).not.toContain(`href="${close}"`);
  expect(html).toContain('href="/orgs/acme/leave"');
  expect((await owner(close)).status).toBe(403);
  expect((await owner(close, { slug: "acme", reason: "" })).status).toBe(403);
});

test("an operator reads what it means, types the slug, and gives a reason that the log has", async () => {
  expect((await operator(settings)).html).toContain(`href="${close}"`);
  const { text } = await operator(close);
  expect(text).toContain("This is permanent. You cannot undo it.");
  expect(text).toContain("The tokens of its API clients stop working.");
  const wrong = await operator(close, { slug: "acne", reason: "Contract ended" });
  expect([wrong.status, wrong.title]).toEqual([422, "Error: Close organization - Daybook"]);
  expect(wrong.text).toContain("Enter acme, the organization’s slug");
  expect(wrong.html).toContain('value="Contract ended"');
  const done = await operator(close, { slug: " acme ", reason: "Contract ended" });
  expect([done.status, done.location]).toEqual([303, settings]);
  const after = await operator(settings);
  expect(after.text).toContain("This organization is closed.");
  expect(after.html).not.toContain(`href="${close}"`);
  expect((await operator(close)).location).toBe(settings);
  for (const log of ["acme", "daybook"]) {
    const { body } = await server.call("GET", `/v1/organizations/${log}/events?type=ORGANIZATION_CLOSED`);
    expect(body.events.map(({ reason }: { reason: string }) => reason)).toEqual(["Contract ended"]);
  }
});
