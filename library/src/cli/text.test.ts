/** The output of commands: plain, and harmless to the terminal whatever an event contains. */
import { PassThrough } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordedEvent } from "../event/index.ts";
import { forTerminal, isScalars } from "../shown/index.ts";
import { alike, differing } from "../shown/testing/values.ts";
import { Output } from "./io.ts";
import { paintFor, printable } from "./paint.ts";
import { eventText, sentenceOf } from "./sentence.ts";

const plain = paintFor({ stdout: { isTTY: false } as never, env: {} });
const event: RecordedEvent = {
  id: "01a2072c-8cd5-77eb-8683-7e350c2d508b",
  type: "API_CLIENT_UPDATED",
  occurredAt: "2026-11-22T11:20:31.123456Z",
  actor: { type: "user", id: "u_17", name: "Anne Wilson" },
  targets: [{ type: "api_client", id: "c_9", name: "Register sandbox" }],
  changes: [
    { path: "/name", label: "Client name", from: "Sandbox", to: "Register sandbox" },
    { path: "/secret", label: "Secret", hidden: true },
    { path: "/note", from: "" },
  ],
  data: { clientId: "c_9", name: "Register sandbox" },
  outcome: "success",
  reason: "Clearer",
  organization: { id: "org_1", slug: "acme", name: "Acme" },
  seq: 4,
  recordedAt: "2026-11-22T11:20:31.200000Z",
  leafHash: "",
  recordedBy: { type: "api_client", id: "c_1" },
};

test("an event is its time, title, sentence, what changed, and why", () => {
  expect(eventText(event, plain)).toBe(
    [
      "2026-11-22 11:20:31Z  API client updated  01a2072c-8cd5-77eb-8683-7e350c2d508b",
      "  Anne Wilson updated API client Register sandbox",
      "  Client name: was Sandbox, now Register sandbox",
      "  Secret: changed, both values are [hidden]",
      '  /note: was "", now (none)',
      "  Recorded by API client c_1",
      "  Reason: Clearer",
    ].join("\n"),
  );
});

test("who reported an event is said, of Daybook's own word nothing", () => {
  const lineOf = (more: Partial<RecordedEvent>): string | undefined =>
    /Recorded by .*/.exec(eventText({ ...event, ...more }, plain))?.[0];
  expect(lineOf({ recordedBy: { type: "operator", id: "operator" } })).toBe("Recorded by the operator token");
  expect(lineOf({ recordedBy: { type: "operator", id: "user_1" } })).toBe("Recorded by operator user_1");
  expect(lineOf({ recordedBy: undefined as never, erased: ["recordedBy"] })).toBe("Recorded by [erased]");
  expect(lineOf({ recordedBy: { type: "api_client", id: "c_1", own: true } })).toBeUndefined();
  expect(lineOf({ recordedBy: { type: "server", id: "daybook" } })).toBeUndefined();
  expect(lineOf({ type: "AUDIT_LOG_DOWNLOADED", targets: [] })).toBeUndefined();
});

test("an outcome other than success is said, in the title and in the sentence", () => {
  const text = eventText({ ...event, outcome: "denied" }, plain);
  expect(text).toContain("Tried to update an API client  denied");
  expect(text).toContain("Anne Wilson tried to update API client Register sandbox");
});

test("a sentence holds whatever is there: no name, an erased actor, an unknown type", () => {
  const { name: _, ...unnamed } = event.actor!;
  const { actor: __, ...erased } = event;
  expect(sentenceOf({ ...event, actor: unnamed })).toMatch(/^u_17 updated/);
  expect(sentenceOf({ ...erased, erased: ["actor"] })).toMatch(/^\[erased\] updated/);
  expect(sentenceOf({ ...event, type: "invoice.paid" })).toBe("Anne Wilson: invoice.paid Register sandbox");
  expect(sentenceOf({ ...event, type: "invoice.paid", targets: [] })).toBe("Anne Wilson: invoice.paid");
  expect(sentenceOf({ ...event, targets: [] })).toMatch(/something$/);
});

