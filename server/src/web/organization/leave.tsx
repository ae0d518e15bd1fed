/** Leaving an organization. Its only owner learns in advance why they can't, and what to do. */

import { DaybookError } from "daybook/internal";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Member, People } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { FormPage } from "../base/form-page.tsx";
import { form, page } from "../base/routes.ts";
import { type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { ownersOf } from "./owners.ts";

const title = "Leave the organization";

export function addLeaving(app: FastifyInstance, web: Web): void {
  const { people } = web.services;
  app.get(paths.leave.route, page("membership:end"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const member = await people.member(visible.place, ownId(request));
    return show(web, [request, reply], { visible, isOnly: await isOnlyOwner(people, visible, member) });
  });

  app.post(paths.leave.route, form("membership:end"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const change = {
      organization: visible.organization,
      userId: ownId(request),
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(() => people.endMembership({ ...change, how: "LEFT" }));
    if (done instanceof RefusedForm)
      return show(web, [request, reply], { visible, isOnly: false, refused: done });
    setFlash(reply, "left");
    return web.goTo(reply, paths.account());
  });
}

/** Only people are members. */
function ownId(request: FastifyRequest): string {
  const caller = callerOf(request);
  if (caller.kind !== "user") throw new DaybookError("member-not-found");
  return caller.user.id;
}

/** Whether the organization has no other owner. */
export async function isOnlyOwner(
  people: Pick<People, "members">,
  visible: Pick<VisiblePage, "place">,
  { role, user }: Member,
): Promise<boolean> {
  if (role !== "OWNER") return false;
  for await (const owner of ownersOf(people, visible)) if (owner.user.id !== user.id) return false;
  return true;
}

interface LeaveView {
  readonly visible: VisiblePage;
  readonly isOnly: boolean;
  readonly refused?: RefusedForm;
}

const show = (
  web: Web,
  [request, reply]: Exchange,
  { visible, isOnly, refused }: LeaveView,
): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    organization: visible.organization,
    section: "settings",
    width: "narrow",
    refused,
    content: isOnly ? <OnlyOwner visible={visible} /> : <Leave visible={visible} />,
  });

const OnlyOwner = ({ visible }: { readonly visible: VisiblePage }): VNode => (
  <>
    <BackLink href={paths.settings(visible.at)}>Settings</BackLink>
    <PageHeading title="You cannot leave yet" caption={<Name name={visible.organization.name} />} />
    <p>You are the only owner, and every organization needs an owner.</p>
    <p>
      First make another member an owner, on the page <A href={paths.members(visible.at)}>members</A>. Then
      you can leave.
    </p>
  </>
);

const Leave = ({ visible }: { readonly visible: VisiblePage }): VNode => (
  <FormPage
    title={title}
    caption={<Name name={visible.organization.name} />}
    back={{ href: paths.settings(visible.at), text: "Settings" }}
    action={paths.leave(visible.at)}
    submit="Leave"
    isWarning
  >
    <p>
      You see nothing of <Name name={visible.organization.name} /> after that, and are removed from its teams.
      To come back, you need a new invitation. The audit log keeps what you did.
    </p>
  </FormPage>
);
