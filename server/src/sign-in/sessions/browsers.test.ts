/** Known browsers: they have attempts of their own, which others can't use up, and a mail reports a new one. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Letter } from "../../mail/index.ts";
import type { Entered } from "../base/entered.ts";
import {
  anne,
  context,
  day,
  minute,
  type OpenedSignIn,
  openTestSignIn,
  setUpAnne,
  whole,
} from "../testing/open-sign-in.ts";

const letters: Letter[] = [];
let services: OpenedSignIn;
let first: Entered;
beforeAll(async () => {
  services = await openTestSignIn({ mail: { post: (letter) => void letters.push(letter) } });
  first = await setUpAnne(services);
});
afterAll(() => services.close());
beforeEach(() => {
  services.later(16n * minute);
  letters.length = 0;
});

const enter = async (
  browser?: string,
  wanted: { email: string; password: string } = anne,
): Promise<Entered> => whole(await services.signIn.signIn(wanted, { context, browser }));
const choose = async (...answers: Parameters<OpenedSignIn["signIn"]["choosePassword"]>): Promise<Entered> =>
  whole(await services.signIn.choosePassword(...answers));
const wrong = { email: anne.email, password: "wrong horse battery" };
async function fail(times: number, browser?: string, ip = "198.51.100.1"): Promise<string[]> {
  const codes: string[] = [];
  for (let i = 0; i < times; i++) {
    const refused = services.signIn.signIn(wrong, { context: { ip }, browser });
    codes.push(
      await refused.then(
        () => "let in",
        ({ code }) => code,
      ),
    );
  }
  return codes;
}

test("strangers lock an account for browsers that it never saw, and for no other", async () => {
  const { browser } = await enter();
  expect(await fail(11)).toEqual([...Array(10).fill("sign-in-refused"), "too-many-requests"]);
  await expect(enter()).rejects.toMatchObject({ code: "too-many-requests" });
  const again = await enter(browser.token);
  // and while they have it, repeatedly
  expect((await fail(1))[0]).toBe("too-many-requests");
  await enter(again.browser.token);
});

test("a whole network that is locked locks no browser that was let in before", async () => {
  const { browser } = await enter();
  const { ip } = context;
  for (let i = 0; i < 30; i++)
    await services.signIn
      .signIn({ email: `nobody${i}@acme.example`, password: "wrong horse" }, { context: { ip } })
      .catch(() => undefined);
  await expect(enter()).rejects.toMatchObject({ code: "too-many-requests" });
  await enter(browser.token);
});

test("a browser has ten tries of its own, and uses up nobody else's", async () => {
  const { browser } = await enter();
  const other = await enter();
  expect(await fail(11, browser.token)).toEqual([...Array(10).fill("sign-in-refused"), "too-many-requests"]);
  await expect(enter(browser.token)).rejects.toMatchObject({ code: "too-many-requests" });
  await enter(other.browser.token);
  await enter();
  services.later(15n * minute);
  await enter(browser.token);
});

test("what a browser shows counts at the accounts that it signed in to, once, and for nothing that is none", async () => {
  const { browser } = await enter();
  const bob = { email: "bob@acme.example", password: "another horse battery" };
  const { initiator } = await services.own(first);
  const { link } = await services.signIn.addOperator({ email: bob.email, initiator });
  // anne also signed in with bob's first browser: it is now known at both accounts
  const { browser: both } = await choose(
    { code: link?.code ?? "", password: bob.password },
    { context, browser: browser.token },
  );
  await fail(10);
  for (const shown of [browser.token, "", "x", `${both.token}x`, both.token.toUpperCase()])
    await expect(enter(shown)).rejects.toMatchObject({ code: "too-many-requests" });
  const now = await enter(both.token);
  expect((await enter(now.browser.token, bob)).isNewBrowser).toBe(false);
});

test("a letter tells of a browser that is new to the account, once, and of none that it knows", async () => {
  const entered = await enter();
  expect(letters).toMatchObject([{ to: anne.email, subject: "New sign-in to Daybook" }]);
  expect(letters[0]!.text).toContain(context.ip);
  const again = await enter(entered.browser.token);
  expect([again.isNewBrowser, letters.length]).toEqual([false, 1]);
  await fail(1);
  expect(letters).toHaveLength(1);
});

test("the letter holds nothing that lets anybody in", async () => {
  const { token, browser } = await enter();
  for (const { text, html } of letters)
    for (const secret of [token, browser.token, anne.password]) expect(text + html).not.toContain(secret);
});

test("who changes their password keeps their browser; those of all others are new", async () => {
  const one = await enter();
  const other = await enter();
  const own = await services.own(one);
  const changed = {
    ...own,
    current: anne.password,
    password: "changed horse battery",
    browser: one.browser.token,
  };
  await services.signIn.changePassword(changed);
  const wanted = { ...anne, password: "changed horse battery" };
  expect((await enter(one.browser.token, wanted)).isNewBrowser).toBe(false);
  expect((await enter(other.browser.token, wanted)).isNewBrowser).toBe(true);
  const back = await enter(undefined, wanted);
  await services.signIn.changePassword({
    ...(await services.own(back)),
    current: wanted.password,
    password: anne.password,
  });
});

test("who signs out everywhere is known nowhere, and so is who is reset", async () => {
  const one = await enter();
  await services.signIn.signOutEverywhere(await services.own(one));
  expect((await enter(one.browser.token)).isNewBrowser).toBe(true);
  const other = await enter();
  const { initiator } = await services.own(other);
  const { link } = await services.signIn.resetUser({ email: anne.email, initiator });
  await services.signIn.choosePassword({ code: link?.code ?? "", password: anne.password }, { context });
  expect((await enter(other.browser.token)).isNewBrowser).toBe(true);
});

test("a browser is known for 400 days from its last sign-in", async () => {
  const one = await enter();
  services.later(399n * day);
  const two = await enter(one.browser.token);
  expect(two.isNewBrowser).toBe(false);
  services.later(401n * day);
  await fail(10);
  await expect(enter(two.browser.token)).rejects.toMatchObject({ code: "too-many-requests" });
});

test("a session has tries of its own at its own password: strangers keep nobody from changing it", async () => {
  const own = await services.own(await enter());
  await fail(11);
  const changing = (current: string): Promise<void> =>
    services.signIn.changePassword({ ...own, current, password: "changed horse battery" });
  for (let i = 0; i < 10; i++)
    await expect(changing("wrong horse")).rejects.toMatchObject({ code: "request-invalid" });
  await expect(changing(anne.password)).rejects.toMatchObject({ code: "too-many-requests" });
});
