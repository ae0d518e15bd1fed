/** The public names of `full-text`, for other folders. */
export { mayHold, wordsOf } from "./event-words.ts";
export { fullText } from "./follower.ts";
export { isFound, readTextQuery } from "./query.ts";
