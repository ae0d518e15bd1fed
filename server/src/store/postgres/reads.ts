/** The reads of organizations and their logs, over the connections of `read`: with one row scope, or without. */
import type { Reads } from "../store.ts";
import { apiClientReads } from "./api-clients/reads.ts";
import { eventTypeReads } from "./event-types/rows.ts";
import { eventsAt, eventsFrom, findEvent, tiles } from "./events/by-key.ts";
import { heads, logs } from "./events/heads.ts";
import { followerProgress, unfollowed } from "./followers/positions.ts";
import { blocks, changedEvents, newestSegments, segments } from "./full-text/segments.ts";
import { organizationReads } from "./organizations/reads.ts";
import { calendar, count } from "./pages/count.ts";
import { latest } from "./pages/latest.ts";
import { walkBytes } from "./pages/walk-bytes.ts";
import { type Namer, walks } from "./pages/walks.ts";
import { peopleReads } from "./people/reads.ts";
import { savedViewReads } from "./saved-views/rows.ts";
import type { Run } from "./statements/statements.ts";

export const readsOver = (read: Run, named: Namer): Reads => ({
  ...organizationReads(read),
  ...eventTypeReads(read),
  ...peopleReads(read),
  ...savedViewReads(read),
  ...apiClientReads(read),
  ...walks(read, named),
  walkBytes: (query) => walkBytes(read, query),
  segments: (organizationId) => read((session) => segments(session, organizationId)),
  newestSegments: (limit) => read((session) => newestSegments(session, limit)),
  changedEvents: (organizationId) => read((session) => changedEvents(session, organizationId)),
  blocks: (ranges) => read((session) => blocks(session, ranges)),
  count: (query) => read((session) => count(session, named, query)),
  latest: (query) => read((session) => latest(session, query)),
  followerProgress: (...of) => read((session) => followerProgress(session, of)),
  unfollowed: (...of) => read((session) => unfollowed(session, of)),
  calendar: (query) => read((session) => calendar(session, query)),
  event: (...key) => read((session) => findEvent(session, key)),
  eventsAt: (places) => read((session) => eventsAt(session, places)),
  events: (...from) => read((session) => eventsFrom(session, from)),
  heads: (organizationIds) => read((session) => heads(session, organizationIds)),
  logs: (organizationId) => read((session) => logs(session, organizationId)),
  tiles: (...from) => read((session) => tiles(session, from)),
});
