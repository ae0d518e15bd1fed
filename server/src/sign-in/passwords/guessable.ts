/**
 * Whether a password is easy to guess: common ones and variations, repetitions, keyboard rows, dates, and information about the person.
 * Words are English. `rules.ts` has the other rules for passwords.
 */
import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** The number of guesses, as a power of 10, that an attacker can make at the sign-in in many years. */
const enough = 8;
/** The number of characters to check: the work grows faster than their number. */
const mostLookedAt = 64;

let opened: Promise<ZxcvbnFactory> | undefined;

/** Loaded when the first password is chosen: it takes half a second, and most processes never need it. */
async function open(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory }, { dictionary, adjacencyGraphs }] = await Promise.all([
    import("@zxcvbn-ts/core"),
    import("@zxcvbn-ts/language-common"),
  ]);
  return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: mostLookedAt });
}

/** Whether a person who knows the holder can guess the password. */
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

/** The password without parts that make it look longer: outer spaces, and invisible characters. */
const bare = (password: string): string => password.normalize("NFKC").replace(/\p{C}/gu, "").trim();
