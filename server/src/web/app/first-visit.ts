/**
 * The style sheet within the page, for browsers that don't have it yet: they paint as soon as they have the page, without waiting for a
 * second answer. A script notes in a cookie which sheet a browser has (web/kit/islands/sheet.ts).
 */
import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { cookieOf } from "../../http/index.ts";
import type { Assets } from "./assets.ts";

const cookie = "daybook-sheet";

/** The sheet for a page of this request; undefined if the browser has it. */
export const sheetFor = (request: FastifyRequest, { css, sheet }: Assets): string | undefined => {
  const has = cookieOf(request, cookie);
  return has !== undefined && css.endsWith(`-${has}.css`) ? undefined : sheet;
};

let known: { readonly sheet: string; readonly hash: string } | undefined;

/** The policy for a page with a sheet within: that text is allowed, and no other. */
export function policyWith(policy: readonly string[], sheet: string): string {
  if (known?.sheet !== sheet) known = { sheet, hash: createHash("sha256").update(sheet).digest("base64") };
  const { hash } = known;
  return policy.map((each) => (each.startsWith("style-src ") ? `${each} 'sha256-${hash}'` : each)).join("; ");
}
