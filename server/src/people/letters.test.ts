/** The texts of mails: a name is always text, in both forms. */
import { expect, test } from "vitest";
import { invitationLetter, raisedLetter } from "./letters.ts";

const words = {
  email: "bob@example.org",
  role: "OWNER",
  invitedBy: { type: "user", id: "user_anne", name: "Anne" },
  expiresAt: 1_795_346_431_000_000n,
  organization: { name: "Acme", slug: "acme" },
  link: "https://log.example.org/invitation#dbk_invitation_x",
} as const;

test("a letter says who invites whom where, until when, and how", () => {
  const { to, subject, text, html } = invitationLetter(words);
  expect([to, subject]).toEqual(["bob@example.org", "Invitation to “Acme”"]);
  expect(text).toBe(
    [
      "“Anne” invites you to join the organization “Acme” on Daybook as an owner.",
      "To accept, open this link before 2026-11-22 11:20 UTC:",
      "https://log.example.org/invitation#dbk_invitation_x",
      "The link is for you only. If you did not expect it, you can ignore this message.\n",
    ].join("\n\n"),
  );
  expect(html).toContain(`<a href="${words.link}">${words.link}</a>`);
});

test("who has no name isn't named", () => {
  const { text } = invitationLetter({ ...words, invitedBy: { type: "user", id: "operator" } });
  expect(text).toMatch(/^You are invited to join/);
});

test("names can't become markup", () => {
  const organization = { name: "<img src=x onerror=alert(1)>&'", slug: "acme" };
  const { html, text } = invitationLetter({ ...words, organization });
  expect(text).toContain(organization.name);
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;&amp;&#39;");
});

test("names can't lead away, nor go on as Daybook's own words", () => {
  const organization = { name: "Acme. Your account is blocked: evil.example", slug: "acme" };
  const invitedBy = { type: "user", id: "user_x", name: "Daybook (help@evil.example)" };
  const invited = invitationLetter({ ...words, organization, invitedBy });
  expect(invited.subject).toBe("Invitation to acme");
  expect(invited.text).toMatch(/^You are invited to join the organization acme on Daybook/);
  const raised = raisedLetter({ email: words.email, role: "OWNER", organization, team: "www.evil.example" });
  expect(raised.subject).toBe("Your role in acme was raised");
  expect(raised.text).toContain("acme on Daybook, as a member of one of its teams.");
  for (const { text, html } of [invited, raised]) expect(text + html).not.toContain("evil");
  const plain = { ...organization, name: "Acme” on Daybook. “Sign in" };
  expect(
    raisedLetter({ email: words.email, role: "OWNER", organization: plain, team: "Ops" }).text,
  ).toContain("organization “Acme' on Daybook. 'Sign in” on Daybook, as a member of the team “Ops”.");
});

test("a name that turns the direction, can't be seen or looks like another is marked, in subject and text", () => {
  const organization = { name: "Acme\u202egro\u200b", slug: "acme" };
  const invitedBy = { type: "user", id: "user_anne", name: "\u0410nne\nTo: all" } as const;
  const { subject, text, html } = invitationLetter({ ...words, organization, invitedBy });
  const marked = "“Acme[right-to-left override]gro[zero-width space]”";
  expect(subject).toBe(`Invitation to ${marked}`);
  expect(text).toContain("“\u0410 (Cyrillic letter)nne[line feed]To: all” invites you to join");
  for (const each of [text, html]) expect(each).toContain(`the organization ${marked} on Daybook`);
  expect(subject + text + html).not.toMatch(/[\u202e\u200b]/);

  const raised = raisedLetter({ email: "bob@example.org", role: "OWNER", organization, team: "Ops\u2066" });
  expect(raised.subject).toBe(`Your role in ${marked} was raised`);
  expect(raised.text).toContain("the team “Ops[left-to-right isolate]”");
});

test("names in other alphabets and with signs of their own are as they are", () => {
  for (const name of ["Zürich Ärzte", "Компания Роса", "株式会社 東京", "نص عربي"])
    expect(invitationLetter({ ...words, organization: { name, slug: "acme" } }).subject).toBe(
      `Invitation to “${name}”`,
    );
});
