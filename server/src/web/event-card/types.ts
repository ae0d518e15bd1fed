/** The type of each event of a page: the catalogue's, or the organization's own. */
import { type EventType, eventType } from "daybook/catalogue";
import { isCustomType, type RecordedEvent } from "daybook/internal";
import type { RequestServices } from "../../services.ts";

/** Undefined for a type that the organization no longer has. */
export type TypeOf = (event: Pick<RecordedEvent, "type" | "organization">) => EventType | undefined;

type TypeServices = Pick<RequestServices, "eventTypes" | "people">;

const keyOf = ({ type, organization }: Parameters<TypeOf>[0]): string => `${organization.id} ${type}`;

/** Looks up the types of these events, of organizations that the reader sees. */
export async function typesOf(services: TypeServices, events: readonly RecordedEvent[]): Promise<TypeOf> {
  const custom = new Map(
    events.filter(({ type }) => isCustomType(type)).map((event) => [keyOf(event), event]),
  );
  const found = new Map<string, EventType>();
  for (const [key, { type, organization }] of custom) {
    const { organizationId } = await services.people.organization(organization.id, "everything");
    const known = await services.eventTypes.find(organizationId, type);
    if (known !== undefined) found.set(key, known.type);
  }
  return (event) => eventType(event.type) ?? found.get(keyOf(event));
}
