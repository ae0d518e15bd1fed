/** Bodies: accepted as bytes, read by the strict reader, and checked against the route's schema without converting or dropping values. */
import { DaybookError, type Issue, type Json, readJson } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Static, TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";
import type { BodyRoom } from "./body-room.ts";
import { addBodyRoom, readBody } from "./read-body.ts";
import { compressed, Unsupported } from "./unsupported.ts";

export const jsonType = "application/json";
export const linesType = "application/x-ndjson";

/** Accepts bodies of only the two media types, as bytes. */
export function addBodies(app: FastifyInstance, room: BodyRoom): void {
  addBodyRoom(app, room);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser([jsonType, linesType], readBody);
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

/** Whether a Content-Type allows UTF-8, which includes ASCII. */
function isUtf8(header: string): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(header)?.[1];
  return charset === undefined || /^(utf-?8|us-ascii|ascii)$/i.test(charset);
}

/** A reader of JSON bodies with one schema. */
export type BodyReader<T> = (request: FastifyRequest) => T;

/**
 * Makes the reader for a schema. It throws what `bytesOf` and `readJson` throw, and `request-invalid` with a pointer for each place that
 * doesn't match.
 */
export function bodyReader<S extends TSchema>(schema: S): BodyReader<Static<S>> {
  // at the first body: compiling all of them would take a tenth of the start
  let validator: Validator<Record<never, never>, S> | undefined;
  return (request) => {
    const value: Json = readJson(bytesOf(request, [jsonType]).body);
    validator ??= Compile(schema);
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

/** Reads an optional body: `none` if it is absent. */
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
    // these have issues of their own: excess members, and alternatives that don't match
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

/** For several errors at one place, the first, which is the most specific. */
const distinct = (issues: readonly Issue[]): Issue[] =>
  [...new Map(issues.toReversed().map((issue) => [issue.pointer, issue])).values()].toReversed();
