/**
 * Mails about an account that its holder should know of even if they are not signed in: their texts and recipients. Each says what
 * happened, when, and what to do if it was not the holder; no link in them has an effect.
 */
import { type Context, formatTime } from "daybook/internal";
import { letterOf, type Mail, quoted } from "../../mail/index.ts";
import { paths } from "../../paths.ts";
import type { User } from "../../store/contract/users.ts";

/** The recipient of a mail. */
type Holder = Pick<User, "email">;

export interface Letters {
  /** Someone signed in from a browser that is new to the account. */
  newBrowser(holder: Holder, context: Context | undefined): void;
  /** A person with an existing account became an operator. */
  madeOperator(holder: Holder): void;
  /** A second factor was removed: `factor` in words, such as "authenticator app". */
  factorRemoved(holder: Holder, factor: string): void;
}

interface LettersOptions {
  /** If undefined, no mail is sent. */
  readonly mail: Pick<Mail, "post"> | undefined;
  /** The public address, without a slash at its end. */
  readonly address: () => string;
  /** Microseconds since 1970 UTC. */
  readonly clock: () => bigint;
}

/** Mails are sent in the background: nothing waits for them or fails with them. */
export function openLetters({ mail, address, clock }: LettersOptions): Letters {
  const when = (): string => `${formatTime(clock()).slice(0, 16).replace("T", " ")} UTC`;
  const post = ({ email }: Holder, textOf: (about: LetterContext) => LetterText): void =>
    mail?.post(letterOf({ to: email, ...textOf({ when: when(), account: address() + paths.account() }) }));
  return {
    newBrowser: (holder, context) => post(holder, (about) => newBrowser(about, context)),
    madeOperator: (holder) => post(holder, madeOperator),
    factorRemoved: (holder, factor) => post(holder, (about) => factorRemoved(about, factor)),
  };
}

interface LetterContext {
  readonly when: string;
  /** The address of the account page. */
  readonly account: string;
}

type LetterText = Omit<Parameters<typeof letterOf>[0], "to">;

function newBrowser({ when, account }: LetterContext, context: Context | undefined): LetterText {
  const { userAgent, ip } = context ?? {};
  const name = quoted(userAgent ?? "");
  const browser = name === undefined ? [] : [`Browser (as it reports itself): ${name}`];
  const from = ip === undefined ? [] : [`Network address: ${ip}`];
  return {
    subject: "New sign-in to Daybook",
    paragraphs: [
      `Someone signed in to your Daybook account on ${when} from a new browser.`,
      ...browser,
      ...from,
      "If this was you, you don't need to do anything.",
      "If this was not you, change your password and end your other sessions on your account page:",
      account,
    ],
  };
}

const madeOperator = ({ when, account }: LetterContext): LetterText => ({
  subject: "You are an operator of Daybook",
  paragraphs: [
    `Your Daybook account was made an operator on ${when}. An operator sees every organization.`,
    "If you did not expect this, contact your Daybook operator.",
    account,
  ],
});

const factorRemoved = ({ when, account }: LetterContext, factor: string): LetterText => ({
  subject: "A second factor was removed from your Daybook account",
  paragraphs: [
    `Your ${factor} was removed from your Daybook account on ${when}. Signing in no longer asks for it.`,
    "If this was not you, change your password, end your other sessions, and add a second factor on your account page:",
    account,
  ],
});
