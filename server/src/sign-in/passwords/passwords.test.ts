/** Hashing and comparing passwords. */
import { scryptSync } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openPasswords } from "./passwords.ts";

const passwords = openPasswords({ ln: 4 });

test("a password is kept as scrypt with its parameters and a salt of its own", async () => {
  const [one, other] = await Promise.all([passwords.hash("correct horse"), passwords.hash("correct horse")]);
  expect(one).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(other).not.toBe(one);
  const [, , , salt = "", hash = ""] = one!.split("$");
  const expected = scryptSync("correct horse", Buffer.from(salt, "base64"), 32, { N: 16, r: 8, p: 1 });
  expect(Buffer.from(hash, "base64")).toEqual(expected);
});

test("as it is opened for real, N is 2^17", async () => {
  const kept = await openPasswords().hash("correct horse battery");
  expect(kept).toContain("$ln=17,r=8,p=1$");
  expect(await passwords.verify("correct horse battery", kept)).toBe(true);
  expect(passwords.isOutdated(kept)).toBe(true);
  expect(openPasswords().isOutdated(kept)).toBe(false);
});

test("only the same password is right, however its characters were composed", async () => {
  const property = fc.asyncProperty(fc.string({ unit: "grapheme" }), fc.string(), async (right, wrong) => {
    const kept = await passwords.hash(right);
    expect(await passwords.verify(right.normalize("NFD"), kept)).toBe(true);
    expect(await passwords.verify(wrong, kept)).toBe(wrong.normalize("NFKC") === right.normalize("NFKC"));
  });
  await fc.assert(property, { numRuns: 50 });
});

test("where there is nothing to compare with it computes all the same, and says no", async () => {
  const slow = openPasswords({ ln: 14 });
  const kept = await slow.hash("correct horse battery");
  const time = async (of: string | null | undefined): Promise<number> => {
    const before = process.cpuUsage();
    for (let i = 0; i < 5; i++) expect(await slow.verify("wrong", of)).toBe(false);
    return process.cpuUsage(before).user;
  };
  const [known, none, nobody] = [await time(kept), await time(null), await time(undefined)];
  for (const each of [none, nobody]) expect(each).toBeGreaterThan(known / 4);
});

test("what is kept in a form that is not known is a fault, not a wrong password", async () => {
  for (const kept of ["", "$scrypt$", "$argon2id$v=19$x", "$scrypt$ln=17,r=8,p=1$short$short"])
    await expect(passwords.verify("x", kept), kept).rejects.toMatchObject(
      kept === "" ? {} : { code: "internal" },
    );
});

test("two compute at once, 32 wait, and the rest are told to come back", async () => {
  const slow = openPasswords({ ln: 12 });
  const results = await Promise.allSettled(Array.from({ length: 40 }, () => slow.hash("correct horse")));
  const refused = results.filter((each) => each.status === "rejected");
  expect(refused).toHaveLength(6);
  for (const each of refused)
    expect(each.reason).toMatchObject({ code: "overloaded", status: 503, retryAfter: 5 });
  // and afterwards there is capacity again
  await expect(slow.hash("correct horse")).resolves.toContain("$scrypt$");
});
