/** Buttons, links that look like them, and groups of both (govuk-frontend's pattern). */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";

interface ButtonLook {
  readonly children: ComponentChildren;
  /** `main` is the usual one; `warning` for acts that can't be undone; `link` looks like a link. */
  readonly kind?: "main" | "secondary" | "warning" | "link" | undefined;
  readonly size?: "usual" | "small" | "wide" | undefined;
}

export interface ButtonProps extends ButtonLook {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
  readonly type?: "submit" | "button" | undefined;
  readonly disabled?: boolean | undefined;
  /** For islands that look for the button. */
  readonly island?: string | undefined;
  readonly hidden?: boolean | undefined;
  /** The form that it sends, if it is outside of it. */
  readonly form?: string | undefined;
}

const kinds = {
  main: "",
  secondary: " govuk-button--secondary",
  warning: " govuk-button--warning",
  link: " db-button--link",
};
const sizes = { usual: "", small: " db-button--small", wide: " db-button--wide" };

const classOf = ({ kind = "main", size = "usual" }: ButtonLook): string =>
  `govuk-button${kinds[kind]}${sizes[size]}`;

/** Sends the form around it, unless it has the type `button`. */
export const Button = ({
  children,
  kind,
  size,
  type = "submit",
  island,
  ...attributes
}: ButtonProps): VNode => (
  <button
    type={type}
    class={classOf({ children, kind, size } as ButtonLook)}
    data-island={island}
    {...(attributes.disabled && { "aria-disabled": "true" })}
    {...attributes}
  >
    {children}
  </button>
);

/** A link that looks like a button: it leads to another page, and changes nothing. Its island makes Space press it too. */
export const LinkButton = ({ href, ...look }: ButtonLook & { readonly href: string }): VNode => (
  <A href={href} role="button" draggable={false} class={classOf(look)} data-island="link-button">
    {look.children}
  </A>
);

export const ButtonGroup = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <div class="govuk-button-group">{children}</div>
);
