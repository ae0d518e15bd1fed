/** The content of the pages for adding an API client. */

import type { FastifyRequest } from "fastify";
import type { VNode } from "preact";
import type { RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { RefusedForm } from "../base/attempt.ts";
import { Expiry } from "../base/expiry.tsx";
import { inSixMonths } from "../base/typed-date.ts";
import { A, Form } from "../kit/address/address.tsx";
import { Button, ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { Checkboxes } from "../kit/components/checkboxes/checkboxes.tsx";
import { DateInput } from "../kit/components/date-input/date-input.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { NewToken } from "./new-token.tsx";
import type { Client, Issued } from "./places.ts";
import { type ClientValues, clientForm } from "./typed.ts";
import { Scopes, scopeWords } from "./words.tsx";

interface ClientDetailsProps {
  /** The organization, for the paths of its pages. */
  readonly at: { readonly org: string };
  readonly typed: ClientValues;
  readonly refused: RefusedForm | undefined;
}

export const Details = ({ at, typed, refused }: ClientDetailsProps): VNode => {
  const input = clientForm.inputs(typed, refused);
  return (
    <>
      <BackLink href={paths.clients(at)}>API clients</BackLink>
      <PageHeading title="Add API client">
        An API client lets a machine write to this organization&rsquo;s log or read from it.
      </PageHeading>
      <Form method="post" action={paths.addClient(at)} novalidate>
        <TextInput
          {...input("name")}
          label="Client name"
          hint="What uses the client, such as “Register sandbox”. You can change the name later."
          autocomplete="off"
        />
        <DateInput
          {...input("expiresOn")}
          label="Expiry date"
          hint={`From tomorrow to 12 months ahead, for example ${inSixMonths()}. The client works until the end of that day (UTC). You can’t change the date later.`}
        />
        <Checkboxes
          {...input("scopes")}
          label="What the client may do"
          hint="Select only what it needs. You can’t change this later."
          choices={Object.entries(scopeWords).map(([value, words]) => ({ value, ...words }))}
        />
        <ButtonGroup>
          <Button name="step" value="check">
            Continue
          </Button>
          <A href={paths.clients(at)}>Cancel</A>
        </ButtonGroup>
      </Form>
    </>
  );
};

interface CheckProps {
  readonly at: ClientDetailsProps["at"];
  readonly typed: ClientValues;
  readonly checked: Pick<Client, "name" | "expiresOn" | "scopes">;
  /** The key for this one client, however often the form is sent. */
  readonly client: string;
}

export const CheckAnswers = ({ at, typed, checked, client }: CheckProps): VNode => {
  const change = (
    hidden: string,
  ): { actions: [{ text: string; hidden: string; name: string; value: string }] } => ({
    actions: [{ text: "Change", hidden, name: "step", value: "change" }],
  });
  return (
    <Form method="post" action={paths.addClient(at)} novalidate>
      <p>
        <Button kind="link" name="step" value="change">
          Back
        </Button>
      </p>
      <PageHeading title="Check your answers" caption="Add API client" />
      <input type="hidden" name="key" value={client} />
      {clientForm.pairs(typed).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <SummaryList
        rows={[
          { key: "Client name", value: <Name name={checked.name} />, ...change("client name") },
          {
            key: "Expiry date",
            value: <Expiry client={{ ...checked, expiresWithinDays: null }} />,
            ...change("expiry date"),
          },
          {
            key: "What it may do",
            value: <Scopes scopes={checked.scopes} />,
            ...change("what the client may do"),
          },
        ]}
      />
      <p>Next, you see the client&rsquo;s token. It is shown only once, so have a safe place for it ready.</p>
      <ButtonGroup>
        <Button name="step" value="add">
          Add API client
        </Button>
        <A href={paths.clients(at)}>Cancel</A>
      </ButtonGroup>
    </Form>
  );
};

interface AddedProps {
  readonly request: FastifyRequest;
  readonly organization: RequestOrganization;
  readonly issued: Issued;
}

export const Added = ({ request, organization, issued: { client, token } }: AddedProps): VNode => (
  <>
    {token === undefined ? (
      <PageHeading title="This API client has already been added">
        Its token was shown when it was added, and is not shown again. If nobody copied the token, rotate it
        to get a new one.
      </PageHeading>
    ) : (
      <NewToken
        {...{ request, token }}
        at={{ org: organization.slug }}
        title="API client added"
        scopes={client.scopes}
      />
    )}
    <SummaryList
      rows={[
        { key: "Client name", value: <Name name={client.name} /> },
        { key: "Expiry date", value: <Expiry client={client} /> },
        { key: "What it may do", value: <Scopes scopes={client.scopes} /> },
      ]}
    />
    <ButtonGroup>
      <LinkButton href={paths.client({ org: organization.slug, client: client.id })} kind="secondary">
        See this API client
      </LinkButton>
      <A href={paths.clients({ org: organization.slug })}>All API clients</A>
    </ButtonGroup>
  </>
);
