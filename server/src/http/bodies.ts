/**
 * Bodies: taken as bytes, read by the strict reader, checked against the route's schema without coercing or dropping
 * anything. It refuses to know what a body is for.
 */
import { createHash } from "node:crypto";
import { DaybookError, type Issue, type Json, readJson } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { compressed, Unsupported } from "./unsupported.ts";

export const jsonType = "application/json";
export const linesType = "application/x-ndjson";

/** Takes bodies of the two media types as bytes, and no others. */
export function addBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([jsonType, linesType], { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );
}

/**
 * The bytes of a body and their media type.
 * @throws DaybookError `media-type-unsupported`: another type than `allowed`, another charset, or compressed
 */
export function bytesOf<const T extends string>(
  request: FastifyRequest,
  allowed: readonly T[],
): { body: Buffer; mediaType: T } {
  const { body } = request;
  const header = request.headers["content-type"] ?? "";
  const mediaType = allowed.find((type) => type === header) ?? allowed.find((type) => isType(header, type));
  const coding = request.headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (mediaType !== undefined && body instanceof Buffer && (coding === "" || coding === "identity")) {
    if (isUtf8(header)) return { body, mediaType };
    throw new Unsupported(
      "The Content-Type names a charset other than UTF-8.",
      "Send UTF-8, and say charset=utf-8 or nothing.",
    );
  }
  if (mediaType !== undefined && body instanceof Buffer) throw compressed();
  throw new Unsupported(`This address takes ${allowed.join(" or ")}.`, `Send Content-Type: ${allowed[0]}.`);
}

const isType = (header: string, type: string): boolean =>
  header.split(";", 1)[0]!.trim().toLowerCase() === type;

/** Whether a Content-Type leaves UTF-8 possible, of which ASCII is a part. */
function isUtf8(header: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(header)?.[1];
  return charset === undefined || /^(utf-?8|us-ascii|ascii)$/i.test(charset);
}

/** A reader of JSON bodies of one schema. */
export type BodyReader<T> = (request: FastifyRequest) => T;

/**
 * Makes the reader of a schema's bodies. It throws what `bytesOf` and `readJson` throw, and `request-invalid` with a
 * pointer for each place that doesn't fit.
 */
export function bodyReader<S extends TSchema>(schema: S): BodyReader<Static<S>> {
  const validator = Compile(schema);
  return (request) => {
    const value: Json = readJson(bytesOf(request, [jsonType]).body);
    if (!validator.Check(value)) {
      const issues = distinct(validator.Errors(value).flatMap(issuesOf));
      throw new DaybookError("request-invalid", {
        ...(issues[0] === undefined ? {} : { detail: issues[0].detail }),
        issues,
      });
    }
    return value as Static<S>;
  };
}

/** Reads a body that may be left out: `none` then. */
export const orNone =
  <T>(read: BodyReader<T>, none: T): BodyReader<T> =>
  (request) =>
    isEmpty(request.body) ? none : read(request);

const isEmpty = (body: unknown): boolean =>
  body === undefined || body === null || (body instanceof Buffer && body.length === 0);

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
  readonly params: object;
}

function issuesOf({ keyword, instancePath, message, params }: SchemaError): Issue[] {
  const { requiredProperties = [], allowedValues = [] } = params as {
    readonly requiredProperties?: readonly string[];
    readonly allowedValues?: readonly unknown[];
  };
  switch (keyword) {
    case "boolean":
      return [{ pointer: instancePath, detail: `${instancePath} is not known here.` }];
    // each has an issue of its own: of the members that are too many, of the choices that don't fit
    case "additionalProperties":
    case "anyOf":
      return [];
    case "required":
      return requiredProperties.map((name) => ({
        pointer: `${instancePath}/${name}`,
        detail: `The member ${name} is missing.`,
        remedy: `Add ${name}.`,
      }));
    case "enum":
      return [
        { pointer: instancePath, detail: `${instancePath} must be one of ${allowedValues.join(", ")}.` },
      ];
    default:
      return [{ pointer: instancePath, detail: `${instancePath || "The body"} ${message}.` }];
  }
}

/** Of several at one place the first, which says most. */
const distinct = (issues: readonly Issue[]): Issue[] =>
  [...new Map(issues.toReversed().map((issue) => [issue.pointer, issue])).values()].toReversed();

/** SHA-256 of method, path and body: what an `Idempotency-Key` stands for. */
function requestHash(request: FastifyRequest): Uint8Array {
  const hash = createHash("sha256").update(`${request.method} ${request.url}\n`);
  if (request.body instanceof Buffer) hash.update(request.body);
  return hash.digest();
}

/** The `Idempotency-Key` of a request with what it stands for; undefined where none was sent. */
export function idempotencyOf(request: FastifyRequest): { key: string; requestHash: Uint8Array } | undefined {
  const key = request.headers["idempotency-key"];
  if (key === undefined) return undefined;
  return { key: typeof key === "string" ? key : key.join(", "), requestHash: requestHash(request) };
}

/** The same of a key that came within the body: forms can send no headers. */
export const idempotencyUnder = (
  key: string,
  request: FastifyRequest,
): { key: string; requestHash: Uint8Array } => ({ key, requestHash: requestHash(request) });
