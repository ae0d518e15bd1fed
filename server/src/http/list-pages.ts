/** Pages of small lists: an opaque cursor that names the last item, and is refused if altered. */
import { createHash } from "node:crypto";
import { DaybookError, type Source, sources } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  oneOf,
  type Query,
  type QueryParameters,
  readParameters,
  single,
  wholeNumber,
} from "../query-string/index.ts";
import { pageLimit } from "../search/index.ts";
import { sendPage } from "./answers.ts";

/** A part of a list: `after` is the key of the last item before it; undefined for the start. */
export interface AskedPage {
  readonly after: string | undefined;
  readonly limit: number;
}

/**
 * The page of a request. `kind` names the list, so that one list's cursor isn't valid for another.
 * @throws DaybookError `query-invalid`, `cursor-invalid`
 */
export function listPageOf(request: FastifyRequest, kind: string): AskedPage {
  const { limit, cursor } = cursorPageOf(request);
  return { limit, after: afterOf(kind, cursor) };
}

/** The key of the last item in a cursor of that list. Throws `cursor-invalid`. */
export const afterOf = (kind: string, cursor: string | undefined): string | undefined =>
  cursor === undefined ? undefined : keyOf(kind, cursor);

/** The page of a request, with its cursor as it came. Throws `query-invalid`. */
export function cursorPageOf(request: FastifyRequest): { cursor: string | undefined; limit: number } {
  return cursorPage(readParameters(request.query as Query, ["cursor", "limit"]));
}

const cursorPage = (parameters: QueryParameters): { cursor: string | undefined; limit: number } => ({
  cursor: single(parameters, "cursor"),
  limit: wholeNumber(parameters, "limit", pageLimit),
});

/** The page of a history: what Daybook did, unless the request asks for what others report. Throws `query-invalid`. */
export function historyPageOf(
  request: FastifyRequest,
): ReturnType<typeof cursorPageOf> & { readonly recordedBy: Source } {
  const parameters = readParameters(request.query as Query, ["cursor", "limit", "recordedBy"]);
  return { ...cursorPage(parameters), recordedBy: oneOf(parameters, "recordedBy", sources) ?? "daybook" };
}

/** A list that was read with one item more than the page has, to see whether there is another page. */
export interface ListDescription<T> {
  readonly kind: string;
  /** The member of the response that has the items. */
  readonly name: string;
  readonly items: readonly T[];
  readonly limit: number;
  readonly keyOf: (item: T) => string;
  readonly shown: (item: T) => unknown;
}

/** Responds with a page of a list. */
export function sendListPage<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  list: ListDescription<T>,
): FastifyReply {
  const page = list.items.slice(0, list.limit);
  const last = list.items.length > list.limit ? page.at(-1) : undefined;
  const next = last === undefined ? null : cursorOf(list.kind, list.keyOf(last));
  return sendPage(request, reply, { [list.name]: page.map(list.shown), next } as { next: string | null });
}

const checkOf = (kind: string, key: string): string =>
  createHash("sha256").update(`${kind} ${key}`).digest("base64url").slice(0, 8);

const cursorOf = (kind: string, key: string): string =>
  Buffer.from(`${checkOf(kind, key)}${key}`).toString("base64url");

/**
 * The characters of ids, slugs and names of event types. The check in a cursor is not a secret: this pattern keeps made-up cursors away
 * from the database.
 */
const keyForm = /^[A-Za-z0-9._:/-]{1,128}$/;

function keyOf(kind: string, cursor: string): string {
  const key = Buffer.from(cursor, "base64url").toString().slice(8);
  if (!keyForm.test(key) || cursorOf(kind, key) !== cursor) throw new DaybookError("cursor-invalid");
  return key;
}