test("a name that looks like a place of the sentence stays a name", () => {
  const actor = { ...event.actor!, name: "{target} $& {data.name}" };
  expect(sentenceOf({ ...event, actor })).toBe("{target} $& {data.name} updated API client Register sandbox");
});

test("nothing of an event reaches the terminal that would steer it", () => {
  const steering = fc.constantFrom(
    "\u001b[2J",
    "\u009b31m",
    "\r",
    "\n",
    "\u0007",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ud800",
    "a",
  );
  fc.assert(
    fc.property(
      fc.array(steering).map((parts) => parts.join("")),
      (text) => {
        const shown = eventText(
          {
            ...event,
            actor: { type: "user", id: text, name: text },
            targets: [{ type: "api_client", id: "c", name: text }],
            changes: [{ path: text, label: text, from: text, to: { [text]: text } }],
            reason: text,
            type: event.type,
          },
          plain,
        );
        expect(shown).not.toMatch(
          /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/,
        );
        expect(shown.split("\n")).toHaveLength(5);
        expect(Buffer.from(shown, "utf8").toString("utf8")).toBe(shown);
      },
    ),
  );
  expect(printable("a\u001b[31mb")).toBe("a\\u{1b}[31mb");
  expect(printable("日本語 😀 é")).toBe("日本語 😀 é");
});

/** The line of one change. */
const lineOf = (change: object): string =>
  eventText({ ...event, changes: [{ path: "/x", ...change }] }, plain).split("\n")[2] ?? "";

