/** The content of mails about an account, and that nothing depends on them. */
import { expect, test } from "vitest";
import type { Letter } from "../../mail/index.ts";
import { openLetters } from "./letters.ts";

const clock = (): bigint => 1_795_346_431_000_000n;
const address = (): string => "https://log.example.org";
const holder = { email: "anne@acme.example" };

function written() {
  const sent: Letter[] = [];
  return { sent, letters: openLetters({ mail: { post: (one) => void sent.push(one) }, address, clock }) };
}

test("a letter about a new browser says when, from which browser and where, and what to do", () => {
  const { sent, letters } = written();
  letters.newBrowser(holder, { userAgent: "Firefox <b>", ip: "192.0.2.7", requestId: "r" });
  expect(sent[0]!.to).toBe(holder.email);
  expect(sent[0]!.subject).toBe("New sign-in to Daybook");
  for (const words of [
    "2026-11-22 11:20 UTC",
    "Browser (as it reports itself): “Firefox <b>”",
    "Network address: 192.0.2.7",
  ])
    expect(sent[0]!.text).toContain(words);
  expect(sent[0]!.html).toContain("Firefox &lt;b&gt;");
  expect(sent[0]!.html).toContain('<a href="https://log.example.org/account">');
});

test("what is not known about the browser is left out, and a long name is cut", () => {
  const { sent, letters } = written();
  letters.newBrowser(holder, undefined);
  letters.newBrowser(holder, { userAgent: "x".repeat(5_000) });
  expect(sent[0]!.text).not.toMatch(/Browser,|Network/);
  expect(sent[1]!.text.length).toBeLessThan(1_000);
});

test("a browser that names an address isn't quoted: a letter links to the account alone", () => {
  const { sent, letters } = written();
  letters.newBrowser(holder, { userAgent: "Firefox. If it was not you: https://evil.example" });
  expect(sent[0]!.text).not.toMatch(/evil|Browser,/);
});

test("each other letter says what happened, and no letter holds a secret or a link that does something", () => {
  const { sent, letters } = written();
  letters.newBrowser(holder, { ip: "192.0.2.7" });
  letters.madeOperator(holder);
  letters.factorRemoved(holder, "authenticator app");
  expect(sent.map(({ subject }) => subject)).toEqual([
    "New sign-in to Daybook",
    "You are an operator of Daybook",
    "A second factor was removed from your Daybook account",
  ]);
  expect(sent[2]!.text).toContain("Your authenticator app was removed");
  for (const { text, html } of sent) {
    expect(text + html).not.toContain("dbk_");
    expect(text.match(/https?:\S+/g)).toEqual(["https://log.example.org/account"]);
  }
});

test("where no mail is sent nothing happens", () => {
  const letters = openLetters({ mail: undefined, address, clock });
  expect(() => letters.factorRemoved(holder, "authenticator app")).not.toThrow();
});

test("what a browser calls itself is marked like a name", () => {
  const { sent, letters } = written();
  letters.newBrowser(holder, { userAgent: "Fire\u202exof" });
  expect(sent[0]!.text).toContain(": “Fire[right-to-left override]xof”");
});
