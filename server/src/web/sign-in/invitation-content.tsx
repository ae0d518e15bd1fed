/** The content of an invitation's page: organization, role, and how to accept it. */

import type { MemberRole } from "daybook/internal";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import type { SignIn } from "../../sign-in/index.ts";
import type { RefusedForm } from "../base/attempt.ts";
import { withNext } from "../base/own-path.ts";
import { roles } from "../base/roles.ts";
import {
  type SecretField,
  secret,
  type TextField,
  type TypedForm,
  text,
  typedForm,
} from "../base/typed-form.ts";
import { Form } from "../kit/address/address.tsx";
import { Button, LinkButton } from "../kit/components/button/button.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { PasswordInput } from "../kit/components/password-input/password-input.tsx";
import { SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";

/** The pasted link. It is a secret, and no page shows it again. */
export const linkForm: TypedForm<{ readonly link: SecretField }> = typedForm({ link: secret() });
/** The new account that accepts. */
export const accountForm: TypedForm<{ readonly name: TextField; readonly password: SecretField }> = typedForm(
  {
    name: text(),
    password: secret(),
  },
);

/** An invitation, and its reader. */
export interface InvitedPerson {
  readonly email: string;
  readonly role: MemberRole;
  readonly organization: { readonly name: string };
  readonly hasAccount: boolean;
  /** The email address of the signed-in person. */
  readonly signedInAs: string | undefined;
  readonly ways: SignIn["ways"];
}

/** What was typed, and why it was refused, once the form was sent. */
export interface AcceptanceValues {
  readonly typed?: typeof accountForm.nothing;
  readonly refused?: RefusedForm;
}

interface InvitationProps extends AcceptanceValues {
  readonly invited: InvitedPerson;
}

export const Invitation = ({ invited, ...shown }: InvitationProps): VNode => (
  <>
    <PageHeading
      title={
        <>
          Join <Name name={invited.organization.name} />
        </>
      }
      caption="Invitation"
    />
    <SummaryList
      rows={[
        { key: "Email address", value: invited.email },
        {
          key: "Role",
          value: (
            <>
              {roles[invited.role].name}
              <div class="db-quiet db-small">{roles[invited.role].may}</div>
            </>
          ),
        },
      ]}
    />
    <HowToAccept invited={invited} {...shown} />
  </>
);

const HowToAccept = ({ invited, ...shown }: InvitationProps): VNode => {
  const { email, signedInAs, hasAccount, ways } = invited;
  if (signedInAs !== undefined)
    return isSame(signedInAs, email) ? <AcceptSignedIn /> : <OtherAccount signedInAs={signedInAs} />;
  if (hasAccount || !ways.passwords) return <SignInFirst hasAccount={hasAccount} />;
  return <NewAccount {...shown} />;
};

const isSame = (a: string, b: string): boolean =>
  a.normalize("NFC").toLowerCase() === b.normalize("NFC").toLowerCase();

const AcceptSignedIn = (): VNode => (
  <Form method="post" action={paths.acceptInvitation()}>
    <Button size="wide">Accept invitation</Button>
  </Form>
);

const OtherAccount = ({ signedInAs }: { readonly signedInAs: string }): VNode => (
  <>
    <p>
      You are signed in as {signedInAs}. This invitation is for a different email address. Sign out, then open
      the link again.
    </p>
    <Form method="post" action={paths.signOut()}>
      <Button kind="secondary" size="wide">
        Sign out
      </Button>
    </Form>
  </>
);

const SignInFirst = ({ hasAccount }: Pick<InvitedPerson, "hasAccount">): VNode => (
  <>
    <p>{hasAccount ? "You already have an account with this email address." : "Sign in to accept it."}</p>
    <LinkButton href={withNext(paths.signIn(), paths.invitation())} size="wide">
      Sign in to accept
    </LinkButton>
  </>
);

const NewAccount = ({ typed, refused }: AcceptanceValues): VNode => {
  const input = accountForm.inputs(typed, refused);
  return (
    <Form method="post" action={paths.acceptInvitation()} novalidate>
      <TextInput
        {...input("name")}
        label="Your name"
        hint="The name that others see in the audit log"
        autocomplete="name"
      />
      <PasswordInput
        {...input("password")}
        label="Password"
        hint="At least 12 characters"
        autocomplete="new-password"
      />
      <Button size="wide">Accept invitation</Button>
    </Form>
  );
};

export const PasteLink = ({ refused }: Pick<AcceptanceValues, "refused">): VNode => (
  <>
    <PageHeading title="Open your invitation" />
    <Form method="post" action={paths.invitation()} novalidate data-island="open-link">
      <TextInput
        {...linkForm.inputs(undefined, refused)("link")}
        label="Link of the invitation"
        hint="Paste the complete link that you received"
        autocomplete="off"
        spellcheck={false}
      />
      <Button size="wide">Continue</Button>
    </Form>
  </>
);
