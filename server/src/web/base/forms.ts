/** Reads a form strictly: only the fields of the page, and no others. The services check their values. */
import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { bytesOf, readBody } from "../../http/index.ts";

const formType = "application/x-www-form-urlencoded";
/** Bytes; forms with larger fields set their own limit. */
export const formLimit: number = 64 * 1024;
/** A limit above the number of fields of any form. */
const mostPairs = 300;

/** The fields of a form: `one`, or `many` with the same name. */
export type Fields = Readonly<Record<string, "one" | "many">>;

/** The values as sent; an absent one is empty. */
export type Form<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends "many" ? readonly string[] : string;
};

/** Accepts only bodies of forms, in the context of the pages. */
export function addForms(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(formType, readBody);
}

/**
 * The fields of the form.
 * @throws DaybookError `media-type-unsupported`; `request-unreadable` for a body that isn't a form in UTF-8, or is another form
 */
export function readForm<const F extends Fields>(request: FastifyRequest, fields: F): Form<F> {
  const form: Record<string, string | string[]> = {};
  for (const [name, how] of Object.entries(fields)) form[name] = how === "many" ? [] : "";
  if (request.body === undefined || request.body === null) return form as Form<F>;
  const seen = new Set<string>();
  for (const [name, value] of pairsOf(bytesOf(request, [formType]).body)) {
    const how = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (how === undefined || (how === "one" && seen.has(name))) throw unreadable();
    seen.add(name);
    if (how === "many") (form[name] as string[]).push(value);
    else form[name] = value;
  }
  return form as Form<F>;
}

function pairsOf(body: Buffer): [string, string][] {
  const text = textOf(body);
  if (text === undefined) throw unreadable();
  const pairs = [...new URLSearchParams(text)];
  if (pairs.length > mostPairs) throw unreadable();
  return pairs;
}

/** The body if it is UTF-8, including its percent-encoded parts: otherwise some of it would silently get lost. */
function textOf(body: Buffer): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
    decodeURIComponent(text);
    return text;
  } catch {
    return undefined;
  }
}

const unreadable = (): DaybookError =>
  new DaybookError("request-unreadable", {
    detail: "The form does not match this page.",
    remedy: "Go back, reload the page, and send the form again.",
  });
