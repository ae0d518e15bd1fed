/** What is said once on the next page, after something was done: a word in a cookie, which that page turns into a sentence. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import { cookieOf, type RequestOrganization, setCookie } from "../../http/index.ts";

const cookie = "daybook-said";
/** Milliseconds: long enough for the next page. */
const lifetime = 60_000;

/** Leaves a word for the next page. */
export const say = (reply: FastifyReply, word: string): void =>
  setCookie(reply, [cookie, word], new Date(Date.now() + lifetime));

/** What a page says of what was done, by the word that `setFlash` left. */
export type Sentences = Readonly<Record<string, ComponentChildren>>;

/** What every page says: one comes back from there to whichever page one came from. */
const everywhere: Sentences = { "display-changed": "Your display settings have been changed." };

interface FlashMessage {
  readonly text: ComponentChildren;
  /** `important`: nobody did it here, it happened to them; such words begin with `because-`. */
  readonly kind: "important" | "success";
}

/** The sentence for the word that was left, if this page has one for it; it is said once. */
export function said(
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

/** The word that accepting an invitation leaves: said of that organization only. */
export const joinedWord = ({ slug }: Pick<RequestOrganization, "slug">): string => `joined-${slug}`;
