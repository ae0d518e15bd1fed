/** What something was and what it is now, in words beside the marks for deleted and inserted; long texts line by line. */
import type { CardRow } from "daybook/catalogue";
import type { Change as EventChange } from "daybook/event";
import type { VNode } from "preact";
import { LineDiff } from "../line-diff/line-diff.tsx";
import { type Lines, linesBetween } from "../line-diff/lines.ts";
import { isEmpty, isJson, isLong, linesOf, Value } from "./value.tsx";

interface ChangeProps {
  readonly change: EventChange;
  readonly format?: CardRow["format"] | undefined;
  readonly zone: string;
  readonly whole?: boolean | undefined;
}

export const Change = ({ change, ...shown }: ChangeProps): VNode => {
  if (change.hidden) return <span class="db-quiet">Changed (hidden)</span>;
  const parts = shown.whole ? partsOf(change) : undefined;
  if (parts !== undefined) return <LineDiff parts={parts} isCode={isJson(change.to)} />;
  return (
    <div class="db-change">
      <div class="db-change__side">
        <span class="db-change__word">Was</span>{" "}
        {isEmpty(change.from) ? (
          <Value value={change.from} {...shown} />
        ) : (
          <del class="db-change__was">
            <Value value={change.from} {...shown} />
          </del>
        )}
      </div>
      <div class="db-change__side">
        <span class="db-change__word">Now</span>{" "}
        {isEmpty(change.to) ? (
          <Value value={change.to} {...shown} />
        ) : (
          <ins class="db-change__now">
            <Value value={change.to} {...shown} />
          </ins>
        )}
      </div>
    </div>
  );
};

/** Undefined for what is seen at a glance, and where lines would tell nothing. */
function partsOf({ from, to }: EventChange): readonly Lines[] | undefined {
  if (from === undefined || to === undefined) return undefined;
  return isLong(from) || isLong(to) ? linesBetween(linesOf(from), linesOf(to)) : undefined;
}
