/** Permanently stopping an API client: a revoked one stays in the list, a deleted one doesn't. Both need a confirmation. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { ReasonInput, type ReasonProps, reasonForm } from "../base/reason.tsx";
import { form, page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { WarningText } from "../kit/components/warning-text/warning-text.tsx";
import { ClientForm } from "./client-form.tsx";
import { type ClientPageContext, clientHere } from "./client-of.ts";
import { changeOf } from "./places.ts";

const warning = "This is permanent. You cannot undo it.";

export function addEnding(app: FastifyInstance, web: Web): void {
  addRevoking(app, web);
  addDeleting(app, web);
}

function addRevoking(app: FastifyInstance, web: Web): void {
  const { revokeClient } = paths;
  const title = "Revoke API client";
  const show = (
    [request, reply]: Exchange,
    { organization, client, at }: ClientPageContext,
    shown: ReasonProps = {},
  ): Promise<FastifyReply> =>
    web.send(request, reply, {
      title,
      organization,
      section: "api-clients",
      width: "narrow",
      refused: shown.refused,
      content: (
        <ClientForm
          title={title}
          name={client.name}
          at={at}
          action={revokeClient(at)}
          button={title}
          kind="warning"
        >
          <WarningText>{warning}</WarningText>
          <p>Its token stops working immediately. The client stays in the list and keeps its history.</p>
          <ReasonInput {...shown} />
        </ClientForm>
      ),
    });

  app.get(revokeClient.route, page("api-clients:end"), async (request, reply) => {
    const here = await clientHere(request, web);
    if (!here.isOpen || here.client.status === "revoked") return web.goTo(reply, paths.client(here.at));
    return show([request, reply], here);
  });

  app.post(revokeClient.route, form("api-clients:end"), async (request, reply) => {
    const here = await clientHere(request, web);
    const { typed } = reasonForm.read(request);
    const change = { ...changeOf(request, here.organization, here.client), ...typed };
    const done = await web.attempt(() => web.services.apiClients.revoke(change));
    if (done instanceof RefusedForm) return show([request, reply], here, { typed, refused: done });
    setFlash(reply, "api-client-revoked");
    return web.goTo(reply, paths.client(here.at));
  });
}

function addDeleting(app: FastifyInstance, web: Web): void {
  const { deleteClient } = paths;
  const title = "Delete API client";
  const show = (
    [request, reply]: Exchange,
    { organization, client, at }: ClientPageContext,
    shown: ReasonProps = {},
  ): Promise<FastifyReply> =>
    web.send(request, reply, {
      title,
      organization,
      section: "api-clients",
      width: "narrow",
      refused: shown.refused,
      content: (
        <ClientForm
          title={title}
          name={client.name}
          at={at}
          action={deleteClient(at)}
          button={title}
          kind="warning"
        >
          <WarningText>{warning}</WarningText>
          <p>
            Its token stops working immediately. The client disappears from the list, and its name becomes
            available again. Its history stays in the log.
          </p>
          <ReasonInput {...shown} />
        </ClientForm>
      ),
    });

  app.get(deleteClient.route, page("api-clients:end"), async (request, reply) => {
    const here = await clientHere(request, web);
    return here.isOpen ? show([request, reply], here) : web.goTo(reply, paths.client(here.at));
  });

  app.post(deleteClient.route, form("api-clients:end"), async (request, reply) => {
    const here = await clientHere(request, web);
    const { organization, client } = here;
    const { typed } = reasonForm.read(request);
    const change = { ...changeOf(request, organization, client), ...typed };
    const done = await web.attempt(() => web.services.apiClients.delete(change));
    if (done instanceof RefusedForm) return show([request, reply], here, { typed, refused: done });
    setFlash(reply, "api-client-deleted");
    return web.goTo(reply, paths.clients({ org: organization.slug }));
  });
}
