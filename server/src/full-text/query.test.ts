/** Queries, and what they match: an event is found by each of its words. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { TextQuery } from "../store/contract/full-text.ts";
import { mayHold, wordsOf } from "./event-words.ts";
import { isFound, joinedPhrases, phraseOf } from "./query.ts";
import { chunksOf, endsOf, longestWord } from "./text.ts";

const anyCharacter = fc.nat(0x10ffff).map((code) => String.fromCodePoint(code));
/** A query of words, and of quoted phrases; those with '-' before them are excluded. */
function wordsIn(query: string): TextQuery {
  const parts = [...query.matchAll(/(-?)(?:["“”]([^"“”]*)["“”]?|([^\s"“”]+))/g)];
  const of = (isExcluded: boolean): TextQuery["all"] =>
    parts
      .filter(([, minus]) => (minus === "-") === isExcluded)
      .map(([, , quoted, plain]) => phraseOf(quoted ?? plain ?? ""))
      .filter(({ length }) => length > 0);
  return { all: of(false), none: of(true) };
}
const finds = (query: string, text: string): boolean => isFound(wordsIn(query), chunksOf(text).flat());

describe("a query", () => {
  test.each([
    ["sandbox", "Register sandbox", true],
    ["SANDB", "Register sandbox", true],
    ["box", "Register sandbox", false],
    ["sandbox register", "Register sandbox", true],
    ["sandbox other", "Register sandbox", false],
    ['"register sandbox"', "Register sandbox", true],
    ['"sandbox register"', "Register sandbox", false],
    ["“register sandbox”", "Register sandbox", true],
    ['"register sandbox', "Register sandbox", true],
    ["register -sandbox", "Register sandbox", false],
    ["register -other", "Register sandbox", true],
    ['register -"sandbox register"', "Register sandbox", true],
    ["client_9", "client_9", true],
    ["client-9", "client_9", true],
    ["client_9", "client_95", true],
    ["client_95", "client_9", false],
    ["9", "client_9", true],
    ["prod.eu", "dbk-prod.eu", true],
    ["dbk prod eu", "dbk-prod.eu", true],
    ["acme/service-1", "/apis/acme/service-1/1.2.0", true],
    ["acme/service-1", "/apis/acme/other/service-1", false],
    ["angstrom", "Ångström", true],
    ["lodz", "Łódź", true],
    ["ŁÓDŹ", "Lodz", true],
    ["tromso", "Tromsø", true],
    ['"strasse 5"', "Straße 5", true],
    ["STRASSE", "straße", true],
    ["aero", "Ærø", true],
    ["ISPARTA", "ısparta", true],
    ["京都", "東京都", true],
    ["foo - bar", "foo bar", true],
    ["foo,bar", "foo, bar", true],
    ["foo,bar", "bar, foo", false],
    [`${"a".repeat(50)}-end`, `${"a".repeat(50)}-end`, true],
    [`${"ab-".repeat(20)}end`, `${"ab-".repeat(20)}end`, true],
    [`${"ab-".repeat(20)}end`, `${"ab-".repeat(20)}other`, false],
  ])("%j of %j: %s", (query, text, found) => {
    expect(finds(query, text)).toBe(found);
  });

  test("of any text has words alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 300 }), (query) => {
        expect(phraseOf(query).filter(({ word }) => !/^[\p{L}\p{N}][\p{L}\p{N}.]*$/u.test(word))).toEqual([]);
      }),
    );
  });
});

