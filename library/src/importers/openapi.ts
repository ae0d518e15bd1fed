/**
 * Maps an API definition (OpenAPI 2, 3.0, 3.1; JSON) to events: NEW_API for the first one, API_SAVED if the bytes differ. Digests are
 * SHA-256 of the unchanged bytes.
 */
import { createHash } from "node:crypto";
import { DaybookError } from "../error/index.ts";
import { type Actor, formatTime, isObject, type Json, type Target } from "../event/index.ts";
import { deriveId } from "./derive-id.ts";
import type { ImportedEvent } from "./imported-event.ts";

/** A definition with its author and time. */
export interface DefinitionFile {
  /** The definition, JSON in UTF-8. */
  readonly bytes: Uint8Array;
  /** The account that owns the API. */
  readonly owner: string;
  /** The API's name within its owner; no slashes. */
  readonly name: string;
  /** The permanent id of the API. */
  readonly id: string;
  /** SHA-256 (hex) of the previous bytes; if absent, the API is new. */
  readonly oldDigest?: string | undefined;
  /** The author. */
  readonly actor: Actor;
  /** Microseconds since 1970 UTC. */
  readonly time: bigint;
  /** The importer's own secret, at least 16 bytes; the same secret gives the same ids. */
  readonly secret: string | Uint8Array;
}

/** Lower-case hex SHA-256 of a definition's bytes. */
export const definitionDigest = (bytes: Uint8Array): string =>
  createHash("sha256").update(bytes).digest("hex");

function specificationOf(definition: Json): string | undefined {
  if (!isObject(definition)) return undefined;
  if (typeof definition.openapi === "string") return `OpenAPI ${definition.openapi}`;
  if (typeof definition.swagger === "string") return `Swagger ${definition.swagger}`;
  return undefined;
}

function versionOf(definition: Json): string | undefined {
  const info = isObject(definition) ? definition.info : undefined;
  const version = isObject(info ?? null) ? (info as Record<string, Json>).version : undefined;
  return typeof version === "string" && version !== "" && version.length <= 256 ? version : undefined;
}

/**
 * The event for a definition file; undefined if the digest is the same. Throws `request-invalid` for bytes that aren't an OpenAPI or
 * Swagger definition in JSON.
 */
export function mapDefinition(file: DefinitionFile): ImportedEvent | undefined {
  const digest = definitionDigest(file.bytes);
  if (digest === file.oldDigest) return undefined;
  let definition: Json;
  try {
    definition = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(file.bytes));
  } catch (cause) {
    throw new DaybookError("request-invalid", { detail: `${file.name} is not JSON in UTF-8.`, cause });
  }
  const specification = specificationOf(definition);
  if (specification === undefined)
    throw new DaybookError("request-invalid", {
      detail: `${file.name} is not an OpenAPI or Swagger definition.`,
    });
  const version = versionOf(definition);
  const { owner, name, time } = file;
  const place = {
    objectPath: `/apis/${owner}/${name}${version === undefined ? "" : `/${version}`}`,
    owner,
    name,
    ...(version === undefined ? {} : { version }),
    specification,
    digest,
  };
  const target: Target = { type: "api", id: file.id, name };
  const content: Json = { owner, name, digest, oldDigest: file.oldDigest ?? null };
  const event = {
    id: deriveId({ secret: file.secret, content, index: 0, time }),
    occurredAt: formatTime(time),
    actor: file.actor,
    targets: [target],
  };
  const { oldDigest } = file;
  return oldDigest === undefined
    ? { ...event, type: "NEW_API", data: { ...place, origin: "IMPORTED" } }
    : { ...event, type: "API_SAVED", data: { ...place, oldDigest, source: "SYNC" } };
}
