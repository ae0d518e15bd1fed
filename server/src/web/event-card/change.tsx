/** The value before and after, with words beside the marks for deleted and inserted; long texts line by line. */
import {
  type Change as EventChange,
  isOrdinary,
  isScalars,
  type Json,
  type Pair,
  pairOf,
} from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { ShortCode } from "../kit/components/copy-button/copy-button.tsx";
import { Icon } from "../kit/components/icon/icon.tsx";
import { LineDiff } from "../kit/components/line-diff/line-diff.tsx";
import { type Lines, linesBetween } from "../kit/components/line-diff/lines.ts";
import { lookAlike } from "../kit/components/marked-text/look-alikes.ts";
import { alikeRemark, Remarks, remarksOf } from "../kit/components/marked-text/remarks.tsx";
import { Members } from "./members.tsx";
import { readingOf, type ValueForm } from "./reading.ts";
import { isDigest, longest, shownOf } from "./value.tsx";

interface ChangeProps extends ValueForm {
  readonly change: EventChange;
}

export const Change = (props: ChangeProps): VNode => {
  const { change, whole = false, format, zone } = props;
  const form = { format, zone, whole };
  const { from, to } = change;
  if (change.hidden) return <Hidden change={change} />;
  if (isScalars(from) && isScalars(to)) return <Members from={from} to={to} {...form} />;
  const pair = pairOf(from, to, (value) => readingOf(value, form), { most: longest, whole });
  const parts = whole ? partsOf(change, pair) : undefined;
  if (parts !== undefined) return <LineDiff parts={parts} isCode={pair.to.reading.isJson} />;
  return sidesOf(props, pair);
};

/** Called as a function, not rendered: a page has many. */
const sidesOf = ({ change, format, whole }: ChangeProps, pair: Pair): VNode => {
  const { from, to, lines } = pair;
  const isWords = pair.as === "words";
  const remarks = remarksOfPair(pair);
  const shown = ({ reading, part }: Pair["from"], value: Json | undefined): ComponentChildren =>
    whole !== true && isDigest(value) ? (
      <ShortCode text={value} what="digest" />
    ) : (
      shownOf({ reading, part, value: isWords ? value : undefined, isBlock: lines, format })
    );
  const was = shown(from, change.from);
  const now = shown(to, change.to);
  return (
    <div class="db-change">
      {sideOf("Was", from.reading.isWords ? was : <del class="db-change__was">{was}</del>)}
      {sideOf("Now", to.reading.isWords ? now : <ins class="db-change__now">{now}</ins>)}
      {remarks.length > 0 && <Remarks remarks={remarks} />}
      {!isWords && <Remarks remarks={["Shown as JSON, because both values would look the same."]} isPlain />}
    </div>
  );
};

/** A note about either side, or that both look the same. */
function remarksOfPair({ from, to, as, lines }: Pair): readonly string[] {
  const [one, other] = [from.part.text, to.part.text];
  if (as === "words" && isOrdinary(one) && isOrdinary(other) && !lookAlike(one, other)) return [];
  const [was, now] = [remarksOf(one, lines), remarksOf(other, lines)];
  if (was.length + now.length > 0) return [...new Set([...was, ...now])];
  const alike = as === "words" ? alikeRemark(one, other) : undefined;
  return alike === undefined ? [] : [alike];
}

const sideOf = (word: "Was" | "Now", children: ComponentChildren): VNode => (
  <div class="db-change__side">
    <span class="db-change__word">{word}</span> {children}
  </div>
);

/** A secret's values are not recorded; whether each existed is, and that they differ. */
const Hidden = ({ change: { from, to } }: Pick<ChangeProps, "change">): VNode => {
  const isOne = (from === undefined) !== (to === undefined);
  return (
    <div class="db-change">
      {sideOf("Was", isOne && from === undefined ? notEntered : <HiddenValue />)}
      {sideOf(
        "Now",
        <>
          {isOne && to === undefined ? notEntered : <HiddenValue />}
          {!isOne && <span class="db-quiet"> a different value</span>}
        </>,
      )}
    </div>
  );
};

const notEntered = <span class="db-quiet">Not entered</span>;

const HiddenValue = (): VNode => (
  <span class="db-hidden" title="A secret, which is not recorded">
    <Icon name="lock" /> [hidden]
  </span>
);

/** The number of lines that a reader compares without a line diff. */
const glance = 3;

/** Undefined for short texts, and if a line diff would show nothing. */
function partsOf({ from, to }: EventChange, pair: Pair): readonly Lines[] | undefined {
  if (from === undefined || to === undefined || pair.as === "escaped") return undefined;
  const [before, after] = [pair.from.reading.text, pair.to.reading.text];
  const isLong = [before, after].some(
    (text) => text.length > longest || text.split("\n", glance + 1).length > glance,
  );
  return isLong ? linesBetween(before.split("\n"), after.split("\n")) : undefined;
}
