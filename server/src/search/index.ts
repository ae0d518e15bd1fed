/** What other rooms may use of `search`. */
export { filterOf, filterParameters, parseFilter } from "./filter.ts";
export type { FollowBatch, Follower, FollowRequest } from "./follow.ts";
export { type EventPage, type PageRequest, pageLimit, pageParameters, parsePageRequest } from "./pages.ts";
export {
  oneOf,
  type Parameters,
  type Query,
  readParameters,
  refuseParameter,
  single,
  time,
  wholeNumber,
} from "./query.ts";
export { toRecordedEvent } from "./recorded-event.ts";
export { openSearch, type Search } from "./search.ts";
export type { Appended } from "./watch.ts";
