/** Viewer sessions: who can open them, for whom, how long they work, and what they can do. */
import type { Scope } from "daybook/internal";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KnownCaller, type Machine, openAccess, type Viewer } from "../../access/index.ts";
import type { Initiator } from "../../log/index.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import type { Entered } from "../base/entered.ts";
import { minute, type OpenedSignIn, openTestSignIn, password, whole } from "../testing/open-sign-in.ts";
import type { OpenedViewerSession, OpenViewerSession } from "./viewers.ts";

let services: OpenedSignIn;
let acme: Organization;
let made = 0;
const byOperator: Initiator = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
};
const viewer = { id: "customer-7", name: "Carol" };

beforeAll(async () => {
  services = await openTestSignIn();
  acme = await services.newOrganization("acme");
});
afterAll(() => services.close());

async function newClient(scopes: readonly Scope[]): Promise<Machine> {
  const { organizationId } = acme;
  const id = `client_${++made}`;
  const client = await services.store.write(
    (tx) =>
      tx.insertApiClient({
        organizationId,
        id,
        name: id,
        expiresOn: "2099-01-01",
        scopes,
        createdBy: { type: "user", id: "operator" },
        creatorId: null,
      }),
    anywhere,
  );
  const actor = { type: "api_client", id } as const;
  return { kind: "api_client", id, actor, recordedBy: actor, client, organization: acme };
}
/** The holder of the operator token with that hash, default that of the deployment. */
const operatorBy = (tokenHash: Uint8Array): KnownCaller => ({
  kind: "operator",
  id: "operator",
  ...byOperator,
  tokenHash,
});
const operator = operatorBy(new Uint8Array(32));

const open = (
  more: Partial<OpenViewerSession> = {},
  caller: KnownCaller = operator,
): Promise<OpenedViewerSession> => {
  const initiator =
    caller.kind === "operator" ? byOperator : { actor: caller.actor, recordedBy: caller.recordedBy };
  return services.signIn.openViewerSession({
    organization: acme,
    role: "CONSUMER",
    viewer,
    caller,
    initiator,
    ...more,
  });
};
const callerOf = async (token: string): Promise<Viewer> =>
  (await services.caller(token)) as unknown as Viewer;

test("it works for a quarter of an hour, as that viewer, and the log says who opened it", async () => {
  const client = await newClient(["events:read"]);
  const { id, token } = await open({ onlyTarget: { type: "api_client", id: "c_9" } }, client);
  expect(token).toMatch(/^dbk_viewer_\w{49}$/);
  const caller = await callerOf(token);
  expect(caller).toMatchObject({
    kind: "viewer",
    // the opener is the actor, and names the viewer
    actor: {
      type: "api_client",
      id: client.id,
      name: client.client.name,
      onBehalfOf: { type: "user", id: viewer.id, name: viewer.name },
    },
    recordedBy: { type: "api_client", id: client.id },
    session: {
      id,
      role: "CONSUMER",
      onlyTarget: "api_client:c_9",
      opener: { kind: "api_client", id: client.id },
    },
    organization: { slug: "acme" },
  });
  expect("tokenHash" in caller.session).toBe(false);
  const opened = (await services.events(acme.organizationId)).at(-1);
  expect(opened).toMatchObject({
    type: "VIEWER_SESSION_OPENED",
    actor: { type: "api_client", id: client.id },
    recordedBy: { type: "api_client", id: client.id, own: true },
    targets: [{ type: "user", id: viewer.id, name: viewer.name }],
    data: {
      viewerSessionId: id,
      openedBy: { type: "api_client", id: client.id },
      userId: viewer.id,
      viewerName: viewer.name,
      role: "CONSUMER",
      onlyTarget: { type: "api_client", id: "c_9" },
    },
  });
  const [row] = await services.signIn.viewerSessions({
    organization: acme,
    rowScope: "everything",
    caller: client,
    after: undefined,
    limit: 1,
  });
  const stored = (await services.store.events(acme.organizationId, 0, 0n, 1000)).at(-1);
  expect(stored?.occurredAt).toBe(row?.createdAt);
  services.later(15n * minute);
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
});

test.each([0, -1, 1.5, 721, 10_000, Number.NaN])("%j minutes are refused", async (minutes) => {
  await expect(open({ minutes })).rejects.toMatchObject({ issues: [{ pointer: "/minutes" }] });
});

test.each([
  [{ viewer: { id: "" } }, "/viewer/id"],
  [{ viewer: { id: "a\u0000" } }, "/viewer/id"],
  [{ viewer: { id: "é".repeat(129) } }, "/viewer/id"],
  // visible in the log of Daybook's accounts
  [{ viewer: { id: `user_${"a2".repeat(13)}` } }, "/viewer/id"],
  [{ viewer: { id: "operator" } }, "/viewer/id"],
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
  const access = openAccess({ store: services.store, authenticators: services.signIn.authenticators });
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
  await services.store.write((tx) => tx.revokeApiClient(acme.organizationId, client.id), anywhere);
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
});

/** An operator who signed in. */
async function newOperator(): Promise<{ entered: Entered; caller: KnownCaller; initiator: Initiator }> {
  const email = `op${++made}@example.org`;
  const { link } = await services.signIn.addOperator({ email, initiator: byOperator });
  const entered = whole(await services.signIn.choosePassword({ code: link?.code ?? "", password }));
  return { entered, ...(await services.own(entered)) };
}
const refused = { code: "not-authenticated" };

