/** Lists, page by page: one page, or all of them in sequence. */
import { DaybookError } from "../error/index.ts";
import type { EventsPage, SearchProgress } from "../resources/index.ts";
import type { Settings } from "./options.ts";
import { type QueryValues, queryOf } from "./query.ts";
import { request } from "./request.ts";

/** A list of the API: its address, and the member of its responses that has the items. */
export interface List {
  readonly path: string;
  readonly name: string;
}

/** The query of a list: the signal, and query parameters by name. */
interface PageOptions {
  /** Aborting it ends the list, which throws the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** How to walk through a list. */
export interface ListOptions extends PageOptions {
  /** Items per page, 1 to 1,000, default 500; each page is a request. */
  readonly limit?: number | undefined;
}

/** One page; `next` is null on the last one. */
interface ListPage<T> extends Pick<EventsPage<T>, "next" | "searched"> {
  readonly items: T[];
}

/** Reads one page. */
export async function readPage<T>(
  settings: Settings,
  list: List,
  options: PageOptions,
): Promise<ListPage<T>> {
  const { signal, ...query } = options;
  const path = list.path + queryOf(query as QueryValues);
  return request(settings, { path, signal }, ({ [list.name]: items, next, searched }) => {
    if (!Array.isArray(items) || (next !== null && typeof next !== "string"))
      throw new DaybookError("answer-unreadable", { detail: `The answer is not a page of ${list.name}.` });
    const progress = searched as SearchProgress | undefined;
    return { items: items as T[], next, ...(progress && { searched: progress }) };
  });
}

async function* walk<T>(
  settings: Settings,
  list: List,
  options: ListOptions,
): AsyncGenerator<T, void, undefined> {
  let cursor: string | undefined;
  do {
    const of = { ...options, limit: options.limit ?? 500, cursor };
    const page: ListPage<T> = await readPage(settings, list, of);
    yield* page.items;
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

/** All items. Each loop starts at the first page, and reads a page when its first item is needed. */
export const allOf = <T>(settings: Settings, list: List, options: ListOptions = {}): AsyncIterable<T> => ({
  [Symbol.asyncIterator]: () => walk<T>(settings, list, options),
});
