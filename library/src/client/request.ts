/**
 * One call over HTTP: attempts, waits and time limits. Node's fetch keeps connections alive for four seconds, and can't tell that the
 * server has just closed one. The failed attempt is then simply repeated. This is safe, because every POST of this client has ids or a key
 * that the server accepts once, and other requests are not repeated.
 */
import { type Code, DaybookError } from "../error/index.ts";
import { pause, retryStatuses, waitBefore } from "./backoff.ts";
import type { Settings } from "./options.ts";
import { problemOf } from "./problem.ts";

/** One request: `path` starts with `/` and is within the organization. `body` is the same on every attempt. */
export interface Call {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The caller's signal: it immediately stops attempts and waits, and the call throws its reason. */
  readonly signal?: AbortSignal | undefined;
  /** False if repeating it has another effect. It is then only sent again if the attempt before is known to have done nothing. */
  readonly repeatable?: boolean;
  /** Called before a retry if the failed attempt may have been done. */
  readonly onLost?: () => void;
}

/** A running attempt: its response, the signal for its body, and the function that ends its time limit. */
export interface Answer {
  readonly response: Response;
  /** Aborts the body. */
  readonly abort: (reason: unknown) => void;
  /** Ends the time limit of the attempt: a stream has begun, and has limits of its own. */
  readonly begun: () => void;
  /** Call this when the body is read or given up: it removes the listener from the caller's signal. */
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

/** One attempt, until the head of its response. Throws DaybookError, or the reason of the caller's signal. */
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

/** Whether the same request can succeed a little later. */
export const mayRetry = (error: unknown): error is DaybookError =>
  error instanceof DaybookError &&
  (error.code === "timeout" || error.code === "unreachable" || retryStatuses.has(error.status));

/** Failures after which the server may have done the request: only the response is missing. */
const lost: ReadonlySet<Code> = new Set(["timeout", "unreachable", "outcome-unknown"]);

/**
 * Repeats attempts until `done` accepts a response, or retrying is useless. The attempt's time limit covers reading the body in `done`,
 * unless it calls `begun`. Throws the last attempt's error.
 */
export async function retrying<T>(
  settings: Settings,
  call: Call,
  done: (answer: Answer) => T | Promise<T>,
): Promise<T> {
  const end = performance.now() + settings.deadline;
  for (let failed = 0; ; failed++) {
    const left = end - performance.now();
    try {
      return await done(await attempt(settings, call, Math.max(1, Math.min(settings.timeout, left))));
    } catch (error) {
      if (!mayRetry(error) || failed >= settings.retries) throw error;
      if (lost.has(error.code)) {
        if (call.repeatable === false) throw error;
        call.onLost?.();
      }
      const wait = waitBefore(failed, error.retryAfter);
      if (performance.now() + wait >= end) throw error;
      await pause(wait, call.signal);
    }
  }
}

/** Reads a response. A response without content is an empty object. */
export type Reader<T> = (answer: Record<string, unknown>, headers: Headers) => T;

/** A call whose response is a JSON object or empty; `read` turns it into the result. */
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

/** Reads a response that must be a JSON object or empty; anything else is `answer-unreadable`. */
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
