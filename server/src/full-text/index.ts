/** What other folders may use of `full-text`. */
export { mayHold, wordsOf } from "./event-words.ts";
export { fullText } from "./follower.ts";
export { isFound, parseTextQuery } from "./query.ts";
