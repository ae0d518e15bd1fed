/** The reason of a change, in the person's own words, as a member of its event. */
import { type DaybookError, fitsUtf8, hideTokens, limits, refuse } from "daybook/internal";

/**
 * The reason, trimmed; nothing for none.
 * @throws DaybookError `request-invalid` if it isn't text, or has over 4,096 bytes of UTF-8
 */
export function reasonOf({ reason }: { readonly reason?: unknown }): { reason?: string } {
  if (reason === undefined) return {};
  const text = typeof reason === "string" ? reason.trim() : undefined;
  if (text === undefined) throw refuseReason("Reason must be text");
  if (/\p{Cs}|\0/u.test(text)) throw refuseReason("Reason contains U+0000 or half of a character");
  if (!fitsUtf8(text, limits.reasonBytes)) throw refuseReason("Reason must be 4,096 bytes or fewer");
  return text === "" ? {} : { reason: hideTokens(text) };
}

const refuseReason = (detail: string): DaybookError =>
  refuse("request-invalid", { pointer: "/reason", detail });
