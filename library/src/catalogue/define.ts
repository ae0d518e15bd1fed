/** Completes a short definition of an event type. */
import type { EventInput } from "../event/index.ts";
import type { Condition, EventType } from "./event-type.ts";

/** The required members of a definition; the others have defaults. */
export interface Definition
  extends Pick<
      EventType,
      | "name"
      | "title"
      | "refusedTitle"
      | "sentence"
      | "refusedSentence"
      | "description"
      | "operation"
      | "about"
      | "firstTarget"
    >,
    Partial<
      Pick<EventType, "variants" | "data" | "card" | "labels" | "secret" | "personal" | "plain" | "writer">
    > {
  /** A valid event without its type, which is the name. */
  readonly example: Omit<EventInput, "type">;
}

/** Completes a definition. The defaults are version 1, since 0.1.0, any producer, and no variants, data, card, labels or marks. */
export function define(definition: Definition): EventType {
  const { example, ...rest } = definition;
  return {
    version: 1,
    variants: [],
    data: null,
    card: [],
    labels: {},
    secret: { changes: [] },
    personal: { changes: [], data: [] },
    plain: { changes: [], data: [] },
    writer: "producer",
    since: "0.1.0",
    ...rest,
    example: { type: definition.name, ...example },
  };
}

/** The actor is also the target. */
export const ofThemselves: Condition = { path: "/actor/id", sameAs: "/targets/0/id" };

/** The people and the machine in the examples. */
export const anne: EventInput["actor"] = {
  type: "user",
  id: "u_17",
  name: "Anne Wilson",
  email: "anne@acme.example",
};
export const portal: EventInput["actor"] = { type: "api_client", id: "client_7", name: "Developer portal" };
export const daybook: EventInput["actor"] = { type: "system", id: "daybook" };
export const bob: { type: "user"; id: string; name: string } = {
  type: "user",
  id: "u_23",
  name: "Bob Marsh",
};
