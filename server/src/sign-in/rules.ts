/** What addresses, names of people and passwords may be. Knows nothing of the store. */
import { type DaybookError, refuse } from "daybook/error";
import { fitsUtf8, limits } from "daybook/event";

const control = /[\u0000-\u001f\u007f-\u009f]|\p{Cs}/u;
/** As the event types have it: something on both sides of an @, and no spaces. */
const emailForm = /^[^\s@]+@[^\s@]+$/;
/** Characters (code points), after NFKC. */
const shortestPassword = 12;
/** Bytes of UTF-8, after NFKC. */
const longestPassword = 1024;

/** What an id in an address can be made of; a text that is none never reaches the database. */
export const isId = (text: string): boolean => /^[A-Za-z0-9_-]{1,128}$/.test(text);

/** Whether a text could be somebody's address; what can't be is never looked up. */
export const isEmail = (text: string): boolean =>
  emailForm.test(text) && !control.test(text) && fitsUtf8(text, limits.emailBytes);

/** The address, trimmed, or `request-invalid`: at most 320 bytes. */
export function checkEmail(email: string): string {
  const trimmed = email.trim();
  if (isEmail(trimmed)) return trimmed;
  throw invalid("/email", "Enter an email address, such as name@example.com.");
}

/** The name of a person, trimmed, or `request-invalid`: no control characters, at most 512 bytes of UTF-8. */
export function checkPersonName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === "") throw invalid("/name", "Enter a name.");
  if (control.test(trimmed)) throw invalid("/name", "Enter a name without control characters.");
  if (!fitsUtf8(trimmed, limits.nameBytes))
    throw invalid("/name", `Enter a name of at most ${limits.nameBytes} bytes of UTF-8.`);
  return trimmed;
}

/** Refuses with `request-invalid` a password that is too short, too long, or what everybody would try first. */
export function checkPassword(
  password: string,
  of: { readonly email: string; readonly name: string },
  pointer = "/password",
): void {
  const normal = password.normalize("NFKC");
  if ([...normal].length < shortestPassword)
    throw invalid(pointer, `Enter a password of at least ${shortestPassword} characters.`);
  if (!fitsUtf8(normal, longestPassword))
    throw invalid(pointer, `Enter a password of at most ${longestPassword} bytes of UTF-8.`);
  if (control.test(normal)) throw invalid(pointer, "Enter a password without control characters.");
  const alike = normal.trim().toLowerCase();
  if ([of.email, of.name].some((each) => each.normalize("NFKC").trim().toLowerCase() === alike))
    throw invalid(pointer, "Enter a password that is neither your email address nor your name.");
}

const invalid = (pointer: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer, detail });
