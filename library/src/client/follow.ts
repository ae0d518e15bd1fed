/**
 * Follows a log by server-sent events: every event once, in the order of the log, without end. If the connection breaks, it reconnects from
 * the last position, so it skips and repeats no event; the events' own numbers prove both.
 */
import { DaybookError } from "../error/index.ts";
import type { AuditEvent } from "./audit-event.ts";
import { pause, waitBefore } from "./backoff.ts";
import type { Settings } from "./options.ts";
import { queryOf } from "./query.ts";
import { attempt, mayRetry } from "./request.ts";
import { type Message, messagesOf } from "./sse.ts";
import { piecesOf } from "./stream.ts";

/** The start and the end of a follow. */
export interface FollowOptions {
  /** A position from an event, or `latest`. The default is the first event of the log. */
  readonly after?: string | undefined;
  /** A search, as `search` takes it: only these events. */
  readonly q?: string | undefined;
  /** The time zone of dates in it, by its IANA name; default UTC. */
  readonly tz?: string | undefined;
  /** Aborting it ends the follow, which throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Called when the connection broke, before reconnecting. */
  readonly onInterruption?: ((error: DaybookError) => void) | undefined;
  /** Called when the follow has connected: from then on, it misses no event. Also called after each interruption. */
  readonly onOpen?: (() => void) | undefined;
}

/** An event and the position after it, from which you can follow again later. */
export interface FollowedEvent {
  /** The event. */
  readonly event: AuditEvent;
  /** The position after the event: give it as `after` to continue from there. */
  readonly position: string;
}

/** The current position of a follow. */
interface FollowPosition {
  position: string | undefined;
  seq: number | undefined;
  /** Whether every event comes, so that their numbers have no gap. */
  readonly isWhole: boolean;
}

/** Whether the event with that number can come next. A recovered log starts again at 0. */
function canFollow(seq: number, { seq: last, isWhole }: FollowPosition): boolean {
  if (last === undefined || seq === 0) return true;
  // a recovered log can also start again with a later event, if only some are asked for
  return isWhole ? seq === last + 1 : seq !== last;
}

function eventOf(message: Message, place: FollowPosition): FollowedEvent | undefined {
  if (message.id !== "") place.position = message.id;
  if (message.data === undefined) return undefined;
  let event: AuditEvent;
  try {
    event = JSON.parse(message.data);
  } catch (cause) {
    throw new DaybookError("answer-unreadable", { detail: "A message of the stream is not JSON.", cause });
  }
  if (typeof event?.seq !== "number" || message.id === "") return undefined;
  if (!canFollow(event.seq, place))
    throw new DaybookError("answer-unreadable", {
      detail: `After event ${place.seq} of the log came ${event.seq}: the stream skipped or repeated.`,
    });
  place.seq = event.seq;
  return { event, position: message.id };
}

/** Follows on one connection until it ends. */
async function* followOnce(
  settings: Settings,
  options: FollowOptions,
  place: FollowPosition,
): AsyncGenerator<FollowedEvent, void, undefined> {
  const answer = await attempt(
    settings,
    {
      path: `/events/follow${queryOf({ after: place.position, q: options.q, tz: options.tz })}`,
      headers: { accept: "text/event-stream" },
      signal: options.signal,
    },
    settings.timeout,
  );
  answer.begun();
  const pieces = piecesOf(answer, settings.timeout, options.signal);
  if (!/^text\/event-stream\b/.test(answer.response.headers.get("content-type") ?? "")) {
    await pieces.return();
    throw new DaybookError("answer-unreadable", { detail: "The answer is not a stream of events." });
  }
  options.onOpen?.();
  for await (const message of messagesOf(pieces)) {
    const followed = eventOf(message, place);
    if (followed) yield followed;
  }
}

const ended = (): DaybookError => new DaybookError("unreachable", { detail: "The server ended the stream." });

/**
 * Follows until the signal aborts (it then throws the reason) or the loop ends. Until the first connection, failures are retried as in
 * other calls; afterwards, it reconnects without limit. Throws `position-mismatch` if the position isn't one of this log.
 */
export async function* follow(
  settings: Settings,
  options: FollowOptions,
): AsyncGenerator<FollowedEvent, void, undefined> {
  const place: FollowPosition = {
    position: options.after,
    seq: undefined,
    isWhole: options.q === undefined,
  };
  let stood = false;
  let failed = 0;
  const onOpen = (): void => {
    stood = true;
    options.onOpen?.();
  };
  for (;;) {
    let error: unknown;
    try {
      for await (const followed of followOnce(settings, { ...options, onOpen }, place)) {
        failed = 0;
        yield followed;
      }
      error = ended();
    } catch (thrown) {
      error = thrown;
    }
    options.signal?.throwIfAborted();
    if (!mayRetry(error) || (!stood && failed >= settings.retries)) throw error;
    if (stood) options.onInterruption?.(error);
    await pause(waitBefore(failed++, error.retryAfter), options.signal);
  }
}
