/**
 * Hides secrets in a value (spec/hiding.md): values under a secret name, and tokens by their shape, in texts and names.
 * Returns the value itself if nothing is hidden.
 */
import { isObject } from "./diff.ts";
import type { Json, JsonObject } from "./event.ts";
import { isMarkedItself, standsFor } from "./marks.ts";
import { pointerTo } from "./pointer.ts";
import { newestRules, type Rules } from "./rules.ts";
import { isBeside, isNaming, isSecret, isWithin } from "./secret-names.ts";

/** The text in place of a secret. */
export const hidden = "[hidden]";

/** The rules for one value. */
export interface Hiding {
  readonly rules: Rules;
  /** Whether names hide values. If not, only tokens are hidden. */
  readonly byName: boolean;
  /** Pointers of values that no name hides. */
  readonly plain: readonly string[];
}

/** The place of a value: its pointer (only if something is plain), and whether it stands under a secret name. */
export interface HiddenPlace {
  readonly pointer: string;
  readonly under: boolean;
}

/** The value with its secrets hidden. */
export function hideIn(value: Json, { pointer, under }: HiddenPlace, hiding: Hiding): Json {
  if (typeof value === "string") return under ? hidden : hiding.rules.tokens.hide(value);
  if (typeof value === "number") return under ? hidden : value;
  if (value === null || typeof value === "boolean") return value;
  return Array.isArray(value)
    ? hideInList(value, { pointer, under }, hiding)
    : hideInObject(value, { pointer, under }, hiding);
}

function hideInList(list: Json[], { pointer, under }: HiddenPlace, hiding: Hiding): Json {
  if (list.length === 0) return list;
  if (under && list.every(isHiddenWhole)) return hidden;
  const second = !under && isPair(list, hiding) ? 1 : -1;
  let copy: Json[] | undefined;
  for (let i = 0; i < list.length; i++) {
    const kept = hideIn(list[i]!, placeOf(pointer, i, under || i === second, hiding), hiding);
    if (kept === list[i]) continue;
    copy ??= [...list];
    copy[i] = kept;
  }
  return copy ?? list;
}

/** Whether a value is a text, a number, or a list of only such values. */
const isHiddenWhole = (value: Json): boolean =>
  typeof value === "string" ||
  typeof value === "number" ||
  (Array.isArray(value) && value.length > 0 && value.every(isHiddenWhole));

/** Whether a list is two texts, of which the first is a secret name. */
const isPair = (list: Json[], { rules, byName }: Hiding): boolean =>
  byName &&
  list.length === 2 &&
  typeof list[0] === "string" &&
  typeof list[1] === "string" &&
  rules.names.isSecret(list[0]);

function hideInObject(object: JsonObject, { pointer, under }: HiddenPlace, hiding: Hiding): Json {
  const { names, tokens } = hiding.rules;
  const members = Object.keys(object);
  let kinds = 0;
  if (hiding.byName) for (const name of members) kinds |= names.of(name);
  const isPaired = (kinds & isNaming) !== 0 && namesSecret(object, hiding);
  // in most objects, no name is secret
  const counting = kinds & ((under ? isSecret | isWithin : isSecret) | (isPaired ? isBeside : 0));
  let copy: JsonObject | undefined;
  for (let i = 0; i < members.length; i++) {
    const name = members[i]!;
    const value = object[name]!;
    const isUnder = counting !== 0 && (names.of(name) & counting) !== 0;
    const kept =
      isUnder || typeof value === "object"
        ? hideIn(value, placeOf(pointer, name, isUnder, hiding), hiding)
        : typeof value === "string"
          ? tokens.hide(value)
          : value;
    const called = tokens.hide(name);
    if (copy === undefined) {
      if (kept === value && called === name) continue;
      copy = Object.create(null) as JsonObject;
      for (let j = 0; j < i; j++) copy[members[j]!] = object[members[j]!]!;
    }
    copy[freeName(called, copy)] = kept;
  }
  return copy ?? object;
}

/** Whether a member's text names the members beside it as secret. */
export function namesSecret(object: JsonObject, { rules }: Pick<Hiding, "rules">): boolean {
  for (const name of Object.keys(object)) {
    if ((rules.names.of(name) & isNaming) === 0) continue;
    const text = object[name];
    if (typeof text === "string" && rules.names.isSecret(text)) return true;
  }
  return false;
}

/** The name, or the first of `name 2`, `name 3`, … that the object doesn't have yet. */
function freeName(name: string, object: JsonObject): string {
  if (!(name in object)) return name;
  let number = 2;
  while (`${name} ${number}` in object) number++;
  return `${name} ${number}`;
}

const free: HiddenPlace = { pointer: "", under: false };
const underName: HiddenPlace = { pointer: "", under: true };

/** The place of a member or an item. A plain value stands under no secret name. */
function placeOf(pointer: string, name: string | number, under: boolean, { plain }: Hiding): HiddenPlace {
  if (plain.length === 0) return under ? underName : free;
  const own = pointerTo(pointer, name);
  return { pointer: own, under: under && !isMarkedItself(own, plain) };
}

/** The value with the tokens in its texts and names hidden, as rows store what someone sent. */
export const hideTokensIn = (value: Json): Json =>
  hideIn(value, free, { rules: newestRules, byName: false, plain: [] });

/** The value with `[hidden]` wherever the tokens of a mark lead. */
export function hideAt(value: Json, names: readonly string[]): Json {
  if (names.length === 0) return hidden;
  const [name, ...rest] = names as [string, ...string[]];
  if (Array.isArray(value)) {
    return value.map((item, i) => (standsFor(name, `${i}`) ? hideAt(item, rest) : item));
  }
  if (!isObject(value)) return value;
  const copy = Object.create(null) as JsonObject;
  for (const member of Object.keys(value)) {
    copy[member] = standsFor(name, member) ? hideAt(value[member]!, rest) : value[member]!;
  }
  return copy;
}
