/**
 * The text of the pages for an error: what happened, and what to do. The errors' own texts are for programs; the pages use them if they say
 * more than the code does.
 */
import { codes, type DaybookError } from "daybook/internal";
import { soon } from "../kit/time/soon.ts";

export interface RefusalWords {
  readonly title: string;
  readonly sentences: readonly string[];
  /** Whether to offer signing in. */
  readonly bySigningIn: boolean;
  /** Whether to offer trying again. */
  readonly again: boolean;
}

/** The kind of request: to read, or to change something. */
interface RefusalOptions {
  readonly isForm: boolean;
}

const ourFault = "Sorry, there is a problem with Daybook";
const contactOperator =
  "If the problem continues, contact your Daybook operator and include the request id below.";

type RefusalText = Pick<RefusalWords, "title" | "sentences">;

/** By code, if the status alone says too little. */
const ofCode: Partial<Record<DaybookError["code"], (error: DaybookError) => RefusalText>> = {
  "cross-site": (error) => ({
    title: "This request came from another site",
    sentences:
      ownWords(error) === undefined
        ? ["Daybook accepts forms from its own pages only. Start again from there."]
        : [error.message, error.remedy],
  }),
  "openid-unavailable": (error) => ({
    title: "Your organization\u2019s sign-in cannot be reached",
    sentences: [
      `Nothing is wrong with your account. Try again ${soon(error.retryAfter ?? 1)}.`,
      contactOperator,
    ],
  }),
  "secret-unreadable": (error) => ({ title: ourFault, sentences: [error.message, error.remedy] }),
  "outcome-unknown": () => ({
    title: "We could not confirm whether the change was made",
    sentences: [
      "The connection to the database broke. Check whether the change was made before you try again.",
    ],
  }),
};

const ofStatus: Readonly<Record<number, (error: DaybookError, options: RefusalOptions) => RefusalText>> = {
  400: (error, { isForm }) => ({
    title: isForm ? "The form could not be read" : "Page not found",
    sentences: [
      error.message,
      isForm ? error.remedy : "If you typed or pasted the address, check that it is complete.",
    ],
  }),
  401: (error) => ({ title: "You could not be signed in", sentences: [error.message, error.remedy] }),
  403: (error, { isForm }) => ({
    title: isForm ? "You are not allowed to do this" : "You are not allowed to see this page",
    sentences: whoMay(error, isForm) ?? [
      ownWords(error) ?? "Your role in this organization does not allow this.",
      error.remedy,
    ],
  }),
  404: () => ({
    title: "Page not found",
    sentences: [
      "If you typed or pasted the address, check that it is complete. The page may have been removed, or you may not have access to it.",
    ],
  }),
  405: () => ({
    title: "Page not found",
    sentences: ["This address only receives a form. Start again from the form's page."],
  }),
  413: () => ({
    title: "The text is too long",
    sentences: ["Nothing was saved. Go back, shorten the longest text, and send the form again."],
  }),
  429: (error) => ({
    title: "Too many requests",
    sentences: [
      "You, or your network, sent more requests than Daybook accepts in a minute.",
      `Try again ${soon(error.retryAfter ?? 1)}.`,
    ],
  }),
  500: () => ({ title: ourFault, sentences: ["Try again later.", contactOperator] }),
  503: (error, { isForm }) => ({
    title: "Sorry, Daybook is not available right now",
    sentences: [
      `${isForm ? "Your change was not made." : "No data is lost."} Try again ${soon(error.retryAfter ?? 1)}.`,
      contactOperator,
    ],
  }),
};

const otherwise = (error: DaybookError): RefusalText => ({
  title: error.status >= 500 ? ourFault : "Something went wrong",
  sentences: [error.message, error.remedy],
});

/** The part of the error's text that its code doesn't say. */
const ownWords = ({ message, code }: DaybookError): string | undefined =>
  message === codes[code].title ? undefined : message;

/** For refusals of the access table: without the name of the action, which is for programs. */
function whoMay({ message }: DaybookError, isForm: boolean): readonly string[] | undefined {
  const [, they] = /^Only (.+) may do this \([a-z:-]+\)\.$/.exec(message) ?? [];
  return they === undefined
    ? undefined
    : [`Only ${they} can ${isForm ? "do" : "see"} this.`, "If you need access, ask one of them."];
}

/** The text of an error for a person who requested a page, or sent a form. */
export function refusalWords(error: DaybookError, options: RefusalOptions): RefusalWords {
  const { code, status } = error;
  const texts = (ofCode[code] ?? ofStatus[status] ?? otherwise)(error, options);
  const bySigningIn = status === 401 || code === "openid-unavailable";
  const mayWork = status === 429 || (status >= 500 && code !== "outcome-unknown");
  return { ...texts, bySigningIn, again: mayWork && !bySigningIn };
}
