/** A page with one form about an API client, and the way back from it. */

import type { ComponentChildren, VNode } from "preact";
import { A, Form } from "../kit/address/address.tsx";
import { Button, ButtonGroup, type ButtonProps } from "../kit/components/button/button.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";

interface ClientFormProps {
  readonly title: string;
  /** The client's name. */
  readonly name: string;
  /** The address of the client's page. */
  readonly at: string;
  /** The address of the form, after the client's. */
  readonly path: string;
  readonly button: string;
  readonly kind?: NonNullable<ButtonProps["kind"]>;
  readonly children: ComponentChildren;
}

export const ClientForm = ({
  title,
  name,
  at,
  path,
  button,
  kind = "main",
  children,
}: ClientFormProps): VNode => (
  <>
    <BackLink href={at}>API client</BackLink>
    <PageHeading title={title} caption={<Name name={name} />} />
    <Form method="post" action={`${at}/${path}`} novalidate>
      {children}
      <ButtonGroup>
        <Button kind={kind}>{button}</Button>
        <A href={at}>Cancel</A>
      </ButtonGroup>
    </Form>
  </>
);
