/** A name, isolated from the direction of the text around it, with marks for deceptive characters. */
import type { ComponentChildren, VNode } from "preact";
import { isPlain, marked } from "./marked-text.tsx";

export const Name = ({ name }: { readonly name: string }): VNode => <bdi>{marked(name)}</bdi>;
/** The same without a component of its own, and without an element for a plain name: a page of events has hundreds. */
export const named = (name: string): ComponentChildren => (isPlain(name) ? name : Name({ name }));
