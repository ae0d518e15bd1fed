/**
 * The elements with addresses. Pages use paths of this site, such as `/account`; a context turns each into the address for the browser.
 * Pages use no other elements with addresses.
 */
import { type Context, createContext, type FunctionComponent, type JSX } from "preact";
import { jsx } from "preact/jsx-runtime";
import { withContext } from "../with-context.ts";

/** The address of a path of this site. A fragment or an address of another site stays as it is. */
export type AddressOfPath = (path: string) => string;

/** How the present page turns paths into addresses. */
export const Addresses: Context<AddressOfPath> = createContext<AddressOfPath>((path) => path);

type Elements = JSX.IntrinsicElements;

/** The element, with its one attribute that is a path. The order of attributes stays. */
const resolved = <Name extends keyof Elements>(
  name: Name,
  attribute: string,
): FunctionComponent<Elements[Name]> =>
  withContext(Addresses, (props, addressOf) => {
    // spreading props of every element's type takes TypeScript as long as half of the server
    const given = props as Readonly<Record<string, unknown>>;
    const path = given[attribute];
    return jsx(name as string, { ...given, [attribute]: typeof path === "string" ? addressOf(path) : path });
  });

export const A: FunctionComponent<Elements["a"]> = resolved("a", "href");
export const Form: FunctionComponent<Elements["form"]> = resolved("form", "action");
/** A file that the document needs: its style sheet, its icon. */
export const Link: FunctionComponent<Elements["link"]> = resolved("link", "href");
export const Script: FunctionComponent<Elements["script"]> = resolved("script", "src");
