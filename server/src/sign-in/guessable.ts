/**
 * Whether a password is among those that are guessed first: common ones, what is made of them, repetitions, rows of keys, dates,
 * and what is known of the person. Words are English ones. What else a password must be is in rules.ts.
 */
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** Guesses, as a power of 10: as many as an attacker makes who has only the sign-in, in many years. */
const enough = 8;
/** Characters that are looked at: the work grows faster than they do. */
const mostLookedAt = 64;

let opened: Promise<ZxcvbnFactory> | undefined;

/** Read when the first password is chosen: it takes half a second, and most processes never need it. */
async function open(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: mostLookedAt });
}

/** Whether a password can be guessed by who knows that person. */
export async function isGuessable(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): Promise<boolean> {
  opened ??= open();
  const [local = ""] = email.split("@");
  const known = [email, local, name, "daybook", ...email.split(/[@.+_-]+/), ...name.split(/\s+/)];
  const { guessesLog10 } = (await opened).check(
    bare(password),
    known.map((word) => word.toLowerCase()).filter((word) => word.length > 2),
  );
  return guessesLog10 < enough;
}

/** The password without what makes it look longer than it is: space around it, and characters that nobody sees. */
const bare = (password: string): string => password.normalize("NFKC").replace(/\p{C}/gu, "").trim();
