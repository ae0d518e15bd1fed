/**
 * The second implementation, in Python from spec/ alone, gives the same results as Daybook for the vectors, and for events of any shape.
 */
import { readFileSync } from "node:fs";
import type { JsonObject } from "daybook";
import { pointerNames, type TypeRules } from "daybook/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { ask, askOfEvents, type Body, hasPython, ourAnswer } from "./ask.ts";
import { body } from "./events.ts";

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../spec/vectors/${name}`, import.meta.url), "utf8")) as T;

interface EventCase {
  readonly name: string;
  readonly text: string;
  readonly own?: true;
  readonly writer?: "server";
  readonly fill?: { pointer: string; text: string; times: number };
  readonly slots?: JsonObject | null;
  readonly code?: string;
  readonly pointers?: string[];
  readonly unchanged?: true;
  readonly eventOutcome?: string;
  readonly occurredAt?: string;
}
const hostile = read<{ now: string; types: TypeRules[]; cases: EventCase[] }>("events-hostile.json");
const hiding = read<{ types: TypeRules[]; cases: EventCase[] }>("hiding.json");
const compared = test.skipIf(!hasPython);

const own = { type: "server", id: "daybook", own: true } as const;

/** The text of a case, filled as it says. */
function textOf({ text, fill }: EventCase): string {
  if (fill === undefined) return text;
  const event = JSON.parse(text) as JsonObject;
  const names = pointerNames(fill.pointer);
  const last = names.pop()!;
  const holder = names.reduce((value, name) => value[name] as JsonObject, event);
  holder[last] = fill.text.repeat(fill.times);
  return JSON.stringify(event);
}

const bodyOf = (one: EventCase): Body => ({
  text: textOf(one),
  now: hostile.now,
  writer: one.writer,
  ...(one.own && { recordedBy: own }),
});

/** The answer about a body of one event, its slots read. */
function eventOf(answer: JsonObject): JsonObject {
  const [event] = (answer.events ?? [answer]) as [JsonObject];
  if (event.slots === undefined) return event;
  const slots = Object.entries(event.slots as Record<string, string>);
  const values = slots
    .map(([name, jcs]) => [name, JSON.parse(jcs)])
    .filter(([name]) => name !== "recordedBy");
  return { ...event, slots: Object.fromEntries(values) as JsonObject };
}

compared("hostile JSON is read as its vectors say", () => {
  interface JsonCase {
    name: string;
    outcome: string;
    canonical?: string;
    pointers?: string[];
  }
  const { cases } = read<{ cases: JsonCase[] }>("json-hostile.json");
  const codes: Record<string, string> = { refused: "json-refused", unreadable: "json-unreadable" };
  const answers = ask(
    [],
    cases.map(({ outcome: _outcome, ...question }) => ({ ask: "json", ...question })),
  );
  cases.forEach(({ name, outcome, canonical, pointers }, i) => {
    const { pointers: found, ...rest } = answers[i]!;
    expect(rest, name).toEqual(outcome === "accepted" ? { canonical } : { refused: codes[outcome] });
    if (pointers) expect(found, name).toEqual(pointers);
  });
});

compared("hostile events are taken and refused as their vectors say", () => {
  const answers = askOfEvents(hostile.types, hostile.cases.map(bodyOf)).map(eventOf);
  hostile.cases.forEach((one, i) => {
    const { slots, ...answer } = answers[i]!;
    if (one.code !== undefined) {
      expect(answer, one.name).toEqual({ refused: one.code, pointers: one.pointers });
      return;
    }
    const { unchanged = false, eventOutcome: outcome = "success" } = one;
    expect(answer, one.name).toMatchObject({ unchanged, outcome });
    if (one.occurredAt) expect(answer.occurredAt, one.name).toBe(one.occurredAt);
    if (one.slots) expect(slots, one.name).toEqual(one.slots);
  });
});

compared("what the vectors of hiding hide is hidden", () => {
  const answers = askOfEvents(hiding.types, hiding.cases.map(bodyOf)).map(eventOf);
  hiding.cases.forEach(({ name, slots }, i) => {
    expect(answers[i]!.slots, name).toEqual(slots);
  });
});

const bare = {
  version: 1,
  labels: {},
  secret: { changes: [] },
  personal: { changes: [], data: [] },
  plain: { changes: [], data: [] },
};
/** The labels and marks that the worked example's description names. */
const exampleTypes: TypeRules[] = [
  { ...bare, name: "LOG_OPENED" },
  { ...bare, name: "API_CLIENT_UPDATED", labels: { "/name": "Client name" } },
  {
    ...bare,
    name: "UPDATE_ORGANIZATION_MEMBER",
    labels: { "/email": "Email", "/role": "Role", "/password": "Password" },
    secret: { changes: ["/password"] },
    personal: { changes: ["/email"], data: ["/email"] },
  },
];

interface Leaf {
  producerText: string;
  assigned: { log: string; seq: number; recordedAt: string; recordedBy: { type: string } };
  slots: Record<string, { salt: string; disclosure: string; digest: string }>;
  leafData: string;
  leafHash: string;
}

compared("the worked example comes out to the byte, from the producer's texts to the roots", () => {
  const { leaves, roots } = read<{ leaves: Leaf[]; roots: JsonObject[] }>("leaf.json");
  const each = (leaf: Leaf, what: "salt" | "disclosure" | "digest"): Record<string, string> =>
    Object.fromEntries(Object.entries(leaf.slots).map(([name, slot]) => [name, slot[what]]));
  const events = leaves.map((leaf) => ({
    ask: "events",
    text: leaf.producerText,
    now: leaf.assigned.recordedAt,
    writer: leaf.assigned.recordedBy.type === "server" ? "server" : undefined,
    recordedBy: leaf.assigned.recordedBy,
    place: { ...leaf.assigned, salts: each(leaf, "salt") },
  }));
  const trees = roots.map(({ size }) => ({
    ask: "tree",
    hashes: leaves.slice(0, size as number).map(({ leafHash }) => leafHash),
  }));
  const answers = ask(exampleTypes, [...events, ...trees]);
  leaves.forEach((leaf, i) => {
    const [event] = answers[i]!.events as [JsonObject];
    const { disclosures, digests, leafData, leafHash } = event;
    expect(disclosures).toEqual(each(leaf, "disclosure"));
    expect(digests).toEqual(each(leaf, "digest"));
    expect({ leafData, leafHash }).toEqual({ leafData: leaf.leafData, leafHash: leaf.leafHash });
  });
  roots.forEach(({ size, root, checkpoint }, i) => {
    const tree = answers[leaves.length + i]!;
    expect(tree).toEqual({ root, frontierRoot: root });
    const lines = `${leaves[0]!.assigned.log}\n${String(size)}\n${String(tree.root)}\n\n`;
    expect((checkpoint as string).startsWith(lines)).toBe(true);
  });
});

compared("trees have the roots and proofs of their vectors", () => {
  interface Trees {
    roots: { size: number; root: string }[];
    inclusion: { seq: number; size: number; proof: string[] }[];
    consistency: { older: number; newer: number; proof: string[] }[];
  }
  const { roots, inclusion, consistency } = read<Trees>("tree.json");
  const tree = (size: number, more: object = {}): object => ({
    ask: "tree",
    leaves: Array.from({ length: size }, (_, i) => String(i)),
    ...more,
  });
  const answers = ask(
    [],
    [
      ...roots.map(({ size }) => tree(size)),
      ...inclusion.map(({ seq, size }) => tree(size, { seq })),
      ...consistency.map(({ older, newer }) => tree(newer, { older })),
    ],
  );
  expect(answers.splice(0, roots.length)).toEqual(roots.map(({ root }) => ({ root, frontierRoot: root })));
  expect(answers.map((answer) => answer.inclusion ?? answer.consistency)).toEqual(
    [...inclusion, ...consistency].map(({ proof }) => proof),
  );
});

compared("hostile disclosures are refused", () => {
  const { disclosures } = read<{ disclosures: { name: string; text: string }[] }>("ledger-hostile.json");
  const answers = ask(
    [],
    disclosures.map(({ text }) => ({ ask: "disclosure", text })),
  );
  disclosures.forEach(({ name }, i) => {
    expect(answers[i], name).toEqual({ refused: "proof-invalid", pointers: [] });
  });
});

/** `npm run second` sets 20,000. */
const count = Number(process.env.SECOND ?? 1_000);
const types = [...hiding.types, ...hostile.types.filter(({ name }) => name !== "API_CLIENT_UPDATED")];

/** An answer without the pointers that the pages don't fix. */
function fixed(answer: JsonObject): JsonObject {
  const free = answer.refused === "json-unreadable" || answer.refused === "request-invalid";
  return free ? { refused: answer.refused! } : answer;
}

compared(
  `${count} bodies of any shape come out the same, to the leaf's hash`,
  () => {
    const bodies = fc.sample(body(types.map(({ name }) => name)), count);
    const ours = bodies.map((each) => fixed(ourAnswer(types, each)));
    const theirs = askOfEvents(types, bodies).map(fixed);
    expect(theirs.length).toBe(count);
    const seen: Record<string, number> = {};
    const see = (what: string): void => {
      seen[what] = (seen[what] ?? 0) + 1;
    };
    ours.forEach((answer, i) => {
      expect(theirs[i], bodies[i]!.text).toEqual(answer);
      for (const event of (answer.events ?? [answer]) as JsonObject[]) {
        see(String(event.refused ?? "accepted"));
        const kept = JSON.stringify(event.slots ?? "");
        for (const sign of ["[hidden]", "[token ", '\\"hidden\\":true', "changesPersonal", "dataPersonal"])
          if (kept.includes(sign)) see(sign);
        if (event.unchanged) see("unchanged");
      }
    });
    if (process.env.SECOND) console.log(`${count} bodies, none of which differs:`, seen);
    const least = { accepted: 4, "event-invalid": 4, "[hidden]": 20, "[token ": 20, changesPersonal: 1_000 };
    for (const [what, one] of Object.entries(least))
      expect(seen[what], what).toBeGreaterThan(count / one / 2);
  },
  60_000 + count * 60,
);
