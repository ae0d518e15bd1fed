/** A page of an organization's list: which one the address names, what was searched for, and the addresses of its neighbors. */
import type { FastifyRequest } from "fastify";
import { addressOf } from "../base/parameters.ts";
import { afterOf } from "../base/visible.ts";

/** Items per page. */
const perPage = 50;
/** Characters of a search. */
const longest = 200;

/** A page of a list: its items, and the addresses of its neighbors. */
export interface ListedItems<T> {
  readonly items: readonly T[];
  readonly first: string | undefined;
  readonly next: string | undefined;
  /** The words that the list was searched for. */
  readonly q: string | undefined;
}

interface ListReading<T> {
  /** The page's own address. */
  readonly path: string;
  /** The parameter with the last item before; default `after`. */
  readonly parameter?: string;
  /** Whether the list can be searched. */
  readonly isSearched?: boolean;
  readonly read: (page: {
    after: string | undefined;
    limit: number;
    matching: string | undefined;
  }) => Promise<readonly T[]>;
  /** The key that orders the list. */
  readonly keyOf: (item: T) => string;
}

/** Reads one item more than the page has, to see whether there is another page. */
export async function listed<T>(
  request: FastifyRequest,
  { path, parameter = "after", isSearched = false, read, keyOf }: ListReading<T>,
): Promise<ListedItems<T>> {
  const after = afterOf(request, parameter);
  const q = isSearched ? searchOf(request) : undefined;
  const found = await read({ after, limit: perPage + 1, matching: q });
  const items = found.slice(0, perPage);
  const last = found.length > perPage ? items.at(-1) : undefined;
  const kept: [string, string[]][] = q === undefined ? [] : [["q", [q]]];
  return {
    items,
    q,
    first: after === undefined ? undefined : addressOf(path, new Map(kept)),
    next: last === undefined ? undefined : addressOf(path, new Map([...kept, [parameter, [keyOf(last)]]])),
  };
}

/** The words; undefined if there are none. */
function searchOf(request: FastifyRequest): string | undefined {
  const { q } = request.query as Record<string, unknown>;
  const words = typeof q === "string" ? [...q.trim()].slice(0, longest).join("") : "";
  return words === "" || /\p{Cs}|\0/u.test(words) ? undefined : words;
}
