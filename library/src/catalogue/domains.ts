/** Event types about domains (parts that APIs refer to): the types that APIs and domains share, with the words of a domain. */
import type { EventType } from "./event-type.ts";
import { typesOfKind } from "./types-of-kind.ts";

/** The eleven types about domains. */
export const domainTypes: readonly EventType[] = typesOfKind({
  target: "domain",
  folder: "domains",
  noun: "domain",
  title: "Domain",
  one: "a domain",
  anyOne: "A domain",
  word: "DOMAIN",
  example: { owner: "acme", name: "problem-details", version: "1.2.0" },
});
