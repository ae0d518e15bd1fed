/** The public names of `segment`: an immutable part of the full-text index. */
export { byteText } from "./bytes.ts";
export {
  contentOf,
  type Documents,
  type EventTermLists,
  mostDocuments,
  newestVersion,
  type SegmentContent,
} from "./content.ts";
export {
  contentIn,
  eachDocument,
  eachListed,
  entriesIn,
  readDocuments,
  readTimes,
  type SegmentEntry,
} from "./decode.ts";
export { blocksOf, documentsInBlock, documentsTerm, type SegmentBlock } from "./encode.ts";
export { merged } from "./merge.ts";
export { unionMark } from "./unions.ts";
