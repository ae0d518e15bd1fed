/** The organization of a page, and what the reader may do there. */
import type { FastifyRequest } from "fastify";
import type { Action } from "../../access/index.ts";
import { callerOf, organizationOf, type RequestOrganization } from "../../http/index.ts";
import type { People } from "../../people/index.ts";
import type { FieldError } from "../kit/components/error-summary/error-summary.tsx";
import { RefusedForm } from "./attempt.ts";
import type { Web } from "./web.ts";

export interface VisiblePage {
  readonly organization: RequestOrganization;
  /** Where its rows are read, and the row scope. */
  readonly place: Parameters<People["members"]>[0];
  /** What the paths of its pages need. */
  readonly at: { readonly org: string };
  /** Whether the reader may do an action here. */
  may(action: Action): boolean;
  /** Whether anything can be changed here. */
  readonly isOpen: boolean;
  /** Whether the reader may do an action that changes something. */
  mayChange(action: Action): boolean;
}

/** Nobody changes a closed organization, or the reserved one, which has no members either. */
export const isOpen = ({ closedAt, organizationId }: RequestOrganization): boolean =>
  closedAt === null && organizationId !== 0;

/** The text for missing things that the reader can't add. */
export const nothingChanges = "This organization can’t be changed.";

/** Throws `organization-not-found`, and `not-allowed` for readers who may not do the route's action. */
export async function visiblePage(web: Web, request: FastifyRequest): Promise<VisiblePage> {
  const organization = await organizationOf(request, web.services);
  const caller = callerOf(request);
  const may = (action: Action): boolean => web.services.access.mayDo(caller, action, organization);
  return {
    organization,
    place: { organizationId: organization.organizationId, rowScope: organization.view.rowScope },
    at: { org: organization.slug },
    may,
    isOpen: isOpen(organization),
    mayChange: (action) => isOpen(organization) && may(action),
  };
}

/** The user, the team, … in the address. */
export const paramOf = (request: FastifyRequest, name: string): string =>
  (request.params as Record<string, string>)[name] ?? "";

/** The version in a form's hidden field; an invalid one counts as older than all. */
export const versionIn = (text: string): number => (/^[1-9]\d{0,9}$/.test(text) ? Number(text) : 0);

/** Explains a refusal because someone else changed the resource meanwhile. */
export const meanwhile = (refused: RefusedForm, error: FieldError): RefusedForm =>
  refused.status === 412 ? new RefusedForm(412, [error]) : refused;

const key = /^[A-Za-z0-9_-]{1,128}$/;

/** The key after which a list's page starts; an invalid key is ignored. */
export function afterOf(request: FastifyRequest, name = "after"): string | undefined {
  const after = (request.query as Record<string, unknown>)[name];
  return typeof after === "string" && key.test(after) ? after : undefined;
}
