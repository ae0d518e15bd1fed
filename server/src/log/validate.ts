/** Step 2 of recording: checks `data` against the schema of the event's type, and the type of the first target. */
import { DaybookError, type Issue } from "daybook/internal";
import type { AcceptedEvent } from "./accept.ts";

/** Throws `data-invalid` for `data`, `event-invalid` for the first target. */
export function validate(event: AcceptedEvent): void {
  const { known, checked, pointer } = event;
  const issues = known.check(checked.data, `${pointer}/data`);
  if (issues.length > 0) throw new DaybookError("data-invalid", { detail: issues[0]!.detail, issues });
  const wrong = wrongTarget(event);
  if (wrong !== undefined) throw new DaybookError("event-invalid", { detail: wrong.detail, issues: [wrong] });
}

function wrongTarget({ known, checked, pointer }: AcceptedEvent): Issue | undefined {
  const wanted = known.type.firstTarget;
  if (wanted.length === 0) return undefined;
  const first = checked.targets?.[0];
  if (first !== undefined && wanted.includes(first.type as string)) return undefined;
  const names = wanted.join(" or ");
  return first === undefined
    ? { pointer: `${pointer}/targets`, detail: `An event of this type needs a target of the type ${names}.` }
    : {
        pointer: `${pointer}/targets/0/type`,
        detail: `The first target of an event of this type must be of the type ${names}.`,
      };
}
