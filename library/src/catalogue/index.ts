/** What other rooms and packages may use of `catalogue`. */
export { comingTypeNames, eventType, eventTypes, reservedDataMembers } from "./catalogue.ts";
export type * from "./event-data.ts";
export type { CardRow, DataSchema, EventType, Operation } from "./event-type.ts";
export {
  cardRows,
  type FilledRow,
  placeholders,
  type SentencePart,
  sentence,
  sentenceParts,
  type Told,
} from "./sentence.ts";
