/** The form of a saved view: its name and its search, for a new one and for changes. */
import type { SavedSearch } from "daybook/internal";
import type { VNode } from "preact";
import type { ListedView } from "../../saved-views/index.ts";
import type { RefusedForm } from "../base/attempt.ts";
import { many, type TextField, type TypedForm, text, typedForm } from "../base/typed-form.ts";
import { Checkboxes } from "../kit/components/checkboxes/checkboxes.tsx";
import { MarkedText } from "../kit/components/marked-text/marked-text.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { Select } from "../kit/components/select/select.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { filterText, periodChoices } from "./in-words.tsx";
import { filtersOf, searchOf } from "./search-address.ts";

export const viewForm: TypedForm<{
  readonly name: TextField;
  readonly forEveryone: TextField;
  readonly q: TextField;
  readonly period: TextField;
  readonly layout: TextField;
  readonly filters: ReturnType<typeof many>;
}> = typedForm({
  name: text(),
  forEveryone: text(),
  q: text(),
  period: text(),
  layout: text(),
  filters: many(),
});
export type ViewValues = typeof viewForm.nothing;

/** Where errors of the search appear. */
export const searchFields: Readonly<Record<string, string>> = {
  "/search": "q",
  "/search/q": "q",
  "/search/period": "period",
  ...Object.fromEntries(
    ["type", "actor", "target", "outcome", "recordedBy", "from", "to"].map((name) => [
      ["", "search", name].join("/"),
      "filters",
    ]),
  ),
};

/** The values of the form for a search. */
export const typedOf = (
  search: SavedSearch,
  { name, forEveryone }: Pick<ListedView, "name" | "forEveryone">,
): ViewValues => ({
  name,
  forEveryone: forEveryone ? "yes" : "no",
  q: search.q ?? "",
  period: search.period ?? "",
  layout: search.layout ?? "cards",
  filters: filtersOf(search).map((pair) => pair.join("=")),
});

/** The search as typed. */
export function typedSearch({ q, period, layout, filters }: ViewValues): SavedSearch {
  const given = new Map<string, string[]>([
    ["q", [q]],
    ["period", [period]],
    ["view", [layout]],
  ]);
  for (const pair of filters) {
    const at = pair.indexOf("=");
    const [name, value] = [pair.slice(0, Math.max(0, at)), pair.slice(at + 1)];
    given.set(name, [...(given.get(name) ?? []), value]);
  }
  return searchOf(given);
}

const whose = [
  { value: "no", text: "Only you", hint: "The log shows that you saved a view, but not its name or search" },
  { value: "yes", text: "Everyone who reads the whole log" },
];
const layouts = [
  { value: "cards", text: "Cards" },
  { value: "table", text: "Table" },
];

interface ViewFieldsProps {
  readonly typed: ViewValues;
  readonly refused: RefusedForm | undefined;
  /** The filters that can be left out. */
  readonly filters: readonly string[];
  /** Whether to ask who sees it. */
  readonly asksWhose: boolean;
}

export const ViewFields = ({ typed, refused, filters, asksWhose }: ViewFieldsProps): VNode => {
  const input = viewForm.inputs(typed, refused);
  return (
    <>
      <TextInput {...input("name")} label="Name" autocomplete="off" />
      {asksWhose ? (
        <Radios {...input("forEveryone")} label="Who sees it" choices={whose} />
      ) : (
        <input type="hidden" name="forEveryone" value={typed.forEveryone} />
      )}
      <TextInput
        {...input("q")}
        label="Search"
        hint="Words and qualifiers, like type:API_CLIENT_* or -outcome:success"
        autocomplete="off"
        spellcheck={false}
      />
      {filters.length > 0 && (
        <Checkboxes
          {...input("filters")}
          label="Filters"
          choices={filters.map((pair) => {
            const at = pair.indexOf("=");
            const shown = filterText(pair.slice(0, at), pair.slice(at + 1));
            return { value: pair, text: <MarkedText text={shown} /> };
          })}
        />
      )}
      <Select {...input("period")} label="Period" options={periodChoices} />
      <Radios {...input("layout")} label="Layout" choices={layouts} inline />
    </>
  );
};
