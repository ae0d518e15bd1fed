/** A panel with a new token, shown once. */
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import { A } from "../kit/address/address.tsx";
import { CopyButton } from "../kit/components/copy-button/copy-button.tsx";
import { Panel } from "../kit/components/panel/panel.tsx";

interface TokenPanelProps {
  readonly title: string;
  readonly token: string;
  /** A first use of it. */
  readonly children?: ComponentChildren;
}

export const TokenPanel = ({ title, token, children }: TokenPanelProps): VNode => (
  <>
    <Panel title={title}>
      <p>
        Copy the token now, and keep it safe. <strong>It is not shown again.</strong>
      </p>
      <CopyButton text={token} what="token" />
    </Panel>
    {children}
    <p>
      Your program sends it with each request, as <code>Authorization: Bearer</code> and the token.{" "}
      <A href={paths.documentation()}>API documentation</A>
    </p>
  </>
);
