/** What other rooms may use of `words`. */
export { mayHold, wordsOf } from "./event-words.ts";
export { openWordIndexing, type WordIndexing } from "./indexing.ts";
export { isFound, parseWanted } from "./wanted.ts";
