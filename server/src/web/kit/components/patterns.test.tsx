/**
 * Components that follow govuk-frontend's patterns have its markup: each fixture of the package is rendered with Daybook's component from
 * the fixture's own options, and compared, without the parts that only its scripts and icons need.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { VNode } from "preact";
import { describe, expect, test } from "vitest";
import { renderToString } from "../html/render.ts";
import { Button, LinkButton } from "./button/button.tsx";
import { Checkboxes } from "./checkboxes/checkboxes.tsx";
import { DateInput } from "./date-input/date-input.tsx";
import { Details } from "./details/details.tsx";
import { ErrorMessage } from "./error-message/error-message.tsx";
import { ErrorSummary } from "./error-summary/error-summary.tsx";
import { BackLink, Breadcrumbs } from "./links/links.tsx";
import { NotificationBanner } from "./notification-banner/notification-banner.tsx";
import { Pagination } from "./pagination/pagination.tsx";
import { Panel } from "./panel/panel.tsx";
import { PasswordInput } from "./password-input/password-input.tsx";
import { Radios } from "./radios/radios.tsx";
import { Select } from "./select/select.tsx";
import { SummaryCard, SummaryList } from "./summary-list/summary-list.tsx";
import { Table } from "./table/table.tsx";
import { Tag } from "./tag/tag.tsx";
import { normalised } from "./testing/normalised.ts";
import { TextInput } from "./text-input/text-input.tsx";
import { WarningText } from "./warning-text/warning-text.tsx";

// biome-ignore lint/suspicious/noExplicitAny: as the package has them
type PatternOptions = any;

interface Pattern {
  /** The compared fixtures. */
  readonly fixtures: readonly string[];
  readonly ours: (options: PatternOptions) => VNode | null;
}

const classesOf = ({ classes = "" }: PatternOptions): string => classes;
const textOf = (part: PatternOptions): string | undefined => part?.text;

/** The options that fields share. */
const field = ({ name, id, idPrefix, label, fieldset, hint, errorMessage }: PatternOptions) => ({
  name: name ?? id,
  id: id ?? idPrefix ?? name,
  label: textOf(label ?? fieldset?.legend) ?? "",
  hint: textOf(hint),
  error: textOf(errorMessage),
});
const choices = ({ items }: PatternOptions) =>
  items.map(({ value, text, hint, disabled }: PatternOptions) => ({
    value,
    text,
    hint: textOf(hint),
    disabled,
  }));
/** Markup in a value of a fixture: its text. */
const wordsOf = (html: string | undefined): string | undefined => html?.replace(/<[^>]*>/g, "").trim();
const rows = ({ rows }: PatternOptions) =>
  rows.map(({ key, value, actions }: PatternOptions) => ({
    key: key.text,
    value: value.text ?? wordsOf(value.html),
    actions: actions?.items.map(action),
  }));
const action = ({ text, href, visuallyHiddenText: hidden }: PatternOptions) => ({ text, href, hidden });
/** In a card, the title distinguishes them. */
const cardAction = (title: string) => (options: PatternOptions) => ({
  ...action(options),
  hidden: `(${title})`,
});

