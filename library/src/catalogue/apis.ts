/** Event types about APIs: the types that APIs and domains share, with the words of an API. */
import type { EventType } from "./event-type.ts";
import { typesOfKind } from "./types-of-kind.ts";

/** The eleven types about APIs. */
export const apiTypes: readonly EventType[] = typesOfKind({
  target: "api",
  folder: "apis",
  noun: "API",
  title: "API",
  one: "an API",
  anyOne: "An API",
  word: "API",
  example: { owner: "acme", name: "payments", version: "1.2.0" },
});
