/** What something was and what it is now, in words beside the marks for deleted and inserted. */
import type { CardRow } from "daybook/catalogue";
import type { Change as EventChange } from "daybook/event";
import type { VNode } from "preact";
import { isEmpty, Value } from "./value.tsx";

interface ChangeProps {
  readonly change: EventChange;
  readonly format?: CardRow["format"] | undefined;
  readonly zone: string;
  readonly whole?: boolean | undefined;
}

export const Change = ({ change, ...shown }: ChangeProps): VNode => {
  if (change.hidden) return <span class="db-quiet">Changed (hidden)</span>;
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
