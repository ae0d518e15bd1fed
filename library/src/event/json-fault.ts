/** What stands where JSON has nothing of the kind, and what to write instead: what real programs write, each by its name. */

/** In the words of an issue: `what` goes on after the place. */
export interface JsonFault {
  readonly what: string;
  readonly remedy?: string;
}

/** A fault by what the text goes on with, or by what stands before. The first that fits is said. */
interface Look {
  readonly after?: RegExp;
  readonly like: RegExp;
  readonly what: string;
  readonly remedy: string;
}

const looks: readonly Look[] = [
  {
    like: /^\ufeff/,
    what: "there is a byte order mark, which JSON has none of",
    remedy: "Write UTF-8 without a byte order mark.",
  },
  {
    like: /^(\/\/|\/\*|#)/,
    what: "there is a comment, which JSON has none of",
    remedy: "Leave comments out.",
  },
  { like: /^'/, what: "there is a single quote", remedy: "Write strings and names in double quotes." },
  {
    like: /^[-+]?(NaN|Infinity|inf)\b/i,
    what: "there is NaN or Infinity, which JSON has none of",
    remedy: "Write null, or a string.",
  },
  {
    like: /^(True|False|None|NULL|nil|undefined)\b/,
    what: "there is a word of another language",
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
];

/** Several values one after the other. */
const another: JsonFault = {
  what: "something follows the JSON value",
  remedy: 'Send several events as {"events":[…]} or, one a line, as application/x-ndjson.',
};

/** What is wrong at `at`, where `expected` would have been right. */
export function jsonFault(text: string, at: number, expected: string): JsonFault {
  const rest = text.slice(at, at + 400);
  const before = text.slice(Math.max(0, at - 400), at);
  const look = looks.find(
    ({ like, after }) => like.test(rest) && (after === undefined || after.test(before)),
  );
  if (look !== undefined) return look;
  return expected === another.what && /^,?\s*\{/.test(rest) ? another : { what: expected };
}
