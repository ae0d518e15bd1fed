/** Faults in JSON that real programs write, each by its name, and what to write instead. */
import { type JsonLook, looksOfWholes, quoted } from "./json-looks.ts";

/** The words of an issue; `what` continues after the place. */
export interface JsonFault {
  readonly what: string;
  readonly remedy?: string;
}

const looks: readonly JsonLook[] = [
  ...looksOfWholes,
  {
    like: /^\ufeff/,
    what: "there is a byte order mark, which JSON does not allow",
    remedy: "Write UTF-8 without a byte order mark.",
  },
  {
    like: /^(\/\/|\/\*|#)/,
    what: "there is a comment, which JSON does not allow",
    remedy: "Leave comments out.",
  },
  { like: /^'/, what: "there is a single quote", remedy: "Write strings and names in double quotes." },
  {
    like: /^[-+]?(NaN|Infinity|inf)\b/i,
    what: "there is NaN or Infinity, which JSON does not allow",
    remedy: "Write null, or a string.",
  },
  {
    like: /^(True|False|None|NULL|nil|undefined)\b/,
    what: "there is a keyword from another language",
    remedy: "Write true, false or null, in lower case.",
  },
  {
    after: /,\s*$/,
    like: /^[}\]]/,
    what: "there is a comma behind the last item",
    remedy: "Leave the comma out.",
  },
  {
    after: /(^|[^\d.])-?0$/,
    like: /^[\dxXbBoO]/,
    what: "there is a number with a leading zero",
    remedy: "Write it in decimal without leading zeros, or as a string.",
  },
  {
    like: /^(\+\d|[-+]?\.\d|-?\d+\.(\D|$))/,
    what: "there is a number in a form that JSON doesn't have",
    remedy: "Write it without +, and with a digit on both sides of the point.",
  },
  {
    like: /^\u001e/,
    what: "there is a record separator, as in JSON text sequences",
    remedy: "Send NDJSON, as application/x-ndjson: an event a line.",
  },
  {
    like: /^[A-Za-z_$][\w$.-]*\s*[,}\]]/,
    what: "there is a word without quotes",
    remedy: quoted,
  },
];

/** What to write for each kind of broken JSON. */
const remedies: Readonly<Record<string, string>> = {
  "a control character must be escaped": String.raw`Write a line feed as \n, a tab as \t, others as \u and four digits.`,
  "a backslash must start one of JSON's escapes": String.raw`Write a backslash itself as \\, and a single quote without one.`,
};

/** Several JSON values in one text. */
const follows = "something follows the JSON value";
const severalRemedy = 'Send several events as {"events":[…]} or, one a line, as application/x-ndjson.';
const linesRemedy = "End each event with a line feed. curl removes line feeds unless you use --data-binary.";

/** Where the reader stopped. */
export interface JsonStop {
  readonly at: number;
  /** What the reader expected there, or what is wrong. */
  readonly expected: string;
  /** Whether the text is one of several lines. */
  readonly isLine: boolean;
}

/** What is wrong where the reader stopped. */
export function jsonFault(text: string, { at, expected, isLine }: JsonStop): JsonFault {
  const rest = text.slice(at, at + 400);
  const before = text.slice(Math.max(0, at - 400), at);
  const look = looks.find(
    ({ like, after }) => like.test(rest) && (after === undefined || after.test(before)),
  );
  if (look !== undefined) return look;
  const remedy = at >= text.length ? endedRemedy(text, isLine) : remedies[expected];
  if (remedy !== undefined) return { what: expected, remedy };
  if (expected !== follows || !/^,?\s*\{/.test(rest)) return { what: expected };
  return { what: follows, remedy: isLine ? linesRemedy : severalRemedy };
}

/** The remedy for a text that ends too early. */
function endedRemedy(text: string, isLine: boolean): string {
  if (text.trim() === "") return "Send JSON in the body.";
  return isLine
    ? "Write each event on a line of its own, as jq -c does, or send one event as application/json."
    : "Send the complete body: it ends before its JSON does.";
}
