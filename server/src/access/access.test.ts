/** Tokens and the table: who is authenticated, and how soon a changed token counts. */
import { createHash } from "node:crypto";
import { DaybookError } from "daybook/internal";
import { describe, expect, test } from "vitest";
import type { Deployment } from "../store/contract/deployment.ts";
import { type Access, openAccess } from "./access.ts";
import type { Caller } from "./caller.ts";
import { machine } from "./testing/callers.ts";

const hashOf = (token: string): Uint8Array => createHash("sha256").update(token).digest();

/** A store whose operator token can change, and a movable clock. */
function opened(token: string | undefined): {
  access: Access;
  reads: () => number;
  change: (token: string) => void;
  fail: (error: Error | undefined) => void;
  move: (ms: number) => void;
} {
  let now = 0;
  let reads = 0;
  let hash = token === undefined ? undefined : hashOf(token);
  let failure: Error | undefined;
  const deployment = async (): Promise<Deployment | undefined> => {
    reads++;
    if (failure !== undefined) throw failure;
    const since = { operatorTokenSince: 0n, secretsKeyId: null };
    return hash && { logName: "x", publicKey: new Uint8Array(32), operatorTokenHash: hash, ...since };
  };
  return {
    access: openAccess({ store: { deployment }, now: () => now }),
    reads: () => reads,
    change: (changed) => {
      hash = hashOf(changed);
    },
    fail: (error) => {
      failure = error;
    },
    move: (ms) => {
      now += ms;
    },
  };
}

const refused = expect.objectContaining({ code: "not-authenticated", status: 401 });

describe("authenticate", () => {
  test("knows the operator by the token, and what goes into their events", async () => {
    const { access } = opened("secret");
    expect(await access.authenticate("secret")).toMatchObject({
      kind: "operator",
      recordedBy: { type: "operator", id: "operator" },
    });
  });

  test("says that nobody calls where there is no token", () => {
    expect(opened("secret").access.authenticate(undefined)).toMatchObject({ kind: "nobody" });
  });

  test.each(["", "secre", "secret ", "Secret", "secret\0"])("refuses %j", async (token) => {
    await expect(async () => opened("secret").access.authenticate(token)).rejects.toThrow(refused);
  });

  test("refuses every token before the first start is done", async () => {
    await expect(async () => opened(undefined).access.authenticate("")).rejects.toThrow(refused);
  });

  test("takes a changed token within a second, and the old one no more", async () => {
    const { access, change, move } = opened("old");
    await access.authenticate("old");
    change("new");
    move(1000);
    await expect(async () => access.authenticate("old")).rejects.toThrow(refused);
    expect(await access.authenticate("new")).toMatchObject({ kind: "operator" });
  });

  test("asks the database once for many callers at once, and not at all while the answer is fresh", async () => {
    const { access, reads, move } = opened("secret");
    await Promise.all(Array.from({ length: 50 }, () => access.authenticate("secret")));
    expect(reads()).toBe(1);
    move(400);
    expect(access.authenticate("secret")).toMatchObject({ kind: "operator" });
    expect(reads()).toBe(1);
    move(200);
    expect(access.authenticate("secret")).toMatchObject({ kind: "operator" });
    expect(reads()).toBe(2);
  });

  test("fails with the store, and works again with it", async () => {
    const { access, fail, move } = opened("secret");
    fail(new Error("down"));
    await expect(async () => access.authenticate("secret")).rejects.toThrow("down");
    fail(undefined);
    expect(await access.authenticate("secret")).toMatchObject({ kind: "operator" });
    fail(new Error("down again"));
    move(600);
    expect(access.authenticate("secret")).toMatchObject({ kind: "operator" });
    move(600);
    await expect(async () => access.authenticate("secret")).rejects.toThrow("down again");
  });

  test("asks the authenticator whose prefix the token has, each time", async () => {
    let asked = 0;
    const authenticate = async (token: string): Promise<Caller> => {
      asked++;
      if (token !== "dbk_live_known") throw new DaybookError("not-authenticated");
      return machine();
    };
    const access = openAccess({
      store: { deployment: async () => undefined },
      authenticators: {
        dbk_live_: authenticate,
        dbk_other_: () => Promise.reject(new Error("the wrong authenticator")),
      },
    });
    expect(await access.authenticate("dbk_live_known")).toMatchObject({ kind: "api_client" });
    expect(await access.authenticate("dbk_live_known")).toMatchObject({ kind: "api_client" });
    await expect(async () => access.authenticate("dbk_live_unknown")).rejects.toThrow(refused);
    expect(asked).toBe(3);
  });
});
