/** The change of a list: the members that came and went, and whether only the order of the others changed. */
import {
  asJson,
  type Cut,
  cutApart,
  cutPair,
  type Json,
  type ListChange,
  type ListedMember,
  listChange,
  type Reading,
  someOf,
} from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { LineDiff } from "../kit/components/line-diff/line-diff.tsx";
import { type Lines, linesBetween } from "../kit/components/line-diff/lines.ts";
import { alikeRemarks, Remarks, remarksOf } from "../kit/components/marked-text/remarks.tsx";
import { readingOf, type ValueForm } from "./reading.ts";
import { longest, shownOf } from "./value.tsx";

type MemberList = Parameters<typeof listChange>[0];

interface MemberListProps extends ValueForm {
  readonly from: MemberList;
  readonly to: MemberList;
}

/** The number of members at a glance; an event's own page shows all changes. */
const glance = 12;

export const Members = ({ from, to, whole = false, ...form }: MemberListProps): VNode => {
  const change = listChange(from, to, (value) => readingOf(value, form));
  const parts = whole && change.members.length > glance ? partsOf(change) : undefined;
  const remarks = new Set(
    change.members.flatMap(({ kind, reading }) => (kind === "same" ? [] : remarksOf(reading.text))),
  );
  for (const words of alikeRemarks(change.members.map(({ kind, reading: { text } }) => ({ text, kind }))))
    remarks.add(words);
  return (
    <div class="db-change">
      {parts === undefined ? (
        <ChangedMembers {...{ change, whole, form }} isEmpty={to.length === 0} />
      ) : (
        <LineDiff parts={parts} />
      )}
      {parts === undefined && change.isReordered && <Order from={from as Json} to={to as Json} {...form} />}
      <Remarks remarks={[...remarks].slice(0, 4)} />
      {change.isReordered && <Remarks remarks={[orderWords(change)]} isPlain />}
    </div>
  );
};

const orderWords = ({ members }: ListChange): string =>
  members.every(({ kind }) => kind === "same") ? "Only the order changed." : "The order changed too.";

/** Each member is one line: those with several are JSON, and then all are. */
function partsOf({ before, after, members }: ListChange): readonly Lines[] {
  const isOfLines = [...before, ...after].some(({ text }) => text.includes("\n"));
  const lineOf = ({ text, isJson }: Reading): string => (isOfLines && !isJson ? JSON.stringify(text) : text);
  return (
    linesBetween(before.map(lineOf), after.map(lineOf)) ??
    members.map(({ kind, reading }): Lines => ({ kind, lines: [lineOf(reading)] }))
  );
}

interface ChangedMembersProps {
  readonly change: ListChange;
  readonly whole: boolean;
  readonly isEmpty: boolean;
  readonly form: ValueForm;
}

const ChangedMembers = ({
  change: { members, isReordered },
  whole,
  isEmpty,
  form,
}: ChangedMembersProps): VNode | null => {
  const entries = members.filter(({ kind }) => whole || kind !== "same");
  const others = members.length - entries.length;
  const { shown, more } = someOf(entries, glance);
  const parts = cutApart(
    shown.map(({ reading }) => reading.text),
    longest,
  );
  if (isReordered && members.every(({ kind }) => kind === "same")) return null;
  return (
    <ul class="db-members">
      {parts.map((part, n) => (
        <li>{memberOf(shown[n] as ListedMember, part, form)}</li>
      ))}
      {more.map((words) => (
        <li class="db-quiet">and {words}</li>
      ))}
      {others > 0 && <li class="db-quiet">{others} as before</li>}
      {isEmpty && <li class="db-quiet">Now not entered</li>}
    </ul>
  );
};

/** `listChange` shows null and an empty text as JSON if both occur, because their words would be the same. */
function memberOf({ kind, reading }: ListedMember, part: Cut, { format }: ValueForm): ComponentChildren {
  const shown = shownOf({ reading, part, format });
  if (kind === "same") return <span class="db-members__same">{shown}</span>;
  if (kind === "added")
    return (
      <ins class="db-change__now">
        <span aria-hidden="true">+</span>
        <span class="govuk-visually-hidden">Added:</span> {shown}
      </ins>
    );
  return (
    <del class="db-change__was">
      <span aria-hidden="true">−</span>
      <span class="govuk-visually-hidden">Removed:</span> {shown}
    </del>
  );
}

/** The whole list before and after, cut around the first member that moved. */
const Order = ({ from, to, ...form }: ValueForm & { readonly from: Json; readonly to: Json }): VNode => {
  const [was, now] = [asJson(from), asJson(to)];
  const [before, after] = cutPair(was.text, now.text, longest);
  return (
    <>
      <div class="db-change__side">
        <span class="db-change__word">Was</span>{" "}
        {shownOf({ reading: was, part: before, format: form.format })}
      </div>
      <div class="db-change__side">
        <span class="db-change__word">Now</span> {shownOf({ reading: now, part: after, format: form.format })}
      </div>
    </>
  );
};
