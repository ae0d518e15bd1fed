/** The content of the pages of event types, all from the catalogue. */
import { type EventType, sentence } from "daybook/catalogue";
import { inWords } from "daybook/internal";
import type { ComponentChildren, VNode } from "preact";
import { typeAddress } from "../base/parameters.ts";
import { EventRows } from "../event-card/event-rows.tsx";
import { rowsOf } from "../event-card/rows.ts";
import { aboutWords, nameOf } from "../event-card/words.ts";
import { A } from "../kit/address/address.tsx";
import { ItemList } from "../kit/components/item-list/item-list.tsx";
import { BackLink } from "../kit/components/links/links.tsx";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { SummaryCard, SummaryList } from "../kit/components/summary-list/summary-list.tsx";
import { dataFields } from "./data-fields.ts";

/** The list of types: for everyone, or of one organization. */
export interface EventTypesList {
  readonly path: string;
  readonly organization?: { readonly name: string };
  /** The page that leads here. */
  readonly settings?: string;
}

/** The types by subject, in the order of the catalogue. */
function groupsOf(types: readonly EventType[]): Map<EventType["about"], EventType[]> {
  const groups = new Map<EventType["about"], EventType[]>();
  for (const type of types) groups.set(type.about, [...(groups.get(type.about) ?? []), type]);
  return groups;
}

interface AllTypesProps {
  readonly types: readonly EventType[];
  readonly at: EventTypesList;
}

export const AllTypes = ({ types, at }: AllTypesProps): VNode => {
  const groups = [...groupsOf(types)];
  return (
    <>
      {at.settings !== undefined && <BackLink href={at.settings}>Settings</BackLink>}
      <PageHeading title="Event types">
        What can be in {at.organization === undefined ? "an audit log" : <Name name={at.organization.name} />}
        : {types.length} event types, and what each one records.
      </PageHeading>
      <nav aria-label="About">
        <ul class="db-row db-plain">
          {groups.map(([about, { length }]) => (
            <li>
              <A href={`#${about}`}>{aboutWords[about]}</A> <span class="db-quiet">{length}</span>
            </li>
          ))}
        </ul>
      </nav>
      {groups.map(([about, some]) => (
        <>
          <h2 id={about}>{aboutWords[about]}</h2>
          <ItemList label={aboutWords[about]} items={some.map((type) => itemOf(type, at))} />
        </>
      ))}
    </>
  );
};

const itemOf = (
  type: EventType,
  { path }: EventTypesList,
): { title: ComponentChildren; note: ComponentChildren } => ({
  title: (
    <A id={type.name} href={typeAddress(path, type.name)}>
      {marked(type.title)}
    </A>
  ),
  note: (
    <>
      <code class="db-break">{type.name}</code>
      <div>{marked(sentence(type.example, type))}.</div>
      <div>{marked(type.description)}</div>
    </>
  ),
});

const writers: Readonly<Record<EventType["writer"], string>> = {
  producer: "Anyone who may record events in the organization",
  server: "Daybook itself only",
};

export const OneType = ({ type, at }: { readonly type: EventType; readonly at: EventTypesList }): VNode => (
  <>
    <BackLink href={`${at.path}#${encodeURIComponent(type.name)}`}>Event types</BackLink>
    <PageHeading title={marked(type.title)} caption={aboutWords[type.about]}>
      {marked(type.description)}
    </PageHeading>
    <SummaryList
      rows={[
        { key: "Name", value: <code class="db-break">{type.name}</code> },
        { key: "Sentence", value: <Sentence words={type.sentence} /> },
        { key: "If denied or failed", value: <Sentence words={type.refusedSentence} /> },
        { key: "First target", value: type.firstTarget.map(inWords).join(" or ") || "None needed" },
        { key: "Recorded by", value: writers[type.writer] },
        {
          key: "Version",
          value: type.about === "custom" ? type.version : `${type.version}, since Daybook ${type.since}`,
        },
      ]}
    />
    <h2>Data</h2>
    <DataFields type={type} />
    <h2>Example</h2>
    <Example type={type} />
  </>
);

/** The sentence, with its placeholders set apart. */
const Sentence = ({ words }: { readonly words: string }): VNode => (
  <>
    {words
      .split(/(\{[^{}]*\})/)
      .map((piece) => (piece.startsWith("{") ? <code>{piece}</code> : marked(piece)))}
  </>
);

const DataFields = ({ type }: { readonly type: EventType }): VNode => {
  const fields = dataFields(type.data);
  if (fields.length === 0) return <p class="db-quiet">Events of this type have no data.</p>;
  return (
    <SummaryList
      rows={fields.map(({ name, takes, required }) => ({
        key: <code>{name}</code>,
        value: (
          <>
            <span class="db-break">{takes}</span>
            {required && "; must be there"}
          </>
        ),
      }))}
    />
  );
};

/** The example, as the log would show it. */
const Example = ({ type }: { readonly type: EventType }): VNode => {
  const { example } = type;
  const [target] = example.targets ?? [];
  const rows = rowsOf(example, type);
  const hasCard = target !== undefined || rows.length > 0 || example.reason !== undefined;
  return (
    <>
      <p>{marked(sentence(example, type))}.</p>
      {hasCard && (
        <SummaryCard title={marked(target === undefined ? type.title : nameOf(target))} level={3}>
          <EventRows rows={rows} reason={example.reason} zone="UTC" />
        </SummaryCard>
      )}
    </>
  );
};
