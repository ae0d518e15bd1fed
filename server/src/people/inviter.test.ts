/** An invitation ends with its inviter's right, on a real database. */
import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Organization } from "../store/contract/organizations.ts";
import { anywhere } from "../store/testing/anywhere.ts";
import type { InvitationWithLink, People } from "./index.ts";
import { all, initiator, openTestPeople, type PeopleServices, placeOf } from "./testing/open-people.ts";

let services: PeopleServices;
let people: People;
let made = 0;
let acme: Organization;
beforeAll(async () => {
  services = await openTestPeople();
  people = services.people;
});
afterAll(() => services.close());
beforeEach(async () => {
  acme = await services.newOrganization(`acme-${made++}`);
});

const invite = (email: string, more: object = {}): Promise<InvitationWithLink> =>
  people.invite({ organization: acme, email, role: "DESIGNER", initiator, ...more });
const tokenOf = ({ link }: InvitationWithLink): string => link!.split("#")[1]!;
const newcomer = {
  name: "Bob Marsh",
  password: "correct horse battery staple",
  context: { requestId: "r-1" },
};

test("an invitation ends with its inviter's right to invite, and only then", async () => {
  const owner = await services.newMember(acme, "OWNER");
  const actor = { type: "user", id: owner.id, name: owner.name } as const;
  const sent = await invite("bob@example.org", { initiator: { ...initiator, actor } });
  const stays = await invite("carol@example.org", { initiator: { ...initiator, actor } });
  await people.acceptInvitation(tokenOf(stays), newcomer);
  await services.newMember(acme, "OWNER");
  await people.changeRole({ organization: acme, userId: owner.id, role: "AUDITOR", initiator });
  const refused = {
    code: "invitation-used",
    message: "The person who sent this invitation is no longer allowed to invite anyone.",
    remedy: "Ask an owner of the organization for a new invitation.",
  };
  await expect(people.acceptInvitation(tokenOf(sent), newcomer)).rejects.toMatchObject(refused);
  // the holder of the link learns it before they choose a password, and owners see it in the list
  await expect(people.readInvitation(tokenOf(sent))).rejects.toMatchObject(refused);
  expect(await people.invitations(placeOf(acme), all)).toMatchObject([
    { id: sent.invitation.id, expired: false, inviterMay: false },
  ]);
  const again = await invite("bob@example.org");
  expect(await people.invitations(placeOf(acme), all)).toEqual([again.invitation]);
  expect((await services.types(acme)).slice(-2)).toEqual(["INVITATION_WITHDRAWN", "NEW_ORGANIZATION_MEMBER"]);
  await expect(people.readInvitation(tokenOf(again))).resolves.toBeDefined();
});

test("an invitation by a removed operator, or by an operator token that was replaced, works no more", async () => {
  const operator = await services.newUser();
  await services.store.write((tx) => tx.updateUser(operator.userId, { isOperator: true }), anywhere);
  const inviting = (id: string): Promise<InvitationWithLink> =>
    invite(`by-${id.slice(-9)}@example.org`, { initiator: { ...initiator, actor: { type: "user", id } } });
  const [byPerson, byToken] = [await inviting(operator.id), await inviting("operator")];
  for (const sent of [byPerson, byToken])
    await expect(people.readInvitation(tokenOf(sent))).resolves.toBeDefined();
  await services.store.write((tx) => tx.updateUser(operator.userId, { isOperator: false }), anywhere);
  await services.store.write((tx) => tx.setOperatorTokenHash(randomBytes(32)), anywhere);
  for (const sent of [byPerson, byToken])
    await expect(people.acceptInvitation(tokenOf(sent), newcomer)).rejects.toMatchObject({
      code: "invitation-used",
    });
  await expect(people.readInvitation(tokenOf(await inviting("operator")))).resolves.toBeDefined();
});
