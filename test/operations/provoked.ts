/** Failing requests with secrets in them: in the wrong place, of the wrong kind, and while the database refuses. */
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import { newToken } from "../../server/src/secrets/index.ts";
import {
  client,
  codeFor,
  inDays,
  newPassword,
  type OperationsFixture,
  organization,
  person,
  personWithPassword,
} from "./fixture.ts";
import type { OperationsWorld } from "./world.ts";

const none = { authorization: "" };
const prefixes = ["dbk_live_", "dbk_session_", "dbk_viewer_", "dbk_code_", "dbk_invitation_", "dbk_pat_"];

/** Tables that keep something made of a secret. */
const kept = ["session", "api_client_token", "invitation", "one_time_code", "personal_token"];

/** Does all of it; how many requests there were. */
export async function provoke({ fixture, sql }: OperationsWorld): Promise<number> {
  const org = await organization(fixture);
  const one = await personWithPassword(fixture, { organization: org.slug });
  const machine = await client(fixture, org, ["events:read"]);
  const requests = [
    ...wrongPasswords(fixture, one.user.email),
    ...prefixes.flatMap((prefix) => misplaced(org.at, newToken(prefix))),
    ...misplaced(org.at, machine.token),
  ];
  const statuses: number[] = [];
  for (const request of requests) statuses.push((await fixture.server.call(...request)).status);
  const refused: Request[] = [
    ["POST", "/v1/sign-in", { email: one.user.email, password: one.password }, none],
    [
      "POST",
      "/v1/password",
      { code: await codeFor(fixture, await person(fixture)), password: newPassword(fixture) },
      none,
    ],
    ["POST", "/v1/account/tokens", { name: "Refused", expiresOn: inDays(90) }, one.cookie],
    ["POST", `${machine.at}/rotate`],
    ["POST", `${org.at}/invitations`, { email: "refused@acme.example", role: "OWNER" }],
    ["POST", "/v1/operators", { email: "refused@operators.example" }],
  ];
  for (const table of kept)
    await sql.query(`ALTER TABLE ${table} ADD CONSTRAINT planted CHECK (false) NOT VALID`);
  for (const request of refused) statuses.push((await fixture.server.call(...request)).status);
  for (const table of kept) await sql.query(`ALTER TABLE ${table} DROP CONSTRAINT planted`);
  const passed = statuses.filter((status) => status < 400);
  if (passed.length > 0) throw new Error(`${passed.length} requests that should have failed did not.`);
  return statuses.length;
}

type Request = Parameters<TestServer["call"]>;

function wrongPasswords(fixture: OperationsFixture, email: string): Request[] {
  const body = (more: object): object => ({ email, password: newPassword(fixture), ...more });
  return [
    ["POST", "/v1/sign-in", body({}), none],
    ["POST", "/v1/sign-in", body({ email: newPassword(fixture) }), none],
    ["POST", "/v1/sign-in", body({ email: "nobody@acme.example" }), none],
    ["POST", "/v1/sign-in", body({ password: [newPassword(fixture)] }), none],
    ["POST", "/v1/sign-in", body({ remember: newPassword(fixture) }), none],
    ["POST", "/v1/sign-in", `{"password":${JSON.stringify(newPassword(fixture))}`, none],
    ["POST", "/v1/sign-in", `{"password":${JSON.stringify(newPassword(fixture))},"password":""}`, none],
    ["POST", "/v1/set-up", { ...body({}), name: "A", code: newToken("dbk_code_") }, none],
    ["POST", "/v1/password", { code: newToken("dbk_code_"), password: newPassword(fixture) }, none],
    ["POST", "/v1/password", { code: newPassword(fixture), password: `\u0007${newPassword(fixture)}` }, none],
    [
      "POST",
      "/v1/invitations/accept",
      { token: newToken("dbk_invitation_"), password: newPassword(fixture) },
      none,
    ],
    ["GET", "/v1/account", undefined, { authorization: `Basic ${btoa(`a:${newToken("dbk_live_")}`)}` }],
  ];
}

/** A token wherever an address, a header or a body takes a text. */
function misplaced(at: string, token: string): Request[] {
  const bearer = { authorization: `Bearer ${token}` };
  return [
    ["GET", "/v1/account", undefined, bearer],
    ["GET", "/v1/account", undefined, { cookie: `daybook=${token}` }],
    ["GET", `/v1/organizations/${token}`],
    ["GET", `${at}/api-clients/${token}`],
    ["GET", `${at}/members/${token}`],
    ["GET", `${at}/teams/${token}`],
    ["GET", `${at}/events/${token}`],
    ["GET", `/v1/event-types?type=${token}`],
    ["GET", `/${token}`],
    ["DELETE", `/v1/operators/${token}`],
    ["GET", `${at}/events?cursor=${token}`],
    ["GET", `${at}/events?from=${token}`],
    ["GET", `${at}/events?limit=${token}`],
    ["GET", `${at}/events/follow?after=${token}&wait=0`],
    ["GET", `/v1/sign-in/openid/callback?code=${token}&state=${token}`],
    ["POST", `${at}/teams`, token],
    ["POST", `${at}/events`, `{"id":"${token}","type":"NEW_TEAM"}`],
    ["POST", `${at}/invitations`, { email: token, role: "OWNER" }],
    ["POST", "/v1/invitations/read", { token }, none],
    ["PATCH", `${at}/settings`, { website: `https://u:${token}@acme.example/` }],
    ["PATCH", `${at}/settings`, { name: "A" }, { "if-match": token }],
  ];
}
