/** The look that a host application wants: a theme, three colors, a size, a time zone, each read strictly. Invalid values are ignored. */
import type { FrameLook } from "../base/framing.ts";
import { themes } from "../base/reader.ts";
import { type Colour, colourOf, hexOf } from "../kit/colours.ts";
import { isZone } from "../kit/time/format.ts";

/** The names in the address. */
type LookName = keyof FrameLook;

/** Pixels. */
const smallest = 14;
const largest = 20;

/** Values by name, such as those of an address or a form. */
type LookParameters = Readonly<Record<string, unknown>>;

/** The requested look. */
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

/** The look as one text, for a cookie. */
export function writeLook({ theme, accent, background, text, size, zone }: FrameLook): string {
  const hex = (colour: Colour | undefined): string[] =>
    colour === undefined ? [] : [hexOf(colour).slice(1)];
  const look = { theme: [theme], accent: hex(accent), background: hex(background), text: hex(text) };
  const all = {
    ...look,
    size: size === undefined ? [] : [String(size)],
    zone: zone === undefined ? [] : [zone],
  };
  return new URLSearchParams(
    Object.entries(all).flatMap(([name, values]) => values.map((value) => [name, value])),
  ).toString();
}

/** Reads what `writeLook` wrote. */
export const rereadLook = (written: string): FrameLook =>
  readLook(Object.fromEntries(new URLSearchParams(written)));
