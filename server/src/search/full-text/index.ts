/** The public names of searching the full-text index. */
export { countFound } from "./count.ts";
export { keyOf } from "./documents.ts";
export { type FindQuery, find } from "./find.ts";
export { passes } from "./passes.ts";
export type { Unindexed } from "./unindexed.ts";
