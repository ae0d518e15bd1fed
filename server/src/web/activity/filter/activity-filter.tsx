/** The head of a list: its title, the search, periods and the view as links, everything else in a form that is folded. */
import type { ComponentChildren, VNode } from "preact";
import { A, Form } from "../../kit/address/address.tsx";
import { Button } from "../../kit/components/button/button.tsx";
import { ErrorMessage } from "../../kit/components/error-message/error-message.tsx";
import { describedBy, type FieldProps, FormGroup } from "../../kit/components/form-group/form-group.tsx";
import { Icon } from "../../kit/components/icon/icon.tsx";
import { marked } from "../../kit/components/marked-text/marked-text.tsx";
import { Menu } from "../../kit/components/menu/menu.tsx";
import { Select } from "../../kit/components/select/select.tsx";
import { type Suggestion, TextInput } from "../../kit/components/text-input/text-input.tsx";
import { SearchHelp, type SearchHelpProps } from "./search-help.tsx";

/** A link among several, one of which is selected. */
export interface FilterChoice {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

export interface ActivityFilterProps extends SearchHelpProps {
  /** The title of the page. */
  readonly heading: ComponentChildren;
  /** Whether the search stands beside it: not if there is more than a short title. */
  readonly beside?: boolean | undefined;
  /** What tells of new events. */
  readonly live?: ComponentChildren;
  /** The saved views, between what floats. */
  readonly saved?: ComponentChildren;
  /** The target of the form. */
  readonly action: string;
  readonly periods: readonly FilterChoice[];
  readonly views: readonly FilterChoice[];
  readonly types: readonly TypeGroup[];
  /** The values of the fields, by name. */
  readonly typed: Readonly<Record<string, string>>;
  /** A search that may have been meant instead. */
  readonly meant?: MeantLink | undefined;
  /** The error of a field. */
  readonly wrong: (field: string) => string | undefined;
  /** Values without a field, by name: they go along with the form, and with the search words. */
  readonly kept: KeptParameters;
  readonly keptInSearch: KeptParameters;
  /** The field that the page leaves out, because it is already about one value. */
  readonly without?: "actor" | "target" | undefined;
  /** Suggested actors and targets, by `type:id`, because nobody knows ids. */
  readonly suggestions?: Readonly<Record<"actor" | "target", readonly Suggestion[]>> | undefined;
  readonly open?: boolean;
}

/** The name of a qualifier as it was typed, the right one, and the list with it. */
interface MeantLink {
  readonly typed: string;
  readonly name: string;
  readonly href: string;
}

type KeptParameters = readonly (readonly [string, string])[];

/** Event types about the same subject. */
export interface TypeGroup {
  readonly about: string;
  readonly types: readonly { readonly name: string; readonly title: string }[];
}

export const ActivityFilter = (props: ActivityFilterProps): VNode => {
  const { heading, beside = false, live, saved, periods, views, open = false } = props;
  return (
    <>
      <div class={beside ? "db-list-head" : undefined}>
        {heading}
        <SearchForm {...props} />
      </div>
      <div class="db-filter db-no-print">
        <div class="db-filter__choices">
          <Menu name={periods.find(({ current }) => current)?.text ?? "Chosen dates"} hidden="Period">
            {periods.map(({ text, href, current }) => (
              <A href={href} aria-current={current ? "true" : undefined}>
                {text}
              </A>
            ))}
          </Menu>
        </div>
        <Choices label="View" choices={views} />
        {live}
        <details open={open}>
          <summary class="db-filter__summary">
            <Icon name="list-filter" />
            Filter
          </summary>
          <div class="db-filter__panel">
            <FilterForm {...props} />
            <SearchHelp {...props} />
          </div>
        </details>
        {saved}
      </div>
    </>
  );
};

const Choices = ({
  label,
  choices,
}: {
  readonly label: string;
  readonly choices: readonly FilterChoice[];
}): VNode => (
  <nav class="db-filter__choices" aria-label={label}>
    <ul class="db-choices">
      {choices.map(({ text, href, current }) => (
        <li>
          <A class="db-choices__link" href={href} aria-current={current ? "true" : undefined}>
            {text}
          </A>
        </li>
      ))}
    </ul>
  </nav>
);

const SearchForm = ({ action, typed, wrong, keptInSearch, meant }: ActivityFilterProps): VNode => {
  const error = wrong("q");
  return (
    <search class="db-no-print">
      <Form class="db-filter__search" method="get" action={action}>
        <label class="govuk-visually-hidden" for="q">
          Search
        </label>
        {error !== undefined && <ErrorMessage id="q-error">{error}</ErrorMessage>}
        <input
          class={`govuk-input${error === undefined ? "" : " govuk-input--error"}`}
          id="q"
          name="q"
          type="search"
          placeholder={'Words, or actor:"Grace Hopper"'}
          value={typed.q}
          autocomplete="off"
          aria-describedby={describedBy({ error }, "q")}
        />
        <Hidden kept={keptInSearch} />
        <Button kind="secondary">Search</Button>
      </Form>
      {meant !== undefined && (
        <p class="db-quiet db-small">
          <code>{marked(meant.typed)}:</code> is a word to search for. Did you mean{" "}
          <A href={meant.href}>
            <code>{meant.name}:</code>
          </A>
          ?
        </p>
      )}
    </search>
  );
};

const Hidden = ({ kept }: { readonly kept: KeptParameters }): VNode => (
  <>
    {kept.map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
);

const outcomes = [
  { value: "", text: "Any" },
  { value: "success", text: "Success" },
  { value: "denied", text: "Denied" },
  { value: "failed", text: "Failed" },
];

type Narrowing = Pick<ActivityFilterProps, "typed" | "wrong" | "without" | "suggestions">;

const recorders = [
  { value: "", text: "Anyone" },
  { value: "daybook", text: "Daybook" },
  { value: "others", text: "Others" },
];

/** The fields for outcome, actor and target, which the download of a log has too. */
export const OutcomeAndParties = ({ without, ...of }: Narrowing): VNode => (
  <>
    <Select
      name="outcome"
      label="Outcome"
      error={of.wrong("outcome")}
      options={outcomes}
      value={of.typed.outcome}
    />
    {without !== "actor" && <Party name="actor" label="Actor" hint="Type and id, like user:u_17" {...of} />}
    {without !== "target" && (
      <Party name="target" label="Target" hint="Type and id, like api_client:client_9" {...of} />
    )}
  </>
);

const FilterForm = (props: ActivityFilterProps): VNode => {
  const { action, types, typed, wrong, kept } = props;
  return (
    <Form class="db-filter__form" method="get" action={action}>
      <TypeSelect types={types} value={typed.type} error={wrong("type")} />
      <OutcomeAndParties {...props} />
      <Select
        name="recordedBy"
        label="Recorded by"
        hint="Others vouch for what they recorded"
        error={wrong("recordedBy")}
        options={recorders}
        value={typed.recordedBy}
      />
      <DateField name="from" label="First day" value={typed.from} error={wrong("from")} />
      <DateField name="to" label="Last day" value={typed.to} error={wrong("to")} />
      <Hidden kept={kept} />
      <div class="db-filter__send">
        <Button>Show events</Button>
      </div>
    </Form>
  );
};

interface PartyProps extends Omit<Narrowing, "without"> {
  readonly name: "actor" | "target";
  readonly label: string;
  readonly hint: string;
}

const Party = ({ name, label, hint, typed, wrong, suggestions }: PartyProps): VNode => (
  <TextInput
    name={name}
    label={label}
    hint={hint}
    error={wrong(name)}
    value={typed[name]}
    // if it is off, some browsers don't show the suggestions either
    autocomplete={suggestions === undefined ? "off" : undefined}
    spellcheck={false}
    suggestions={suggestions?.[name]}
  />
);

interface TypeSelectProps extends Pick<ActivityFilterProps, "types"> {
  readonly value: string | undefined;
  readonly error: string | undefined;
}

/** The existing types. A selected one that isn't among them stays selected, such as an organization's own in the log of all. */
const TypeSelect = ({ types, value = "", error }: TypeSelectProps): VNode => (
  <FormGroup name="type" label="Type" error={error}>
    <select
      class={`govuk-select${error === undefined ? "" : " govuk-select--error"}`}
      id="type"
      name="type"
      aria-describedby={describedBy({ error }, "type")}
    >
      <option value="">Any</option>
      {value !== "" && !types.some((group) => group.types.some(({ name }) => name === value)) && (
        <option value={value} selected>
          {value}
        </option>
      )}
      {types.map((group) => (
        <optgroup label={group.about}>
          {group.types.map(({ name, title }) => (
            <option value={name} selected={name === value}>
              {title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  </FormGroup>
);

/** A date field. A text that isn't a date stays, so that the person can correct it. */
const DateField = ({
  name,
  label,
  value,
  error,
}: FieldProps & { readonly value: string | undefined }): VNode => (
  <FormGroup name={name} label={label} error={error}>
    <input
      class={`govuk-input${error === undefined ? "" : " govuk-input--error"}`}
      id={name}
      name={name}
      type={(value === "" || /^\d{4}-\d{2}-\d{2}$/.test(value ?? "") ? "date" : "text") as "text"}
      value={value}
      aria-describedby={describedBy({ error }, name)}
    />
  </FormGroup>
);
