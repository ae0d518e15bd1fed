/**
 * The member `$event` of DATA: it links a row to its event, and says who did it, for whom, and who recorded it, if the name in AUTHOR isn't
 * enough. It is written as canonical JSON, from stored texts.
 */
import { canonicalize, formatTime, type Json, type JsonObject } from "daybook/internal";
import type { WalkedEvent } from "../../../store/contract/pages.ts";
import { actorOf } from "./actor.ts";
import type { EventMemberForm } from "./form.ts";

/** If occurredAt and recordedAt differ by more than this, in microseconds, the row has recordedAt. */
export const late = 300_000_000;

/** A function that writes the `$event` of an event. */
export function eventMemberWriter(form: EventMemberForm): (event: WalkedEvent) => string {
  const logs = new Map([...form.logs].map(([logNo, origin]) => [logNo, JSON.stringify(origin)]));
  return (event) => {
    const { context } = event.slots;
    const actor = actorOf(event).json;
    const recorder = recorderOf(event.slots);
    const parts = [
      actor === undefined ? "" : `"actor":${actor},`,
      !form.context || context === undefined || "digest" in context ? "" : `"context":${context.json},`,
      `"id":"${event.id}","log":${logs.get(event.logNo)},`,
      recorder.own ? '"own":true,' : "",
      event.recordedAt - event.occurredAt > late ? `"recordedAt":"${formatTime(event.recordedAt)}",` : "",
      recorder.json === undefined ? "" : `"recordedBy":${recorder.json},`,
      `"seq":${event.seq}`,
    ];
    return `{${parts.join("")}}`;
  };
}

interface RecorderColumns {
  /** Undefined for the server itself, which is the default. */
  readonly json: string | undefined;
  readonly own: boolean;
}

const unknown: RecorderColumns = { json: undefined, own: false };

/** A cache: few callers record most events. */
const recorders = new Map<string, RecorderColumns>();
const mostRecorders = 1_000;

export function recorderOf({ recordedBy }: Pick<WalkedEvent["slots"], "recordedBy">): RecorderColumns {
  if (recordedBy === undefined || "digest" in recordedBy) return unknown;
  const known = recorders.get(recordedBy.json);
  if (known !== undefined) return known;
  const { own, ...by } = JSON.parse(recordedBy.json) as JsonObject;
  const read: RecorderColumns = {
    json: by.type === "server" ? undefined : canonicalize(by as Json),
    own: own === true,
  };
  if (recorders.size >= mostRecorders) recorders.clear();
  recorders.set(recordedBy.json, read);
  return read;
}
