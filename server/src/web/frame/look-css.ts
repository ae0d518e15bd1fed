/**
 * The style sheet of a look: Daybook's own design tokens with other values, each a computed color. Text stays readable whatever a host asks
 * for: a color without enough contrast is adjusted. All functions are pure.
 */

import type { FrameLook } from "../base/framing.ts";
import {
  black,
  type Colour,
  colourOf,
  contrast,
  hexOf,
  isReadable,
  mixed,
  nearest,
  white,
} from "../kit/colours.ts";

/** The contrast of text, and of the edges of controls (WCAG 2.2, 1.4.3 and 1.4.11). */
const ofText = 4.5;
const ofEdges = 3;

type Scheme = "light" | "dark";
type Token =
  | "paper"
  | "surface"
  | "raised"
  | "sunken"
  | "text"
  | "quiet"
  | "accent"
  | "good"
  | "bad"
  | "warn";

/** The design tokens from which the others are computed; as in styles/_settings.scss. */
export const own: Readonly<Record<Scheme, Readonly<Record<Token, string>>>> = {
  light: {
    paper: "#fbfbfa",
    surface: "#ffffff",
    raised: "#ffffff",
    sunken: "#f3f3f1",
    text: "#1a1c21",
    quiet: "#5b606a",
    accent: "#3a49c4",
    good: "#17653d",
    bad: "#ad2018",
    warn: "#7e4a00",
  },
  dark: {
    paper: "#121316",
    surface: "#191b1f",
    raised: "#202328",
    sunken: "#0d0e10",
    text: "#e6e7ea",
    quiet: "#a2a7b1",
    accent: "#a3aefb",
    good: "#7cd4a2",
    bad: "#ff9e95",
    warn: "#f0bd72",
  },
};

const ownOf = (scheme: Scheme, token: Token): Colour => colourOf(own[scheme][token]) as Colour;

/** The surfaces, computed from a background. */
function groundsOf(scheme: Scheme, paper: Colour): Record<"paper" | "surface" | "raised" | "sunken", Colour> {
  return scheme === "light"
    ? {
        paper,
        surface: mixed(paper, white, 0.6),
        raised: mixed(paper, white, 0.6),
        sunken: mixed(paper, black, 0.03),
      }
    : {
        paper,
        surface: mixed(paper, white, 0.03),
        raised: mixed(paper, white, 0.06),
        sunken: mixed(paper, black, 0.25),
      };
}

type Tokens = Readonly<Record<string, Colour>>;

/** The values of the design tokens. */
export function tokensOf(scheme: Scheme, { accent, background, text }: FrameLook): Tokens {
  const far = scheme === "light" ? black : white;
  const fixed = (["good", "bad", "warn"] as const).map((token) => ownOf(scheme, token));
  const isGround = (paper: Colour): boolean => {
    const all = Object.values(groundsOf(scheme, paper));
    return [...fixed, ownOf(scheme, "quiet")].every((colour) => isReadable(colour, all, ofText));
  };
  const paper = background && nearest(background, ownOf(scheme, "paper"), isGround);
  const grounds = paper === undefined ? undefined : groundsOf(scheme, paper);
  const under = Object.values(
    grounds ?? {
      paper: ownOf(scheme, "paper"),
      surface: ownOf(scheme, "surface"),
      raised: ownOf(scheme, "raised"),
      sunken: ownOf(scheme, "sunken"),
    },
  );
  const [ground] = under as [Colour];
  const softOf = (colour: Colour): Colour => mixed(ground, colour, 0.12);
  const toRead = (wanted: Colour): Colour =>
    nearest(wanted, far, (colour) => isReadable(colour, [...under, softOf(colour)], ofText));
  const link = toRead(accent ?? ownOf(scheme, "accent"));
  const words = toReadOn([...under, softOf(link)], far, text ?? ownOf(scheme, "text"));
  const quiet = toReadOn([...under, softOf(link)], words, mixed(words, ground, 0.32));
  return {
    ...grounds,
    ...(paper === undefined && text === undefined ? {} : linesOf(ground, words)),
    ...(text === undefined && paper === undefined ? {} : { text: words, quiet }),
    ...(accent === undefined && paper === undefined ? {} : linksOf(link, softOf(link), far)),
  };
}

const toReadOn = (grounds: readonly Colour[], far: Colour, wanted: Colour): Colour =>
  nearest(wanted, far, (colour) => isReadable(colour, grounds, ofText));

const linesOf = (ground: Colour, words: Colour): Tokens => ({
  line: mixed(ground, words, 0.12),
  "strong-line": mixed(ground, words, 0.22),
  control: nearest(mixed(ground, words, 0.4), words, (colour) => isReadable(colour, [ground], ofEdges + 0.3)),
});

const linksOf = (link: Colour, soft: Colour, far: Colour): Tokens => ({
  accent: link,
  "accent-strong": mixed(link, far, 0.25),
  "accent-soft": soft,
  "on-accent": contrast(link, white) >= contrast(link, black) ? white : black,
});

/** Whether a look is light or dark on its own; undefined if it follows the system. */
export function schemeOf({ theme, background }: FrameLook): Scheme | undefined {
  if (theme !== "auto") return theme;
  if (background === undefined) return undefined;
  return contrast(background, black) >= contrast(background, white) ? "light" : "dark";
}

const blockOf = (scheme: Scheme, look: FrameLook): string => {
  const values = Object.entries(tokensOf(scheme, look)).map(([name, colour]) => `--${name}:${hexOf(colour)}`);
  return values.length === 0 ? "" : `:root[data-frame]{${values.join(";")}}`;
};

/** The style sheet; empty without requests. No text from outside is in it. */
export function cssOf(look: FrameLook): string {
  const scheme = schemeOf(look);
  const size = look.size === undefined ? "" : `html{font-size:${look.size}px}`;
  if (scheme !== undefined) return size + blockOf(scheme, look);
  const dark = blockOf("dark", look);
  return size + blockOf("light", look) + (dark && `@media (prefers-color-scheme:dark){${dark}}`);
}
