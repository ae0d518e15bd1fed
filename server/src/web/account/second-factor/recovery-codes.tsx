/** Recovery codes, shown once. */
import type { VNode } from "preact";
import { paths } from "../../../paths.ts";
import { LinkButton } from "../../kit/components/button/button.tsx";
import { CodeBlock } from "../../kit/components/code-block/code-block.tsx";
import { Panel } from "../../kit/components/panel/panel.tsx";

interface RecoveryCodesProps {
  readonly title: string;
  readonly codes: readonly string[];
}

export const ShownCodes = ({ title, codes }: RecoveryCodesProps): VNode => (
  <>
    <Panel title={title}>
      <p>
        These are your recovery codes. Each one works once, in place of a code from your app.{" "}
        <strong>They are not shown again.</strong>
      </p>
      <CodeBlock text={codes.join("\n")} what="recovery codes" />
      <p>Keep them where you can find them without your phone, such as in a password manager or on paper.</p>
    </Panel>
    <LinkButton href={paths.account()}>I have saved them</LinkButton>
  </>
);
