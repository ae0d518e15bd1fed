/** The public names of `search`, for other folders. */
export { allFound } from "./all-found.ts";
export { demandAskable, unaskable } from "./allowed.ts";
export { askedOfIndex } from "./asked-of-index.ts";
export { parseBreakdownRequest } from "./breakdown.ts";
export { type EventsQuery, eventsParameters, eventsQueryOf, readEventsQuery } from "./events-query.ts";
export { keptReference } from "./filter.ts";
export type { FollowBatch } from "./follow-batches.ts";
export { parseHistogramRequest } from "./histogram.ts";
export { meantSearch, printSearch, type QualifierName, qualifierNames } from "./language/index.ts";
export { type PageRequest, pageLimit, pageParameters, parsePageRequest } from "./pages.ts";
export { recordedSlots, toRecordedEvent } from "./recorded-event.ts";
export { recordedEventText } from "./recorded-event-text.ts";
export { openSearch, type Search } from "./search.ts";
export { parseSuggestionRequest } from "./suggestions/suggestions.ts";
export { type SearchableOrganization, visibleFilter, visiblePart } from "./visible.ts";
