/** Words for the sentences of errors. */

/** The words as a choice: `csv`, `csv or ndjson`, `csv, ndjson or json`. */
export const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
