/** A person's own account: memberships, sessions, second factor, personal tokens; and operators, which some accounts are. */
import type { Organization } from "./organizations.ts";
import type { Person } from "./people.ts";
import type { MemberRole, TeamRole } from "./roles.ts";

/** How a person signed in. */
type SignInMethod = "PASSWORD" | "OPENID" | "SETUP_LINK";

/** What a person is in one organization. */
interface AccountMembership extends Omit<Organization, "createdAt"> {
  readonly role: MemberRole;
  /** The roles that their teams add. */
  readonly teamRoles: readonly TeamRole[];
}

/** A session of a signed-in person. */
interface AccountSession {
  /** `session_…` */
  readonly id: string;
  readonly method: SignInMethod;
  /** RFC 3339, UTC, six decimals; so is `expiresAt`. */
  readonly createdAt: string;
  readonly expiresAt: string;
}

export interface Account extends Person {
  readonly isOperator: boolean;
  readonly hasPassword: boolean;
  readonly organizations: readonly AccountMembership[];
  /** The session that sends the request; null for a personal token. */
  readonly session: AccountSession | null;
}

/** A session as its list shows it. */
export interface ListedSession extends AccountSession {
  readonly userAgent: string | null;
  readonly isThisOne: boolean;
}

export interface SecondFactor {
  readonly kind: "TOTP";
  /** RFC 3339, UTC, six decimals. */
  readonly addedAt: string;
  /** The number of remaining recovery codes. */
  readonly recoveryCodes: number;
}

/** A secret for an authenticator app. Daybook stores nothing until the first code comes. */
export interface SecondFactorOffer {
  /** The key in base32. */
  readonly secret: string;
  /** `otpauth://totp/…`, for a QR code. */
  readonly uri: string;
  /** Send it back with the first code, within half an hour. */
  readonly offer: string;
}

/** A personal token as its list shows it. Days are `YYYY-MM-DD`, UTC. */
export interface PersonalToken {
  /** `token_…` */
  readonly id: string;
  readonly name: string;
  /** `dbk_pat_` and 6 characters, to trace a leaked token. */
  readonly tokenPrefix: string;
  /** The last day on which it works. */
  readonly expiresOn: string;
  /** RFC 3339, UTC, six decimals. */
  readonly createdAt: string;
  /** The day of the last accepted request; null if there was none. */
  readonly lastUsedOn: string | null;
}

export type NewPersonalToken = Pick<PersonalToken, "name" | "expiresOn">;

/** A personal token that was just made, with the token, which is shown once. */
export type IssuedPersonalToken = PersonalToken & { readonly token: string };

/** A new operator. `link` leads to choosing a password; null if they can sign in already. */
export interface AddedOperator {
  readonly operator: Person;
  readonly link: { readonly url: string; readonly code: string; readonly expiresAt: string } | null;
}

/** An operator token that was just made, which is shown once. */
export interface IssuedOperatorToken {
  readonly token: string;
}
