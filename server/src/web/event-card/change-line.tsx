/** What changed in an event, in one line of a table: its first change and how many more there are, else its first fact or its reason. */
import type { EventType } from "daybook/catalogue";
import { cut, isScalars, listChange, pairOf, type RecordedEvent } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { Icon } from "../kit/components/icon/icon.tsx";
import { readingOf } from "./reading.ts";
import { firstRowsOf, type LabelledRow } from "./rows.ts";
import { shownOf } from "./value.tsx";

interface ChangeLineProps {
  readonly event: RecordedEvent;
  readonly type: EventType | undefined;
  /** The reader's zone (IANA). */
  readonly zone: string;
}

/** Characters of a value, and of a name and of each of two values beside each other. */
const most = 120;
const mostOfTwo = 48;
/** A digest tells that something changed; nobody reads it. */
const mostOfCode = 12;
/** Members of a list that came or went. */
const mostMembers = 2;

/** Called as a function, not rendered: a page has many. Null if the event has nothing to tell besides its title and target. */
export function changeLine({ event, type, zone }: ChangeLineProps): ComponentChildren {
  const { changed, changes, facts } = firstRowsOf(event, type);
  if (changed !== undefined) return lineOf(changed, { zone, more: changes - 1 });
  if (event.reason !== undefined) return oneValue(event.reason, { zone });
  const names = new Set(event.targets?.map(({ name }) => name));
  const fact = facts.find(({ value, erased }) => !erased && !(typeof value === "string" && names.has(value)));
  return fact === undefined ? null : lineOf(fact, { zone, more: 0 });
}

interface LineForm {
  readonly zone: string;
  /** The number of further changes. */
  readonly more: number;
}

const lineOf = (row: LabelledRow, { zone, more }: LineForm): VNode => (
  <>
    <span class="db-quiet">{labelOf(row)}:</span>{" "}
    {row.change === undefined ? oneValue(row.value, { ...row, zone }) : changeOf(row, zone)}
    {more > 0 && <span class="db-quiet"> and {more.toLocaleString("en-GB")} more</span>}
  </>
);

function labelOf({ label }: LabelledRow): ComponentChildren {
  const reading = { text: label, isJson: false };
  return shownOf({ reading, part: cut(label, 0, mostOfTwo) });
}

type LineValueForm = Pick<LabelledRow, "format"> & { readonly zone: string };

function oneValue(value: LabelledRow["value"], { format, zone }: LineValueForm): ComponentChildren {
  const reading = readingOf(value, { format, zone });
  return shownOf({ reading, part: cut(reading.text, 0, most), value, format });
}

function changeOf({ change, format }: LabelledRow, zone: string): ComponentChildren {
  const { from, to, hidden } = change ?? {};
  if (hidden) return hiddenWords(from !== undefined, to !== undefined);
  if (isScalars(from) && isScalars(to)) {
    const { members, isReordered } = listChange(from, to, (value) => readingOf(value, { format, zone }));
    const moved = members.filter(({ kind }) => kind !== "same");
    if (moved.length > 0) return membersOf(moved, format);
    if (isReordered) return <span class="db-quiet">another order</span>;
  }
  const pair = pairOf(from, to, (value) => readingOf(value, { format, zone }), {
    most: format === "code" ? mostOfCode : mostOfTwo,
  });
  return (
    <>
      <del>{shownOf({ ...pair.from, format })}</del>
      <span class="govuk-visually-hidden"> changed to </span>
      <span class="db-quiet" aria-hidden="true">
        {" → "}
      </span>
      <ins class="db-line__now">{shownOf({ ...pair.to, format })}</ins>
    </>
  );
}

type MovedMembers = ReturnType<typeof listChange>["members"];

const membersOf = (moved: MovedMembers, format: LabelledRow["format"]): VNode => (
  <>
    {moved.slice(0, mostMembers).map(({ kind, reading }, n) => {
      const shown = shownOf({ reading, part: cut(reading.text, 0, mostOfTwo), format });
      const [sign, word] = kind === "added" ? ["+", "added"] : ["−", "removed"];
      const text = (
        <>
          <span aria-hidden="true">{sign} </span>
          <span class="govuk-visually-hidden">{word} </span>
          {shown}
        </>
      );
      return (
        <>
          {n > 0 && ", "}
          {kind === "added" ? <ins class="db-line__now">{text}</ins> : <del>{text}</del>}
        </>
      );
    })}
    {moved.length > mostMembers && (
      <span class="db-quiet"> and {(moved.length - mostMembers).toLocaleString("en-GB")} more</span>
    )}
  </>
);

/** A secret's values are not recorded; whether each existed is, and that they differ. */
const hiddenWords = (was: boolean, is: boolean): VNode => (
  <span class="db-quiet">
    <Icon name="lock" /> hidden, {was === is ? "changed" : is ? "new" : "removed"}
  </span>
);
