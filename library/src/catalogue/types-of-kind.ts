/** All event types of one kind, API or domain, in the order of the docs. */
import type { Kind } from "./api-or-domain.ts";
import {
  draftDiscarded,
  draftSaved,
  saved,
  versionCreated,
  versionDeleted,
} from "./api-or-domain-content.ts";
import { created, deleted, forked, lifecycle, renamed, transferred } from "./api-or-domain-life.ts";
import type { EventType } from "./event-type.ts";

export const typesOfKind = (kind: Kind): readonly EventType[] => [
  created(kind),
  renamed(kind),
  saved(kind),
  lifecycle(kind),
  transferred(kind),
  forked(kind),
  deleted(kind),
  versionCreated(kind),
  versionDeleted(kind),
  draftSaved(kind),
  draftDiscarded(kind),
];
