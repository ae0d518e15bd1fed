/** Completes a short definition of an event type to the whole one. It refuses to know any event type. */
import type { EventInput } from "../event/index.ts";
import type { Condition, EventType } from "./event-type.ts";

/** What a definition must say; everything else has a value that most types share. */
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
  /** Without its type, which is the name. */
  readonly example: Omit<EventInput, "type">;
}

/** Version 1, since 0.1.0, for every producer, no variants, no data, no card, no labels, no marks: unless said otherwise. */
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

/** Who did it is whom it was done to. */
export const ofThemselves: Condition = { path: "/actor/id", sameAs: "/targets/0/id" };

/** The people and the machine of the examples. */
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
