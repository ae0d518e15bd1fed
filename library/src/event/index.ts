/** The public names of `event`, for other folders and packages. */
export { canonicalize } from "./canonicalize.ts";
export { type CheckedEvent, checkEvent } from "./check-event.ts";
export { reservedDataMembers } from "./check-parts.ts";
export { cutText } from "./cut-text.ts";
export { diff, isObject, sameJson } from "./diff.ts";
export * from "./event.ts";
export { hideTokensIn } from "./hide.ts";
export { joinPersonal } from "./join-personal.ts";
export { watchLargeEvents } from "./large-event.ts";
export { limits } from "./limits.ts";
export { isMarkedItself } from "./marks.ts";
export { meantMember } from "./meant.ts";
export {
  eventIdTime,
  foldedTypeName,
  isCustomType,
  isEventId,
  isOurType,
  isTargetType,
  newEventId,
  partyKey,
} from "./names.ts";
export { normalise } from "./normalise.ts";
export { isPointer, pointerNames, pointerTo } from "./pointer.ts";
export {
  type EventMediaType,
  type ReadEvent,
  type ReadEvents,
  readEvents,
  readEventsInParts,
} from "./read-events.ts";
export { markRefused, notUtf8, readJson } from "./read-json.ts";
export { allRules, hideTokens, newestRules, type Rules } from "./rules.ts";
export { settle } from "./settle.ts";
export { isDaybooksParty, type Source, sourceOf, sources } from "./source.ts";
export { splitPersonal } from "./split-personal.ts";
export { formatTime, parseTime } from "./time.ts";
export { byteOrderMark, decodeUtf8, fitsUtf8, utf8Length } from "./utf8.ts";
