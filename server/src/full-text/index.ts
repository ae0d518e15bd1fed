/** The public names of `full-text`, for other folders. */
export { indexBlocks, indexOf } from "./build.ts";
export { builderHere, openBuilder, type SegmentBuilder } from "./builder.ts";
export { mayHold, wordsOf } from "./event-words.ts";
export { fullText } from "./follower.ts";
export { isFound, readTextQuery } from "./query.ts";
export {
  type Documents,
  documentsInBlock,
  documentsTerm,
  eachDocument,
  entriesIn,
  readDocuments,
  readTimes,
  type SegmentEntry,
  unionMark,
} from "./segment/index.ts";
export { type TermKind, termOf } from "./terms.ts";
