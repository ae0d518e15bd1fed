/** A new token for an API client: how long the old one works, then the new one, which only this response has. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { idempotencyUnder } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { A } from "../kit/address/address.tsx";
import { ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { ClientForm } from "./client-form.tsx";
import { type ClientPageContext, clientHere } from "./client-of.ts";
import { NewToken } from "./new-token.tsx";
import { changeOf, type Issued } from "./places.ts";

const title = "Rotate token";
const rotateForm = typedForm({ overlap: text() });

/** By minutes. */
const overlaps = [
  { value: "0", text: "At once", hint: "If others may know the token" },
  { value: "60", text: "In 1 hour" },
  { value: "1440", text: "In 1 day" },
  { value: "10080", text: "In 7 days" },
];
const none = new RefusedForm(422, [{ field: "overlap", message: "Select when the old token stops working" }]);

interface RotateView {
  readonly typed?: typeof rotateForm.nothing;
  readonly key: string;
  readonly refused?: RefusedForm;
}

export function addRotating(app: FastifyInstance, web: Web): void {
  app.get(paths.rotateClient.route, page("api-clients:change"), async (request, reply) => {
    const here = await clientHere(request, web);
    if (!here.isOpen || here.client.status !== "active") return web.goTo(reply, paths.client(here.at));
    return ask(web, [request, reply], here, { key: crypto.randomUUID() });
  });

  app.post(paths.rotateClient.route, form("api-clients:change"), async (request, reply) => {
    const here = await clientHere(request, web);
    const { organization, client } = here;
    const { typed, also } = rotateForm.read(request, ["key"]);
    const view = { ...also, typed };
    const isKnown = overlaps.some(({ value }) => value === typed.overlap);
    if (!isKnown) return ask(web, [request, reply], here, { ...view, refused: none });
    const change = {
      ...changeOf(request, organization, client),
      overlapMinutes: Number(typed.overlap),
      idempotency: idempotencyUnder(view.key, request),
    };
    const issued = await web.attempt(() => web.services.apiClients.rotate(change), {
      fields: { "/overlapMinutes": "overlap" },
    });
    if (issued instanceof RefusedForm) return ask(web, [request, reply], here, { ...view, refused: issued });
    return web.send(request, reply, {
      title: "Token rotated",
      organization,
      section: "api-clients",
      width: "narrow",
      hasSecret: true,
      content: <Rotated {...{ request, here, issued }} />,
    });
  });
}

const ask = (
  web: Web,
  [request, reply]: Exchange,
  ...[{ organization, client, at }, { typed, key, refused }]: [ClientPageContext, RotateView]
): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    organization,
    section: "api-clients",
    width: "narrow",
    refused,
    content: (
      <ClientForm
        title={title}
        name={client.name}
        at={at}
        action={paths.rotateClient(at)}
        button="Rotate token"
      >
        <p>The client gets a new token. It is shown only once, so have a safe place for it ready.</p>
        <input type="hidden" name="key" value={key} />
        <Radios
          {...rotateForm.inputs(typed, refused)("overlap")}
          label="When does the old token stop working?"
          hint="At the latest, when the client expires"
          choices={overlaps}
        />
      </ClientForm>
    ),
  });

interface RotatedProps {
  readonly request: FastifyRequest;
  readonly here: ClientPageContext;
  readonly issued: Issued;
}

const Rotated = ({ request, here: { organization, at, client }, issued: { token } }: RotatedProps): VNode => (
  <>
    {token === undefined ? (
      <PageHeading title="This token has already been rotated" caption={<Name name={client.name} />}>
        The new token was shown when it was created, and is not shown again. If nobody copied it, rotate the
        token again.
      </PageHeading>
    ) : (
      <NewToken {...{ request, at, token }} title="Token rotated" scopes={client.scopes} />
    )}
    <ButtonGroup>
      <LinkButton href={paths.client(at)} kind="secondary">
        See this API client
      </LinkButton>
      <A href={paths.clients({ org: organization.slug })}>All API clients</A>
    </ButtonGroup>
  </>
);
