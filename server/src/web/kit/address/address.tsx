/**
 * The elements with addresses. Pages use paths of this site, such as `/account`; the page turns each into the address for the browser. Pages
 * use no other elements with addresses.
 */
import { type FunctionComponent, h, type JSX } from "preact";
import type { Special } from "../html/writer.ts";

/** The address of a path of this site. A fragment or an address of another site stays as it is. */
export type AddressOfPath = (path: string) => string;

type Elements = JSX.IntrinsicElements;

/** The element, with its one attribute that is a path. */
const addressed = <Name extends keyof Elements>(
  name: Name,
  attribute: string,
): FunctionComponent<Elements[Name]> =>
  Object.assign(
    // spreading props of every element's type takes TypeScript as long as half of the server
    (props: object) => h(name as string, props),
    { addressed: [name, attribute] } satisfies Special,
  );

export const A: FunctionComponent<Elements["a"]> = addressed("a", "href");
export const Form: FunctionComponent<Elements["form"]> = addressed("form", "action");
/** A file that the document needs: its style sheet, its icon. */
export const Link: FunctionComponent<Elements["link"]> = addressed("link", "href");
/** A style sheet within the page, with the address of its file. */
export const Style: FunctionComponent<Elements["style"] & { "data-file": string }> = addressed(
  "style",
  "data-file",
);
export const Script: FunctionComponent<Elements["script"]> = addressed("script", "src");
