/** How a page looks, as scripts that run in it: what changes with its width, and the colors of its texts. */

/** Which elements are visible, their colors, and whether their text is large: the input of all rules but those of width. */
const appearance = `[...document.querySelectorAll("body, body *")].map((element) => {
  const { color, backgroundColor, fontSize, fontWeight, position, clipPath } = getComputedStyle(element);
  const size = parseFloat(fontSize);
  const isLarge = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
  const isVisible = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const isClipped = position === "absolute" && clipPath === "inset(50%)";
  const look = [isVisible, color, backgroundColor, isLarge].join();
  return { element, look, place: isClipped ? "for screen readers" : [position, clipPath].join() };
})`;

/** Keeps the appearance of the wide page, for `changes`. */
export const keepWide: string = `{ globalThis.wide = ${appearance}; }`;

export interface Changes {
  /** Whether anything differs but text that only screen readers read in one of the two. */
  readonly isOther: boolean;
  /** The HTML and appearance of the parts of the body with such text; empty if there is none. */
  readonly parts: string;
}

/** How the page differs from the wide one. `globalThis.parts` are the parts. */
export const changes: string = `(() => {
  const now = ${appearance};
  const differing = now
    .map((one, n) => [one, wide[n] ?? {}])
    .filter(([one, was]) => one.look !== was.look || one.place !== was.place);
  const isOther = now.length !== wide.length || differing.some(([one, was]) =>
    one.look !== was.look || [one, was].every(({ place }) => place !== "for screen readers"));
  globalThis.parts = [...new Set(differing.map(([{ element }]) => element.closest("body > *") ?? element))];
  const looks = now.filter(({ element }) => parts.some((part) => part.contains(element)));
  const all = [...parts.map((part) => part.outerHTML), ...looks.map(({ look, place }) => look + place)];
  return { isOther, parts: all.join("\\n") };
})()`;

/**
 * The different inputs of the rules about colors, one for each kind of text: its colors, size and decoration, and everything behind and around
 * it that has a color, an effect or a place of its own.
 */
export const kindsOfText: string = `(() => {
  const kinds = new Set();
  const walk = (element, around) => {
    const style = getComputedStyle(element);
    if (style.display === "none") return;
    const { color, backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position, clipPath } = style;
    const isPlain = backgroundColor === "rgba(0, 0, 0, 0)" && backgroundImage === "none" && opacity === "1"
      && filter === "none" && mixBlendMode === "normal" && position === "static" && clipPath === "none";
    const effects = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode, position, clipPath];
    const inside = isPlain ? around : [around, ...effects, position === "static" ? "" : element.className].join();
    const own = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).map(({ data }) => data).join("");
    const text = own + (element.value ?? "") + (element.placeholder ?? "");
    if (/\\S/.test(text)) {
      const { fontSize, fontWeight, textDecorationLine, textShadow, visibility } = style;
      const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      const isDisabled = element.closest(":disabled, [aria-disabled=true], label") !== null;
      kinds.add([inside, color, fontSize, fontWeight, textDecorationLine, textShadow, isSeen, isDisabled,
        getComputedStyle(element.parentElement).color, /[\\p{L}\\p{N}].*[\\p{L}\\p{N}]/su.test(text)].join());
    }
    for (const child of element.children) walk(child, inside);
  };
  walk(document.body, getComputedStyle(document.documentElement).backgroundColor);
  return [...kinds];
})()`;
