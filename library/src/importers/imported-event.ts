/** What importers return. Types only. */
import type { NewEvent } from "../client/index.ts";
import type { EventInput } from "../event/index.ts";

/** An event that an importer made: `record` and `recordMany` take it. */
export type ImportedEvent = EventInput & NewEvent;
