/**
 * Reads stored payloads from text: one JSON document (a payload, a delivery from GitHub's API for deliveries, a list of either, or the
 * lists of `@octokit/webhooks-examples`), or NDJSON with one a line.
 */
import { DaybookError } from "../../error/index.ts";
import { isObject, type Json, type JsonObject, readJson } from "../../event/index.ts";
import type { GithubDelivery } from "./map.ts";
import { knownNames } from "./mappings.ts";
import { id, object, text, time } from "./payload.ts";

/** The maximum depth of a payload. It is more than that of an event, because an event has only parts of a payload. */
const maxDepth = 64;

/** Information from outside the text. */
export interface DeliverySource {
  /** `push.json`, `repository.renamed.json` or `push/3.json`: can contain the name of the event. */
  readonly path?: string | undefined;
  /** The time of delivery, in microseconds, for payloads without one. */
  readonly receivedAt?: bigint | undefined;
}

/** The name of the event from the name of a file or its folder. */
function nameOfPath(path: string | undefined): string | undefined {
  const parts = (path ?? "").split(/[/\\]/).slice(-2).reverse();
  return parts.map((part) => part.split(".")[0] ?? "").find((part) => knownNames.has(part));
}

/** The payload within a delivery, or undefined if the object is itself a payload. */
function wrapped(value: JsonObject): GithubDelivery | undefined {
  const payload = object(value, "payload") ?? object(value, "request", "payload");
  const headers = object(value, "headers") ?? object(value, "request", "headers");
  const header = (name: string): string | undefined =>
    text(headers, name) ?? text(headers, name.toLowerCase());
  const name = text(value, "event") ?? text(value, "name") ?? header("X-GitHub-Event");
  if (!payload || name === undefined) return undefined;
  return {
    payload,
    name,
    id: text(value, "guid") ?? id(value, "id") ?? header("X-GitHub-Delivery"),
    receivedAt: time(value, "delivered_at") ?? time(value, "received_at"),
  };
}

function ofValue(value: Json, source: DeliverySource): GithubDelivery[] {
  if (Array.isArray(value)) return value.flatMap((each) => ofValue(each, source));
  if (!isObject(value)) throw new DaybookError("request-invalid", { detail: "A payload is a JSON object." });
  const examples = value.examples;
  const name = text(value, "name");
  if (Array.isArray(examples) && name !== undefined)
    return examples.flatMap((each) => ofValue(each, source).map((delivery) => ({ ...delivery, name })));
  const { receivedAt } = source;
  const delivery = wrapped(value);
  if (delivery) return [{ ...delivery, receivedAt: delivery.receivedAt ?? receivedAt }];
  return [{ payload: value, name: nameOfPath(source.path), receivedAt }];
}

/**
 * Reads one JSON text, a document or a line. Throws `json-unreadable` or `json-refused`, and `request-invalid` for JSON that is neither a
 * payload nor a delivery.
 */
export const readDeliveries = (json: string, source: DeliverySource = {}): GithubDelivery[] =>
  ofValue(readJson(json, { maxDepth }), source);
