/** The catalogue: every built-in event type, by name. */
import { accessTypes } from "./access.ts";
import { apiClientTypes } from "./api-clients.ts";
import { apiTypes } from "./apis.ts";
import { billingTypes } from "./billing.ts";
import { credentialTypes } from "./credentials.ts";
import { domainTypes } from "./domains.ts";
import type { EventType } from "./event-type.ts";
import { logTypes } from "./log.ts";
import { aboutOrganizationTypes } from "./organizations.ts";
import { teamTypes } from "./teams.ts";
import { viewTypes } from "./views.ts";

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

/** Every built-in event type, grouped by subject. Deeply frozen. */
export const eventTypes: readonly EventType[] = freeze([
  ...apiClientTypes,
  ...apiTypes,
  ...domainTypes,
  ...aboutOrganizationTypes,
  ...teamTypes,
  ...billingTypes,
  ...logTypes,
  ...viewTypes,
  ...accessTypes,
  ...credentialTypes,
]);

const byName: ReadonlyMap<string, EventType> = new Map(eventTypes.map((type) => [type.name, type]));

/** The type of this name, such as `API_CLIENT_REVOKED`; undefined for any other name, including custom types. */
export const eventType = (name: string): EventType | undefined => byName.get(name);

/** Names that later versions of Daybook write. No custom type can have one, and no event can be recorded under one yet. */
export const comingTypeNames: readonly string[] = [
  "EVENTS_ERASED",
  "HOLD_LIFTED",
  "HOLD_PLACED",
  "LOG_ANCHORED",
  "LOG_KEY_REMOVED",
  "LOG_RECOVERED",
  "RETENTION_APPLIED",
  "RETENTION_CHANGED",
];
