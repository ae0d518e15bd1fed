/**
 * What the pages say of an error, in words for people: what happened, and what to do about it. The errors' own words are for
 * programs; they are taken where they say more than their code does. It refuses to know how that is shown.
 */
import { codes, type DaybookError } from "daybook/internal";
import { soon } from "../kit/time/soon.ts";

export interface RefusalWords {
  readonly title: string;
  readonly sentences: readonly string[];
  /** Whether signing in is the way on. */
  readonly bySigningIn: boolean;
  /** Whether asking for the same again is the way on. */
  readonly again: boolean;
}

/** What was asked: to see something, or to do it. */
interface Asked {
  readonly isForm: boolean;
}

const ourFault = "Sorry, there is a problem with Daybook";
const tell = "If it stays, tell whoever runs Daybook, with the request id below.";

type Said = Pick<RefusalWords, "title" | "sentences">;

/** By code, where its status would say too little. */
const ofCode: Partial<Record<DaybookError["code"], (error: DaybookError) => Said>> = {
  "cross-site": (error) => ({
    title: "This came from another site",
    sentences:
      ownWords(error) === undefined
        ? ["Daybook takes forms from its own pages only. Start again from there."]
        : [error.message, error.remedy],
  }),
  "openid-unavailable": (error) => ({
    title: "Your organization\u2019s sign-in cannot be reached",
    sentences: [`Nothing is wrong with your account. Try again ${soon(error.retryAfter ?? 1)}.`, tell],
  }),
  "secret-unreadable": (error) => ({ title: ourFault, sentences: [error.message, error.remedy] }),
  "outcome-unknown": () => ({
    title: "It is not known whether that was done",
    sentences: [
      "The connection to the database broke meanwhile. Look whether it was done before you try again.",
    ],
  }),
};

const ofStatus: Readonly<Record<number, (error: DaybookError, asked: Asked) => Said>> = {
  401: (error) => ({ title: "You could not be signed in", sentences: [error.message, error.remedy] }),
  403: (error, { isForm }) => ({
    title: isForm ? "You may not do that" : "You may not see this page",
    sentences: whoMay(error, isForm) ?? [
      ownWords(error) ?? "What you are in this organization does not let you.",
      error.remedy,
    ],
  }),
  404: () => ({
    title: "Page not found",
    sentences: [
      "If you typed or pasted the address, check that it is whole. The page may have gone, or be for others only.",
    ],
  }),
  405: () => ({
    title: "Page not found",
    sentences: ["This address is where a form is sent to. Start again from its page."],
  }),
  413: () => ({
    title: "That was too long",
    sentences: ["Nothing of it was taken. Go back, shorten the longest text, and send it again."],
  }),
  429: (error) => ({
    title: "Too many requests",
    sentences: [
      "More came from you, or from where you are, than Daybook takes in a minute.",
      `Try again ${soon(error.retryAfter ?? 1)}.`,
    ],
  }),
  500: () => ({ title: ourFault, sentences: ["It is not your fault. Try again later.", tell] }),
  503: (error, { isForm }) => ({
    title: "Sorry, Daybook is not available right now",
    sentences: [
      `${isForm ? "What you sent was not done." : "Nothing is lost."} Try again ${soon(error.retryAfter ?? 1)}.`,
      tell,
    ],
  }),
};

const otherwise = (error: DaybookError): Said => ({
  title: error.status >= 500 ? ourFault : "That did not work",
  sentences: [error.message, error.remedy],
});

/** What the error says beyond its code. */
const ownWords = ({ message, code }: DaybookError): string | undefined =>
  message === codes[code].title ? undefined : message;

/** Where the access table refused: without the name of the action, which is for programs. */
function whoMay({ message }: DaybookError, isForm: boolean): readonly string[] | undefined {
  const [, they] = /^Only (.+) may do that \([a-z:-]+\)\.$/.exec(message) ?? [];
  return they === undefined
    ? undefined
    : [`Only ${they} may ${isForm ? "do" : "see"} that.`, "If you need to, ask one of them."];
}

/** What is said of an error to who asked for a page, or sent a form. */
export function refusalWords(error: DaybookError, asked: Asked): RefusalWords {
  const { code, status } = error;
  const said = (ofCode[code] ?? ofStatus[status] ?? otherwise)(error, asked);
  const bySigningIn = status === 401 || code === "openid-unavailable";
  const mayWork = status === 429 || (status >= 500 && code !== "outcome-unknown");
  return { ...said, bySigningIn, again: mayWork && !bySigningIn };
}
