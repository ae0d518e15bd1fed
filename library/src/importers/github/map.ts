/** Maps GitHub webhook payloads to events. The function is pure: the same payload and secret give the same events, including their ids. */
import { formatTime, type JsonObject } from "../../event/index.ts";
import { deriveId } from "../derive-id.ts";
import type { ImportedEvent } from "../imported-event.ts";
import { eventName } from "./event-name.ts";
import { knownNames, mappings } from "./mappings.ts";
import { actorOf } from "./parties.ts";
import { Lacking, text } from "./payload.ts";

/** A payload from GitHub. */
export interface GithubDelivery {
  /** The body of the webhook. */
  readonly payload: JsonObject;
  /** X-GitHub-Event; if absent, the members of the payload decide. */
  readonly name?: string | undefined;
  /** X-GitHub-Delivery; becomes `context.requestId`. */
  readonly id?: string | undefined;
  /** The time of delivery in microseconds, for events whose payload has no time. */
  readonly receivedAt?: bigint | undefined;
}

/** How payloads are mapped. */
export interface GithubOptions {
  /** The importer's own secret, at least 16 bytes; the same secret gives the same ids. */
  readonly secret: string | Uint8Array;
  /** The login of the account that owns this log; it decides whether forks and transfers are incoming or outgoing. */
  readonly account?: string | undefined;
}

/** The result for a payload: its events (usually one), or a clause that says why it has none. */
export type GithubResult =
  | {
      /** `repository.renamed`, `push`, or `unknown`. */
      readonly kind: string;
      /** The events, in order. */
      readonly events: readonly ImportedEvent[];
    }
  | {
      /** `repository.renamed`, `push`, or `unknown`. */
      readonly kind: string;
      /** Why the payload has no events: a clause that follows "because". */
      readonly skipped: string;
    };

/** `repository.renamed`, `push`, or `unknown`. */
function kindOf(delivery: GithubDelivery): { kind: string; name: string | undefined } {
  const name = delivery.name ?? eventName(delivery.payload);
  const action = text(delivery.payload, "action");
  if (name === undefined) return { kind: "unknown", name };
  return { kind: action === undefined ? name : `${name}.${action}`, name };
}

/** Maps one payload. Throws only `config-invalid`, for a secret that is too short. */
export function mapGithub(delivery: GithubDelivery, options: GithubOptions): GithubResult {
  const { payload } = delivery;
  const { kind, name } = kindOf(delivery);
  if (name === undefined) return { kind, skipped: "its members don't show what kind of payload it is" };
  const mapping = Object.hasOwn(mappings, kind)
    ? mappings[kind]
    : knownNames.has(name)
      ? mappings[name]
      : undefined;
  if (mapping === undefined)
    return { kind, skipped: "it is not about APIs, members, teams, plans or API clients" };
  if (typeof mapping === "string") return { kind, skipped: mapping };
  try {
    const drafts = mapping(payload, { account: options.account });
    if (typeof drafts === "string") return { kind, skipped: drafts };
    const actor = actorOf(payload);
    const context = delivery.id === undefined ? {} : { context: { requestId: delivery.id } };
    const events = drafts.map(({ at, ...draft }, index): ImportedEvent => {
      const time = at ?? delivery.receivedAt;
      if (time === undefined) throw new Lacking("it doesn't say when it happened");
      const id = deriveId({ secret: options.secret, content: payload, index, time });
      // the type of the event is one of the mapping's, and the tests check its data against the catalogue
      return { id, ...draft, actor, occurredAt: formatTime(time), ...context } as ImportedEvent;
    });
    return { kind, events };
  } catch (error) {
    if (error instanceof Lacking) return { kind, skipped: error.message };
    throw error;
  }
}
