/**
 * One call over HTTP: attempts, waits and limits of time. Node's fetch keeps connections alive for four seconds and
 * offers no way to tell that the server has just closed one: the failed attempt is simply made again, which is safe,
 * because every POST of this client carries ids or a key that are taken once, and what does not is not repeated. It refuses to
 * know what is asked.
 */
import { type Code, DaybookError } from "../error/index.ts";
import { pause, retryStatuses, waitBefore } from "./backoff.ts";
import type { Settings } from "./options.ts";
import { problemOf } from "./problem.ts";

/** One request: `path` starts with `/` and is within the organization. `body` is sent as it is, on every attempt. */
export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The caller's own signal: it stops attempts and waits at once, and its reason is what is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** False: twice is not the same as once. It is sent again only where the attempt before is known to have done nothing. */
  readonly repeatable?: boolean;
  /** Told before another attempt that the one before may have been done, though it failed. */
  readonly onLost?: () => void;
}

/** A running attempt: its answer, the signal that its body obeys, and the switch that ends its limits. */
export interface Answer {
  readonly response: Response;
  /** Aborts the body. */
  readonly abort: (reason: unknown) => void;
  /** Ends the attempt's limit of time: a stream has begun, and has limits of its own. */
  readonly begun: () => void;
  /** To be called once the body is read or given up: lets go of the caller's signal. */
  readonly release: () => void;
}

const timedOut = (what: string, ms: number): DaybookError =>
  new DaybookError("timeout", { detail: `${what} took longer than ${ms} ms.` });

function unreachable(settings: Settings, cause: unknown): DaybookError {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  const { code, message } = inner as { code?: unknown; message?: unknown };
  const why = typeof code === "string" ? code : String(message ?? cause);
  return new DaybookError("unreachable", {
    detail: `${new URL(settings.base).origin} could not be reached (${why}).`,
    cause,
  });
}

/** One attempt, until the head of its answer is there. Throws DaybookError, or the reason of the caller's signal. */
export async function attempt(settings: Settings, call: Call, limit: number): Promise<Answer> {
  call.signal?.throwIfAborted();
  const controller = new AbortController();
  const stop = (): void => controller.abort(call.signal?.reason);
  const timer = setTimeout(() => controller.abort(timedOut("The attempt", limit)), limit);
  const release = (): void => {
    clearTimeout(timer);
    call.signal?.removeEventListener("abort", stop);
  };
  call.signal?.addEventListener("abort", stop, { once: true });
  try {
    const response = await fetch(settings.base + call.path, {
      method: call.method ?? "GET",
      headers: { authorization: `Bearer ${settings.token}`, accept: "application/json", ...call.headers },
      ...(call.body === undefined ? {} : { body: call.body }),
      redirect: "manual",
      signal: controller.signal,
    });
    if (!response.ok) throw await problemOf(response);
    return {
      response,
      abort: (reason) => controller.abort(reason),
      begun: () => clearTimeout(timer),
      release,
    };
  } catch (error) {
    release();
    if (controller.signal.aborted) throw controller.signal.reason;
    throw error instanceof DaybookError ? error : unreachable(settings, error);
  }
}

/** Whether the same request may succeed a little later. */
export const mayRetry = (error: unknown): error is DaybookError =>
  error instanceof DaybookError &&
  (error.code === "timeout" || error.code === "unreachable" || retryStatuses.has(error.status));

/** Failures after which the server may have done what it was asked: only the answer is missing. */
const lost: ReadonlySet<Code> = new Set(["timeout", "unreachable", "outcome-unknown"]);

/**
 * Attempts until one is `done` with its answer, or it is of no use to go on. What `done` reads of the body falls under
 * the attempt's limit of time, unless it calls `begun`. Throws the last attempt's error.
 */
export async function retrying<T>(
  settings: Settings,
  call: Call,
  done: (answer: Answer) => T | Promise<T>,
): Promise<T> {
  const end = Date.now() + settings.deadline;
  for (let failed = 0; ; failed++) {
    const left = end - Date.now();
    try {
      return await done(await attempt(settings, call, Math.max(1, Math.min(settings.timeout, left))));
    } catch (error) {
      if (!mayRetry(error) || failed >= settings.retries) throw error;
      if (lost.has(error.code)) {
        if (call.repeatable === false) throw error;
        call.onLost?.();
      }
      const wait = waitBefore(failed, error.retryAfter);
      if (Date.now() + wait >= end) throw error;
      await pause(wait, call.signal);
    }
  }
}

/** What an answer means. An answer without content is an empty object. */
export type Reader<T> = (answer: Record<string, unknown>, headers: Headers) => T;

/** A call whose answer is a JSON object or nothing, which `read` turns into what it means. */
export function request<T>(settings: Settings, call: Call, read: Reader<T>): Promise<T> {
  return retrying(settings, call, async (answer) => {
    try {
      return read(await readAnswer(answer.response), answer.response.headers);
    } catch (error) {
      if (call.signal?.aborted) throw call.signal.reason;
      throw error instanceof DaybookError ? error : unreachable(settings, error);
    } finally {
      answer.release();
    }
  });
}

/** Reads an answer that must be a JSON object, or have no content; anything else is `answer-unreadable`. */
async function readAnswer(response: Response): Promise<Record<string, unknown>> {
  if (response.status === 204) return {};
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DaybookError("answer-unreadable", { cause });
  }
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw new DaybookError("answer-unreadable");
  return value as Record<string, unknown>;
}
