/** The public names of `full-text`, for other folders. */
export { networkBits } from "./address-bits.ts";
export { indexBlocks, indexOf } from "./build.ts";
export { builderHere, openBuilder, type SegmentBuilder } from "./builder.ts";
export {
  type EventCondition,
  type EventQuery,
  holdsPhrase,
  meets,
  type TextCondition,
} from "./event-query.ts";
export { wordsOf } from "./event-words.ts";
export { fullText } from "./follower.ts";
export type { NamedPart } from "./names.ts";
export { isFound, joinedPhrases, phraseOf, typedWords } from "./query.ts";
export {
  type Documents,
  documentsInBlock,
  documentsTerm,
  eachListed,
  entriesIn,
  newestVersion,
  readDocuments,
  readTimes,
  type SegmentEntry,
  unionMark,
} from "./segment/index.ts";
export { nameKinds, type TermKind, termOf } from "./terms.ts";