describe("no two sides of a change are printed the same:", () => {
  test.each(alike)("%j and %j", (from, to) => {
    if (isScalars(from) && isScalars(to)) return;
    const sides = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    const [, was, now] = /^ {2}\/x: was (.*), now (.*)$/.exec(lineOf(sides)) ?? [];
    expect(was).toBeDefined();
    expect(was?.normalize("NFKC")).not.toBe(now?.normalize("NFKC"));
  });

  test("any two", () => {
    fc.assert(
      fc.property(differing, ([from, to]) => {
        const line = lineOf({ ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) });
        if (isScalars(from) && isScalars(to)) {
          expect(line).toMatch(/(?:^ {2}\/x: |, )[+-]|order changed/);
          return;
        }
        expect(line).toMatch(/^ {2}\/x: was .+, now .+$/);
        const half = (line.length - "  /x: was , now ".length) / 2;
        const was = line.slice("  /x: was ".length, "  /x: was ".length + half);
        expect(line).not.toBe(`  /x: was ${was}, now ${was}`);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    [["a", "b"], ["b", "c"], "  /x: -a, +c, 1 as before"],
    [["a", "b"], ["b", "a"], "  /x: 2 as before, only the order changed"],
    [["a, +b"], ["a"], '  /x: -"a, +b", +a'],
    [["2"], [2], '  /x: -"2", +2'],
    [
      [`${"x".repeat(300)}y`],
      [`${"x".repeat(300)}z`],
      `  /x: -… 250 characters, "${"x".repeat(50)}y", +… 250 characters, "${"x".repeat(50)}z"`,
    ],
    ["a, now b", "c", '  /x: was "a, now b", now c'],
    ["pay", "p\u0430y", "  /x: was pay, now p\u0430y (mixed alphabets: \u0430 is Cyrillic, U+0430)"],
    [
      "Ace",
      "\u0410\u0441\u0435",
      "  /x: was Ace, now \u0410\u0441\u0435 (looks like what it was, but with \u0410 (U+0410) instead of A (U+0041))",
    ],
    [
      "Owner",
      "0wner",
      "  /x: was Owner, now 0wner (looks like what it was, but with 0 (U+0030) instead of O (U+004F))",
    ],
    ["Ann", "\u0410\u043d\u043d", "  /x: was Ann, now \u0410\u043d\u043d"],
    [
      ["pay", "x"],
      ["\u0440\u0430\u0443", "x"],
      "  /x: -pay, +\u0440\u0430\u0443, 1 as before (one looks like another, but with \u0440 (U+0440) instead of p (U+0070))",
    ],
    [
      ["al"],
      ["al", "aI"],
      "  /x: +aI, 1 as before (one looks like another, but with I (U+0049) instead of l (U+006C))",
    ],
    ["e\u0301", "\u00e9", '  /x: was "e\\u0301", now \u00e9'],
    ["a", "a\u00a0", '  /x: was a, now "a\\u00a0"'],
    [
      "x".repeat(300),
      `${"x".repeat(300)}y`,
      `  /x: was … 250 characters, "${"x".repeat(50)}", now … 250 characters, "${"x".repeat(50)}y"`,
    ],
  ])("%j to %j", (from, to, line) => {
    expect(lineOf({ from, to })).toBe(line);
  });

  test("a secret says which sides it had, and a text like our words is in quotes", () => {
    expect(lineOf({ hidden: true, from: "[hidden]", to: "[hidden]" })).toMatch(
      /changed, both values are \[hidden\]$/,
    );
    expect(lineOf({ hidden: true, to: "[hidden]" })).toMatch(/was \(none\), now \[hidden\]$/);
    expect(lineOf({ from: "(none)", to: "[hidden]" })).toMatch(/was "\(none\)", now "\[hidden\]"$/);
  });

  test("a label is never taken for a change", () => {
    expect(lineOf({ label: "Role: was a, now b", from: "c", to: "d" })).toBe(
      '  "Role: was a, now b": was c, now d',
    );
  });
});

test("a name with a letter of another alphabet is said to have it", () => {
  const actor = { ...event.actor!, name: "\u0410nne" };
  expect(eventText({ ...event, actor }, plain)).toContain(
    "Register sandbox (mixed alphabets: \u0410 is Cyrillic, U+0410)",
  );
});

describe("colours", () => {
  const coloured = (isTTY: boolean, env: Record<string, string>): boolean =>
    paintFor({ stdout: { isTTY } as never, env }).title("x") !== "x";
  test.each([
    [true, {}, true],
    [false, {}, false],
    [true, { NO_COLOR: "1" }, false],
    [true, { NO_COLOR: "" }, true],
    [true, { TERM: "dumb" }, false],
    [false, { FORCE_COLOR: "1" }, true],
    [true, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ])("on a terminal %s with %j: %s", (isTTY, env, expected) => {
    expect(coloured(isTTY, env)).toBe(expected);
  });
});

describe("JSON", () => {
  const text = "a\u009b31m\u202e\u2066\u001b[2J\u200f\u2028é日本語";
  const written = async (isTTY: boolean): Promise<string> => {
    const stdout = Object.assign(new PassThrough(), { isTTY });
    const signal = new AbortController().signal;
    await new Output({ stdin: new PassThrough(), stdout, stderr: new PassThrough(), env: {}, signal }).json({
      text,
    });
    return String(stdout.read());
  };

  test("on a terminal holds nothing that steers it, and says the same", async () => {
    const shown = await written(true);
    expect(shown).toBe('{"text":"a\\u009b31m\\u202e\\u2066\\u001b[2J\\u200f\\u2028é日本語"}\n');
    expect(JSON.parse(shown)).toEqual({ text });
  });

  test("for a program is byte for byte what it was", async () => {
    expect(await written(false)).toBe(`${JSON.stringify({ text })}\n`);
  });

  test("and CSV: a terminal gets neither controls nor a carriage return within a line", () => {
    expect(forTerminal("a\u009bb,\rc\td\r\n")).toBe("a\\u009bb,\\u000dc\td\r\n");
  });
});
