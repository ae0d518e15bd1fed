/** An event as text for a terminal: time, title, sentence, changes. */
import { eventType, sentence, title } from "../catalogue/index.ts";
import { type Change, type Json, type RecordedEvent, sourceOf } from "../event/index.ts";
import {
  alikeAt,
  asEscapedJson,
  asJson,
  type Cut,
  codeOf,
  cut,
  cutApart,
  deceptiveLetters,
  isScalars,
  type ListChange,
  type ListedMember,
  listChange,
  pairOf,
  type Read,
  type Reading,
  someOf,
} from "../shown/index.ts";
import { type Paint, printable } from "./paint.ts";

/** The longest value that is shown whole, in characters. */
const longestValue = 200;

/** The catalogue's sentence; for a type that the catalogue lacks, the type and the names. */
export function sentenceOf(event: RecordedEvent): string {
  return sentence(event, eventType(event.type) ?? custom(event));
}

/** The client has no sentences of custom types. */
const custom = ({ type, targets }: RecordedEvent): { sentence: string; refusedSentence: string } => {
  const words = targets?.[0] ? `{actor}: ${type} {target}` : `{actor}: ${type}`;
  return { sentence: words, refusedSentence: words };
};

/** The text of a value: a text as it is, or as JSON if it could be mistaken for something else. */
const read: Read = (value) => {
  if (value === undefined) return { text: "(none)", isJson: false, isWords: true };
  if (typeof value !== "string") return asJson(value);
  return isPlain(value) ? { text: value, isJson: false } : asEscapedJson(value);
};

