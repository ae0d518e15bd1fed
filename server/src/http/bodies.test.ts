/** Bodies that don't match their schema: each error has the place, what is wrong, and what would be right. */
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../api/testing/open-server.ts";
import { callAs, signedIn } from "../api/testing/people.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

const acme = "/v1/organizations/acme";
const email = "anne@acme.example";
const roles = "OWNER, DESIGNER, CONSUMER, AUDITOR";

test.each<[string, string, object, [pointer: string, detail: string][]]>([
  ["a missing member", "/invitations", { role: "OWNER" }, [["/email", "The member email is missing."]]],
  [
    "two missing members",
    "/invitations",
    {},
    [
      ["/email", "The member email is missing."],
      ["/role", "The member role is missing."],
    ],
  ],
  ["a choice", "/invitations", { email, role: "ADMIN" }, [["/role", `/role must be one of ${roles}.`]]],
  [
    "a choice or null",
    "/teams",
    { name: "A", role: "OWNER" },
    [["/role", "/role must be one of DESIGNER, CONSUMER, AUDITOR."]],
  ],
  ["an unknown member", "/invitations", { email, role: "OWNER", x: 1 }, [["/x", "/x is not known here."]]],
  ["another type", "/invitations", { email: 1, role: "OWNER" }, [["/email", "/email must be string."]]],
])("%s", async (_, path, body, issues) => {
  const { status, body: problem, text } = await server.call("POST", acme + path, body);
  expect(status, text).toBe(422);
  expect(problem.errors.map((issue: Record<string, string>) => [issue.pointer, issue.detail])).toEqual(
    issues,
  );
  expect(problem.detail).toBe(issues[0]?.[1]);
});

test("none of two members, of which one is enough", async () => {
  const { cookie } = await signedIn(server, { email, organization: "acme", role: "OWNER" });
  const refused = await callAs(server, { cookie }, "POST", "/v1/account/reauthenticate", {});
  expect(refused.status, refused.text).toBe(422);
  expect(refused.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
    "/password",
    "/code",
  ]);
});
