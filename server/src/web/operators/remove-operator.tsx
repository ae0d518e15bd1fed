/** Removing an operator, after a confirmation that says what it means, with a reason. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { callerOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { ReasonInput, type ReasonProps, reasonForm } from "../base/reason.tsx";
import { form, page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Email } from "../kit/components/email/email.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { operatorOf } from "./operator-of.ts";

const title = "Remove operator";

export function addOperatorRemoval(app: FastifyInstance, web: Web): void {
  const { route } = paths.removeOperator;
  app.get(route, page("operators:change"), async (request, reply) =>
    show(web, [request, reply], { operator: await operatorOf(web, request) }),
  );

  app.post(route, form("operators:change"), async (request, reply) => {
    const operator = await operatorOf(web, request);
    const { typed } = reasonForm.read(request);
    const { initiator } = changeRequestOf(request);
    const done = await web.attempt(() =>
      web.services.signIn.removeOperator({ id: operator.id, ...typed, initiator }),
    );
    if (done instanceof RefusedForm) return show(web, [request, reply], { operator, typed, refused: done });
    const caller = callerOf(request);
    const isOwn = caller.kind === "user" && caller.user.id === operator.id;
    if (!isOwn) setFlash(reply, "operator-removed");
    // they see this list no longer
    return web.goTo(reply, isOwn ? paths.account() : paths.operators());
  });
}

interface RemoveOperatorView extends ReasonProps {
  readonly operator: Awaited<ReturnType<typeof operatorOf>>;
}

const show = (
  web: Web,
  exchange: Exchange,
  { operator, ...reason }: RemoveOperatorView,
): Promise<FastifyReply> =>
  sendFormPage(web, exchange, {
    title,
    refused: reason.refused,
    caption: <Name name={operator.name} />,
    back: { href: paths.operators(), text: "Operators" },
    action: paths.removeOperator({ user: operator.id }),
    submit: title,
    isWarning: true,
    children: (
      <>
        <p>
          <Name name={operator.name} /> (<Email address={operator.email} />) then sees only the organizations
          that they are a member of. They stay signed in. The audit log keeps what they did.
        </p>
        <ReasonInput {...reason} />
      </>
    ),
  });
