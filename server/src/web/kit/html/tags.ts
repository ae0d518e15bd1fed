/** The names of elements and attributes, as HTML writes them. They come from components, never from data. */

/** The tags of an element. */
export interface Tags {
  /** "<p" */
  readonly start: string;
  /** "</p>"; undefined for elements that have no content. */
  readonly end: string | undefined;
}

const validName = /^[a-z][a-z0-9-]*$/i;
const voids = new Set("area base br col embed hr img input link meta source track wbr".split(" "));
/** Attributes of SVG whose names have capitals; those of HTML have none, although JSX spells them with some. */
const withCapitals = new Set(["viewBox", "preserveAspectRatio"]);
const tags = new Map<string, Tags>();
const attributes = new Map<string, string>();

/** @throws TypeError if it is not a name */
export function tagsOf(element: string): Tags {
  let known = tags.get(element);
  if (known === undefined) {
    if (!validName.test(element)) throw new TypeError("An element has an invalid name");
    known = { start: `<${element}`, end: voids.has(element) ? undefined : `</${element}>` };
    tags.set(element, known);
  }
  return known;
}

/**
 * " datetime", of `dateTime`
 * @throws TypeError if it is not a name
 */
export function attributeOf(name: string): string {
  let known = attributes.get(name);
  if (known === undefined) {
    if (!validName.test(name)) throw new TypeError("An attribute has an invalid name");
    known = ` ${withCapitals.has(name) ? name : name.toLowerCase()}`;
    attributes.set(name, known);
  }
  return known;
}
