/** A page of an organization's list: which one the address names, and the addresses of its neighbors. */
import type { FastifyRequest } from "fastify";
import { afterOf } from "../base/visible.ts";
import type { ListedItems } from "./members-content.tsx";

/** Items per page. */
const perPage = 50;

interface ListReading<T> {
  /** The page's own address. */
  readonly path: string;
  /** The parameter with the last item before; default `after`. */
  readonly parameter?: string;
  readonly read: (page: { after: string | undefined; limit: number }) => Promise<readonly T[]>;
  /** The key that orders the list. */
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
