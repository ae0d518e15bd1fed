/** The mail to a person whose role was raised: for every giver and every way, once, and only then. */
import { memberRoles } from "daybook/internal";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Letter } from "../mail/index.ts";
import { isRaised } from "./letters.ts";
import { initiator, openTestPeople, type PeopleServices } from "./testing/open-people.ts";

const letters: Letter[] = [];
let services: PeopleServices;
beforeAll(async () => {
  services = await openTestPeople({
    mail: {
      send: async () => true,
      post: (letter) => void letters.push(letter),
      postAll: (several) => void letters.push(...several),
      close: async () => {},
    },
  });
});
afterAll(() => services.close());
beforeEach(() => {
  letters.length = 0;
});

test("each role but the least is above others, and none above itself", () => {
  const above = memberRoles.map((role) => memberRoles.filter((from) => isRaised(role, from)).length);
  expect(above).toEqual([3, 1, 0, 2]);
});

test("whose role is raised is written to once the change is kept; who keeps it or loses one is not", async () => {
  const organization = await services.newOrganization("raised");
  await services.newMember(organization, "OWNER");
  const { id: userId, email } = await services.newMember(organization, "CONSUMER");
  const change = (role: string) => services.people.changeRole({ organization, userId, role, initiator });
  await change("CONSUMER");
  expect(letters).toEqual([]);
  await change("AUDITOR");
  expect(letters).toMatchObject([{ to: email, subject: `Your role in “${organization.name}” was raised` }]);
  expect(letters[0]!.text).toContain(`You are now an auditor of the organization “${organization.name}”`);
  await change("DESIGNER");
  await expect(
    services.people.changeRole({ organization, userId, role: "OWNER", ifVersion: 1, initiator }),
  ).rejects.toMatchObject({ code: "changed-meanwhile" });
  expect(letters).toHaveLength(1);
});

test("who comes into a team that may do more than they is written to; a second time or elsewhere they are not", async () => {
  const organization = await services.newOrganization("raised-by-team");
  const { id: userId, email } = await services.newMember(organization, "DESIGNER");
  const { id: owner } = await services.newMember(organization, "OWNER");
  const team = (name: string, role: string | null) =>
    services.people.addTeam({ organization, name, role, initiator } as never);
  const { id: teamId } = await team("Audit", "AUDITOR");
  const { id: plain } = await team("Plain", null);
  await services.people.addTeamMember({ organization, teamId, userId, initiator });
  expect(letters).toMatchObject([{ to: email }]);
  expect(letters[0]!.text).toContain("as a member of the team “Audit”");
  await services.people.addTeamMember({ organization, teamId, userId, initiator });
  await services.people.addTeamMember({ organization, teamId, userId: owner, initiator });
  await services.people.addTeamMember({ organization, teamId: plain, userId, initiator });
  await services.people.removeTeamMember({ organization, teamId, userId, initiator });
  expect(letters).toHaveLength(1);
});

test("a team's higher role is written of to those in it whom it lets do more, and to nobody when it falls", async () => {
  const organization = await services.newOrganization("raised-with-team");
  const { id: teamId } = await services.people.addTeam({ organization, name: "Review", initiator });
  const people = await Promise.all(
    (["OWNER", "AUDITOR", "DESIGNER", "CONSUMER"] as const).map((role) =>
      services.newMember(organization, role),
    ),
  );
  await services.newMember(organization, "CONSUMER");
  for (const { id: userId } of people)
    await services.people.addTeamMember({ organization, teamId, userId, initiator });
  const change = (wanted: { name?: string; role?: string | null }) =>
    services.people.changeTeam({ organization, teamId, ...wanted, initiator });
  const [, , designer, consumer] = people;
  const written = (): string[] => letters.splice(0).map(({ to }) => to);

  await change({ role: "DESIGNER" });
  expect(letters[0]!.text).toContain("a designer of the organization “raised-with-team”");
  expect(letters[0]!.text).toContain("as a member of the team “Review”");
  expect(written()).toEqual([consumer!.email]);
  await change({ name: "Reviewers" });
  await change({ role: "DESIGNER" });
  expect(written()).toEqual([]);
  await change({ role: "AUDITOR" });
  expect(written().sort()).toEqual([consumer!.email, designer!.email].sort());
  await change({ role: "CONSUMER" });
  await change({ role: null });
  await expect(change({ role: "OWNER" })).rejects.toMatchObject({ code: "request-invalid" });
  expect(written()).toEqual([]);
});
