/** A page that asks for confirmation before a change of the person's second factor. */
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../../paths.ts";
import { A, Form } from "../../kit/address/address.tsx";
import { Button, ButtonGroup } from "../../kit/components/button/button.tsx";
import { BackLink } from "../../kit/components/links/links.tsx";
import { PageHeading } from "../../kit/components/page-heading/page-heading.tsx";

interface ConfirmProps {
  readonly title: string;
  readonly action: string;
  readonly button: string;
  readonly kind: "main" | "warning";
  readonly children: ComponentChildren;
}

export const Confirm = ({ title, action, button, kind, children }: ConfirmProps): VNode => (
  <>
    <BackLink href={paths.account()}>Account</BackLink>
    <PageHeading title={title} />
    {children}
    <Form method="post" action={action} novalidate>
      <ButtonGroup>
        <Button kind={kind}>{button}</Button>
        <A href={paths.account()}>Cancel</A>
      </ButtonGroup>
    </Form>
  </>
);
