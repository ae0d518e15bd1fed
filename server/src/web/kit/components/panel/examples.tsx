/** Examples of panels. */
import { CopyButton } from "../copy-button/copy-button.tsx";
import type { Examples } from "../example.ts";
import { Panel } from "./panel.tsx";

export const panels: Examples = {
  component: "Panel",
  examples: [
    { name: "title only", shown: <Panel title="Application complete" /> },
    {
      name: "with a token",
      shown: (
        <Panel title="API client added">
          <p>This is the only time that its token is shown. Copy it now.</p>
          <CopyButton text="dbk_live_0nly4nExampl3thatOpensNothingAtAll000000000000000" what="token" />
        </Panel>
      ),
    },
  ],
};
