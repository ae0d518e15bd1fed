/**
 * The public names of `catalogue`, for other folders and packages: event types, their words and the types of their `data`.
 * @module daybook/catalogue
 */
export { comingTypeNames, eventType, eventTypes } from "./catalogue.ts";
export type * from "./custom-event-types.ts";
export type * from "./event-data.ts";
export type {
  CardRow,
  Condition,
  DataSchema,
  EventType,
  EventTypeDefinition,
  Operation,
  RegisteredEventType,
  TypeWords,
  Variant,
} from "./event-type.ts";
export { type ExportFormatName, exportFormats, type FormatOptions } from "./export-formats.ts";
export {
  cardRows,
  type FilledRow,
  placeholders,
  type SentencePart,
  sentence,
  sentenceParts,
  type Telling,
  type Told,
} from "./sentence.ts";
export { codeInWords, codeWords, partyName, title, valueAt, wordsFor } from "./telling.ts";
