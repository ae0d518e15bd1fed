/** A part of a page that its script loads when it comes into view. Without the script, it is a link to the page with the part. */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";

interface LaterPartProps {
  /** The name of the part, which the script asks for. */
  readonly name: string;
  /** The page with it. */
  readonly href: string;
  readonly children: ComponentChildren;
}

export const LaterPart = ({ name, href, children }: LaterPartProps): VNode => (
  <p class="db-part db-quiet db-no-print" data-part={name}>
    <A href={href}>{children}</A>
  </p>
);
