/** The events of a body before they are read: reading takes time, so it waits for space in the queue, and runs in parts. */
import { limits, readEventsInParts } from "daybook/internal";
import type { Slices } from "../fairness/index.ts";
import type { Input } from "./prepared.ts";

export interface UnreadEvents {
  /** The size of the body. */
  readonly bytes: number;
  /** About how many events it has. */
  readonly estimate: number;
  readonly read: () => UnreadParts;
}

interface UnreadParts {
  /** Reads a part; returns false at the end. Call it until then. */
  next(): boolean;
  /** All events, after the end. */
  events(): { readonly inputs: readonly Input[] };
}

const lineFeed = 10;

/** The events of a body that `readEvents` can read. */
export function unreadEvents(
  body: Uint8Array,
  mediaType: Parameters<typeof readEventsInParts>[1],
): UnreadEvents {
  const estimate = mediaType === "application/x-ndjson" ? linesOf(body) : 1;
  return { bytes: body.length, estimate, read: () => readEventsInParts(body, mediaType) };
}

/** The number of lines, up to the maximum of events. */
function linesOf(body: Uint8Array): number {
  let lines = 1;
  for (let at = body.indexOf(lineFeed); at >= 0; at = body.indexOf(lineFeed, at + 1))
    if (++lines >= limits.batchEvents) break;
  return lines;
}

/** Reads the events; with `slices`, others have their turn in between. */
export async function readAll({ read }: UnreadEvents, slices: Slices): Promise<readonly Input[]> {
  await slices.next();
  const parts = read();
  while (parts.next()) {
    const turn = slices.next();
    if (turn !== undefined) await turn;
  }
  return parts.events().inputs;
}

/** Reads the events at once, for bodies that are soon read. */
export function readNow({ read }: UnreadEvents): readonly Input[] {
  const parts = read();
  while (parts.next());
  return parts.events().inputs;
}
