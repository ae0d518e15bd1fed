/** Adding an operator, and a new link for one who can't sign in yet; each link is shown once. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { addressOf, changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { RequestServices } from "../../services.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { readerOf } from "../base/reader.ts";
import { form, page } from "../base/routes.ts";
import { readHidden, text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { LinkButton } from "../kit/components/button/button.tsx";
import { CopyButton } from "../kit/components/copy-button/copy-button.tsx";
import { Email } from "../kit/components/email/email.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Panel } from "../kit/components/panel/panel.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { Time } from "../kit/components/time/time.tsx";
import { operatorOf } from "./operator-of.ts";

type MadeOperator = Awaited<ReturnType<RequestServices["signIn"]["addOperator"]>>;

const title = "Add operator";
const linkTitle = "New link for an operator";
const back = { href: paths.operators(), text: "Operators" };
const operatorForm = typedForm({ email: text(), name: text() });

export function addOperatorAdding(app: FastifyInstance, web: Web): void {
  app.get(paths.addOperator.route, page("operators:change"), async (request, reply) =>
    showForm(web, [request, reply], {}),
  );

  app.post(paths.addOperator.route, form("operators:change"), async (request, reply) => {
    const { typed } = operatorForm.read(request);
    const name = typed.name.trim() === "" ? undefined : typed.name;
    const { initiator } = changeRequestOf(request);
    const done = await web.attempt(() => web.services.signIn.addOperator({ ...typed, name, initiator }), {
      otherwise: "email",
    });
    if (done instanceof RefusedForm) return showForm(web, [request, reply], { typed, refused: done });
    if (done.link !== undefined) return handOver(web, [request, reply], done);
    setFlash(reply, "operator-added");
    return web.goTo(reply, paths.operators());
  });

  app.get(paths.operatorLink.route, page("operators:change"), async (request, reply) => {
    const operator = await operatorOf(web, request);
    return sendFormPage(web, [request, reply], {
      title: linkTitle,
      caption: <Name name={operator.name} />,
      back,
      action: paths.operatorLink({ user: operator.id }),
      submit: "Create link",
      children: (
        <p>
          <Name name={operator.name} /> (<Email address={operator.email} />) can choose a password with the
          new link, once, within a day. The links before it stop working.
        </p>
      ),
    });
  });

  app.post(paths.operatorLink.route, form("operators:change"), async (request, reply) => {
    readHidden(request);
    const { email } = await operatorOf(web, request);
    const { initiator } = changeRequestOf(request);
    const done = await web.services.signIn.addOperator({ email, initiator });
    // they have chosen a password meanwhile
    if (done.link === undefined) return web.goTo(reply, paths.operators());
    return handOver(web, [request, reply], done);
  });
}

interface OperatorFormView {
  readonly typed?: typeof operatorForm.nothing;
  readonly refused?: RefusedForm;
}

function showForm(web: Web, exchange: Exchange, { typed, refused }: OperatorFormView): Promise<FastifyReply> {
  const input = operatorForm.inputs(typed, refused);
  return sendFormPage(web, exchange, {
    title,
    refused,
    back,
    action: paths.addOperator(),
    submit: title,
    children: (
      <>
        <p>
          An operator sees every organization and can change it. Someone who has an account keeps it. Unless
          an identity provider vouches for the account, Daybook removes its password, sessions and second
          factor, and makes a link for a new password.
        </p>
        <TextInput
          {...input("email")}
          label="Email address"
          type="email"
          autocomplete="off"
          spellcheck={false}
        />
        <TextInput
          {...input("name")}
          label="Name (optional)"
          hint="For a new account. Without a name, the account has the part before the @."
          autocomplete="off"
        />
      </>
    ),
  });
}

/** The response itself shows the link: stored for another page, it would be an unprotected secret. */
const handOver = (web: Web, [request, reply]: Exchange, added: MadeOperator): Promise<FastifyReply> =>
  web.send(request, reply, {
    title: "Operator added",
    width: "narrow",
    hasSecret: true,
    hasTimes: true,
    status: 201,
    content: <Added request={request} added={added} />,
  });

interface MadeOperatorProps {
  readonly request: FastifyRequest;
  readonly added: MadeOperator;
}

const Added = ({ request, added: { user, link } }: MadeOperatorProps): VNode => (
  <>
    <Panel title="Link for an operator">
      <p>
        This is the only time that the link is shown. Copy it now, and send it in a way that nobody else can
        see.
      </p>
      {link !== undefined && (
        <CopyButton text={addressOf(request, `${paths.password()}#${link.code}`)} what="link" />
      )}
    </Panel>
    <SummaryList
      rows={[
        { key: "Name", value: <Name name={user.name} /> },
        { key: "Email address", value: <Email address={user.email} /> },
        ...(link === undefined
          ? []
          : [{ key: "Works until", value: <Time at={link.expiresAt} zone={readerOf(request).zone} /> }]),
      ]}
    />
    <p>With the link, they choose a password. Ask them to add a second factor on their account page then.</p>
    <LinkButton href={paths.operators()} kind="secondary">
      Go to operators
    </LinkButton>
  </>
);
