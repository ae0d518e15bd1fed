/** What other rooms and packages may use of `shown`. */
export { type AlikeAt, alikeAt } from "./alike.ts";
export { withoutOrder } from "./directions.ts";
export { type Deceptive, deceptiveLetters, type PrototypeOf } from "./letters.ts";
export { cutApart, isScalars, type ListChange, listChange, type Member, someOf } from "./list.ts";
export {
  asEscapedJson,
  asJson,
  type Cut,
  cut,
  cutPair,
  escapedLines,
  type Pair,
  type PairForm,
  pairOf,
  type Read,
  type Reading,
  readApart,
  type Side,
  sameStart,
} from "./pair.ts";
export { inBrackets } from "./plain.ts";
export { isOrdinary, type Marking, rowScopeOf, type Segment, seenOf, segmentsOf } from "./segments.ts";
export { forTerminal } from "./terminal.ts";
export { codeOf, isOfWriting, nameOfUnseen, unseen } from "./unseen.ts";
