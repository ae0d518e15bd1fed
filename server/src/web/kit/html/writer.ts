/**
 * Writes the elements that Preact's JSX makes as HTML. All texts and all values of attributes are escaped; the only HTML that is written as it
 * is comes from `dangerouslySetInnerHTML`.
 */
import { type ComponentChildren, Fragment, isValidElement, type VNode } from "preact";
import { escaped } from "./escape.ts";
import { attributeOf, tagsOf } from "./tags.ts";

export interface Rendering {
  /** The address of a path of this site; default: the path. */
  readonly addressOf?: ((path: string) => string) | undefined;
  /** Whether the next part that can wait has to wait; default: no. */
  readonly isLate?: (() => boolean) | undefined;
}

/** Properties of components that the writer treats differently. */
export interface Special {
  /** The component is this element; that attribute of it is a path of this site. */
  readonly addressed?: readonly [element: string, attribute: string];
  /** Its children can be written later. */
  readonly canWait?: true;
}

/** HTML, and between it the parts that wait. */
export type Pieces = readonly (string | WaitingPart)[];

interface WaitingPart {
  readonly children: ComponentChildren;
}

type Component = ((props: Props) => ComponentChildren) & Special;
type Props = Readonly<Record<string, unknown>> & {
  readonly children?: ComponentChildren;
  readonly dangerouslySetInnerHTML?: { readonly __html: string } | undefined;
};

export class Writer {
  readonly #rendering: Rendering;
  #pieces: (string | WaitingPart)[] = [];
  #html = "";

  constructor(rendering: Rendering) {
    this.#rendering = rendering;
  }

  /** Takes what was written since the last time. */
  take(): Pieces {
    const pieces = [...this.#pieces, this.#html];
    this.#pieces = [];
    this.#html = "";
    return pieces;
  }

  write(child: ComponentChildren): void {
    if (typeof child === "string") this.#html += escaped(child);
    else if (typeof child === "number" || typeof child === "bigint") this.#html += child;
    else if (Array.isArray(child)) for (const each of child) this.write(each);
    // an object of an event's data that looks like an element doesn't have Preact's mark, and is not written
    else if (typeof child === "object" && isValidElement(child)) this.#writeElement(child as VNode);
  }

  #writeElement({ type, props }: VNode): void {
    if (typeof type === "string") this.#writeTag(type, props as Props);
    else if (type === Fragment) this.write((props as Props).children);
    else this.#writeComponent(type as Component, props as Props);
  }

  #writeComponent(component: Component, props: Props): void {
    const { addressed, canWait = false } = component;
    if (addressed !== undefined) this.#writeTag(addressed[0], props, addressed[1]);
    else if (!canWait || this.#rendering.isLate?.() !== true) this.write(component(props));
    else {
      this.#pieces.push(this.#html, { children: props.children });
      this.#html = "";
    }
  }

  #writeTag(element: string, props: Props, path?: string): void {
    const { start, end } = tagsOf(element);
    this.#html += start;
    for (const name in props) {
      if (name === "children" || name === "dangerouslySetInnerHTML") continue;
      const value = props[name];
      const isPath = name === path && typeof value === "string";
      this.#html += withValue(name, isPath ? this.#addressOf(value) : value);
    }
    if (end === undefined) {
      this.#html += "/>";
      return;
    }
    this.#html += ">";
    const raw = props.dangerouslySetInnerHTML;
    if (raw === undefined) this.write(props.children);
    else this.#html += raw.__html;
    this.#html += end;
  }

  #addressOf(path: string): string {
    return this.#rendering.addressOf?.(path) ?? path;
  }
}

/** An attribute: ` title="…"`, ` hidden`, or nothing. */
function withValue(name: string, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "string")
    return value === "" ? attributeOf(name) : `${attributeOf(name)}="${escaped(value)}"`;
  if (typeof value === "number" || (typeof value === "boolean" && isWritten(name)))
    return `${attributeOf(name)}="${value}"`;
  if (typeof value === "boolean") return value ? attributeOf(name) : "";
  throw new TypeError(`The attribute ${name} has neither a text nor a number nor a boolean as its value`);
}

/** Whether "true" and "false" are values of an attribute; the others are there or not. */
const isWritten = (name: string): boolean =>
  name.startsWith("aria-") || name.startsWith("data-") || name === "draggable" || name === "spellcheck";
