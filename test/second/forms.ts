/** Times, ids and types of generated events: in every valid form, and in some invalid ones. */
import fc from "fast-check";
import { type Raw, seldom, spelt, value } from "./json-texts.ts";

export const now = "2026-11-22T11:20:00Z";
const nowMilliseconds = Date.parse(now);

const two = (most: number): fc.Arbitrary<string> => fc.nat(most).map((n) => String(n).padStart(2, "0"));
const years = fc.constantFrom("2026", "2026", "2025", "2024", "1970", "1969", "2254", "2255", "0000", "9999");
const zone = fc.oneof(
  fc.constantFrom("Z", "z", "-00:00", "+24:00", "+01:60", "", "+0100"),
  fc.tuple(fc.constantFrom("+", "-"), two(23), two(59)).map(([sign, h, m]) => `${sign}${h}:${m}`),
);
const decimals = fc.oneof(
  fc.constantFrom("", ".", ",5"),
  fc.string({ unit: fc.constantFrom(..."0159"), minLength: 1, maxLength: 10 }).map((d) => `.${d}`),
);
const anyTime = fc
  .tuple(
    years,
    two(13),
    two(32),
    fc.constantFrom("T", "T", "t", " "),
    two(24),
    two(60),
    two(60),
    decimals,
    zone,
  )
  .map(([y, mo, d, t, h, mi, s, f, z]) => `${y}-${mo}-${d}${t}${h}:${mi}:${s}${f}${z}`);
const nearTime = fc
  .tuple(fc.integer({ min: -1_000, max: 2 }), fc.string({ unit: fc.constantFrom(..."019"), maxLength: 6 }))
  .map(([ms, more]) => new Date(nowMilliseconds + 300_000 + ms).toISOString().replace("Z", `${more}Z`));
export const occurredAt = seldom(
  40,
  spelt(fc.oneof({ weight: 1, arbitrary: anyTime }, { weight: 8, arbitrary: nearTime })),
);
export const eventId = seldom(
  30,
  spelt(
    fc
      .tuple(
        fc.integer({ min: -2, max: 2 }),
        fc.stringMatching(/^7[0-9a-f]{3}-[89abc][0-9a-f]{3}-[0-9a-f]{12}$/),
      )
      .map(([ms, rest]) => {
        const hex = (nowMilliseconds + 300_000 + (ms < 2 ? ms - (ms === 1 ? 0 : 1) : -1e9))
          .toString(16)
          .padStart(12, "0");
        return `${hex.slice(0, 8)}-${hex.slice(8)}-${rest}`;
      }),
  ),
);

export const type = (names: readonly string[]): fc.Arbitrary<Raw> =>
  fc.oneof(
    { weight: 100, arbitrary: fc.constantFrom(...names).map((each) => JSON.stringify(each)) },
    { weight: 1, arbitrary: value },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...[
          '"NO_SUCH"',
          '"no.such"',
          '"A"',
          '"a"',
          '"a//b"',
          '"a/../b"',
          '"a/.../b"',
          '"../a"',
          '"S3:Get/x"',
          '"1a"',
        ],
        ...[
          '"a-"',
          '"constructor"',
          '"GetX"',
          '"A.B"',
          '"é"',
          '""',
          `"${"a".repeat(128)}"`,
          `"${"a".repeat(129)}"`,
        ],
        ...['"a/./b"', '"a/."', '"a/..b"', '"a_b"', '"a b"', '"./a"', '"a/b/../c"'],
      ),
    },
  );