/** Matches texts that look like JSON or like Daybook's own words, and invisible blanks: these get quotes. */
const isPlain = (text: string): boolean =>
  !/^$|^[\s"({[…]|^(?:true|false|null|-?[\d.]+(?:e[+-]?\d+)?)$|\s$|\s{2}|, now |\\/i.test(text) &&
  text.normalize("NFC") === text;

/** A member of a list, quoted if it could be mistaken for the end of the list. */
const readMember: Read = (value) =>
  typeof value === "string" && /,|^[+-]/.test(value) ? asEscapedJson(value) : read(value);

/** A cut text, with the number of missing characters, in quotes so that nobody mistakes the number for the text. */
function inLine({ before, text, after }: Cut, { isJson }: Reading): string {
  if (before === 0 && after === 0) return printable(text);
  const quoted = printable(isJson ? text : JSON.stringify(text));
  return `${before === 0 ? "" : `… ${before} characters, `}${quoted}${after === 0 ? "" : ` … ${after} more characters`}`;
}

const shown = (value: Json): string => {
  const reading = read(value);
  return inLine(cut(reading.text, 0, longestValue), reading);
};

function changeLine(change: Change, paint: Paint): string {
  const label = labelOf(change);
  if (change.hidden) return `  ${label}: ${hiddenWords(change)}`;
  const { from, to, members, alike } = sidesOf(change);
  if (members !== undefined) return `  ${label}: ${membersLine(members, paint)}`;
  return `  ${label}: was ${paint.was(from)}, now ${paint.now(to)}${alike}`;
}

/** The label, in quotes if it looks like several. */
function labelOf({ label, path }: Change): string {
  const text = label ?? path;
  return printable(/:\s|^[\s"]|\s$/.test(text) ? JSON.stringify(text) : text);
}

/** The text for a change without values. */
function hiddenWords({ from, to }: Change): string {
  if (from === undefined && to !== undefined) return "was (none), now [hidden]";
  if (from !== undefined && to === undefined) return "was [hidden], now (none)";
  return "changed, both values are [hidden]";
}

interface SentenceSides {
  readonly from: string;
  readonly to: string;
  /** For lists. */
  readonly members?: ListChange;
  /** A note about characters that a reader can miss. */
  readonly alike: string;
}

function sidesOf({ from, to }: Change): SentenceSides {
  if (isScalars(from) && isScalars(to)) {
    const members = listChange(from, to, readMember);
    return { from: "", to: "", alike: "", members };
  }
  const pair = pairOf(from, to, read, { most: longestValue });
  const isAlike = pair.from.part.text.normalize("NFKC") === pair.to.part.text.normalize("NFKC");
  const { from: was, to: now } = isAlike ? pairOf(from, to, asEscapedJson, { most: longestValue }) : pair;
  return {
    from: inLine(was.part, was.reading),
    to: inLine(now.part, now.reading),
    alike: lettersWords(from, to) || alikeWords(from, to),
  };
}

/** "-a +b, 3 others", "the order changed: b, a" */
function membersLine({ members, isReordered }: ListChange, paint: Paint): string {
  const changed = members.filter(({ kind }) => kind !== "same");
  const { shown, more } = someOf(changed, mostMembers);
  const parts = cutApart(
    shown.map(({ reading }) => reading.text),
    longestValue,
  );
  const entries = shown.map(({ kind, reading }, n) => {
    const text = inLine(parts[n] as Cut, reading);
    return kind === "added" ? paint.now(`+${text}`) : paint.was(`-${text}`);
  });
  const others = members.length - changed.length;
  const same = others > 0 ? [`${others} as before`] : [];
  const order = isReordered ? [entries.length === 0 ? "only the order changed" : "the order changed"] : [];
  return (
    [...entries, ...more.map((words) => `and ${words}`), ...same, ...order].join(", ") + alikeMembers(members)
  );
}

/** The maximum number of list members that are printed. */
const mostMembers = 20;

/** The letters of another alphabet within a word, with their code points. */
export function lettersWords(...values: (Json | undefined)[]): string {
  const found = values.flatMap((value) => [...deceptiveLetters(typeof value === "string" ? value : "")]);
  const words = new Set(found.map(({ letter, script }) => `${letter} is ${script}, ${codeOf(letter)}`));
  return words.size === 0 ? "" : ` (mixed alphabets: ${[...words].slice(0, 5).join("; ")})`;
}

/** For two texts that look the same: where they differ. */
function alikeWords(from: Json | undefined, to: Json | undefined, what = "looks like what it was"): string {
  const place = typeof from === "string" && typeof to === "string" ? alikeAt(from, to) : undefined;
  if (place === undefined) return "";
  const [was, now] = [place.from, place.to].map((letter) => `${letter} (${codeOf(letter)})`);
  return ` (${what}, but with ${now} instead of ${was})`;
}

/** The same for members of a list that came and went. */
function alikeMembers(members: readonly ListedMember[]): string {
  const texts = (kind: ListedMember["kind"]): string[] =>
    members
      .filter((one) => one.kind === kind)
      .map(({ reading }) => reading.text)
      .slice(0, mostMembers);
  const came = texts("added");
  const before = [...texts("removed"), ...texts("same")];
  return (
    came
      .flatMap((to) => before.map((from) => alikeWords(from, to, "one looks like another")))
      .find((words) => words !== "") ?? ""
  );
}

/** Who reported the event; undefined if Daybook recorded it itself, as all types that only the server writes. */
function recorderOf(event: RecordedEvent): string | undefined {
  if (sourceOf(event) === "daybook" || eventType(event.type)?.writer === "server") return undefined;
  const { recordedBy } = event as Partial<RecordedEvent>;
  if (recordedBy === undefined) return "[erased]";
  const { type, id } = recordedBy;
  if (type === "api_client") return `API client ${id}`;
  return id === "operator" ? "the operator token" : `operator ${id}`;
}

/** The event in several lines, without the last newline. */
export function eventText(event: RecordedEvent, paint: Paint): string {
  const time = `${event.occurredAt.slice(0, 19).replace("T", " ")}Z`;
  const type = eventType(event.type);
  const happened = type === undefined ? event.type : title(event, type);
  const sentence = sentenceOf(event);
  const outcome = event.outcome === "success" ? "" : `  ${paint.refused(event.outcome)}`;
  const lines = [
    `${paint.quiet(time)}  ${paint.title(printable(happened))}${outcome}  ${paint.quiet(event.id)}`,
    `  ${printable(sentence)}${lettersWords(sentence)}`,
    ...(event.changes ?? []).map((change) => changeLine(change, paint)),
  ];
  const recorder = recorderOf(event);
  if (recorder !== undefined) lines.push(`  ${paint.quiet("Recorded by")} ${printable(recorder)}`);
  if (event.reason !== undefined)
    lines.push(`  ${paint.quiet("Reason:")} ${shown(event.reason)}${lettersWords(event.reason)}`);
  if (event.erased) lines.push(`  ${paint.quiet(`Erased: ${event.erased.join(", ")}`)}`);
  return lines.join("\n");
}
