/**
 * Reads stored payloads from text: one JSON document (a payload, a delivery as GitHub's API for deliveries gives it, a
 * list of either, or the lists of `@octokit/webhooks-examples`), or NDJSON with one a line. It refuses to know what a payload means.
 */
import { DaybookError } from "../../error/index.ts";
import { isObject, type Json, type JsonObject, readJson } from "../../event/index.ts";
import type { GithubDelivery } from "./map.ts";
import { knownNames } from "./mappings.ts";
import { id, object, text, time } from "./payload.ts";

/** How deep a payload may nest; deeper than an event may, for only parts of it go into one. */
const maxDepth = 64;

/** What is known of the text beside itself. */
export interface DeliverySource {
  /** `push.json`, `repository.renamed.json` or `push/3.json`: may name the event. */
  readonly path?: string;
  /** When the payloads came, in microseconds, if they don't say so themselves. */
  readonly receivedAt?: bigint;
}

/** The event's name as a file's or its folder's name tells it. */
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
 * Reads one JSON text, a document or a line. Throws `json-unreadable` or `json-refused`, and `request-invalid` for what
 * is neither payload nor delivery.
 */
export const readDeliveries = (json: string, source: DeliverySource = {}): GithubDelivery[] =>
  ofValue(readJson(json, { maxDepth }), source);
