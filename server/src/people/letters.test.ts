/** The words of letters: whatever is in a name is text, in both forms. */
import { expect, test } from "vitest";
import { invitationLetter } from "./letters.ts";

const words = {
  email: "bob@example.org",
  role: "OWNER",
  invitedBy: { type: "user", id: "user_anne", name: "Anne" },
  expiresAt: 1_795_346_431_000_000n,
  organization: "Acme",
  link: "https://log.example.org/invitation#dbk_invitation_x",
} as const;

test("a letter says who invites whom where, until when, and how", () => {
  const { to, subject, text, html } = invitationLetter(words);
  expect([to, subject]).toEqual(["bob@example.org", "Invitation to Acme"]);
  expect(text).toBe(
    [
      "Anne invites you to join the organization Acme on Daybook as an owner.",
      "To accept, open this link before 2026-11-22 11:20 UTC:",
      "https://log.example.org/invitation#dbk_invitation_x",
      "The link is for you alone. If you did not expect it, you can ignore this message.\n",
    ].join("\n\n"),
  );
  expect(html).toContain(`<a href="${words.link}">${words.link}</a>`);
});

test("who has no name isn't named", () => {
  const { text } = invitationLetter({ ...words, invitedBy: { type: "user", id: "operator" } });
  expect(text).toMatch(/^You are invited to join/);
});

test("names can't become markup", () => {
  const organization = `<img src=x onerror="alert(1)">&'`;
  const { html, text } = invitationLetter({ ...words, organization });
  expect(text).toContain(organization);
  expect(html).not.toContain("<img");
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;&amp;&#39;");
});
