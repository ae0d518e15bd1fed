/** A page with one form about an API client, and the way back from it. */

import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { A, Form } from "../kit/address/address.tsx";
import { Button, ButtonGroup, type ButtonProps } from "../kit/components/button/button.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import type { ClientPageContext } from "./client-of.ts";

interface ClientFormProps {
  readonly title: string;
  /** The client's name. */
  readonly name: string;
  readonly at: ClientPageContext["at"];
  /** The target of the form. */
  readonly action: string;
  readonly button: string;
  readonly kind?: NonNullable<ButtonProps["kind"]>;
  readonly children: ComponentChildren;
}

export const ClientForm = ({
  title,
  name,
  at,
  action,
  button,
  kind = "main",
  children,
}: ClientFormProps): VNode => (
  <>
    <BackLink href={paths.client(at)}>API client</BackLink>
    <PageHeading title={title} caption={<Name name={name} />} />
    <Form method="post" action={action} novalidate>
      {children}
      <ButtonGroup>
        <Button kind={kind}>{button}</Button>
        <A href={paths.client(at)}>Cancel</A>
      </ButtonGroup>
    </Form>
  </>
);
