/** The shared parts of the two forms with a member's role: an invitation, and a change of role. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentProps } from "preact";
import { callerOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { RefusedForm } from "../base/attempt.ts";
import { type FormPage, sendFormPage } from "../base/form-page.tsx";
import type { VisiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";

interface MemberForm extends Omit<ComponentProps<typeof FormPage>, "back"> {
  readonly visible: VisiblePage;
  readonly refused: RefusedForm | undefined;
}

/** Responds with a page of one form, which leads back to the members. */
export const sendMemberForm = (
  web: Web,
  exchange: Exchange,
  { visible, ...form }: MemberForm,
): Promise<FastifyReply> =>
  sendFormPage(web, exchange, {
    ...form,
    organization: visible.organization,
    section: "members",
    back: { href: paths.members(visible.at), text: "Members" },
  });

/** Throws `not-allowed` for a caller who may not give this role: only owners make owners. */
export function demandRole(
  { services }: Web,
  request: FastifyRequest,
  { organization, role }: { readonly organization: RequestOrganization; readonly role: string },
): void {
  if (role === "OWNER") services.access.demand(callerOf(request), "members:make-owner", organization);
}
