/** What other rooms may use of `words`. */
export { mayHold, wordsOf } from "./event-words.ts";
export { type FullTextIndexing, openFullTextIndexing } from "./indexing.ts";
export { isFound, parseTextQuery } from "./query.ts";
