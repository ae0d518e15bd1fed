/** The terms of an event: its words, what filters ask for, and apart from these, what its context has. */
import { expect, test } from "vitest";
import { termsOf } from "./event-terms.ts";
import { hasBeginnings } from "./terms.ts";

const slot = (value: unknown): { json: string } => ({ json: JSON.stringify(value) });
const event = {
  type: "API_CLIENT_UPDATED",
  outcome: "denied" as const,
  slots: {
    actor: slot({ id: "u_17", type: "user" }),
    targets: slot([
      { id: "client_9", name: "Register sandbox", type: "api_client" },
      { id: "o/2", type: "organization" },
    ]),
    changes: slot([{ from: false, path: "/requireMfa", to: true }]),
    producer: slot({ externalId: "evt_1NG8", id: "portal", n: 4217 }),
    recordedBy: slot({ id: "client_1", type: "api_client" }),
    context: slot({
      correlationId: "corr-1",
      ip: "192.0.2.17",
      requestId: "Req 42",
      userAgent: "Portal/4.2 (Łódź)",
    }),
  },
};

test("are words and what filters ask for", () => {
  const terms = termsOf(event);
  for (const term of [
    ...["wregister", "wsandbox", "wclient.9", "wmfa", "wevt.1ng8", "wapi.client.updated"],
    ...["tAPI_CLIENT_UPDATED", "odenied", "auser:u_17", "gapi_client:client_9", "gorganization:o/2"],
    ...["sothers", "rapi_client:client_1", "xevt_1NG8", "p/requireMfa"],
  ])
    expect(terms).toContain(term);
  expect(
    termsOf({ ...event, slots: { recordedBy: slot({ id: "c", own: true, type: "api_client" }) } }),
  ).toContain("sdaybook");
});

test("have the names of the actor and of targets each as a kind of its own, with what follows in the same text", () => {
  const named = {
    ...event,
    slots: {
      ...event.slots,
      actorPersonal: slot({ "/email": "grace@example.org", "/name": "Grace  Brewster-Hopper, PhD" }),
      targetsPersonal: slot({ "/1/name": "Łódź" }),
    },
  };
  const names = (of: Parameters<typeof termsOf>[0], version?: number): string[] =>
    termsOf(of, version).filter((term) => /^[nm]/.test(term));
  expect(names(named).sort()).toEqual(
    [
      ...["ngrace brewster.hopper phd", "nbrewster.hopper phd", "nhopper phd", "nphd"],
      ...["ngrace.example.org", "nexample.org", "norg", "nu.17", "n17"],
      ...["mregister sandbox", "msandbox", "mclient.9", "m9", "mlodz", "mo.2", "m2"],
    ].sort(),
  );
  const digest = { digest: undefined };
  const erased = { ...named, slots: { ...named.slots, actorPersonal: digest, targets: digest } };
  expect(names(erased).sort()).toEqual(["n17", "nu.17"]);
  expect(names(named, 1)).toEqual([]);
  expect(termsOf(event, 1)).toContain("Uportal.4.2");
});

test("of the context are of kinds of their own, and no words", () => {
  const ofContext = termsOf(event).filter((term) => /^[A-Z]/.test(term));
  expect(ofContext.sort()).toEqual(
    [
      ...[`A4${"11000000"}${"00000000"}${"00000010"}${"00010001"}`, "Ccorr-1", "QReq 42"],
      ...["Uportal.4.2 lodz", "U4.2 lodz", "U2 lodz", "Ulodz"],
    ].sort(),
  );
  const { context: _context, ...slots } = event.slots;
  const without = termsOf({ ...event, slots });
  expect(termsOf(event).filter((term) => !/^[A-Z]/.test(term))).toEqual(without);
});

test.each([
  ["2001:db8::1", `6${"0010000000000001"}${"0000110110111000"}${"0".repeat(5 * 16)}${"0".repeat(15)}1`],
  ["::", `6${"0".repeat(128)}`],
  ["::ffff:192.0.2.1", `6${"0".repeat(80)}${"1".repeat(16)}${"1100000000000000"}${"0000001000000001"}`],
  ["fe80::1%eth0", `6${"1111111010000000"}${"0".repeat(6 * 16)}${"0".repeat(15)}1`],
])("the address %s is its bits, so that networks are beginnings", (ip, bits) => {
  const [term] = termsOf({ type: "A_B", outcome: "success", slots: { context: slot({ ip }) } }).filter(
    (one) => one.startsWith("A"),
  );
  expect(term).toBe(`A${bits}`);
});

test("of what is no address, and of what was erased, are none", () => {
  const slots = { context: slot({ ip: "localhost" }), actor: { digest: undefined } };
  const terms = termsOf({ type: "A_B", outcome: "success", slots });
  expect(terms.filter((term) => /^[Aa]/.test(term))).toEqual([]);
});

test("are looked for by their beginnings only where that has a use", () => {
  expect(["wa", "tA_B", "A4", "Uportal"].every(hasBeginnings)).toBe(true);
  expect(["auser:u", "gapi:a", "xevt", "p/a", "QReq", "odenied"].some(hasBeginnings)).toBe(false);
});
