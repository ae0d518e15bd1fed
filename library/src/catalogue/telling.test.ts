/** Titles and sentences that depend on the content of an event, and codes as words. */
import { describe, expect, test } from "vitest";
import { eventType } from "./catalogue.ts";
import { sentence } from "./sentence.ts";
import { codeInWords, partyName, title, wordsFor } from "./telling.ts";

const anne = { type: "user", id: "u_17", name: "Anne" } as const;
const bob = { type: "user", id: "u_23", name: "Bob" } as const;
const cardOf = (name: string, data: object, more: object = {}): string[] => {
  const type = eventType(name)!;
  const event = { actor: anne, targets: [bob], data, ...more } as never;
  return [title(event, type), sentence(event, type)];
};

describe("what happened is said by the data:", () => {
  test.each([
    ["API_LIFECYCLE", { published: true }, "API published", "Anne published API Bob"],
    ["API_LIFECYCLE", { published: false }, "API unpublished", "Anne unpublished API Bob"],
    ["DOMAIN_LIFECYCLE", { published: false }, "Domain unpublished", "Anne unpublished domain Bob"],
    [
      "REMOVE_ORGANIZATION_MEMBER",
      { how: "REMOVED" },
      "Member removed",
      "Anne removed Bob from the organization",
    ],
    [
      "REMOVE_ORGANIZATION_MEMBER",
      { how: "LEFT" },
      "Member left",
      "Anne recorded that Bob left the organization",
    ],
    [
      "UPDATE_ORGANIZATION_MEMBER",
      { oldRole: "DESIGNER", role: "OWNER" },
      "Member made an owner",
      "Anne changed Bob from Designer to Owner",
    ],
    [
      "UPDATE_ORGANIZATION_MEMBER",
      { oldRole: "OWNER", role: "AUDITOR" },
      "Owner given another role",
      "Anne changed Bob from Owner to Auditor",
    ],
    [
      "NEW_ORGANIZATION_MEMBER",
      { role: "AUDITOR" },
      "Member invited",
      "Anne invited Bob to the organization as Auditor",
    ],
    [
      "API_TRANSFER",
      { fromOwner: "a", toOwner: "b", direction: "IN" },
      "API transferred in",
      "Anne transferred API Bob from a to b",
    ],
    [
      "API_TRANSFER",
      { fromOwner: "a", toOwner: "b", direction: "OUT" },
      "API transferred out",
      "Anne transferred API Bob from a to b",
    ],
    ["FORK_API", { direction: "OUT" }, "API forked to another owner", "Anne forked API Bob to another owner"],
    [
      "FORK_API",
      { direction: "IN" },
      "API forked from another owner",
      "Anne forked API Bob from another owner",
    ],
    ["NEW_API", { origin: "IMPORTED" }, "API imported", "Anne imported API Bob"],
    ["NEW_API", {}, "API created", "Anne created API Bob"],
    [
      "PRODUCT_PLAN_CHANGE",
      { plan: "team", oldPlan: "free" },
      "Plan changed",
      "Anne changed the plan of Bob from free to team",
    ],
    ["PRODUCT_PLAN_CHANGE", { plan: "team" }, "Plan changed", "Anne changed the plan of Bob to team"],
    [
      "PRODUCT_PLAN_CHANGE",
      { plan: "team", oldPlan: "team", paymentMethodChanged: true },
      "Payment method changed",
      "Anne changed the payment method of Bob",
    ],
    [
      "NEW_COLLABORATION",
      { roles: ["EDITOR", "COMMENTER"], resource: "/apis/a/b" },
      "Role assigned",
      "Anne gave Bob the role Editor, Commenter on /apis/a/b",
    ],
  ])("%s %j", (name, data, happened, words) => {
    expect(cardOf(name, data)).toEqual([happened, words]);
  });

  test("a format has the name that people call it", () => {
    expect(["csv", "ndjson"].map(codeInWords)).toEqual(["CSV", "NDJSON"]);
  });

  test("what was denied or failed, as what was tried", () => {
    for (const outcome of ["denied", "failed"])
      expect(cardOf("API_LIFECYCLE", { published: true }, { outcome })).toEqual([
        "Tried to publish an API",
        "Anne tried to publish API Bob",
      ]);
  });

  test("what people do about themselves names them once", () => {
    const own = { targets: [anne] };
    expect(cardOf("REMOVE_ORGANIZATION_MEMBER", { how: "LEFT" }, own)[1]).toBe("Anne left the organization");
    expect(cardOf("SIGN_IN", { method: "PASSWORD" }, own)[1]).toBe("Anne signed in");
    expect(cardOf("SESSIONS_ENDED", { why: "Signed out" }, own)).toEqual(["Signed out", "Anne signed out"]);
  });

  test("where the data was erased, the type's own words are left", () => {
    expect(cardOf("API_LIFECYCLE", {}, { data: undefined, erased: ["data"] })[0]).toBe(
      "API published or unpublished",
    );
  });
});

test("a condition holds only for what is there", () => {
  const type = {
    ...eventType("NEW_TEAM")!,
    variants: [{ when: [{ path: "/data/a", sameAs: "/data/b" }], title: "Same" }],
  };
  expect(wordsFor({ data: {} }, type).title).toBe("Team created");
  expect(wordsFor({ data: { a: [1], b: [1] } }, type).title).toBe("Same");
  const inherited = {
    ...type,
    variants: [{ when: [{ path: "/constructor", present: true } as const], title: "x" }],
  };
  expect(wordsFor({}, inherited).title).toBe("Team created");
});

test("codes read as words, and nothing else is taken for a code", () => {
  expect(["OWNER", "SETUP_LINK", "OPENID", "API", "SYNC_JOB_2"].map(codeInWords)).toEqual([
    "Owner",
    "Set-up link",
    "OpenID Connect",
    "API",
    "Sync job 2",
  ]);
  for (const text of ["Owner", "OWNER!", "oWNER", "OW NER", "", "_", "ÄB", "constructor"])
    expect(codeInWords(text)).toBe(text);
});

test("Daybook and nobody known are called by what they are", () => {
  expect(partyName({ type: "system", id: "daybook" })).toBe("Daybook");
  expect(partyName({ type: "system" })).toBe("Daybook");
  expect(partyName({ type: "anonymous" })).toBe("Someone");
  expect(partyName({ type: "anonymous", id: "anonymous" })).toBe("Someone");
  expect(partyName({ type: "anonymous", id: "visitor-7" })).toBe("visitor-7");
  expect(partyName({ type: "user", id: "daybook" })).toBe("daybook");
  expect(partyName({ type: "system", id: "daybook", name: "Nightly" })).toBe("Nightly");
});
