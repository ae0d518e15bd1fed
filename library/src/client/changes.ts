/**
 * Reading and changing what an organization has besides its events: JSON there and back, entity tags, and changes that are
 * done once, however often they are sent. It refuses to know what is changed.
 */
import { DaybookError } from "../error/index.ts";
import { newEventId } from "../event/index.ts";
import type { Settings } from "./options.ts";
import { type Call, type Reader, request } from "./request.ts";

/** What was read, and the entity tag of its version: give it as `ifMatch` with a change. */
export type Tagged<T> = T & { readonly etag: string };

export interface CallOptions {
  /** Stops the call at once; its reason is what is thrown. */
  readonly signal?: AbortSignal;
}

export interface ChangeOptions extends CallOptions {
  /** The `etag` that was read: `changed-meanwhile` if somebody changed it since. Absent: whatever it is now. */
  readonly ifMatch?: string;
}

/** What is sent where. Members of the body that are undefined are left out. */
interface Sending {
  readonly path: string;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  readonly ifMatch?: string | undefined;
}

/** Reads an answer with its entity tag. */
export const tagged = <T>(answer: object, headers: Headers): Tagged<T> => {
  const etag = headers.get("etag");
  if (etag === null) throw new DaybookError("answer-unreadable", { detail: "The answer has no ETag." });
  return { ...answer, etag } as Tagged<T>;
};

/** Reads an answer as it is. */
export const plain = <T>(answer: object): T => answer as T;

/** Reads one thing. */
export const readOne = async <T>(settings: Settings, { path, signal }: Sending): Promise<Tagged<T>> =>
  request(settings, { path, signal }, tagged<T>);

function callOf(method: NonNullable<Call["method"]>, { path, body, signal, ifMatch }: Sending): Call {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = ifMatch;
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  return { method, path, headers, ...content, signal };
}

/** Sends by POST, with a key that is made before the first attempt: a repeat is answered as the first time, and does nothing. */
export function post<T>(settings: Settings, sending: Sending, read: Reader<T>): Promise<T> {
  const call = callOf("POST", sending);
  return request(settings, { ...call, headers: { ...call.headers, "idempotency-key": newEventId() } }, read);
}

/** Sends by POST what the API takes no key for: not again where it may have been done. */
export const postOnce = <T>(settings: Settings, sending: Sending, read: Reader<T>): Promise<T> =>
  request(settings, { ...callOf("POST", sending), repeatable: false }, read);

/** Sends what changes nothing when it is sent twice. */
export const put = (settings: Settings, sending: Sending): Promise<void> =>
  request(settings, callOf("PUT", sending), () => undefined);

/** What an answer means, and what a refusal means where an attempt before it may have been done. */
interface Meaning<T> {
  readonly read: Reader<T>;
  readonly afterLoss: (refusal: DaybookError) => T | Promise<T>;
}

async function repeating<T>(settings: Settings, call: Call, { read, afterLoss }: Meaning<T>): Promise<T> {
  let lost = false;
  const onLost = (): void => {
    lost = true;
  };
  try {
    return await request(settings, { ...call, onLost }, read);
  } catch (error) {
    if (lost && error instanceof DaybookError) return afterLoss(error);
    throw error;
  }
}

/**
 * Changes by PATCH: the body says what it shall be, so the same again changes nothing. A repeat that is refused because our
 * own first attempt made a new version is no refusal: what is there by then is read, and is the answer if it is as asked.
 */
export const change = <T extends object>(settings: Settings, sending: Sending): Promise<Tagged<T>> =>
  repeating(settings, callOf("PATCH", sending), {
    read: tagged<T>,
    afterLoss: async (refusal) => {
      if (refusal.code !== "changed-meanwhile") throw refusal;
      const now = await readOne<T>(settings, sending);
      if (isAs(now, sending.body)) return now;
      throw refusal;
    },
  });

/** Whether each member is as it was sent; the server takes spaces off the ends. */
const isAs = (now: object, sent: object = {}): boolean =>
  Object.entries(sent).every(([name, value]) => {
    const wanted = typeof value === "string" ? value.trim() : value;
    return wanted === undefined || (now as Record<string, unknown>)[name] === wanted;
  });

/** Removes. What a repeat doesn't find any more, our own first attempt has removed. */
export const remove = (settings: Settings, sending: Sending): Promise<void> =>
  repeating(settings, callOf("DELETE", sending), {
    read: () => undefined,
    afterLoss: (refusal) => {
      if (refusal.status !== 404 || refusal.code === "organization-not-found") throw refusal;
    },
  });
