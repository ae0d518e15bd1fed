/** The search of a list: one box, whose words go into the address. */
import type { VNode } from "preact";
import { Form } from "../../address/address.tsx";
import { Button } from "../button/button.tsx";

interface FindProps {
  /** The address of the list. */
  readonly action: string;
  /** "Search members" */
  readonly label: string;
  /** What it compares, such as "Name or email". */
  readonly placeholder: string;
  /** The words that the list was searched for. */
  readonly value: string | undefined;
  /** Default `find`. */
  readonly id?: string;
}

export const Find = ({ action, label, placeholder, value, id = "find" }: FindProps): VNode => (
  <search class="db-no-print">
    <Form class="db-row" method="get" action={action}>
      <label class="govuk-visually-hidden" for={id}>
        {label}
      </label>
      <input
        class="govuk-input govuk-input--width-10"
        id={id}
        name="q"
        type="search"
        placeholder={placeholder}
        value={value}
        autocomplete="off"
      />
      <Button kind="secondary">Search</Button>
    </Form>
  </search>
);
