/** What slugs and names may be. Knows nothing of the store. */
import { type DaybookError, refuse } from "daybook/error";
import { fitsUtf8, limits } from "daybook/event";
import { reservedSlug } from "../log/index.ts";

const slugForm = /^[a-z][a-z0-9-]{1,38}$/;
/** Characters (code points) of a name, after trimming. */
const mostCharacters = 200;
const control = /[\u0000-\u001f\u007f]|\p{Cs}/u;

/** The slug, or `request-invalid`: 2 to 39 lower-case letters, digits and hyphens, a letter first; not the reserved one. */
export function checkSlug(slug: unknown): string {
  if (typeof slug !== "string" || !slugForm.test(slug)) {
    throw invalid(
      "/slug",
      "slug must be 2 to 39 lower-case letters, digits and hyphens, and begin with a letter.",
    );
  }
  if (slug === reservedSlug) throw invalid("/slug", `The slug '${reservedSlug}' is reserved.`);
  return slug;
}

/** The name, trimmed, or `request-invalid`: 1 to 200 characters, no control characters, at most 512 bytes (an event's limit). */
export function checkName(name: unknown): string {
  const trimmed = typeof name === "string" ? name.trim() : "";
  if (trimmed === "" || trimmed.length > 2 * mostCharacters || [...trimmed].length > mostCharacters) {
    throw invalid("/name", `name must have 1 to ${mostCharacters} characters.`);
  }
  if (control.test(trimmed)) {
    throw invalid("/name", "name must not hold control characters or half surrogate pairs.");
  }
  if (!fitsUtf8(trimmed, limits.nameBytes)) {
    throw invalid("/name", `name must have at most ${limits.nameBytes} bytes of UTF-8.`);
  }
  return trimmed;
}

const invalid = (pointer: string, detail: string): DaybookError =>
  refuse("request-invalid", { pointer, detail });