describe("the words of an event", () => {
  const slot = (value: unknown): { json: string } => ({ json: JSON.stringify(value) });
  const event = {
    type: "API_CLIENT_UPDATED",
    slots: {
      actor: slot({ type: "user", id: "u_17", onBehalfOf: { type: "user", id: "u_2" } }),
      actorPersonal: slot({ "/name": "Anne Wilson", "/email": "anne@example.org" }),
      targets: slot([{ type: "api_client", id: "client_9", name: "Register sandbox" }]),
      changes: slot([
        { path: "/expires", label: "Expiry date", from: "2026-01-01", to: { deep: [7, true] } },
        { path: "/authPolicy/requireMfa", from: false, to: true },
        { path: "/notify_by", to: "post" },
      ]),
      data: slot({ keyName: "value", n: 42, list: [{ x: "inside" }] }),
      reason: slot("ticket OPS-7"),
      context: slot({ ip: "192.0.2.1", requestId: "r_secret" }),
      producer: slot({ id: "portal", n: 4217, externalId: "evt_1NG8Du2eZvKYlo2C" }),
    },
  };
  const found = (query: string): boolean => isFound(wordsIn(query), wordsOf(event));

  test.each([
    "api_client_updated",
    "u_17",
    "evt_1NG8Du2eZvKYlo2C",
    "u_2",
    '"anne wilson"',
    "anne@example.org",
    "client_9",
    '"register sandbox"',
    '"expiry date"',
    "expires",
    "mfa",
    '"require mfa"',
    "requireMfa",
    "/authPolicy/requireMfa",
    "policy",
    '"notify by"',
    "notify_by",
    "2026-01-01",
    "7",
    "value 42 inside",
    "ticket ops-7",
    "anne sandbox ticket",
  ])("hold %j", (query) => {
    expect(found(query)).toBe(true);
    expect(mayHold(wordsIn(query), event)).toBe(true);
  });

  test.each(["192.0.2.1", "r_secret", "keyName", "true", "portal", '"sandbox expiry"', "deep"])(
    "don't hold %j",
    (query) => {
      expect(found(query)).toBe(false);
    },
  );

  test("are none of what was erased", () => {
    const erased = { type: "A_B", slots: { ...event.slots, actorPersonal: { digest: undefined } } };
    expect(isFound(wordsIn("anne"), wordsOf(erased))).toBe(false);
  });

  test("find whatever text is in it, by each of its words and by all of them", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 60 }), { maxLength: 5 }), (texts) => {
        const words = wordsOf({ type: "A_B", slots: { data: slot(texts) } });
        for (const chunk of texts.flatMap((text) => chunksOf(text))) {
          for (const { word } of chunk) {
            const wanted = { all: [[{ word, at: 1 }]], none: [] };
            expect(isFound(wanted, words)).toBe(true);
            expect(isFound({ all: wanted.all, none: wanted.all }, words)).toBe(false);
          }
        }
        for (const text of texts) {
          if ([...text].length > 256 || text.includes('"') || chunksOf(text).length > 16) continue;
          if (chunksOf(text).length > 0)
            expect(isFound(wordsIn(`"${text.replaceAll(/[“”„]/g, " ")}"`), words)).toBe(true);
        }
      }),
    );
  });

  test("are at most 4,000", () => {
    const many = { type: "A_B", slots: { data: slot("word ".repeat(9_000)), reason: slot("last") } };
    expect(wordsOf(many)).toHaveLength(4_000);
    expect(isFound(wordsIn("last"), wordsOf(many))).toBe(true);
  });
});

test("a phrase of words that an event has thousands of times takes no longer than others", () => {
  const words = chunksOf("a ".repeat(4_000)).flat();
  const started = process.cpuUsage();
  for (let n = 0; n < 20; n++)
    expect(isFound(wordsIn('"a a a a a a a a a a a a a a a b"'), words)).toBe(false);
  const { user } = process.cpuUsage(started);
  expect(user).toBeLessThan(500_000);
});

describe("the ends of a text", () => {
  const texts = fc.oneof(
    fc
      .array(fc.constantFrom("grace", "gra", "hopper", "b-c", "x.y.z", "京都", "Łódź", "a".repeat(39)), {
        maxLength: 6,
      })
      .map((words) => words.join(" ")),
    fc.string({ unit: "grapheme", maxLength: 60 }),
  );
  const holds = (text: string, phrase: string): boolean =>
    isFound({ all: [phraseOf(phrase)], none: [] }, chunksOf(text).flat());

  test("have each word that a word finds, and no others", () => {
    fc.assert(
      fc.property(texts, texts, (text, other) => {
        for (const word of [...phraseOf(text), ...phraseOf(other)].map((one) => one.word)) {
          const phrase = phraseOf(word);
          if (phrase.length !== 1) continue;
          expect(endsOf(text).some((end) => end.startsWith(phrase[0]!.word))).toBe(holds(text, word));
        }
        for (const end of endsOf(text)) expect(end.length).toBeLessThanOrEqual(longestWord);
      }),
    );
  });

  test("that begin with a phrase have it", () => {
    fc.assert(
      fc.property(texts, texts, fc.nat(6), (text, other, at) => {
        const part = text.split(" ").slice(at).join(" ");
        for (const phrase of [part, part.slice(0, -1), other, `${part} ${other}`]) {
          for (const joined of joinedPhrases(phraseOf(phrase)))
            if (endsOf(text).some((end) => end.startsWith(joined)))
              expect(holds(text, phrase), phrase).toBe(true);
        }
      }),
    );
  });

  test.each([
    ["Grace Hopper", "grace hop", true],
    ["Grace Hopper", "gra hopper", false],
    ["Grace-Hopper", "grace hopper", true],
    ["Chrome/120.0", "chrome 120", true],
    ["Chrome 120", "chrome/120", false],
    ["Grace, Hopper", "grace hopper", true],
    ["grace.hopper", "grace.hop", true],
    ["京都 東京", "京都 東", true],
    ["京都 東京", "京 東", false],
  ])("%j show that %j is there: %s", (text, phrase, expected) => {
    const joined = joinedPhrases(phraseOf(phrase));
    expect(endsOf(text).some((end) => joined.some((start) => end.startsWith(start)))).toBe(expected);
  });

  test("say nothing of phrases that are too long for them", () => {
    expect(joinedPhrases(phraseOf(`${"a".repeat(50)} b`))).toEqual([]);
    expect(joinedPhrases(phraseOf(`${"ab-".repeat(20)}end b`))).toEqual([]);
    expect(joinedPhrases(phraseOf("twenty characters are too many for one of them"))).toEqual([]);
  });
});
