/** An event as people read it in a terminal: time, title, sentence, what changed. It refuses to know colours of its own. */
import { eventType, sentence, title } from "../catalogue/index.ts";
import type { Change, Json, RecordedEvent } from "../event/index.ts";
import { type Paint, printable } from "./paint.ts";

/** The longest value that is shown whole, in characters. */
const longestValue = 200;

/** The catalogue's sentence; of a type that the catalogue lacks, the type and the names. */
export function sentenceOf(event: RecordedEvent): string {
  return sentence(event, eventType(event.type) ?? custom(event));
}

/** A custom type has no sentence of its own here. */
const custom = ({ type, targets }: RecordedEvent): { sentence: string; refusedSentence: string } => {
  const words = targets?.[0] ? `{actor}: ${type} {target}` : `{actor}: ${type}`;
  return { sentence: words, refusedSentence: words };
};

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
  const type = eventType(event.type);
  const happened = type === undefined ? event.type : title(event, type);
  const outcome = event.outcome === "success" ? "" : `  ${paint.refused(event.outcome)}`;
  const lines = [
    `${paint.quiet(time)}  ${paint.title(printable(happened))}${outcome}  ${paint.quiet(event.id)}`,
    `  ${printable(sentenceOf(event))}`,
    ...(event.changes ?? []).map((change) => changeLine(change, paint)),
  ];
  if (event.reason !== undefined) lines.push(`  ${paint.quiet("Reason:")} ${shown(event.reason)}`);
  if (event.erased) lines.push(`  ${paint.quiet(`Erased: ${event.erased.join(", ")}`)}`);
  return lines.join("\n");
}
