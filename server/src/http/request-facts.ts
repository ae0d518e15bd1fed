/** The headers of a request: its id, its trace, its token, the media types that it accepts. All functions are pure. */
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { hideTokens } from "daybook/internal";

const requestIdForm = /^[A-Za-z0-9][A-Za-z0-9._:/=+-]{0,127}$/;
const traceparentForm = /^[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/;
const bearerForm = /^Bearer +([\x21-\x7e]+) *$/i;

/** The start of every request id from this process; a counter follows. */
const processId = randomBytes(9).toString("base64url");
let requests = 0;

/** The caller's `x-request-id`, if it has at most 128 plain characters and contains no token, else a new id. */
export function requestIdOf({ headers }: Pick<IncomingMessage, "headers">): string {
  const given = headers["x-request-id"];
  if (typeof given === "string" && requestIdForm.test(given) && hideTokens(given) === given) return given;
  requests++;
  return `${processId}.${requests.toString(36)}`;
}

/** The W3C `traceparent` (version 00, and later ones with the same form), if it is valid. */
export function traceparentOf({ headers }: Pick<IncomingMessage, "headers">): string | undefined {
  const { traceparent } = headers;
  const valid =
    typeof traceparent === "string" && traceparentForm.test(traceparent) && !traceparent.startsWith("ff");
  return valid ? traceparent : undefined;
}

/** The token of an `Authorization: Bearer` header (RFC 6750 section 2.1); undefined if there is none. */
export function bearerOf(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  return bearerForm.exec(authorization)?.[1];
}

/**
 * The first of `kinds` that the Accept header (RFC 9110 section 12.5.1) prefers; undefined if it accepts none of them. Parameters other
 * than `q` are ignored.
 */
export function acceptedKind(accept: string | undefined, kinds: readonly string[]): string | undefined {
  if (accept === undefined || accept === "*/*" || accept === "") return kinds[0];
  const ranges = accept.split(",").map(readRange);
  let best: { kind: string; q: number } | undefined;
  for (const kind of kinds) {
    const q = qualityOf(kind, ranges);
    if (q > 0 && (best === undefined || q > best.q)) best = { kind, q };
  }
  return best?.kind;
}

interface MediaRange {
  readonly range: string;
  readonly q: number;
}

function readRange(text: string): MediaRange {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  const q = quality === undefined ? 1 : Number(quality.slice(2));
  return { range, q: q >= 0 && q <= 1 ? q : 0 };
}

/** The most specific matching range decides. */
function qualityOf(kind: string, ranges: readonly MediaRange[]): number {
  const family = `${kind.slice(0, kind.indexOf("/"))}/*`;
  for (const wanted of [kind, family, "*/*"]) {
    const found = ranges.find(({ range }) => range === wanted);
    if (found !== undefined) return found.q;
  }
  return 0;
}
