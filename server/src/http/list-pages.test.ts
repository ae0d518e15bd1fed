/** Made-up cursors of lists. */
import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { openServer, type TestServer } from "../api/testing/open-server.ts";

const acme = "/v1/organizations/acme";
let server: TestServer;
beforeAll(async () => {
  server = await openServer();
  await server.call("POST", "/v1/organizations", { slug: "acme", name: "Acme" });
});

/** Anyone who reads the source can make one. */
function forged(kind: string, key: string): string {
  const check = createHash("sha256").update(`${kind} ${key}`).digest("base64url").slice(0, 8);
  return Buffer.from(check + key).toString("base64url");
}

test.each([
  ["members", `${acme}/members`],
  ["invitations", `${acme}/invitations`],
  ["teams", `${acme}/teams`],
  ["API clients", `${acme}/api-clients`],
  ["organizations", "/v1/organizations"],
  ["operators", "/v1/operators"],
])(
  "a cursor of %s that is well made but can't be one is refused before the database sees it",
  async (kind, path) => {
    const at = async (key: string): Promise<[number, string | undefined]> => {
      const { status, body } = await server.call("GET", `${path}?cursor=${forged(kind, key)}`);
      return [status, body.code];
    };
    for (const key of ["a\u0000b", "", "\u{1f600}", "x".repeat(129), "a b"])
      expect(await at(key)).toEqual([400, "cursor-invalid"]);
    expect((await at("a-key_9"))[0]).toBe(200);
  },
);
