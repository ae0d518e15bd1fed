/** What other rooms and packages may use of `shown`. */
export { type Deceptive, deceptiveLetters, type PrototypeOf } from "./letters.ts";
export { isScalars, type ListChange, listChange, type Member } from "./list.ts";
export {
  asEscapedJson,
  asJson,
  type Cut,
  cut,
  cutPair,
  type Pair,
  pairOf,
  type Read,
  type Reading,
  readApart,
} from "./pair.ts";
export { isOrdinary, type Marking, type Segment, seenOf, segmentsOf, sightOf } from "./segments.ts";
export { around, codeOf, isOfWriting, nameOfUnseen, unseen } from "./unseen.ts";
