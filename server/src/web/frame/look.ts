/**
 * How a host application wants the log to look within its page: a theme, three colours, a size, a time zone, each a value that is
 * read strictly. What can't be understood is passed over. It refuses to know style sheets.
 */
import type { FrameLook } from "../base/framing.ts";
import { themes } from "../base/reader.ts";
import { type Colour, colourOf, hexOf } from "../kit/colours.ts";
import { isZone } from "../kit/time/format.ts";

/** What the address calls them. */
type LookName = keyof FrameLook;

/** Pixels. */
const smallest = 14;
const largest = 20;

/** Values by name, such as an address or a form has. */
type LookParameters = Readonly<Record<string, unknown>>;

/** What is wanted. */
export function readLook(named: LookParameters): FrameLook {
  const text = (name: LookName): string => {
    const value = named[name];
    return typeof value === "string" ? value : "";
  };
  const size = /^\d\d$/.test(text("size")) ? Number(text("size")) : undefined;
  const zone = text("zone");
  return {
    theme: themes.find((theme) => theme === text("theme")) ?? "auto",
    accent: colourOf(text("accent")),
    background: colourOf(text("background")),
    text: colourOf(text("text")),
    size: size === undefined ? undefined : Math.min(largest, Math.max(smallest, size)),
    zone: isZone(zone) ? zone : undefined,
  };
}

/** The same as one text: for a cookie. */
export function writeLook({ theme, accent, background, text, size, zone }: FrameLook): string {
  const hex = (colour: Colour | undefined): string[] =>
    colour === undefined ? [] : [hexOf(colour).slice(1)];
  const said = { theme: [theme], accent: hex(accent), background: hex(background), text: hex(text) };
  const all = {
    ...said,
    size: size === undefined ? [] : [String(size)],
    zone: zone === undefined ? [] : [zone],
  };
  return new URLSearchParams(
    Object.entries(all).flatMap(([name, values]) => values.map((value) => [name, value])),
  ).toString();
}

/** What `writeLook` wrote. */
export const rereadLook = (written: string): FrameLook =>
  readLook(Object.fromEntries(new URLSearchParams(written)));
