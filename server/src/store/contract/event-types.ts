/** The contract of the store for custom event types: those of each organization, and those of the service. */

/** A custom event type: one row for each version. `definition` is the JSON text of the EventType. */
export interface CustomEventType {
  /** 0, the reserved organization, for types of the service, which every organization has. */
  readonly organizationId: number;
  readonly name: string;
  readonly version: number;
  /** Counts the registrations there from 1, in the order of the commits. */
  readonly registration: number;
  readonly definition: string;
  readonly createdAt: bigint;
}

/** The names of custom types in one organization or the service. */
interface EventTypeNames {
  readonly count: number;
  /** Names that are equal without case and `._:/-`. */
  readonly alike: readonly string[];
}

/**
 * Step 1 of a transaction that registers a custom event type. The row of the organization (0 for the service) MUST be locked
 * before.
 */
export interface EventTypeRows {
  /** That version of a custom type, or the newest one; undefined if there is none. */
  eventType(organizationId: number, name: string, version?: number): Promise<CustomEventType | undefined>;
  /** The number of custom type names there, and those that equal `folded` without case and `._:/-`, in no order. */
  eventTypeNames(organizationId: number, folded: string): Promise<EventTypeNames>;
  /**
   * Permanently takes a name for the service (0) or for organizations: true if it belongs to them now or did before, false if it belongs to
   * the other. If another transaction takes the same name, this one waits; if that one rolls back, the name is free.
   */
  takeEventTypeName(organizationId: number, name: string): Promise<boolean>;
  /**
   * Adds a version of a custom type, numbered as the next registration there: numbers rise in the order of the commits, because the
   * organization's row is locked. Rejects with StoreError `conflict`, constraint `event_type_pkey` or that of the service's table, if the
   * version exists.
   */
  insertEventType(type: Omit<CustomEventType, "createdAt" | "registration">): Promise<void>;
}

/** An organization, and the last registration there that is known. */
export interface EventTypesSince {
  readonly organizationId: number;
  readonly after: number;
}

/** Reading custom event types, within a row scope. */
export interface EventTypeReads {
  /**
   * The newest version of each custom type that was registered after that registration (0: all), in the order of the name. Types of
   * organization 0 are the service's, which only the row scope `everything` sees.
   */
  eventTypes(organizationId: number, after: number): Promise<CustomEventType[]>;
  /** What `eventTypes` returns for each of these organizations, in their order: one read for many. Without those of the service. */
  newEventTypes(since: readonly EventTypesSince[]): Promise<CustomEventType[][]>;
  /** One version of a custom type; undefined if there is none. */
  eventType(organizationId: number, name: string, version: number): Promise<CustomEventType | undefined>;
}
