/**
 * The rules for slugs, names, email addresses, websites and other texts. Tokens in texts are hidden here, so that rows have the same text
 * as their events.
 */
import {
  type DaybookError,
  fitsUtf8,
  hideTokens,
  limits,
  type MemberRole,
  memberRoles,
  refuse,
  type TeamRole,
  teamRoles,
} from "daybook/internal";
import { reservedSlug } from "../log/index.ts";

const slugForm = /^[a-z][a-z0-9-]{1,38}$/;
/** Control characters, line separators and half surrogate pairs, which a line can't contain. */
const notInLine = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;
/** The same for a text, which can have line breaks and indentation. */
const notInText = /(?![\n\t])[\p{Cc}\p{Cs}]/u;
/** Something visible: spaces and joiners alone are not a name. */
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;
/** Without quotes, comments and lists, which mail servers can read as more than one address. */
const emailForm = /^[^\s\p{C}@<>()[\]\\,;:"]+@[^\s\p{C}@<>()\\,;"]+$/u;
const websiteForm = /^https?:\/\/[^\s\p{C}]+$/iu;
const websiteBytes = 512;

/** A line or a text: its name in sentences, its place in the request, and its maximum number of characters (code points). */
interface TextRule {
  readonly what: string;
  readonly pointer: string;
  readonly most: number;
  readonly lines?: true;
}

/** The slug, or `request-invalid`: 2 to 39 lower-case letters, digits and hyphens, a letter first; not the reserved one. */
export function checkSlug(slug: unknown): string {
  const pointer = "/slug";
  if (typeof slug !== "string" || !slugForm.test(slug)) {
    throw invalid(
      pointer,
      "Slug must be 2 to 39 lower-case letters, digits and hyphens, and begin with a letter.",
    );
  }
  if (hideTokens(slug) !== slug) throw invalid(pointer, "Slug must not look like a token.");
  if (slug === reservedSlug) throw invalid(pointer, `The slug '${reservedSlug}' is reserved.`);
  return slug;
}

/**
 * The name, trimmed, or `request-invalid` at /name: 1 to 200 characters on one line, some of them visible, and at most 512 bytes (an
 * event's limit). `what` is its name in sentences, such as `team name`.
 */
export function checkName(name: unknown, what: string): string {
  const text = typeof name === "string" ? name.trim() : "";
  if (!visible.test(text)) throw invalid("/name", `Enter ${article(what)} ${what}.`);
  checkFullText(text, { what, pointer: "/name", most: 200 });
  if (!fitsUtf8(text, limits.nameBytes)) {
    throw invalid("/name", `${capital(what)} must be ${limits.nameBytes} bytes of UTF-8 or less.`);
  }
  return hideTokens(text);
}

/** The address, trimmed, or `request-invalid` at /email: text on both sides of one @, without spaces, at most 320 bytes. */
export function checkEmail(email: unknown): string {
  const text = typeof email === "string" ? email.trim() : "";
  if (text === "") throw invalid("/email", "Enter an email address.");
  if (!emailForm.test(text)) {
    throw invalid("/email", "Enter an email address in the correct form, such as name@example.com.");
  }
  if (!fitsUtf8(text, limits.emailBytes)) {
    throw invalid("/email", `Email address must be ${limits.emailBytes} bytes or less.`);
  }
  if (hideTokens(text) !== text) throw invalid("/email", "Email address must not contain a token.");
  return text;
}

/** The optional settings: each is null or as described below; errors are `request-invalid` at its name. */
export const checkDetail = {
  /** At most 1,000 characters, over several lines. */
  description: (value: unknown): string | null =>
    orNull(value, "/description", (text) =>
      checkFullText(text.replaceAll("\r\n", "\n"), {
        what: "description",
        pointer: "/description",
        most: 1_000,
        lines: true,
      }),
    ),
  email: (value: unknown): string | null => orNull(value, "/email", checkEmail),
  /** At most 200 characters. */
  location: (value: unknown): string | null =>
    orNull(value, "/location", (text) =>
      checkFullText(text, { what: "location", pointer: "/location", most: 200 }),
    ),
  /** At most 512 bytes: a web address without a user name or password. */
  website: (value: unknown): string | null => orNull(value, "/website", checkWebsite),
} as const;

/** A role for a member, or `request-invalid` at /role. */
export const checkRole = (role: unknown): MemberRole => choice(role, memberRoles);

/** A role for a team, or null for none. */
export const checkTeamRole = (role: unknown): TeamRole | null =>
  role === null ? null : choice(role, teamRoles);

function choice<R extends string>(role: unknown, roles: readonly R[]): R {
  const found = roles.find((each) => each === role);
  if (found === undefined) throw invalid("/role", `Select a role: ${roles.join(", ")}.`);
  return found;
}

function checkWebsite(text: string): string {
  const url = websiteForm.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "") {
    throw invalid("/website", "Enter a website in the correct form, such as https://www.example.com.");
  }
  if (!fitsUtf8(text, websiteBytes)) {
    throw invalid("/website", `Website must be ${websiteBytes} bytes or less.`);
  }
  return text;
}

function checkFullText(text: string, { what, pointer, most, lines }: TextRule): string {
  if (text.length > 2 * most || [...text].length > most) {
    throw invalid(pointer, `${capital(what)} must be ${most.toLocaleString("en")} characters or less.`);
  }
  if ((lines ? notInText : notInLine).test(text)) {
    throw invalid(pointer, `${capital(what)} must not contain control characters or half surrogate pairs.`);
  }
  return text;
}

/** Null and blank text empty a setting. */
function orNull(value: unknown, pointer: string, check: (text: string) => string): string | null {
  if (value !== null && typeof value !== "string")
    throw invalid(pointer, `Enter the ${pointer.slice(1)} as text.`);
  const text = value?.trim() ?? "";
  return text === "" ? null : hideTokens(check(text));
}

const article = (what: string): string => (/^[aeiou]/.test(what) ? "an" : "a");
const capital = (what: string): string => what.charAt(0).toUpperCase() + what.slice(1);

const invalid = (pointer: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer, detail });
