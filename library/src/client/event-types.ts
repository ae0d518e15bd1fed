/** The event types of an organization (the catalogue's, the service's and its own), and registering custom ones. */
import type { EventType, EventTypeDefinition, RegisteredEventType } from "../catalogue/index.ts";
import { DaybookError } from "../error/index.ts";
import { type CallOptions, plain, post } from "./changes.ts";
import type { Lenient } from "./lenient.ts";
import type { Settings } from "./options.ts";
import { allOf, type ListOptions, readPage } from "./pages.ts";
import { pathOf } from "./query.ts";

/** Selects a version of a type. */
export interface EventTypeOptions extends CallOptions {
  /** The default is the newest version. */
  readonly version?: number | undefined;
}

/** Reads and registers event types. An API client needs the scope `event-types:write` to register, and `events:read` to read. */
export interface EventTypes {
  /**
   * Registers a definition as the next version of its name; a definition equal to the newest version registers nothing. In the organization
   * `daybook`, it is registered for the whole service. Throws `request-invalid`, `event-type-taken`, `event-type-name-taken`.
   */
  register(definition: Lenient<EventTypeDefinition>, options?: CallOptions): Promise<RegisteredEventType>;
  /** The catalogue, then custom types by name, each in its newest version. */
  list(options?: ListOptions): AsyncIterable<EventType>;
  /** Throws `event-type-not-found`. */
  get(name: string, options?: EventTypeOptions): Promise<EventType>;
}

const list = { path: pathOf("event-types"), name: "eventTypes" };

/** The event types of the client's organization. */
export const eventTypesOf = (settings: Settings): EventTypes => ({
  register: async (body, options) =>
    post(settings, { path: list.path, body, ...options }, plain<RegisteredEventType>),
  list: (options) => allOf(settings, list, options),
  get: async (type, { version, signal } = {}) => {
    const parameters = { type, ...(version && { version }), ...(signal && { signal }) };
    const { items } = await readPage<EventType>(settings, list, parameters);
    if (items[0] === undefined)
      throw new DaybookError("answer-unreadable", { detail: "The answer names no type." });
    return items[0];
  },
});
