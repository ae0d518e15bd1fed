/** Colors as numbers: mixing, comparing by WCAG 2.2, adjusting until they are readable. All functions are pure. */

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

export const white: Colour = [255, 255, 255];
export const black: Colour = [0, 0, 0];

/** A color of six hexadecimal digits, with or without `#`; undefined for other texts. */
export function colourOf(text: string): Colour | undefined {
  const [, digits] = /^#?([0-9a-f]{6})$/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const at = (place: number): number => Number.parseInt(digits.slice(place, place + 2), 16);
  return [at(0), at(2), at(4)];
}

/** The color in the form of style sheets. */
export const hexOf = (colour: Colour): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** The share of the other color: 0 none, 1 only the other. */
export const mixed = (colour: Colour, other: Colour, share: number): Colour =>
  [0, 1, 2].map((at) =>
    Math.round((colour[at] as number) * (1 - share) + (other[at] as number) * share),
  ) as unknown as Colour;

/** Relative luminance. */
function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Colour;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** From 1 to 21. */
export function contrast(one: Colour, other: Colour): number {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

/** Whether it has enough contrast with each background. */
export const isReadable = (colour: Colour, grounds: readonly Colour[], least: number): boolean =>
  grounds.every((ground) => contrast(colour, ground) >= least);

/** The number of steps from one color to another. */
const steps = 20;

/** The color nearest to the requested one, on the way to the other, that meets the condition; the other one if none does. */
export function nearest(wanted: Colour, other: Colour, isRight: (colour: Colour) => boolean): Colour {
  for (let step = 0; step < steps; step++) {
    const colour = mixed(wanted, other, step / steps);
    if (isRight(colour)) return colour;
  }
  return other;
}
