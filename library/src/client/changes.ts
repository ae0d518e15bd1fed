/**
 * Requests for an organization's data other than events: JSON both ways, entity tags, and changes that happen once, however often they are
 * sent.
 */
import { DaybookError } from "../error/index.ts";
import { newEventId } from "../event/index.ts";
import { refuseLossy, unwritable } from "./lossy.ts";
import type { Settings } from "./options.ts";
import { type Call, type Reader, request } from "./request.ts";

/** A value with the entity tag of its version: pass it as `ifMatch` with a change. */
export type Tagged<T> = T & {
  /** The entity tag: opaque, and different after each change. */
  readonly etag: string;
};

/** The options of a call. */
export interface CallOptions {
  /** Stops the call immediately, which then throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** The options of a change. */
export interface ChangeOptions extends CallOptions {
  /**
   * The `etag` that you read: the call throws `changed-meanwhile` if someone has changed the resource since. If absent, the call changes
   * any version.
   */
  readonly ifMatch?: string | undefined;
}

/** A request: method, path and body. Undefined members of the body are left out. */
interface Sending {
  readonly path: string;
  readonly body?: object;
  readonly signal?: AbortSignal | undefined;
  readonly ifMatch?: string | undefined;
}

/** Reads a response with its entity tag. */
export const tagged = <T>(answer: object, headers: Headers): Tagged<T> => {
  const etag = headers.get("etag");
  if (etag === null) throw new DaybookError("answer-unreadable", { detail: "The answer has no ETag." });
  return { ...answer, etag } as Tagged<T>;
};

/** Reads a response as it is. */
export const plain = <T>(answer: object): T => answer as T;

/** Reads one resource. */
export const readOne = async <T>(settings: Settings, { path, signal }: Sending): Promise<Tagged<T>> =>
  request(settings, { path, signal }, tagged<T>);

/** The JSON text of a body. Throws `json-refused` for values that JSON doesn't have. */
function jsonOf(body: object): string {
  try {
    return JSON.stringify(body, refuseLossy);
  } catch (error) {
    throw unwritable(error, body);
  }
}

function callOf(method: NonNullable<Call["method"]>, { path, body, signal, ifMatch }: Sending): Call {
  const headers: Record<string, string> = {};
  if (body !== undefined) headers["content-type"] = "application/json";
  if (ifMatch !== undefined) headers["if-match"] = ifMatch;
  const content = body === undefined ? {} : { body: jsonOf(body) };
  return { method, path, headers, ...content, signal };
}

/** Sends a POST with a key that is made before the first attempt: the server gives a repeat the first response, and does nothing. */
export function post<T>(settings: Settings, sending: Sending, read: Reader<T>): Promise<T> {
  const call = callOf("POST", sending);
  return request(settings, { ...call, headers: { ...call.headers, "idempotency-key": newEventId() } }, read);
}

/** Sends a POST for which the API takes no key: it isn't retried if the server may have done it. */
export const postOnce = <T>(settings: Settings, sending: Sending, read: Reader<T>): Promise<T> =>
  request(settings, { ...callOf("POST", sending), repeatable: false }, read);

/** Sends a request that changes nothing when repeated. */
export const put = (settings: Settings, sending: Sending): Promise<void> =>
  request(settings, callOf("PUT", sending), () => undefined);

/** How to read a response, and a refusal after an attempt that the server may have done. */
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
 * Changes by PATCH. A repeat changes nothing, because the body has the new values. If a repeat is refused because the first attempt already
 * made a new version, this isn't an error: the function reads the resource, and returns it if it has the values.
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

/** Whether each member is as it was sent; the server trims spaces. */
const isAs = (now: object, sent: object = {}): boolean =>
  Object.entries(sent).every(([name, value]) => {
    const wanted = typeof value === "string" ? value.trim() : value;
    return wanted === undefined || (now as Record<string, unknown>)[name] === wanted;
  });

/** Removes a resource. If a repeat doesn't find it, the first attempt has removed it. */
export const remove = (settings: Settings, sending: Sending): Promise<void> =>
  repeating(settings, callOf("DELETE", sending), {
    read: () => undefined,
    afterLoss: (refusal) => {
      if (refusal.status !== 404 || refusal.code === "organization-not-found") throw refusal;
    },
  });
