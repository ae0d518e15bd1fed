/** An event as people read it in a terminal: time, title, sentence, what changed. It refuses to know colours of its own. */
import { eventType } from "../catalogue/index.ts";
import type { Actor, Change, Json, RecordedEvent, Target } from "../event/index.ts";
import { type Paint, printable } from "./paint.ts";

/** The longest value that is shown whole, in characters. */
const longestValue = 200;

const nameOf = (party: Actor | Target | undefined): string =>
  party === undefined ? "[erased]" : (party.name ?? `${party.type} ${party.id}`);

function valueAt(event: RecordedEvent, path: string): string {
  let here: Json | undefined = event.data;
  for (const name of path.split(".")) {
    here =
      here !== null && typeof here === "object" && !Array.isArray(here) && Object.hasOwn(here, name)
        ? here[name]
        : undefined;
  }
  return here === undefined ? "[unknown]" : typeof here === "string" ? here : JSON.stringify(here);
}

/** The catalogue's sentence with its places filled in; of a type that the catalogue lacks, the type and the names. */
export function sentenceOf(event: RecordedEvent): string {
  const type = eventType(event.type);
  const target = event.targets?.[0];
  if (!type) return `${nameOf(event.actor)}: ${event.type}${target ? ` ${nameOf(target)}` : ""}`;
  const template = event.outcome === "success" ? type.sentence : type.refusedSentence;
  return template.replace(
    /\{(actor|target|data\.([\w.]+))\}/g,
    (_, place: string, path: string | undefined) => {
      if (place === "actor") return nameOf(event.actor);
      if (path !== undefined) return valueAt(event, path);
      return target ? nameOf(target) : "[unnamed]";
    },
  );
}

function shown(value: Json | undefined): string {
  if (value === undefined) return "(none)";
  if (value === "") return "(empty)";
  const text = printable(typeof value === "string" ? value : JSON.stringify(value));
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}

function changeLine(change: Change, paint: Paint): string {
  const label = printable(change.label ?? change.path);
  if (change.hidden) return `  ${label}: changed (hidden)`;
  return `  ${label}: was ${paint.was(shown(change.from))}, now ${paint.now(shown(change.to))}`;
}

/** The event in some lines, without the last newline. */
export function eventText(event: RecordedEvent, paint: Paint): string {
  const time = `${event.occurredAt.slice(0, 19).replace("T", " ")}Z`;
  const title = eventType(event.type)?.title ?? event.type;
  const outcome = event.outcome === "success" ? "" : `  ${paint.refused(event.outcome)}`;
  const lines = [
    `${paint.quiet(time)}  ${paint.title(printable(title))}${outcome}  ${paint.quiet(event.id)}`,
    `  ${printable(sentenceOf(event))}`,
    ...(event.changes ?? []).map((change) => changeLine(change, paint)),
  ];
  if (event.reason !== undefined) lines.push(`  ${paint.quiet("Reason:")} ${shown(event.reason)}`);
  if (event.erased) lines.push(`  ${paint.quiet(`Erased: ${event.erased.join(", ")}`)}`);
  return lines.join("\n");
}
