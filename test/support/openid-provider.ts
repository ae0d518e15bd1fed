/**
 * A real OpenID Connect provider (oidc-provider) in a separate process, for tests: the environment variable PEOPLE has its people, as
 * claims by subject, and its sign-in form accepts any password. Prints its address when it listens.
 */
import { createServer } from "node:http";
import Provider, { type ClientMetadata } from "oidc-provider";

const { PEOPLE = "{}", CLIENTS = "[]", PORT = "0" } = process.env;
const people = JSON.parse(PEOPLE) as Record<string, Record<string, string | boolean>>;
const issuer = `http://127.0.0.1:${PORT}`;

const provider = new Provider(issuer, {
  clients: JSON.parse(CLIENTS) as ClientMetadata[],
  pkce: { required: () => true },
  claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
  cookies: { keys: ["only for tests"] },
  features: { devInteractions: { enabled: true } },
  findAccount: (_context, accountId) =>
    people[accountId] && { accountId, claims: () => ({ sub: accountId, ...people[accountId] }) },
});
provider.on("server_error", (_context, error) => process.stderr.write(`${error.stack}\n`));

createServer(provider.callback()).listen(Number(PORT), "127.0.0.1", () =>
  process.stdout.write(`${issuer}\n`),
);
