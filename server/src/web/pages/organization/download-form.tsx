/** Download logs: one button for the usual file, and the choices for another one folded below it; or who can, for who may not. */
import type { VNode } from "preact";
import type { Refused } from "../../attempt.ts";
import { Button } from "../../components/button/button.tsx";
import { DateInput, type TypedDate } from "../../components/date-input/date-input.tsx";
import { Details } from "../../components/details/details.tsx";
import { Radios } from "../../components/radios/radios.tsx";
import { Select } from "../../components/select/select.tsx";
import { formats, ownDates, ranges, type Typed } from "./download-query.ts";

/** An event type that can be chosen. */
export interface NamedType {
  readonly name: string;
  readonly title: string;
}

interface DownloadFormProps {
  /** Where the form is sent to. */
  readonly action: string;
  readonly types: readonly NamedType[];
  readonly typed: Typed;
  readonly refused: Refused | undefined;
}

export const DownloadForm = ({ action, types, typed, refused }: DownloadFormProps): VNode => (
  <form method="get" action={action} novalidate>
    <div class="db-row db-download">
      <Button>Download logs</Button>
      <span class="db-quiet">All times UTC</span>
    </div>
    <Details summary="Choose days, event type and format" open={refused !== undefined}>
      <Radios
        name="range"
        label="Days"
        error={refused?.of("range")}
        choices={[...ranges, { value: ownDates, text: "From and to the days below" }]}
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
        hint="This day is in the file too. Leave it empty for up to now."
        error={refused?.of("to")}
        value={dateOf(typed, "to")}
      />
      <Select
        name="type"
        label="Event type"
        error={refused?.of("type")}
        options={[
          { value: "", text: "All event types" },
          ...types.map(({ name, title }) => ({ value: name, text: `${title} (${name})` })),
        ]}
        value={typed.type}
      />
      <Radios
        name="format"
        label="Format"
        error={refused?.of("format")}
        choices={formats}
        value={typed.format}
      />
      <Button kind="secondary">Download this choice</Button>
    </Details>
  </form>
);

const dateOf = (typed: Typed, name: "from" | "to"): TypedDate => ({
  day: typed[`${name}-day`],
  month: typed[`${name}-month`],
  year: typed[`${name}-year`],
});

/** For who may not download. `role`: what they are here, in words; undefined: no member. */
export const NoDownload = ({ role }: { readonly role: string | undefined }): VNode => (
  <>
    <p>
      {role === undefined
        ? "You cannot download the logs of this organization."
        : `You cannot download logs: your role here is ${role}.`}
    </p>
    <p>
      Owners and auditors of the organization can, and so can operators of Daybook. Ask an owner for the file,
      or to be made an auditor.
    </p>
  </>
);
