/** The rules for passwords, and those for addresses and names that invitations share. */
import { type DaybookError, fitsUtf8, refuse } from "daybook/internal";
import { checkEmail, checkName } from "../../people/index.ts";
import { isGuessable } from "./guessable.ts";

export { checkEmail } from "../../people/index.ts";

const control = /[\u0000-\u001f\u007f-\u009f]|\p{Cs}/u;
/** Characters (code points), after NFKC. */
const shortestPassword = 12;
/** Bytes of UTF-8, after NFKC. */
const longestPassword = 1024;

/** The form of an id in an address; other texts never reach the database. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(text);

/** Whether a text can be an email address; other texts are never looked up. */
export function isEmail(text: string): boolean {
  try {
    checkEmail(text);
    return true;
  } catch {
    return false;
  }
}

/** The name of a person, trimmed, or `request-invalid` at /name. */
export const checkPersonName = (name: string): string => checkName(name, "name");

/** Refuses with `request-invalid` a password that is too short, too long, or easy to guess. */
export async function checkPassword(
  password: string,
  of: { readonly email: string; readonly name: string },
  pointer = "/password",
): Promise<void> {
  const normal = password.normalize("NFKC");
  if ([...normal].length < shortestPassword)
    throw invalid(pointer, `Enter a password of at least ${shortestPassword} characters.`);
  if (!fitsUtf8(normal, longestPassword))
    throw invalid(pointer, `Enter a password of at most ${longestPassword} bytes of UTF-8.`);
  if (control.test(normal)) throw invalid(pointer, "Enter a password without control characters.");
  const alike = normal.trim().toLowerCase();
  if ([of.email, of.name].some((each) => each.normalize("NFKC").trim().toLowerCase() === alike))
    throw invalid(pointer, "Enter a password that is neither your email address nor your name.");
  if (await isGuessable(normal, of))
    throw invalid(
      pointer,
      "Enter a password that is harder to guess, such as several words that do not go together.",
    );
}

const invalid = (pointer: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer, detail });
