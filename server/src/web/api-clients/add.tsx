/**
 * Adding an API client: details, check answers, the client with its token. The typed values go along in the forms, and are stored neither
 * here nor in an address. Only the response that makes the token has it.
 */
import type { FastifyInstance } from "fastify";
import {
  callerOf,
  changeRequestOf,
  idempotencyUnder,
  organizationOf,
  type RequestOrganization,
} from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { form, page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Added, CheckAnswers, Details } from "./add-content.tsx";
import { mayChange } from "./places.ts";
import { type ClientValues, clientForm } from "./typed.ts";

const title = "Add API client";

export function addAdding(app: FastifyInstance, web: Web): void {
  app.get(paths.addClient.route, page("api-clients:change"), async (request, reply) => {
    const organization = await organizationOf(request, web.services);
    if (!mayChange(request, web.services, organization))
      return web.goTo(reply, paths.clients({ org: organization.slug }));
    return details(web, [request, reply], { organization, typed: clientForm.nothing });
  });

  app.post(paths.addClient.route, form("api-clients:change"), async (request, reply) => {
    const organization = await organizationOf(request, web.services);
    // the button, and the key of the client that the form adds
    const { typed, also } = clientForm.read(request, ["step", "key"]);
    const { step, key } = also;
    const asking: AddContext = { organization, typed };
    if (step === "change") return details(web, [request, reply], asking);
    if (step === "add") return add(web, [request, reply], { ...asking, key });
    return check(web, [request, reply], asking);
  });
}

interface AddContext {
  readonly organization: RequestOrganization;
  readonly typed: ClientValues;
}

const details = (
  web: Web,
  [request, reply]: Exchange,
  { organization, typed, refused }: AddContext & { readonly refused?: RefusedForm },
): ReturnType<Web["send"]> => {
  return web.send(request, reply, {
    title,
    organization,
    section: "api-clients",
    width: "narrow",
    refused: clientForm.linked(refused, typed),
    content: <Details at={{ org: organization.slug }} typed={typed} refused={refused} />,
  });
};

async function check(web: Web, exchange: Exchange, asking: AddContext): ReturnType<Web["send"]> {
  const { organization, typed } = asking;
  const checked = await web.attempt(async () => web.services.apiClients.check(clientForm.wanted(typed)), {
    fields: clientForm.pointers(typed),
  });
  if (checked instanceof RefusedForm) return details(web, exchange, { ...asking, refused: checked });
  return web.send(...exchange, {
    title: "Check your answers",
    organization,
    section: "api-clients",
    width: "narrow",
    content: (
      <CheckAnswers
        at={{ org: organization.slug }}
        typed={typed}
        checked={checked}
        client={crypto.randomUUID()}
      />
    ),
  });
}

async function add(
  web: Web,
  exchange: Exchange,
  { organization, typed, key }: AddContext & { readonly key: string },
): ReturnType<Web["send"]> {
  const [request] = exchange;
  const caller = callerOf(request);
  const adding = {
    organization,
    creatorId: caller.kind === "user" ? caller.user.userId : null,
    ...clientForm.wanted(typed),
    ...changeRequestOf(request),
    idempotency: idempotencyUnder(key, request),
  };
  const issued = await web.attempt(() => web.services.apiClients.add(adding), {
    fields: clientForm.pointers(typed),
  });
  if (issued instanceof RefusedForm) return details(web, exchange, { organization, typed, refused: issued });
  return web.send(...exchange, {
    title: "API client added",
    organization,
    section: "api-clients",
    width: "narrow",
    hasSecret: true,
    content: <Added {...{ request, organization, issued }} />,
  });
}
