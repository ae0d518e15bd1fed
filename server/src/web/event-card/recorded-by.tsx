/** Who reported an event, in the words of a line: empty for what Daybook did itself. */

import type { VNode } from "preact";
import { A } from "../kit/address/address.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import type { Recorder } from "./recorders.ts";

interface RecordedByProps {
  readonly recorder: Recorder | undefined;
}

/** "Recorded by API client Billing sync" */
export const RecordedBy = ({ recorder }: RecordedByProps): VNode | null =>
  recorder === undefined ? null : (
    <>
      Recorded by <RecorderName recorder={recorder} />
    </>
  );

/** "API client Billing sync" */
export const RecorderName = ({ recorder: { words, name, href } }: { readonly recorder: Recorder }): VNode => (
  <>
    {words}
    {name !== undefined && (
      <>
        {" "}
        {href === undefined ? (
          <Name name={name} />
        ) : (
          <A href={href}>
            <Name name={name} />
          </A>
        )}
      </>
    )}
  </>
);
