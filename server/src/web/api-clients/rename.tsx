/** Changing the name of an API client. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { ClientForm } from "./client-form.tsx";
import { type ClientPageContext, clientHere } from "./client-of.ts";
import { changeOf } from "./places.ts";

const title = "Change client name";
const nameForm = typedForm({ name: text() });

export function addRenaming(app: FastifyInstance, web: Web): void {
  const show = (
    [request, reply]: Exchange,
    { organization, client, at }: ClientPageContext,
    { refused, ...typed }: typeof nameForm.nothing & { readonly refused?: RefusedForm },
  ): Promise<FastifyReply> =>
    web.send(request, reply, {
      title,
      organization,
      section: "api-clients",
      width: "narrow",
      refused,
      content: (
        <ClientForm title={title} name={client.name} at={at} action={paths.renameClient(at)} button="Save">
          <TextInput
            {...nameForm.inputs(typed, refused)("name")}
            label="Client name"
            hint="Earlier events in the log keep the old name"
            autocomplete="off"
          />
        </ClientForm>
      ),
    });

  app.get(paths.renameClient.route, page("api-clients:change"), async (request, reply) => {
    const here = await clientHere(request, web);
    if (!here.isOpen || here.client.status === "revoked") return web.goTo(reply, paths.client(here.at));
    return show([request, reply], here, { name: here.client.name });
  });

  app.post(paths.renameClient.route, form("api-clients:change"), async (request, reply) => {
    const here = await clientHere(request, web);
    const { organization, client } = here;
    const { typed } = nameForm.read(request);
    const change = { ...changeOf(request, organization, client), ...typed };
    const done = await web.attempt(() => web.services.apiClients.rename(change), { otherwise: "name" });
    if (done instanceof RefusedForm) return show([request, reply], here, { ...typed, refused: done });
    if (done.client.name !== client.name) setFlash(reply, "api-client-renamed");
    return web.goTo(reply, paths.client(here.at));
  });
}
