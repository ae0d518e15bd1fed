/** An event in words. */
import { expect, test } from "vitest";
import { eventType } from "./catalogue.ts";
import { cardRows, sentence, sentenceParts } from "./sentence.ts";

const revoked = eventType("API_CLIENT_REVOKED")!;
const actor = { type: "user", id: "u_17", name: "Anne Wilson" } as const;
const targets = [{ type: "api_client", id: "c_9", name: "Register sandbox" }];

test("actor and target are shown by name", () => {
  expect(sentence({ actor, targets }, revoked)).toBe("Anne Wilson revoked API client Register sandbox");
});

test("where there is no name, by id", () => {
  const event = {
    actor: { type: "user", id: "u_17" },
    targets: [{ type: "api_client", id: "c_9", name: "" }],
  } as const;
  expect(sentence(event, revoked)).toBe("u_17 revoked API client c_9");
});

test("what was denied or failed is told as tried", () => {
  for (const outcome of ["denied", "failed"] as const)
    expect(sentence({ actor, targets, outcome }, revoked)).toBe(
      "Anne Wilson tried to revoke API client Register sandbox",
    );
});

test("what was erased is said to be", () => {
  expect(sentence({ erased: ["actor", "targets"] }, revoked)).toBe("[erased] revoked API client [erased]");
  const event = { actor, targets, erased: ["data"] };
  expect(sentence(event, eventType("PRODUCT_PLAN_CHANGE")!)).toMatch(/to \[erased\]$/);
});

test("a name that looks like a placeholder stays as it is", () => {
  const event = {
    actor: { ...actor, name: "{target}" },
    targets: [{ ...targets[0]!, name: "{actor} $& $1" }],
  };
  expect(sentence(event, revoked)).toBe("{target} revoked API client {actor} $& $1");
});

test("parts say whom they name, so that a page can link them", () => {
  expect(sentenceParts({ actor, targets }, revoked)).toEqual([
    { text: "Anne Wilson", of: "actor" },
    { text: " revoked API client " },
    { text: "Register sandbox", of: "target" },
  ]);
});

test("members of data stand in a sentence as they are", () => {
  const data = { plan: "enterprise" };
  expect(sentence({ actor, targets, data }, eventType("PRODUCT_PLAN_CHANGE")!)).toBe(
    "Anne Wilson changed the plan of Register sandbox to enterprise",
  );
});

test("a card has all its rows, those without a value too", () => {
  expect(cardRows({ actor, targets, data: { clientId: "c_9", name: "Sandbox" } }, revoked)).toEqual([
    { label: "Client name", path: "/data/name", format: "text", value: "Sandbox" },
    { label: "Expiry date", path: "/data/expiresOn", format: "date", value: undefined },
  ]);
  expect(cardRows({ erased: ["data"] }, revoked).map((row) => row.value)).toEqual([undefined, undefined]);
  const inherited = { card: [{ label: "x", path: "/data/constructor/name" }] };
  expect(cardRows({ data: {} }, inherited)[0]!.value).toBeUndefined();
});
