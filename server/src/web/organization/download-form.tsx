/**
 * Download logs: one button for the usual file, with the choices for another one folded below; or, for readers who may not download, who
 * can.
 */

import type { VNode } from "preact";
import { OutcomeAndParties } from "../activity/filter/activity-filter.tsx";
import type { RefusedForm } from "../base/attempt.ts";
import { Form } from "../kit/address/address.tsx";
import { Button } from "../kit/components/button/button.tsx";
import { Checkboxes } from "../kit/components/checkboxes/checkboxes.tsx";
import { DateInput, type TypedDate } from "../kit/components/date-input/date-input.tsx";
import { Details } from "../kit/components/details/details.tsx";
import { Name } from "../kit/components/marked-text/name.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { type DownloadValues, ownDates, ranges } from "./download-query.ts";
import type { DownloadRows } from "./download-rows.ts";
import { type FileChoice, forScript } from "./file-choices.ts";

/** An event type that can be selected. */
export interface NamedType {
  readonly name: string;
  readonly title: string;
}

interface DownloadFormProps {
  /** The target of the form. */
  readonly action: string;
  /** The slug of the organization, for the file name. */
  readonly slug: string;
  /** The files to choose from; no choice if there is one. */
  readonly files: readonly FileChoice[];
  readonly types: readonly NamedType[];
  readonly typed: DownloadValues;
  readonly refused: RefusedForm | undefined;
  readonly rows: DownloadRows;
}

export const DownloadForm = (props: DownloadFormProps): VNode => {
  const { action, slug, files, rows } = props;
  return (
    <Form
      method="get"
      action={action}
      novalidate
      data-island="download"
      data-name={`audit-log-${slug}`}
      data-files={forScript(files)}
    >
      <div class="db-row db-download">
        <Button>Download logs</Button>
        <span class="db-quiet">All times UTC</span>
        <span class="db-quiet">
          <Rows {...rows} />
        </span>
      </div>
      <Progress />
      <Choices {...props} />
    </Form>
  );
};

/** The rows of the usual file, of those of the whole log. */
const Rows = ({ usual, more, all }: DownloadRows): VNode => (
  <>
    <b>
      {more && "More than "}
      {usual === 1 ? "1 row" : `${usual.toLocaleString("en-GB")} rows`}
    </b>{" "}
    in the last 90 days, {all.toLocaleString("en-GB")} in the whole log.
  </>
);

/** All choices, folded; open if one is wrong. */
const Choices = ({ files, types, typed, refused }: DownloadFormProps): VNode => (
  <Details
    summary={files.length > 1 ? "Choose days, event types and a format" : "Choose days and event types"}
    open={refused !== undefined}
  >
    <Radios
      name="range"
      label="Days"
      error={refused?.of("range")}
      choices={[...ranges, { value: ownDates, text: "Between the days below" }]}
      value={typed.range}
    />
    <DateInput
      name="from"
      label="First day"
      hint="For example, 31 3 2026"
      error={refused?.of("from")}
      value={dateOf(typed, "from")}
    />
    <DateInput
      name="to"
      label="Last day"
      hint="The file includes this day. Leave it empty for everything up to now."
      error={refused?.of("to")}
      value={dateOf(typed, "to")}
    />
    <div class="db-many">
      <Checkboxes
        name="type"
        label="Event types"
        hint="Select none to download all types"
        error={refused?.of("type")}
        choices={chosenFirst(types, typed).map(({ name, title }) => ({
          value: name,
          text: (
            <>
              <Name name={title} /> <code class="db-quiet">{name}</code>
            </>
          ),
        }))}
        values={typed.type}
      />
    </div>
    <MoreFilters typed={typed} refused={refused} />
    {files.length > 1 && (
      <Radios
        name="format"
        label="Format"
        error={refused?.of("format")}
        choices={files.map(({ value, text, hint }) => ({ value, text, hint }))}
        value={typed.format}
      />
    )}
    <Checkboxes
      name="context"
      label="Origin of events"
      error={refused?.of("context")}
      choices={[
        {
          value: "true",
          text: "Include IP addresses, browsers and request ids",
          hint: "Added to each event that has them, as its context.",
        },
      ]}
      values={[typed.context]}
    />
    <Button kind="secondary">Download</Button>
  </Details>
);

/** Otherwise a selected value would be hidden. */
const chosenFirst = (types: readonly NamedType[], { type: chosen }: DownloadValues): NamedType[] =>
  [true, false].flatMap((isChosen) => types.filter(({ name }) => chosen.includes(name) === isChosen));

type MoreFiltersProps = Pick<DownloadFormProps, "typed" | "refused">;

const MoreFilters = ({ typed: { outcome, actor, target }, refused }: MoreFiltersProps): VNode => {
  const typed = { outcome, actor, target };
  const isUsed = Object.entries(typed).some(([name, value]) => value !== "" || refused?.of(name));
  return (
    <Details summary="More filters" open={isUsed}>
      <OutcomeAndParties typed={typed} wrong={(field) => refused?.of(field)} />
    </Details>
  );
};

/** The script's status of a download, and its buttons; hidden without it. */
const Progress = (): VNode => (
  <div class="db-progress">
    <p role="status" />
    <Button type="button" kind="secondary" size="small" hidden>
      Cancel<span class="govuk-visually-hidden"> the download</span>
    </Button>
    <Button kind="secondary" size="small" hidden>
      Download again
    </Button>
  </div>
);

const dateOf = (typed: DownloadValues, name: "from" | "to"): TypedDate => ({
  day: typed[`${name}-day`],
  month: typed[`${name}-month`],
  year: typed[`${name}-year`],
});

interface NoDownloadProps {
  /** Their role here, in words; undefined if they aren't a member. */
  readonly role: string | undefined;
  /** The names of owners whom they can ask. */
  readonly owners: readonly string[];
}

/** For readers who may not download: why, and whom to ask. */
export const NoDownload = ({ role, owners }: NoDownloadProps): VNode => (
  <>
    <p>
      {role === undefined
        ? "You cannot download this organization’s log."
        : `You cannot download logs. Your role here is ${role}.`}
    </p>
    <p>
      Only owners, auditors and Daybook operators can. Ask an owner for the file, or for the auditor role
      {owners.length === 0 ? "." : ":"}
    </p>
    {owners.length > 0 && (
      <ul class="db-break">
        {owners.map((name) => (
          <li>
            <Name name={name} />
          </li>
        ))}
      </ul>
    )}
  </>
);
