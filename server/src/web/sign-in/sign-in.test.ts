/** The page of signing in: what a person does who has forgotten the password. */
import { expect, test } from "vitest";
import { openServer } from "../../api/testing/open-server.ts";
import { browserOf } from "../testing/browse.ts";

const forgotten =
  "If you forgot your password, ask an operator of this service for a link to choose a new one.";

test("says who helps with a forgotten password, where people have passwords", async () => {
  const withPasswords = browserOf(await openServer(), { cookie: "" });
  expect((await withPasswords("/sign-in")).text).toContain(forgotten);
  const openid = { issuer: "http://127.0.0.1:9", clientId: "c", clientSecret: "s", signOut: false };
  const without = { passwords: false, openid, publicUrl: "http://127.0.0.1:1" };
  const page = await browserOf(await openServer(without), { cookie: "" })("/sign-in");
  expect(page.text).not.toContain("forgot");
});
