/** The shape of one event type. Data only: plain JSON Schema and words, so that any language can read it. */
import type { EventInput, JsonObject, TypeRules } from "../event/index.ts";

/**
 * One row of a summary card: a label, a pointer into the event (`/data/name`), and how to show it. `was` points to what it was
 * before: the row then shows both. `word` is a code that reads as a word: OWNER as Owner.
 */
export interface CardRow {
  readonly label: string;
  readonly path: string;
  readonly was?: string;
  readonly format?: "text" | "word" | "date" | "time" | "list" | "code" | "yes-no" | "number";
}

/** What holds of the value that the pointer leads to: it is this, it is what another pointer leads to, it is there at all. */
export type Condition = { readonly path: string } & (
  | { readonly is: string | number | boolean }
  | { readonly sameAs: string }
  | { readonly present: true }
);

/** The words of a type that go by what an event says. */
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

/** Words for events of which all conditions hold; what it leaves out is the type's own. */
export interface Variant extends Partial<TypeWords> {
  readonly when: readonly Condition[];
}

/** What happens to the target. */
export type Operation = "create" | "read" | "update" | "delete" | "access";

/** A JSON Schema (2020-12, plain object) for `data`. */
export type DataSchema = JsonObject;

export interface EventType extends TypeRules, TypeWords {
  /** `API_CLIENT_REVOKED` (ours) or `invoice.paid` (custom). Public for ever. */
  readonly name: string;
  /** Raised by whatever changes the bytes of an event: labels, marks, schema. From 1. */
  readonly version: number;
  /** Words that say more for some events; the first that fits is taken. */
  readonly variants: readonly Variant[];
  /** What it means, in a sentence or two. */
  readonly description: string;
  readonly operation: Operation;
  /** What the type is about; the folder-like grouping of the docs page. */
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
  /** The types that the first target may have; that target titles the card. Empty: no target is needed. */
  readonly firstTarget: readonly string[];
  /** Schema of `data`; null where the type takes none. */
  readonly data: DataSchema | null;
  readonly card: readonly CardRow[];
  /** Who may write it: anyone with the scope, or the server alone. */
  readonly writer: "producer" | "server";
  /** The version of Daybook that first had it, e.g. "0.1.0". */
  readonly since: string;
  /** A valid event of this type, as a producer (or the server) sends it; without id and occurredAt. */
  readonly example: EventInput;
}
