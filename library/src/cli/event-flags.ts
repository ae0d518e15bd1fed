/** Builds one event from the flags of `daybook record`. The server checks it. */
import { DaybookError } from "../error/index.ts";
import {
  actorTypes,
  type EventInput,
  isObject,
  type Json,
  type JsonObject,
  outcomes,
  readJson,
} from "../event/index.ts";
import { type OptionTable, textOf, textsOf, usage, type Values, wordOf } from "./options.ts";

export const eventOptions: OptionTable = {
  type: { type: "string" },
  id: { type: "string" },
  "occurred-at": { type: "string" },
  actor: { type: "string" },
  "actor-name": { type: "string" },
  "actor-email": { type: "string" },
  target: { type: "string", multiple: true },
  "target-name": { type: "string", multiple: true },
  data: { type: "string" },
  before: { type: "string" },
  after: { type: "string" },
  changes: { type: "string" },
  outcome: { type: "string" },
  reason: { type: "string" },
  interface: { type: "string" },
  "request-id": { type: "string" },
  "correlation-id": { type: "string" },
  producer: { type: "string" },
  "external-id": { type: "string" },
};

/** Whether any of the flags is present. */
export const hasEventFlags = (values: Values): boolean =>
  Object.keys(eventOptions).some((name) => values[name] !== undefined);

function reference(name: string, text: string): { type: string; id: string } {
  const colon = text.indexOf(":");
  if (colon < 1 || colon === text.length - 1) throw usage(`--${name} takes TYPE:ID, e.g. user:u_17.`);
  return { type: text.slice(0, colon), id: text.slice(colon + 1) };
}

function json(values: Values, name: string): Json | undefined {
  const text = textOf(values, name);
  if (text === undefined) return undefined;
  try {
    return readJson(text);
  } catch (error) {
    if (error instanceof DaybookError) throw usage(`--${name}: ${error.message}`);
    throw error;
  }
}

function object(values: Values, name: string): JsonObject | undefined {
  const value = json(values, name);
  if (value === undefined || isObject(value)) return value;
  throw usage(`--${name} takes a JSON object.`);
}

function actorOf(values: Values): EventInput["actor"] {
  const text = textOf(values, "actor");
  if (text === undefined)
    throw usage("--actor TYPE:ID is missing: name the user, API client or system that did it.");
  const isNobody = text === "anonymous" || text === "anonymous:";
  const { type, id } = isNobody ? { type: "anonymous", id: undefined } : reference("actor", text);
  const known = actorTypes.find((each) => each === type);
  if (!known) throw usage(`--actor: the type is one of ${actorTypes.join(", ")}.`);
  const name = textOf(values, "actor-name");
  const email = textOf(values, "actor-email");
  return {
    type: known,
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
  };
}

function targetsOf(values: Values): EventInput["targets"] {
  const names = textsOf(values, "target-name") ?? [];
  const targets = textsOf(values, "target") ?? [];
  if (names.length > targets.length) throw usage("There are more --target-name than --target.");
  if (targets.length === 0) return undefined;
  return targets.map((text, i) => {
    const name = names[i];
    return { ...reference("target", text), ...(name === undefined ? {} : { name }) };
  });
}

function contextOf(values: Values): EventInput["context"] {
  const context = {
    interface: wordOf(values, "interface", ["ui", "api", "cli", "job"]),
    requestId: textOf(values, "request-id"),
    correlationId: textOf(values, "correlation-id"),
  };
  const present = Object.entries(context).filter(([, value]) => value !== undefined);
  return present.length === 0 ? undefined : Object.fromEntries(present);
}

function producerOf(values: Values): EventInput["producer"] {
  const id = textOf(values, "producer");
  const externalId = textOf(values, "external-id");
  if (id === undefined && externalId !== undefined)
    throw usage("--external-id requires --producer, the system that the id comes from.");
  return id === undefined ? undefined : { id, ...(externalId === undefined ? {} : { externalId }) };
}

/** The event that the flags describe. Throws `usage-invalid`. */
export function eventOfFlags(values: Values): EventInput {
  const type = textOf(values, "type");
  if (type === undefined) throw usage("--type is missing: name the event type.");
  const changes = json(values, "changes");
  if (changes !== undefined && !Array.isArray(changes)) throw usage("--changes takes a JSON list.");
  const rest = {
    id: textOf(values, "id"),
    occurredAt: textOf(values, "occurred-at"),
    targets: targetsOf(values),
    changes,
    before: object(values, "before"),
    after: object(values, "after"),
    outcome: wordOf(values, "outcome", outcomes),
    reason: textOf(values, "reason"),
    context: contextOf(values),
    data: object(values, "data"),
    producer: producerOf(values),
  };
  const present = Object.entries(rest).filter(([, value]) => value !== undefined);
  return { type, actor: actorOf(values), ...Object.fromEntries(present) };
}
