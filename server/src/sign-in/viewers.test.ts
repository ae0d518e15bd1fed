/** Viewer sessions: who may open them, for whom, how long they work, and what they can do. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type KnownCaller, type Machine, openAccess, type Viewer } from "../access/index.ts";
import type { By } from "../log/index.ts";
import type { Scope } from "../store/api-clients.ts";
import type { Organization } from "../store/store.ts";
import { minute, type OpenedSignIn, openSignInRoom } from "./testing/open-sign-in.ts";
import type { OpenedViewerSession, OpenViewerSession } from "./viewers.ts";

let room: OpenedSignIn;
let acme: Organization;
let made = 0;
const byOperator: By = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
};
const viewer = { id: "customer-7", name: "Carol" };

beforeAll(async () => {
  room = await openSignInRoom();
  acme = await room.newOrganization("acme");
});
afterAll(() => room.close());

async function newClient(scopes: readonly Scope[]): Promise<Machine> {
  const { organizationId } = acme;
  const id = `client_${++made}`;
  const client = await room.store.write((tx) =>
    tx.insertApiClient({
      organizationId,
      id,
      name: id,
      expiresOn: "2099-01-01",
      scopes,
      createdBy: { type: "user", id: "operator" },
      creatorId: null,
    }),
  );
  const actor = { type: "api_client", id } as const;
  return { kind: "api_client", id, actor, recordedBy: actor, client, organization: acme };
}
const operator = { kind: "operator", id: "operator", ...byOperator } as KnownCaller;

const open = (
  more: Partial<OpenViewerSession> = {},
  caller: KnownCaller = operator,
): Promise<OpenedViewerSession> => {
  const by = caller.kind === "operator" ? byOperator : { actor: caller.actor, recordedBy: caller.recordedBy };
  return room.signIn.openViewerSession({ organization: acme, role: "CONSUMER", viewer, caller, by, ...more });
};
const callerOf = async (token: string): Promise<Viewer> => (await room.caller(token)) as unknown as Viewer;

test("it works for a quarter of an hour, as that viewer, and the log says who opened it", async () => {
  const client = await newClient(["events:read"]);
  const { id, token } = await open({ onlyTarget: { type: "api_client", id: "c_9" } }, client);
  expect(token).toMatch(/^dbk_viewer_\w{49}$/);
  const caller = await callerOf(token);
  expect(caller).toMatchObject({
    kind: "viewer",
    actor: { type: "user", id: viewer.id, name: viewer.name },
    recordedBy: { type: "api_client", id: client.id },
    session: { id, role: "CONSUMER", onlyTarget: "api_client:c_9", clientId: client.id },
    organization: { slug: "acme" },
  });
  expect("tokenHash" in caller.session).toBe(false);
  const opened = (await room.events(acme.organizationId)).at(-1);
  expect(opened).toMatchObject({
    type: "VIEWER_SESSION_OPENED",
    actor: { type: "api_client", id: client.id },
    recordedBy: { type: "api_client", id: client.id },
    targets: [{ type: "user", id: viewer.id, name: viewer.name }],
    data: { userId: viewer.id, role: "CONSUMER", onlyTarget: { type: "api_client", id: "c_9" } },
  });
  room.later(15n * minute);
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
});

test.each([0, -1, 1.5, 721, 10_000, Number.NaN])("%j minutes are refused", async (minutes) => {
  await expect(open({ minutes })).rejects.toMatchObject({ issues: [{ pointer: "/minutes" }] });
});

test.each([
  [{ viewer: { id: "" } }, "/viewer/id"],
  [{ viewer: { id: "a\u0000" } }, "/viewer/id"],
  [{ viewer: { id: "é".repeat(129) } }, "/viewer/id"],
  [{ viewer: { id: "7", name: "\n" } }, "/viewer/name"],
  [{ viewer: { id: "7", name: "x".repeat(513) } }, "/viewer/name"],
  [{ onlyTarget: { type: "API", id: "9" } }, "/onlyTarget/type"],
  [{ onlyTarget: { type: "", id: "9" } }, "/onlyTarget/type"],
  [{ onlyTarget: { type: "x".repeat(33), id: "9" } }, "/onlyTarget/type"],
  [{ onlyTarget: { type: "api", id: "\ud800" } }, "/onlyTarget/id"],
] as const)("%j is refused", async (wrong, pointer) => {
  await expect(open(wrong)).rejects.toMatchObject({ code: "request-invalid", issues: [{ pointer }] });
});

test("a client hands out no more than it has", async () => {
  const reader = await newClient(["events:read", "events:write"]);
  const downloader = await newClient(["events:read", "audit-log:download"]);
  for (const role of ["OWNER", "AUDITOR"] as const) {
    await expect(open({ role }, reader)).rejects.toMatchObject({ code: "not-allowed" });
    await open({ role }, downloader);
    await open({ role });
  }
  for (const role of ["DESIGNER", "CONSUMER"] as const) await open({ role }, reader);
});

test("it downloads only where its role may, and only what isn't of one target", async () => {
  const access = openAccess({ store: room.store, doors: room.signIn.doors });
  const may = async (more: Partial<OpenViewerSession>): Promise<boolean> =>
    access.mayDo(await callerOf((await open(more)).token), "audit-log:download", acme);
  expect(await may({ role: "AUDITOR" })).toBe(true);
  expect(await may({ role: "DESIGNER" })).toBe(false);
  expect(await may({ role: "OWNER", onlyTarget: { type: "api", id: "9" } })).toBe(false);
});

test("it ends with the API client that opened it", async () => {
  const client = await newClient(["events:read"]);
  const { token } = await open({ minutes: 720 }, client);
  await callerOf(token);
  await room.store.write((tx) => tx.revokeApiClient(acme.organizationId, client.id));
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
});

test("it ends with its organization, in which no other is opened", async () => {
  const { token } = await open();
  await callerOf(token);
  await room.store.write((tx) => tx.closeOrganization(acme.organizationId));
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
  await expect(open()).rejects.toMatchObject({ code: "organization-closed" });
});
