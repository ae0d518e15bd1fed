/** Refuses values that JSON.stringify would turn into null or {}, or leave out, because that would silently change what is sent. */
import { DaybookError, refuse } from "../error/index.ts";
import { pointerTo } from "../event/index.ts";

const asString = "Send it as a string.";
const asBase64 = "Send it as a string, such as base64.";
/** Values that JSON doesn't have, by kind, and what to send instead. JSON.stringify makes {} of them. */
const remedies: ReadonlyMap<string, string> = new Map([
  ["Map", "Send Object.fromEntries(map)."],
  ["Set", "Send [...set]."],
  ["WeakMap", "Leave it out."],
  ["WeakSet", "Leave it out."],
  ["Promise", "Await it first."],
  ["RegExp", asString],
  ["Error", "Send its message."],
  ["ArrayBuffer", asBase64],
  ["DataView", asBase64],
]);

interface Lossy {
  readonly what: string;
  readonly remedy: string;
}

const numberRemedy = "Send null, or a string.";

/** `held` is the value in the event, `value` the result of its toJSON. */
function lossOf(held: unknown, value: unknown, isItem: boolean): Lossy | undefined {
  if (typeof value === "number") {
    return Number.isFinite(value) ? undefined : { what: `${value}`, remedy: numberRemedy };
  }
  if (typeof value === "bigint") return { what: "a value of type bigint", remedy: asString };
  if (typeof value === "function" || typeof value === "symbol" || (value === undefined && isItem))
    return { what: `a value of type ${typeof value}`, remedy: "Leave it out." };
  if (value === null && held instanceof Date)
    return { what: "an invalid Date", remedy: "Set the date, or leave it out." };
  if (typeof value !== "object" || value === null) return undefined;
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  const remedy = kind.endsWith("Array") && ArrayBuffer.isView(value) ? asBase64 : remedies.get(kind);
  return remedy === undefined ? undefined : { what: `a value of type ${kind}`, remedy };
}

/** The replacer for JSON.stringify. Throws `json-refused`. */
export function refuseLossy(this: unknown, member: string, value: unknown): unknown {
  const held = (this as Record<string, unknown>)[member];
  const loss = lossOf(held, value, Array.isArray(this));
  if (loss === undefined) return value;
  throw new DaybookError("json-refused", {
    detail: `The member '${member}' has ${loss.what}, which JSON can't represent.`,
    remedy: loss.remedy,
  });
}

/** The pointer of the value that `refuseLossy` refuses; empty if JSON.stringify fails for another reason, such as a circular reference. */
function pointerIn(value: unknown): string {
  const pointers = new Map<unknown, string>();
  let found = "";
  try {
    JSON.stringify(value, function (this: unknown, member: string, inner: unknown) {
      const holder = pointers.get(this);
      found = holder === undefined ? "" : pointerTo(holder, member);
      pointers.set(inner, found);
      const kept = refuseLossy.call(this, member, inner);
      found = "";
      return kept;
    });
  } catch {
    return found;
  }
  return "";
}

/** The error for a value that can't be written as JSON, with the place in it; `pointer` is the place of the value itself. */
export function unwritable(error: unknown, value: unknown, pointer = ""): DaybookError {
  const detail = error instanceof Error ? error.message : String(error);
  const remedy = error instanceof DaybookError ? { remedy: error.remedy } : {};
  return refuse("json-refused", { pointer: pointer + pointerIn(value), detail, ...remedy });
}
