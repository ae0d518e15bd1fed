/** A page of one form of one's account, and the way back from it. */
import type { ComponentChildren, VNode } from "preact";
import { Button, ButtonGroup } from "../components/button/button.tsx";
import { BackLink } from "../components/links/links.tsx";
import { PageHeading } from "../components/page-heading/page-heading.tsx";

interface AccountFormProps {
  readonly title: string;
  readonly action: string;
  readonly children: ComponentChildren;
}

export const AccountForm = ({ title, action, children }: AccountFormProps): VNode => (
  <>
    <BackLink href="/account">Account</BackLink>
    <PageHeading title={title} />
    <form method="post" action={action} novalidate>
      {children}
      <ButtonGroup>
        <Button>Save</Button>
        <a href="/account">Cancel</a>
      </ButtonGroup>
    </form>
  </>
);
