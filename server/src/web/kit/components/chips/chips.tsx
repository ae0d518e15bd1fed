/** The filters of a list, each a link to the list without that filter. */
import type { ComponentChildren, VNode } from "preact";
import { A } from "../../address/address.tsx";
import { Icon } from "../icon/icon.tsx";

export interface Chip {
  /** "Actor" */
  readonly name: string;
  readonly value: ComponentChildren;
  /** The list without this filter. */
  readonly href: string;
}

interface ChipsProps {
  readonly chips: readonly Chip[];
  /** The list without any filter; if absent, there is no such link. */
  readonly clear?: string | undefined;
}

export const Chips = ({ chips, clear }: ChipsProps): VNode | null =>
  chips.length === 0 ? null : (
    <ul class="db-chips" aria-label="Filters">
      {chips.map(({ name, value, href }) => (
        <li>
          <A class="db-chip" href={href}>
            <span class="govuk-visually-hidden">Remove filter </span>
            <span class="db-chip__name">{name}</span>
            <bdi class="db-chip__value">{value}</bdi>
            <Icon name="x" />
          </A>
        </li>
      ))}
      {clear !== undefined && chips.length > 1 && (
        <li>
          <A class="db-chips__clear" href={clear}>
            Remove all<span class="govuk-visually-hidden"> filters</span>
          </A>
        </li>
      )}
    </ul>
  );
