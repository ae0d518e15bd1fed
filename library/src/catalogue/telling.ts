/**
 * The texts for one event: those of the first variant that matches, else the type's own. And codes as words. The results are plain text.
 */
import {
  type Actor,
  type Json,
  type JsonObject,
  type Outcome,
  pointerNames,
  sameJson,
  type Target,
} from "../event/index.ts";
import type { Condition, EventType, TypeWords } from "./event-type.ts";
import { exportFormats } from "./export-formats.ts";

/** The value of an event at a pointer, such as `/data/name`; undefined if there is none. */
export function valueAt(event: object, path: string): Json | undefined {
  let value: Json | undefined = event as JsonObject;
  for (const name of namesOf(path)) value = own(value, name);
  return value;
}

/** A cache of split pointers: types have few, and each event on a page needs them. */
const known = new Map<string, readonly string[]>();
const mostKnown = 1_000;

function namesOf(path: string): readonly string[] {
  let names = known.get(path);
  if (names === undefined) {
    names = pointerNames(path);
    if (known.size >= mostKnown) known.clear();
    known.set(path, names);
  }
  return names;
}

const own = (value: Json | undefined, name: string): Json | undefined =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as JsonObject)[name]
    : undefined;

function holds(condition: Condition, event: object): boolean {
  const value = valueAt(event, condition.path);
  if (value === undefined) return false;
  if ("is" in condition) return value === condition.is;
  if ("present" in condition) return true;
  const other = valueAt(event, condition.sameAs);
  return other !== undefined && sameJson(value, other);
}

/** The type's texts for this event. */
export function wordsFor(event: object, type: TypeWords & Pick<EventType, "variants">): TypeWords {
  const fitting = type.variants.find(({ when }) => when.every((condition) => holds(condition, event)));
  return fitting === undefined ? type : { ...type, ...fitting };
}

/** Whether the attempt was denied or failed. */
export const isRefused = ({ outcome }: { readonly outcome?: Outcome }): boolean =>
  outcome === "denied" || outcome === "failed";

/** The title of an event: "API published"; for the outcomes denied and failed, what was tried. */
export function title(
  event: { readonly outcome?: Outcome },
  type: TypeWords & Pick<EventType, "variants">,
): string {
  const words = wordsFor(event, type);
  return isRefused(event) ? words.refusedTitle : words.title;
}

/** A party by its name, else by its id. Daybook itself and anonymous actors have fixed words. */
export function partyName({
  type,
  id,
  name,
}: Pick<Actor | Target, "type" | "name"> & { id?: string }): string {
  if (name !== undefined && name !== "") return name;
  if (type === "system" && (id === undefined || id === "daybook")) return "Daybook";
  if (type === "anonymous" && (id === undefined || id === "anonymous")) return "Someone";
  return id ?? codeInWords(type.toUpperCase());
}

/** Codes whose words differ from their letters, and the names of formats. */
export const codeWords: Readonly<Record<string, string>> = {
  API: "API",
  CLI: "Command line",
  IN: "In",
  OPENID: "OpenID Connect",
  SETUP_LINK: "Set-up link",
  SET_UP: "Set up",
  TOTP: "Authenticator app",
  ...Object.fromEntries(exportFormats.map(({ name, title }) => [name, title])),
};

const isCode = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;

/** `OWNER` as "Owner", `SETUP_LINK` as "Set-up link"; other texts stay as they are. */
export function codeInWords(code: string): string {
  if (Object.hasOwn(codeWords, code)) return codeWords[code]!;
  if (!isCode.test(code)) return code;
  const words = code.replaceAll("_", " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