describe("it ends with its opener's right to open such sessions:", () => {
  const openedBy = async (): Promise<{ token: string } & Awaited<ReturnType<typeof newOperator>>> => {
    const one = await newOperator();
    const { initiator, caller } = one;
    const { token } = await services.signIn.openViewerSession({
      organization: acme,
      role: "OWNER",
      minutes: 720,
      viewer,
      caller,
      initiator,
    });
    const { id } = one.entered.user;
    expect(await callerOf(token)).toMatchObject({
      actor: { type: "user", id, onBehalfOf: { id: viewer.id } },
      recordedBy: { type: "operator", id },
    });
    return { ...one, token };
  };

  test("of an operator who is one no more", async () => {
    const { token, entered } = await openedBy();
    await newOperator();
    await services.signIn.removeOperator({ id: entered.user.id, initiator: byOperator });
    await expect(callerOf(token)).rejects.toMatchObject(refused);
  });

  test("of an operator who signed out everywhere, or out of the session that it was opened in", async () => {
    const everywhere = await openedBy();
    await services.signIn.signOutEverywhere(await services.own(everywhere.entered));
    await expect(callerOf(everywhere.token)).rejects.toMatchObject(refused);
    const here = await openedBy();
    await services.signIn.signOut(await services.own(here.entered));
    await expect(callerOf(here.token)).rejects.toMatchObject(refused);
  });

  test("of an operator whose account was reset", async () => {
    const { token, entered } = await openedBy();
    await services.signIn.resetUser({ email: entered.user.email, initiator: byOperator });
    await expect(callerOf(token)).rejects.toMatchObject(refused);
  });

  test("of who held the operator token, once there is another", async () => {
    const { token } = await open({ minutes: 720 });
    await callerOf(token);
    const of = await open({}, operatorBy(new Uint8Array(32).fill(7)));
    await expect(callerOf(of.token)).rejects.toMatchObject(refused);
    await services.store.write((tx) => tx.setOperatorTokenHash(new Uint8Array(32).fill(7)), anywhere);
    await expect(callerOf(token)).rejects.toMatchObject(refused);
    await callerOf(of.token);
    await services.store.write((tx) => tx.setOperatorTokenHash(new Uint8Array(32)), anywhere);
  });
});

describe("it is listed and ended:", () => {
  const idsOf = async (caller: KnownCaller = operator): Promise<string[]> =>
    (
      await services.signIn.viewerSessions({
        organization: acme,
        rowScope: "everything",
        caller,
        after: undefined,
        limit: 1000,
      })
    ).map(({ id }) => id);
  const end = (id: string, caller: KnownCaller = operator): Promise<void> =>
    services.signIn.endViewerSession({
      organization: acme,
      rowScope: "everything",
      caller,
      initiator: byOperator,
      id,
    });
  const notFound = { code: "viewer-session-not-found" };

  test("whoever may sees all, a client those that it opened", async () => {
    const [one, other] = [await newClient(["events:read"]), await newClient(["events:read"])];
    const mine = await open({}, one);
    const theirs = await open({}, other);
    expect(await idsOf(one)).toEqual([mine.id]);
    expect((await idsOf()).slice(0, 2)).toEqual([theirs.id, mine.id]);
    await expect(end(theirs.id, one)).rejects.toMatchObject(notFound);
    await end(mine.id, one);
    await expect(callerOf(mine.token)).rejects.toMatchObject(refused);
    await callerOf(theirs.token);
    await end(theirs.id);
    await expect(callerOf(theirs.token)).rejects.toMatchObject(refused);
  });

  test("ending is an event, and happens once", async () => {
    const client = await newClient(["events:read"]);
    const { id } = await open({}, client);
    await end(id);
    expect((await services.events(acme.organizationId)).at(-1)).toMatchObject({
      type: "VIEWER_SESSION_ENDED",
      actor: byOperator.actor,
      recordedBy: { ...byOperator.recordedBy, own: true },
      targets: [{ type: "user", id: viewer.id, name: viewer.name }],
      data: {
        viewerSessionId: id,
        openedBy: { type: "api_client", id: client.id },
        userId: viewer.id,
        viewerName: viewer.name,
        role: "CONSUMER",
      },
    });
    const before = await services.types(acme.organizationId);
    for (const gone of [id, "viewer_none", "a b", ""])
      await expect(end(gone)).rejects.toMatchObject(notFound);
    expect(await services.types(acme.organizationId)).toEqual(before);
  });

  test("one that expired, or whose opener may no more, is not in the list", async () => {
    const client = await newClient(["events:read"]);
    const { id } = await open({ minutes: 720 }, client);
    const short = await open({ minutes: 1 }, client);
    services.later(2n * minute);
    expect(await idsOf(client)).toEqual([id]);
    await expect(end(short.id)).rejects.toMatchObject(notFound);
    await services.store.write((tx) => tx.revokeApiClient(acme.organizationId, client.id), anywhere);
    expect(await idsOf()).not.toContain(id);
  });
});

test("one that was opened while the clock was ahead has ended: it is refused, not listed, and not found", async () => {
  const client = await newClient(["events:read"]);
  services.later(2n * minute);
  const { id, token } = await open({ minutes: 720 }, client);
  services.later(-2n * minute);
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
  const request = { organization: acme, rowScope: "everything", caller: client } as const;
  expect(await services.signIn.viewerSessions({ ...request, after: undefined, limit: 10 })).toEqual([]);
  const ending = services.signIn.endViewerSession({ ...request, id, initiator: byOperator });
  await expect(ending).rejects.toMatchObject({ code: "viewer-session-not-found" });
});

test("it ends with its organization, in which no other is opened", async () => {
  const { token } = await open();
  await callerOf(token);
  await services.store.write((tx) => tx.closeOrganization(acme.organizationId), anywhere);
  await expect(callerOf(token)).rejects.toMatchObject({ code: "not-authenticated" });
  await expect(open()).rejects.toMatchObject({ code: "organization-closed" });
});
