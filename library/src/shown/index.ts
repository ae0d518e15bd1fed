/** The public names of `shown`, for other folders and packages. */
export { alikeAt } from "./alike.ts";
export { withoutOrder } from "./directions.ts";
export { deceptiveLetters } from "./letters.ts";
export { cutApart, isScalars, type ListChange, type ListedMember, listChange, someOf } from "./list.ts";
export {
  asEscapedJson,
  asJson,
  type Cut,
  cut,
  cutPair,
  escapedLines,
  type Pair,
  pairOf,
  type Read,
  type Reading,
  sameStart,
} from "./pair.ts";
export { inBrackets } from "./plain.ts";
export { isOrdinary, type Segment, segmentsOf } from "./segments.ts";
export { forTerminal } from "./terminal.ts";
export { codeOf, isOfWriting, unseen } from "./unseen.ts";
export { inWords } from "./words.ts";
