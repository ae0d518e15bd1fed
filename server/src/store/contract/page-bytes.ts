/** The contract of the store for pages as bytes, of which the stored texts are copied. */
import type { HashedEvent, PageQuery } from "./pages.ts";
import type { EventBytes } from "./walks.ts";

/** A query for a page of one organization as bytes: the slots in the order of their places. */
export type PageBytesQuery = PageQuery &
  Required<Pick<PageQuery, "slots">> & { readonly organizationId: number };

/** The events of a page as bytes. */
export interface PageEventBytes extends EventBytes {
  event(): HashedEvent;
  /** Where the 32 bytes of the leaf hash begin. */
  readonly leafHash: number;
  /** The name that the organization has now: the same with each event. */
  organizationName(): string;
}

/** Reading pages as bytes, within a row scope. */
export interface PageBytesReads {
  /** The events of `page` as bytes: the same ones in the same order, in one statement with the name of their organization. */
  pageBytes(query: PageBytesQuery): Promise<PageEventBytes>;
}
