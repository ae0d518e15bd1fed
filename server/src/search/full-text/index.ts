/** The public names of searching the full-text index. */
export type { Among } from "./among.ts";
export { countFound } from "./count.ts";
export { keyOf, newestFirst } from "./documents.ts";
export { type FindQuery, type FindReads, find } from "./find.ts";
export { findAll } from "./find-all.ts";
export { indexedValues } from "./indexed-values.ts";
export { SegmentGone } from "./looks.ts";
export { passes } from "./passes.ts";
export type { Unindexed } from "./unindexed.ts";
