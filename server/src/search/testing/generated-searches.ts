/** Generated events, and generated searches that find some of them. */
import type { EventInput } from "daybook/internal";
import fc from "fast-check";
import type { QualifierName, SearchTerm } from "../language/search-terms.ts";

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const people = ["Grace Hopper", "Grace Jones", "Anne Wilson", "Łukasz Hopper"];
const agents = ["curl/8.5.0", "Mozilla/5.0 (X11; Linux) Firefox/133.0", "Portal/4.2 (Łódź)"];
const ips = ["192.0.2.17", "192.0.2.200", "198.51.100.3", "203.0.113.9", "2001:db8::1"];
const paths = ["/name", "/expiresOn", "/authPolicy/requireMfa"];
const types = ["API_CLIENT_UPDATED", "API_CLIENT_REVOKED", "NEW_TEAM", "REMOVE_TEAM"];

/** The same words in another order are another name. */
const personOf = (n: number): string => (n % 20 === 8 ? "Hopper Grace" : pick(people, n));

/** The event with that number. */
export function sampleEvent(n: number): EventInput {
  const type = pick(types, n * 7 + Math.floor(n / 11));
  const name = pick(["Register sandbox", "Billing sync", "sandbox two"], n);
  const isTeam = type.endsWith("TEAM");
  const data = isTeam
    ? { teamId: `t_${n % 9}`, team: pick(["Platform", "Hopper fans"], n) }
    : { clientId: `c_${n % 9}`, name, expiresOn: "2027-05-31" };
  const actors = [
    { type: "user", id: `u_${n % 4}`, name: personOf(n), email: `u${n % 4}@example.org` },
    { type: "api_client", id: `c_${n % 3}`, name: "Hopper bot" },
    { type: "anonymous" },
  ] as const;
  return {
    type,
    actor: pick(actors, Math.floor(n / 3)),
    targets: [
      { type: isTeam ? "team" : "api_client", id: `t_${n % 9}`, name },
      ...(n % 5 === 0 ? [{ type: "user", id: "u_2", name: "Grace Hopper" }] : []),
    ],
    occurredAt: `2026-1${n % 2}-${String(1 + (n % 28)).padStart(2, "0")}T0${n % 10}:30:00Z`,
    ...(isTeam ? {} : { changes: [{ path: pick(paths, n), from: `old ${n % 3}`, to: `new ${n % 4}` }] }),
    outcome: pick(["success", "success", "success", "denied", "failed"] as const, n),
    ...(n % 4 === 0 ? { reason: `ticket OPS-${n % 12}` } : {}),
    context: {
      ip: pick(ips, n),
      userAgent: pick(agents, Math.floor(n / 2)),
      requestId: `req ${n % 50}`,
      correlationId: `act-${n % 23}`,
    },
    data,
    ...(n % 6 === 0 ? { producer: { id: "portal", externalId: `evt_${n % 30}` } } : {}),
  } as EventInput;
}

/** The words of one name in part or in another order, and words of two targets. */
const severalTargets = ["reg sand", "sandbox register", "sandbox hopper", "sandbox two"];

const values: Readonly<Record<QualifierName, readonly string[]>> = {
  type: ["API_CLIENT_*", "api_client_revoked", "NEW_TEAM", "API_*", "LOG_OPENED", "no.such", "remove_*"],
  actor: [
    "grace",
    "Grace Hopper",
    "hopper",
    "user:u_2",
    "api_client:c_1",
    "anonymous:",
    "u_1",
    "u1@example",
    "lukasz",
    "gra hop",
    "hopper grace",
    "grace u0",
    "system:daybook",
  ],
  target: [
    "sandbox",
    "Register sandbox",
    "team:t_3",
    "grace hopper",
    "t_4",
    "nobody",
    "user:u_2",
    ...severalTargets,
  ],
  outcome: ["success", "DENIED", "failed"],
  changed: [...paths, "/na"],
  "recorded-by": ["daybook", "others", "operator:operator", "api_client:x", "server:daybook"],
  external: ["evt_6", "evt_12", "evt"],
  ip: ["192.0.2.17", "192.0.2.0/24", "192.0.2.0/25", "0.0.0.0/0", "203.0.113.9/32", "10.0.0.0/8"],
  agent: ["curl", "firefox", "Mozilla/5.0", "x11 linux", "linux x11", "fire 13", "lodz", "4.2"],
  request: ["req 3", "req 30", "req"],
  correlation: ["act-7", "act-19", "act"],
  org: ["acme", "globex", "nowhere"],
  after: ["2026-10-14", "2026-11-02"],
  before: ["2026-11-20", "2026-11-27", "2027-01-01"],
};

const termOf = (names: readonly QualifierName[]): fc.Arbitrary<SearchTerm> =>
  fc
    .constantFrom(...names)
    .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...values[name]), fc.boolean()))
    .map(([name, value, isExcluded]) => ({
      ...{ name, value, isQuoted: /\s/.test(value) },
      isExcluded: isExcluded && name !== "after" && name !== "before",
    }));
const wordTerm: fc.Arbitrary<SearchTerm> = fc
  .tuple(
    fc.constantFrom(
      "sandbox",
      "grace hopper",
      "new",
      "ops",
      "expires",
      "billing sync",
      "acme",
      "sandbox register",
    ),
    fc.boolean(),
  )
  .map(([text, isExcluded]) => ({ isExcluded, text, isQuoted: text.includes(" ") }));

const once = (terms: SearchTerm[]): SearchTerm[] =>
  terms.filter(
    (term, n) =>
      !("name" in term) ||
      (term.name !== "after" && term.name !== "before") ||
      terms.findIndex((other) => "name" in other && other.name === term.name) === n,
  );
/** All qualifiers. */
export const names = Object.keys(values) as readonly QualifierName[];
/** All qualifiers but `org:`. */
export const inOneLog: readonly QualifierName[] = names.filter((name) => name !== "org");
/** Up to four terms: words, and these qualifiers. */
export const searchOf = (of: readonly QualifierName[]): fc.Arbitrary<SearchTerm[]> =>
  fc
    .array(fc.oneof({ weight: 4, arbitrary: termOf(of) }, wordTerm), { minLength: 1, maxLength: 4 })
    .map(once);
