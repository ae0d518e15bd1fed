/** The shape of one event type. It is only data: plain JSON Schema and texts, readable in any language. */
import type { Issue } from "../error/index.ts";
import type { EventInput, JsonObject, TypeRules } from "../event/index.ts";

/**
 * One row of a summary card: a label, a pointer into the event (`/data/name`), and how to show the value. `was` points to the value before,
 * and the row then shows both. `word` is a code that reads as a word: OWNER as Owner.
 */
export interface CardRow {
  /** The label of the row. */
  readonly label: string;
  /** A JSON Pointer into the event, such as `/data/name`. */
  readonly path: string;
  /** A JSON Pointer to the value before; the row then shows both values. */
  readonly was?: string;
  /** How the value is shown; the default is `text`. */
  readonly format?: "text" | "word" | "date" | "time" | "list" | "code" | "yes-no" | "number";
}

/** A condition on the value at a pointer: it equals a value, equals the value at another pointer, or exists. */
export type Condition = {
  /** A JSON Pointer into the event, such as `/data/role`. */
  readonly path: string;
} & (
  | {
      /** The value that it must have. */
      readonly is: string | number | boolean;
    }
  | {
      /** A JSON Pointer to a value that must be the same. */
      readonly sameAs: string;
    }
  | {
      /** It must be there. */
      readonly present: true;
    }
);

/** Texts of a type that depend on the content of the event. */
export interface TypeWords {
  /** "API client revoked" */
  readonly title: string;
  /** "Tried to revoke an API client": for outcomes denied and failed. */
  readonly refusedTitle: string;
  /** "{actor} revoked API client {target}" */
  readonly sentence: string;
  /** "{actor} tried to revoke API client {target}": for outcomes denied and failed. */
  readonly refusedSentence: string;
}

/** Texts for events that meet all conditions. Texts that it leaves out come from the type. */
export interface Variant extends Partial<TypeWords> {
  /** The conditions, all of which must hold. */
  readonly when: readonly Condition[];
}

/** The effect on the target. */
export type Operation = "create" | "read" | "update" | "delete" | "access";

/** A JSON Schema (2020-12, plain object) for `data`. */
export type DataSchema = JsonObject;

/** An event type: its words, the schema of its `data`, its card and its rules. */
export interface EventType extends TypeRules, TypeWords {
  /** `API_CLIENT_REVOKED` (built in) or `invoice.paid` (custom). Permanent and public. */
  readonly name: string;
  /** From 1. A change that affects the bytes of an event raises it: labels, marks, schema. */
  readonly version: number;
  /** More precise texts for some events; the first variant that matches is used. */
  readonly variants: readonly Variant[];
  /** The meaning of the type, in a sentence or two. */
  readonly description: string;
  /** What happens to the target. */
  readonly operation: Operation;
  /** The subject of the type, which groups the page of event types. */
  readonly about:
    | "api-clients"
    | "apis"
    | "domains"
    | "organizations"
    | "teams"
    | "billing"
    | "log"
    | "access"
    | "custom";
  /** The types that the first target may have; that target titles the card. Empty: no target is required. */
  readonly firstTarget: readonly string[];
  /** The schema of `data`; null if the type has none. */
  readonly data: DataSchema | null;
  /** The rows of the summary card, in order. */
  readonly card: readonly CardRow[];
  /** The writer: anyone with the scope, or only the server. */
  readonly writer: "producer" | "server";
  /** The version of Daybook that introduced it, such as "0.1.0". */
  readonly since: string;
  /** A valid event of this type as a producer (or the server) sends it, without id and occurredAt. */
  readonly example: EventInput;
}

/** The definition of a custom event type; spec/catalogue.md says what each member means. */
export interface EventTypeDefinition
  extends Pick<EventType, "name" | "title" | "sentence">,
    Partial<Omit<TypeWords, "title" | "sentence">>,
    Partial<
      Pick<
        EventType,
        "variants" | "description" | "operation" | "firstTarget" | "data" | "card" | "labels" | "example"
      >
    > {
  /** The paths of changes whose values Daybook hides. */
  readonly secret?: Partial<EventType["secret"]>;
  /** The members about a person: Daybook stores them apart, so that they can be erased. */
  readonly personal?: Partial<EventType["personal"]>;
  /** The members that are not secret although they have the name of a secret. */
  readonly plain?: Partial<EventType["plain"]>;
  /** If absent, the next version. */
  readonly version?: number;
}

/** A type that was just registered. */
export type RegisteredEventType = EventType & {
  /** The members of `data` that every event hides, because their names are those of secrets. */
  readonly warnings?: readonly Required<Pick<Issue, "pointer" | "detail" | "remedy">>[];
};
