/** A name, isolated from the direction of the text around it, with marks for deceptive characters. */
import type { VNode } from "preact";
import { marked } from "./marked-text.tsx";

export const Name = ({ name }: { readonly name: string }): VNode => <bdi>{marked(name)}</bdi>;
/** The same without a component of its own; a page of events has hundreds. */
export const named = (name: string): VNode => Name({ name });
