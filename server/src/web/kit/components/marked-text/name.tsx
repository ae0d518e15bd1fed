/** What somebody or something is called, apart from the direction of the text around it, with marks where it deceives. */
import type { VNode } from "preact";
import { marked } from "./marked-text.tsx";

export const Name = ({ name }: { readonly name: string }): VNode => <bdi>{marked(name)}</bdi>;
/** The same without a component of its own; a page of events has hundreds. */
export const named = (name: string): VNode => Name({ name });
