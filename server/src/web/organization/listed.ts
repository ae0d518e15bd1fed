/** A page of a list of an organization's: which one the address asks for, and where its neighbours are. */
import type { FastifyRequest } from "fastify";
import { afterOf } from "../base/visible.ts";
import type { ListedItems } from "./members-content.tsx";

/** Items on a page. */
const perPage = 50;

interface ListReading<T> {
  /** The page's own address. */
  readonly path: string;
  /** The parameter that says after which item; `after` if absent. */
  readonly parameter?: string;
  readonly read: (page: { after: string | undefined; limit: number }) => Promise<readonly T[]>;
  /** What the list is in the order of. */
  readonly keyOf: (item: T) => string;
}

/** Reads one item more than the page has, to see whether there is another page. */
export async function listed<T>(
  request: FastifyRequest,
  { path, parameter = "after", read, keyOf }: ListReading<T>,
): Promise<ListedItems<T>> {
  const after = afterOf(request, parameter);
  const found = await read({ after, limit: perPage + 1 });
  const items = found.slice(0, perPage);
  const last = found.length > perPage ? items.at(-1) : undefined;
  return {
    items,
    first: after === undefined ? undefined : path,
    next: last === undefined ? undefined : `${path}?${parameter}=${keyOf(last)}`,
  };
}
