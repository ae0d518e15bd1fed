/**
 * The display settings of a reader: time zone and theme. The browser stores them: chosen on the account page, else the zone that the
 * browser's script reports, else UTC.
 */
import type { FastifyReply, FastifyRequest } from "fastify";
import { cookieOf, setCookie } from "../../http/index.ts";
import { isZone, zoneName } from "../kit/time/format.ts";

export type Theme = (typeof themes)[number];
export const themes = ["auto", "light", "dark"] as const;

export interface Reader {
  /** An IANA name that this machine has. */
  readonly zone: string;
  /** The source: the person, their browser, or the default, UTC. */
  readonly zoneBy: "choice" | "browser" | "nobody";
  readonly theme: Theme;
}

const cookie = "daybook-display";
/** Written by the browser's own script. */
const guessedZone = "daybook-zone";
/** Milliseconds. */
const lifetime = 365 * 86_400_000;

const isTheme = (text: string): text is Theme => (themes as readonly string[]).includes(text);

/** The reader of this response. Cookies count only if their values are valid. */
export function readerOf(request: FastifyRequest): Reader {
  const { framing } = request;
  // within another site's page, that site decides
  if (framing !== undefined)
    return { theme: framing.look.theme, zone: framing.look.zone ?? "UTC", zoneBy: "choice" };
  const [theme = "", chosen = ""] = (cookieOf(request, cookie) ?? "").split(" ");
  const guessed = cookieOf(request, guessedZone) ?? "";
  const zoneBy = isZone(chosen) ? "choice" : isZone(guessed) ? "browser" : "nobody";
  return {
    theme: isTheme(theme) ? theme : "auto",
    zone: { choice: chosen, browser: guessed, nobody: "UTC" }[zoneBy],
    zoneBy,
  };
}

/** Stores a choice; `zone` undefined: the browser's own. */
export function keepReader(
  reply: FastifyReply,
  { theme, zone }: { theme: Theme; zone: string | undefined },
): void {
  const value = zone === undefined ? theme : `${theme} ${zone}`;
  setCookie(reply, [cookie, value], new Date(Date.now() + lifetime));
}

/** The zone on a page: "Europe/London"; for a time, in milliseconds, with its abbreviation then: "Europe/London (BST)". */
export function zoneSaid({ zone }: Pick<Reader, "zone">, at?: number): string {
  const zoneInWords = zone.replaceAll("_", " ");
  const name = at === undefined ? zone : zoneName(at, zone);
  return name === zone ? zoneInWords : `${zoneInWords} (${name})`;
}
