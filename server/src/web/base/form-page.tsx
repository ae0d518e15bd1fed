/** Pages with one form of an organization: the way back, the fields, the button; and pages that ask for confirmation. */
import type { FastifyReply } from "fastify";
import type { ComponentChildren, VNode } from "preact";
import { A, Form } from "../kit/address/address.tsx";
import { Button, ButtonGroup } from "../kit/components/button/button.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import type { Exchange, Page, Web } from "./web.ts";

interface FormPageProps {
  readonly title: string;
  /** The subject, above the title. */
  readonly caption?: ComponentChildren;
  /** The page that it belongs to. */
  readonly back: { readonly href: string; readonly text: string };
  /** The target of the form. */
  readonly action: string;
  /** The text of its button. */
  readonly submit: string;
  /** Whether the act can't be undone. */
  readonly isWarning?: boolean;
  readonly children: ComponentChildren;
}

export const FormPage = ({ title, caption, back, action, submit, ...rest }: FormPageProps): VNode => (
  <>
    <BackLink href={back.href}>{back.text}</BackLink>
    <PageHeading title={title} caption={caption} />
    <Form method="post" action={action} novalidate>
      {rest.children}
      <ButtonGroup>
        <Button kind={rest.isWarning ? "warning" : "main"}>{submit}</Button>
        <A href={back.href}>Cancel</A>
      </ButtonGroup>
    </Form>
  </>
);

interface SentFormPage extends FormPageProps, Pick<Page, "organization" | "section" | "refused"> {}

/** Answers with a page of one form. */
export const sendFormPage = (
  web: Web,
  [request, reply]: Exchange,
  { organization, section, refused, ...form }: SentFormPage,
): Promise<FastifyReply> =>
  web.send(request, reply, {
    title: form.title,
    organization,
    ...(section === undefined ? {} : { section }),
    width: "narrow",
    refused,
    content: <FormPage {...form} />,
  });
