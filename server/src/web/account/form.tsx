/** A page with one form of the account, and the way back from it. */
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { A, Form } from "../kit/address/address.tsx";
import { Button, ButtonGroup } from "../kit/components/button/button.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";

interface AccountFormProps {
  readonly title: string;
  readonly action: string;
  /** The page before, if it isn't the account page. */
  readonly from?: string | undefined;
  readonly children: ComponentChildren;
}

export const AccountForm = ({ title, action, from, children }: AccountFormProps): VNode => (
  <>
    {from === undefined ? <BackLink href={paths.account()}>Account</BackLink> : <BackLink href={from} />}
    <PageHeading title={title} />
    <Form method="post" action={action} novalidate>
      {children}
      <ButtonGroup>
        <Button>Save</Button>
        <A href={from ?? paths.account()}>Cancel</A>
      </ButtonGroup>
    </Form>
  </>
);
