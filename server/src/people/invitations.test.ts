/** Invitations: made, listed, withdrawn, read and accepted, with the events about them, on a real database. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Fault, failing } from "../log/testing/failing.ts";
import type { Letter } from "../mail/index.ts";
import { StoreError } from "../store/contract/errors.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import type { InvitationWithLink, People } from "./index.ts";
import { all, initiator, openTestPeople, type PeopleServices, placeOf } from "./testing/open-people.ts";

const letters: Letter[] = [];
let mailWorks = true;
let fault: Fault | undefined;
let services: PeopleServices;
let people: People;
beforeAll(async () => {
  services = await openTestPeople({
    wrap: (store) => failing(store, () => fault),
    publicUrl: () => "https://log.example.org/daybook",
    mail: {
      send: async (letter) => {
        letters.push(letter);
        return mailWorks;
      },
      post: () => {},
      postAll: () => {},
      close: async () => {},
    },
  });
  people = services.people;
});
afterAll(() => services.close());

let made = 0;
let acme: Organization;
beforeEach(async () => {
  acme = await services.newOrganization(`acme-${made++}`);
  letters.length = 0;
  mailWorks = true;
  fault = undefined;
});

const invite = (email: unknown, more: object = {}): Promise<InvitationWithLink> =>
  people.invite({ organization: acme, email, role: "DESIGNER", initiator, ...more });
const tokenOf = ({ link }: InvitationWithLink): string => link!.split("#")[1]!;
const context = { requestId: "r-1" };
const newcomer = { name: "Bob Marsh", password: "correct horse battery staple", context };

test("an invitation is answered with its link, once, and the event names the address and no account", async () => {
  const { email } = await services.newUser();
  const invited = await invite(` ${email} `);
  expect(invited.invitation).toMatchObject({
    organizationId: acme.organizationId,
    id: expect.stringMatching(/^invitation_[a-z2-7]{26}$/),
    email,
    role: "DESIGNER",
    invitedBy: { type: "user", id: "user_anne", name: "Anne Wilson" },
    state: "open",
    expired: false,
  });
  const { createdAt, expiresAt } = invited.invitation;
  expect(Number(expiresAt - createdAt) / 86_400_000_000).toBeCloseTo(7, 2);
  expect(invited.link).toMatch(
    /^https:\/\/log\.example\.org\/daybook\/invitation#dbk_invitation_[0-9A-Za-z]{49}$/,
  );
  expect(await services.recorded(acme)).toMatchObject([
    {
      type: "NEW_ORGANIZATION_MEMBER",
      actor: initiator.actor,
      targets: [{ type: "user", id: invited.invitation.id, name: email }],
      data: { email, role: "DESIGNER" },
    },
  ]);
  const [, event] = await services.store.events(acme.organizationId, 0, 0n, 2);
  const { dataPersonal, targetsPersonal, ...rest } = event!.slots;
  expect(JSON.stringify([dataPersonal, targetsPersonal])).toContain(email);
  expect(JSON.stringify(rest)).not.toContain(email);
  expect(JSON.stringify(event!.slots)).not.toContain(tokenOf(invited));
});

test("the letter has the link, and whether it went out is answered; one that did not undoes nothing", async () => {
  const sent = await invite("bob@example.org");
  expect(sent.emailed).toBe(true);
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({ to: "bob@example.org", subject: `Invitation to “${acme.name}”` });
  expect(letters[0]!.text).toContain(`${sent.link}\n`);
  mailWorks = false;
  expect(await invite("carol@example.org")).toMatchObject({ emailed: false, link: expect.any(String) });
  expect(await people.invitations(placeOf(acme), all)).toHaveLength(2);
});

test("no letter goes out for what is refused", async () => {
  await invite("bob@example.org");
  await expect(invite("bob@example.org")).rejects.toMatchObject({ code: "invited-already" });
  await expect(invite("nobody")).rejects.toMatchObject({ code: "request-invalid" });
  expect(letters).toHaveLength(1);
});

test("an address is invited once at a time, whatever its case, of many at once too", async () => {
  const results = await Promise.allSettled(
    ["Bob@Example.org", "bob@example.org", "BOB@EXAMPLE.ORG"].map((email) => invite(email)),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const each of results)
    if (each.status === "rejected")
      expect(each.reason).toMatchObject({ code: "invited-already", status: 409 });
  const other = await services.newOrganization(`other-${made++}`);
  await expect(invite("bob@example.org", { organization: other })).resolves.toBeDefined();
});

test("an invitation that is too old makes way for a new one, and is told to have ended, in one act", async () => {
  const old = await invite("bob@example.org");
  services.wait(7);
  const next = await invite("BOB@example.org");
  expect(await people.invitations(placeOf(acme), all)).toEqual([next.invitation]);
  const recorded = await services.recorded(acme);
  expect(recorded.map(({ type, targets }) => [type, targets![0]!.id])).toEqual([
    ["NEW_ORGANIZATION_MEMBER", old.invitation.id],
    ["INVITATION_WITHDRAWN", old.invitation.id],
    ["NEW_ORGANIZATION_MEMBER", next.invitation.id],
  ]);
  const [, ended, begun] = recorded;
  expect(ended!.context?.correlationId).toBeTruthy();
  expect(begun!.context?.correlationId).toBe(ended!.context?.correlationId);
  await expect(people.readInvitation(tokenOf(old))).rejects.toMatchObject({ code: "invitation-used" });
  services.wait(-7);
});

test("a member isn't invited, whatever the case of the address", async () => {
  const { email } = await services.newMember(acme, "AUDITOR");
  await expect(invite(email.toUpperCase())).rejects.toMatchObject({ code: "member-already" });
  expect(await services.types(acme)).toEqual([]);
});

test("the same request with the same Idempotency-Key invites once, and the link is given once", async () => {
  const idempotency = { by: "user:user_1", key: "key-1", requestHash: randomBytes(32) };
  const results = await Promise.all(
    Array.from({ length: 4 }, () => invite("bob@example.org", { idempotency })),
  );
  for (const { invitation } of results) expect(invitation).toEqual(results[0]!.invitation);
  expect(results.filter(({ link }) => link !== undefined)).toHaveLength(1);
  expect(letters).toHaveLength(1);
  expect(await services.types(acme)).toEqual(["NEW_ORGANIZATION_MEMBER"]);
  const { link } = results.find((each) => each.link !== undefined)!;
  services.wait(7);
  const late = await invite("bob@example.org", { idempotency });
  expect(late).toEqual({ invitation: { ...results[0]!.invitation, expired: true } });
  services.wait(-7);
  await expect(people.readInvitation(link!.split("#")[1])).resolves.toBeDefined();
});

describe("a failure", () => {
  const fails = (step: Fault["step"], done: boolean, failure: "unknown" | "unavailable" | "retry"): void => {
    fault = { step, done, error: () => new StoreError(failure, "planted"), times: 1 };
  };

  test("before the commit leaves no invitation, no event and no letter", async () => {
    for (const step of ["insertInvitation", "appendEvents", "commit"] as const) {
      fails(step, step !== "commit", step === "commit" ? "unknown" : "unavailable");
      const invited = await invite("bob@example.org").catch((error) => error);
      if (invited instanceof Error) expect(invited).toMatchObject({ code: "store-unavailable" });
      else
        await people.withdrawInvitation({
          organization: acme,
          invitationId: invited.invitation.id,
          initiator,
        });
      expect(await people.invitations(placeOf(acme), all)).toEqual([]);
      expect(letters.splice(0)).toHaveLength(invited instanceof Error ? 0 : 1);
    }
  });

  test("after it, and one that is tried again, give a link that works, and one letter", async () => {
    for (const [step, failure] of [
      ["commit", "unknown"],
      ["insertInvitation", "retry"],
      ["appendEvents", "retry"],
    ] as const) {
      fails(step, true, failure);
      const email = `after-${step}-${failure}@example.org`;
      const invited = await invite(email);
      expect(await people.readInvitation(tokenOf(invited))).toMatchObject({ email });
      expect(letters.splice(0)).toHaveLength(1);
    }
    expect(await services.types(acme)).toEqual(Array(3).fill("NEW_ORGANIZATION_MEMBER"));
  });
});

test("open invitations are listed, expired ones say so, withdrawn and accepted ones are gone", async () => {
  const [bob, carol, dave] = [
    await invite("bob@b.example"),
    await invite("carol@b.example"),
    await invite("d@b.example"),
  ];
  await people.withdrawInvitation({ organization: acme, invitationId: bob.invitation.id, initiator });
  await people.acceptInvitation(tokenOf(carol), newcomer);
  const place = placeOf(acme);
  expect(await people.invitations(place, all)).toEqual([dave.invitation]);
  services.wait(7);
  expect(await people.invitations(place, all)).toEqual([{ ...dave.invitation, expired: true }]);
  const other = await services.newOrganization(`other-${made++}`);
  expect(await people.invitations({ ...place, rowScope: other.organizationId }, all)).toEqual([]);
});

test("withdrawing ends the link; twice changes and logs nothing; then the address can be invited again", async () => {
  const invited = await invite("bob@example.org");
  const { id } = invited.invitation;
  for (let i = 0; i < 2; i++)
    await people.withdrawInvitation({ organization: acme, invitationId: id, initiator });
  expect(await services.recorded(acme)).toMatchObject([
    { type: "NEW_ORGANIZATION_MEMBER" },
    {
      type: "INVITATION_WITHDRAWN",
      targets: [{ type: "user", id, name: "bob@example.org" }],
      data: { email: "bob@example.org", role: "DESIGNER" },
    },
  ]);
  for (const use of [people.readInvitation, (token: unknown) => people.acceptInvitation(token, newcomer)])
    await expect(use(tokenOf(invited))).rejects.toMatchObject({ code: "invitation-used" });
  await expect(invite("bob@example.org")).resolves.toBeDefined();
  for (const invitationId of ["invitation_x", "", "a'b", "\u0000"])
    await expect(
      people.withdrawInvitation({ organization: acme, invitationId, initiator }),
    ).rejects.toMatchObject({
      code: "invitation-not-found",
    });
  const other = await services.newOrganization(`other-${made++}`);
  await expect(
    people.withdrawInvitation({ organization: other, invitationId: id, initiator }),
  ).rejects.toMatchObject({ code: "invitation-not-found" });
});

test("whoever has the link reads what it says, and whether they have an account", async () => {
  const { email } = await services.newUser();
  const known = await invite(email.toUpperCase(), { role: "AUDITOR" });
  const unknown = await invite("new@example.org");
  expect(await people.readInvitation(tokenOf(known))).toEqual({
    organization: { id: acme.id, slug: acme.slug, name: acme.name },
    email: email.toUpperCase(),
    role: "AUDITOR",
    expiresAt: known.invitation.expiresAt,
    hasAccount: true,
  });
  expect(await people.readInvitation(tokenOf(unknown))).toMatchObject({ hasAccount: false });
});

test.each([undefined, null, 7, "", "x", "dbk_invitation_", `dbk_invitation_${"0".repeat(49)}`, "dbk_live_1"])(
  "the token %j finds no invitation",
  async (token) => {
    await expect(people.readInvitation(token)).rejects.toMatchObject({ code: "invitation-not-found" });
    await expect(people.acceptInvitation(token, newcomer)).rejects.toMatchObject({
      code: "invitation-not-found",
    });
  },
);

describe("accepting", () => {
  const as = (user: Awaited<ReturnType<typeof services.newUser>>) => ({
    user,
    initiator: { ...initiator, actor: { type: "user" as const, id: user.id, name: user.name } },
  });

  test("signed in makes a member, whatever the case of the address", async () => {
    const user = await services.newUser(`bob-${made}@example.org`);
    const invited = await invite(`BOB-${made}@Example.org`, { role: "AUDITOR" });
    const accepted = await people.acceptInvitation(tokenOf(invited), as(user));
    expect(accepted).toEqual({ organization: acme, role: "AUDITOR", user });
    expect((await services.recorded(acme)).at(-1)).toMatchObject({
      type: "ACCEPT_ORG_MEMBER_INVITE",
      actor: { type: "user", id: user.id },
      targets: [{ type: "user", id: user.id, name: user.name }],
      data: { userId: user.id, email: user.email, role: "AUDITOR" },
    });
    expect(await people.member(placeOf(acme), user.id)).toMatchObject({ role: "AUDITOR" });
  });

  test("signed in as another is refused, in a sentence", async () => {
    const invited = await invite("bob@example.org");
    await expect(
      people.acceptInvitation(tokenOf(invited), as(await services.newUser())),
    ).rejects.toMatchObject({
      code: "not-allowed",
      message: "This invitation is for a different email address than your account's.",
    });
    expect(await services.types(acme)).toEqual(["NEW_ORGANIZATION_MEMBER"]);
  });

  test("without an account makes one, with a session, and the events are of one act", async () => {
    const email = `new-${made}@example.org`;
    const invited = await invite(email);
    const { user, session, role } = await people.acceptInvitation(tokenOf(invited), newcomer);
    expect(user).toMatchObject({ email, name: "Bob Marsh", id: expect.stringMatching(/^user_/) });
    expect([session, role]).toMatchObject([{ token: "dbk_session_x", expiresAt: 1n }, "DESIGNER"]);
    expect(await services.store.membershipsOf(user.userId)).toMatchObject([{ role: "DESIGNER" }]);
    expect((await services.recorded(acme)).at(-1)).toMatchObject({
      type: "ACCEPT_ORG_MEMBER_INVITE",
      actor: { type: "user", id: user.id, name: "Bob Marsh", email },
      recordedBy: { type: "server", id: "daybook" },
      context: { requestId: "r-1", correlationId: "r-1" },
    });
  });

  test("without being signed in is refused where the address has an account", async () => {
    const { email } = await services.newUser();
    const invited = await invite(email);
    await expect(people.acceptInvitation(tokenOf(invited), newcomer)).rejects.toMatchObject({
      code: "sign-in-first",
      status: 401,
    });
  });

  test("twice, and twice at once, makes one member and one account", async () => {
    const email = `twice-${made}@example.org`;
    const token = tokenOf(await invite(email));
    const results = await Promise.allSettled([1, 2, 3].map(() => people.acceptInvitation(token, newcomer)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const each of results)
      if (each.status === "rejected")
        expect(["invitation-used", "sign-in-first"]).toContain(each.reason.code);
    await expect(people.acceptInvitation(token, newcomer)).rejects.toMatchObject({ code: "invitation-used" });
    expect(await services.types(acme)).toEqual(["NEW_ORGANIZATION_MEMBER", "ACCEPT_ORG_MEMBER_INVITE"]);
    expect(await people.members(placeOf(acme), all)).toHaveLength(1);
  });

  test("signed in twice at once, or while it is withdrawn, happens once", async () => {
    const [one, two] = [await services.newUser(), await services.newUser()];
    const token = tokenOf(await invite(one.email));
    const twice = await Promise.allSettled([1, 2].map(() => people.acceptInvitation(token, as(one))));
    const invited = await invite(two.email);
    const withdrawn = await Promise.allSettled([
      people.acceptInvitation(tokenOf(invited), as(two)),
      people.withdrawInvitation({ organization: acme, invitationId: invited.invitation.id, initiator }),
    ]);
    for (const results of [twice, withdrawn]) {
      expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
      for (const each of results)
        if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "invitation-used" });
    }
    expect((await services.types(acme)).length).toBe(4);
  });

  test("two invitations of one address to two organizations at once makes one account", async () => {
    const email = `both-${made}@example.org`;
    const other = await services.newOrganization(`other-${made++}`);
    const tokens = [await invite(email), await invite(email, { organization: other })].map(tokenOf);
    const results = await Promise.allSettled(tokens.map((token) => people.acceptInvitation(token, newcomer)));
    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    for (const each of results)
      if (each.status === "rejected") expect(each.reason).toMatchObject({ code: "sign-in-first" });
  });

  test("an expired invitation is refused, signed in or not", async () => {
    const user = await services.newUser();
    const known = tokenOf(await invite(user.email));
    const unknown = tokenOf(await invite(`late-${made}@example.org`));
    services.wait(7);
    for (const use of [
      () => people.acceptInvitation(known, as(user)),
      () => people.acceptInvitation(unknown, newcomer),
      () => people.readInvitation(known),
    ])
      await expect(use()).rejects.toMatchObject({ code: "invitation-expired", status: 409 });
    expect((await services.types(acme)).every((type) => type === "NEW_ORGANIZATION_MEMBER")).toBe(true);
  });

  test("an invitation for someone who is a member already is refused", async () => {
    const user = await services.newUser();
    const token = tokenOf(await invite(user.email));
    const { organizationId } = acme;
    await services.store.write(
      (tx) => tx.insertMember({ organizationId, userId: user.userId, role: "OWNER" }),
      anywhere,
    );
    await expect(people.acceptInvitation(token, as(user))).rejects.toMatchObject({ code: "member-already" });
    expect(await people.member(placeOf(acme), user.id)).toMatchObject({ role: "OWNER" });
  });

  test("an invitation to a closed organization is refused", async () => {
    const token = tokenOf(await invite(`closed-${made}@example.org`));
    await people.closeOrganization({ organization: acme, initiator });
    await expect(people.acceptInvitation(token, newcomer)).rejects.toMatchObject({
      code: "organization-closed",
    });
    expect(await services.store.user({ email: `closed-${made}@example.org` })).toBeUndefined();
  });
});

test("after all this the logs are whole", async () => {
  expect(await services.findings()).toEqual([]);
});
