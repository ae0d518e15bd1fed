/** The contract of the store for custom event types: those of each organization, and those of the service. */

/** A custom event type, a version a row. `definition` is the JSON text of the EventType. */
export interface CustomEventType {
  /** 0, the reserved organization: of the service, for every organization. */
  readonly organizationId: number;
  readonly name: string;
  readonly version: number;
  /** Counts what was registered there from 1, in the order of the commits. */
  readonly registration: number;
  readonly definition: string;
  readonly createdAt: bigint;
}

/** Names of custom types in one place. */
interface EventTypeNames {
  readonly count: number;
  /** Those that are the same without case and `._:/-`. */
  readonly alike: readonly string[];
}

/**
 * Step 1 of a transaction that registers a custom event type. The row of the organization (0 for the service) MUST be locked
 * before.
 */
export interface EventTypeRows {
  /** That version of a custom type, or the newest one; undefined if there is none. */
  eventType(organizationId: number, name: string, version?: number): Promise<CustomEventType | undefined>;
  /**
   * How many names of custom types there are in this place, and which of them are `folded` without case and `._:/-`, in no order.
   */
  eventTypeNames(organizationId: number, folded: string): Promise<EventTypeNames>;
  /**
   * Takes a name for the service (0) or for organizations, for ever: true if it is theirs now or was before, false if it is the
   * others'. A transaction that takes the same name is waited for; if it rolls back, the name is free.
   */
  takeEventTypeName(organizationId: number, name: string): Promise<boolean>;
  /**
   * Adds a version of a custom type, numbered as the next registration of its place: numbers rise in the order of the commits,
   * because the organization's row is locked. Rejects with StoreError `conflict`, constraint `event_type_pkey` or that of the
   * service's table, if there is that version.
   */
  insertEventType(type: Omit<CustomEventType, "createdAt" | "registration">): Promise<void>;
}

/** Reading custom event types, within a row scope. */
export interface EventTypeReads {
  /**
   * The newest version of each custom type that was registered after that registration (0: all), in the order of the name. Those
   * of organization 0 are the service's, which no row scope but `everything` sees.
   */
  eventTypes(organizationId: number, after: number): Promise<CustomEventType[]>;
  /** One version of a custom type; undefined if there is none. */
  eventType(organizationId: number, name: string, version: number): Promise<CustomEventType | undefined>;
}
