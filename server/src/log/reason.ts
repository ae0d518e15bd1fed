/** The reason of a change, in the person's own words, as a member of its event. */
import { fitsUtf8, hideTokens, limits, refuse } from "daybook/internal";

/**
 * The reason, trimmed; nothing for none.
 * @throws DaybookError `request-invalid` if it isn't a text, or has over 4,096 bytes of UTF-8
 */
export function reasonOf({ reason }: { readonly reason?: unknown }): { reason?: string } {
  if (reason === undefined) return {};
  const text = typeof reason === "string" ? reason.trim() : undefined;
  if (text === undefined || /\p{Cs}|\0/u.test(text) || !fitsUtf8(text, limits.reasonBytes))
    throw refuse("request-invalid", { pointer: "/reason", detail: "Reason must be 4,096 bytes or fewer" });
  return text === "" ? {} : { reason: hideTokens(text) };
}
