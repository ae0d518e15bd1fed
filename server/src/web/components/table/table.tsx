/** Rows and columns (govuk-frontend's pattern), in a box that scrolls by itself where it is wider than the page. */
import type { ComponentChildren, VNode } from "preact";

interface Column {
  readonly title: ComponentChildren;
  readonly numeric?: boolean | undefined;
}

interface TableProps {
  readonly caption: ComponentChildren;
  /** Whether the caption is for those only who hear the table. */
  readonly captionHidden?: boolean | undefined;
  readonly columns: readonly Column[];
  /** The first cell of each is its header. */
  readonly rows: readonly (readonly ComponentChildren[])[];
}

export const Table = ({ caption, captionHidden = false, columns, rows }: TableProps): VNode => {
  const numeric = (at: number, of: "header" | "cell"): string =>
    columns[at]?.numeric ? ` govuk-table__${of}--numeric` : "";
  return (
    <div class="db-scroll">
      <table class="govuk-table">
        <caption class={captionHidden ? "govuk-visually-hidden" : "govuk-table__caption"}>{caption}</caption>
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {columns.map(({ title }, at) => (
              <th scope="col" class={`govuk-table__header${numeric(at, "header")}`}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {rows.map(([first, ...cells]) => (
            <tr class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                {first}
              </th>
              {cells.map((cell, at) => (
                <td class={`govuk-table__cell${numeric(at + 1, "cell")}`}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};
