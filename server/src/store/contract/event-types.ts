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

/** Step 1 of a transaction that registers one; the row of the organization (0 for the service) must be locked. */
export interface EventTypeRows {
  /** That version of a custom type, or the newest. */
  eventType(organizationId: number, name: string, version?: number): Promise<CustomEventType | undefined>;
  /** How many there are, and which are alike that name without case and `._:/-`. */
  eventTypeNames(organizationId: number, folded: string): Promise<EventTypeNames>;
  /**
   * Takes a name for the service (0) or for organizations, for ever: whether it is theirs. Waits for others who take the same
   * one.
   */
  takeEventTypeName(organizationId: number, name: string): Promise<boolean>;
  /** A new version, numbered as the next registration. */
  insertEventType(type: Omit<CustomEventType, "createdAt" | "registration">): Promise<void>;
}

/** Reading custom event types, within a row scope. */
export interface EventTypeReads {
  /**
   * The newest version of each custom type that was registered after that registration (0: all), by name. Those of organization 0
   * are the service's, which no row scope but `everything` has.
   */
  eventTypes(organizationId: number, after: number): Promise<CustomEventType[]>;
  /** One version of a custom type. */
  eventType(organizationId: number, name: string, version: number): Promise<CustomEventType | undefined>;
}
