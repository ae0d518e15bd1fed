/** Adding a personal token: its name and its last day; and the token, once. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../../paths.ts";
import type { AddedToken } from "../../../sign-in/index.ts";
import { RefusedForm } from "../../base/attempt.ts";
import { Day } from "../../base/expiry.tsx";
import { ownChange } from "../../base/person.ts";
import { form, page } from "../../base/routes.ts";
import { inSixMonths } from "../../base/typed-date.ts";
import { date, text, typedForm } from "../../base/typed-form.ts";
import type { Exchange, Web } from "../../base/web.ts";
import { A, Form } from "../../kit/address/address.tsx";
import { Button, ButtonGroup, LinkButton } from "../../kit/components/button/button.tsx";
import { CopyButton } from "../../kit/components/copy-button/copy-button.tsx";
import { DateInput } from "../../kit/components/date-input/date-input.tsx";
import { BackLink } from "../../kit/components/links/links.tsx";
import { Name } from "../../kit/components/marked-text/name.tsx";
import { PageHeading } from "../../kit/components/page-heading/page-heading.tsx";
import { Panel } from "../../kit/components/panel/panel.tsx";
import { SummaryList } from "../../kit/components/summary-list/summary-list.tsx";
import { TextInput } from "../../kit/components/text-input/text-input.tsx";

const title = "Add a personal token";

const tokenForm = typedForm({ name: text(), expiresOn: date() });
type TokenValues = typeof tokenForm.nothing;

export function addAddingToken(app: FastifyInstance, web: Web): void {
  app.get(paths.addToken.route, page("personal-tokens:add"), (request, reply) =>
    show(web, [request, reply], { typed: tokenForm.nothing }),
  );

  app.post(paths.addToken.route, form("personal-tokens:add"), async (request, reply) => {
    const { typed } = tokenForm.read(request);
    const own = ownChange(request);
    const added = await web.attempt(
      () => web.services.signIn.tokens.add({ ...own, ...tokenForm.wanted(typed) }),
      {
        otherwise: "name",
      },
    );
    if (added instanceof RefusedForm) return show(web, [request, reply], { typed, refused: added });
    return web.send(request, reply, {
      title: "Personal token added",
      width: "narrow",
      hasSecret: true,
      content: <Added added={added} />,
    });
  });
}

interface TokenFormView {
  readonly typed: TokenValues;
  readonly refused?: RefusedForm;
}

const show = (
  web: Web,
  [request, reply]: Exchange,
  { typed, refused }: TokenFormView,
): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "narrow",
    refused: tokenForm.linked(refused, typed),
    content: <Add typed={typed} {...(refused && { refused })} />,
  });

const Add = ({ typed, refused }: TokenFormView): VNode => {
  const input = tokenForm.inputs(typed, refused);
  return (
    <>
      <BackLink href={paths.account()}>Account</BackLink>
      <PageHeading title={title}>
        A program that has this token can do what you can, as you, without a password or a second factor. It
        can&rsquo;t change your account, create other tokens, or do anything that requires you to confirm your
        identity.
      </PageHeading>
      <Form method="post" action={paths.addToken()} novalidate>
        <TextInput
          {...input("name")}
          label="Token name"
          hint="What uses the token, such as “Nightly export”. Only you see the name."
          autocomplete="off"
        />
        <DateInput
          {...input("expiresOn")}
          label="Expiry date"
          hint={`From tomorrow to 12 months ahead, for example ${inSixMonths()}. The token works until the end of that day, UTC.`}
        />
        <ButtonGroup>
          <Button>Add token</Button>
          <A href={paths.account()}>Cancel</A>
        </ButtonGroup>
      </Form>
    </>
  );
};

const Added = ({ added }: { readonly added: AddedToken }): VNode => (
  <>
    <Panel title="Personal token added">
      <p>
        Copy the token now, and keep it safe. <strong>It is not shown again.</strong>
      </p>
      <CopyButton text={added.token} what="token" />
    </Panel>
    <p>
      A program sends it with each request as <code>Authorization: Bearer</code> and the token; the{" "}
      <code>daybook</code> command takes it in <code>DAYBOOK_TOKEN</code>.{" "}
      <A href={paths.documentation()}>API documentation</A>
    </p>
    <SummaryList
      rows={[
        { key: "Token name", value: <Name name={added.name} /> },
        { key: "Expiry date", value: <Day day={added.expiresOn} /> },
      ]}
    />
    <LinkButton href={paths.account()} kind="secondary">
      Back to your account
    </LinkButton>
  </>
);