const patterns: Readonly<Record<string, Pattern>> = {
  button: {
    fixtures: ["default", "disabled", "secondary", "warning", "link", "name", "value"],
    ours: ({ text, href, ...rest }) => {
      const kind = (["secondary", "warning"] as const).find((each) => classesOf(rest).includes(each));
      if (href !== undefined) return <LinkButton href={href}>{text}</LinkButton>;
      const { name, value, disabled } = rest;
      return <Button {...{ kind, name, value, disabled }}>{text}</Button>;
    },
  },
  "back-link": {
    fixtures: ["default", "html as text"],
    ours: ({ text, href = "#" }) => <BackLink href={href}>{text}</BackLink>,
  },
  breadcrumbs: {
    fixtures: ["default", "with one level"],
    ours: ({ items }) => <Breadcrumbs crumbs={items} />,
  },
  checkboxes: {
    fixtures: ["default", "with error message"],
    ours: (options) => {
      const checked = options.items
        .filter((item: PatternOptions) => item.checked)
        .map(({ value }: PatternOptions) => value);
      return <Checkboxes {...field(options)} choices={choices(options)} values={options.values ?? checked} />;
    },
  },
  "date-input": {
    fixtures: ["with values and name prefix"],
    ours: ({ namePrefix: name, values, ...options }) => {
      const part = (of: string): string => String(values[`${name}-${of}`]);
      const value = { day: part("day"), month: part("month"), year: part("year") };
      return <DateInput {...field(options)} name={name} value={value} />;
    },
  },
  details: {
    fixtures: ["default"],
    ours: ({ summaryText, text, open }) => (
      <Details summary={summaryText} open={open}>
        {text}
      </Details>
    ),
  },
  "error-message": {
    fixtures: ["id"],
    ours: ({ id, text }) => <ErrorMessage id={id}>{text}</ErrorMessage>,
  },
  "error-summary": {
    fixtures: ["default", "without links", "mixed with and without links"],
    ours: ({ errorList }) => (
      <ErrorSummary
        errors={errorList.map(({ text, href }: PatternOptions) => ({ message: text, field: href?.slice(1) }))}
      />
    ),
  },
  input: {
    fixtures: [
      "default",
      "with hint text",
      "with error message",
      "with error and hint",
      "with width-2 class",
      "with width-4 class",
      "with width-10 class",
      "with width-20 class",
      "id",
      "value",
      "inputmode",
      "with autocomplete attribute",
      "with spellcheck enabled",
      "with spellcheck disabled",
    ],
    ours: (options) => {
      const { type, value, autocomplete, inputmode, spellcheck } = options;
      const width = ([2, 4, 10, 20] as const).find((each) => classesOf(options).endsWith(`width-${each}`));
      return (
        <TextInput {...field(options)} {...{ type, value, autocomplete, inputmode, spellcheck, width }} />
      );
    },
  },
  "notification-banner": {
    fixtures: ["default", "with type as success"],
    ours: ({ type, text, html }) => (
      <NotificationBanner kind={type}>{text ?? html?.replace(/<[^>]*>/g, "").trim()}</NotificationBanner>
    ),
  },
  pagination: {
    fixtures: ["with prev and next only", "with previous only", "with next only"],
    ours: ({ previous, next }) => (
      <Pagination newer={previous?.href} older={next?.href} words={{ newer: "Previous", older: "Next" }} />
    ),
  },
  panel: {
    fixtures: ["title html as text", "title with no body text", "body html as text"],
    ours: ({ titleText, text }) => <Panel title={titleText}>{text}</Panel>,
  },
  "password-input": {
    fixtures: ["default", "with hint text", "with error message", "with new-password autocomplete"],
    ours: (options) => <PasswordInput {...field(options)} autocomplete={options.autocomplete} />,
  },
  radios: {
    fixtures: ["inline", "with hint", "with fieldset and error message"],
    ours: (options) => {
      const checked = options.items.find((item: PatternOptions) => item.checked)?.value;
      const inline = classesOf(options).includes("inline");
      return (
        <Radios
          {...field(options)}
          choices={choices(options)}
          value={options.value ?? checked}
          inline={inline}
        />
      );
    },
  },
  select: {
    fixtures: ["default", "hint", "error", "with selected value"],
    ours: (options) => {
      const items = (options.items ?? []).map(({ value, text, disabled }: PatternOptions) => ({
        value: String(value),
        text,
        disabled,
      }));
      const selected = options.items?.find((item: PatternOptions) => item.selected)?.value;
      return <Select {...field(options)} options={items} value={String(options.value ?? selected)} />;
    },
  },
  "summary-list": {
    fixtures: [
      "actions href",
      "summary card with only 1 action",
      "as a summary card with a text header",
      "as a summary card with actions",
      "as a summary card with a custom header level",
    ],
    ours: (options) =>
      options.card === undefined ? (
        <SummaryList rows={rows(options)} />
      ) : (
        <SummaryCard
          title={options.card.title.text}
          level={options.card.title.headingLevel}
          actions={options.card.actions?.items.map(cardAction(options.card.title.text))}
          rows={rows(options)}
        />
      ),
  },
  table: {
    fixtures: ["with head and caption"],
    ours: ({ caption, head, rows }) => (
      <Table
        caption={caption}
        columns={head.map(({ text, format }: PatternOptions) => ({
          title: text,
          numeric: format === "numeric",
        }))}
        rows={rows.map((cells: PatternOptions[]) => cells.map(({ text }) => text))}
      />
    ),
  },
  tag: {
    fixtures: ["grey", "green", "red", "yellow"],
    ours: (options) => <Tag colour={classesOf(options).split("--")[1] as "green"}>{options.text}</Tag>,
  },
  "warning-text": { fixtures: ["default"], ours: ({ text }) => <WarningText>{text}</WarningText> },
};

interface Fixture {
  readonly name: string;
  readonly options: PatternOptions;
  readonly html: string;
}

const require = createRequire(import.meta.url);

function fixtureOf(component: string, name: string): Fixture {
  const path = require.resolve(`govuk-frontend/dist/govuk/components/${component}/fixtures.json`);
  const { fixtures } = JSON.parse(readFileSync(path, "utf8")) as { fixtures: Fixture[] };
  const found = fixtures.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${component} has no fixture '${name}'`);
  return found;
}

describe.each(Object.keys(patterns))("the markup of %s is the pattern's:", (component) => {
  const { fixtures, ours } = patterns[component] as Pattern;
  test.each(fixtures)("%s", (name) => {
    const { options, html } = fixtureOf(component, name);
    expect(normalised(renderToString(ours(options) as VNode))).toBe(normalised(html));
  });
});
