/** Flash messages: a word in a cookie, which the next page turns into a sentence, once. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import { cookieOf, type RequestOrganization, setCookie } from "../../http/index.ts";

const cookie = "daybook-said";
/** Milliseconds: long enough for the next page. */
const lifetime = 60_000;

/** Sets the word for the next page. */
export const setFlash = (reply: FastifyReply, word: string): void =>
  setCookie(reply, [cookie, word], new Date(Date.now() + lifetime));

/** The flash messages of a page, by the word from `setFlash`. */
export type Sentences = Readonly<Record<string, ComponentChildren>>;

/** The flash messages of every page, because these acts return to the page before. */
const everywhere: Sentences = { "display-changed": "Your display settings have been changed." };

interface FlashMessage {
  readonly text: ComponentChildren;
  /** `important`: it happened to the reader, not by them; such words begin with `because-`. */
  readonly kind: "important" | "success";
}

/** The sentence for the word, if this page has one; it is shown once. */
export function takeFlash(
  request: FastifyRequest,
  reply: FastifyReply,
  sentences: Sentences,
): FlashMessage | undefined {
  const word = cookieOf(request, cookie);
  const all = { ...everywhere, ...sentences };
  if (!word || !Object.hasOwn(all, word)) return undefined;
  setCookie(reply, [cookie, ""], new Date(0));
  return { text: all[word], kind: word.startsWith("because-") ? "important" : "success" };
}

/** The word after accepting an invitation, which applies only to that organization. */
export const joinedWord = ({ slug }: Pick<RequestOrganization, "slug">): string => `joined-${slug}`;
