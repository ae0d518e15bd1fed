/** Rows and columns (govuk-frontend's pattern), in a box that scrolls if it is wider than the page. */
import type { ComponentChildren, VNode } from "preact";

interface TableColumn {
  readonly title: ComponentChildren;
  readonly numeric?: boolean | undefined;
}

type TableRow = readonly ComponentChildren[];

/** Rows that belong together. */
interface Group {
  readonly title: ComponentChildren;
  readonly rows: readonly TableRow[];
}

interface TableProps {
  readonly caption: ComponentChildren;
  /** Whether the caption is only for screen readers. */
  readonly captionHidden?: boolean | undefined;
  readonly columns: readonly TableColumn[];
  /** The first cell of each is its header. */
  readonly rows?: readonly TableRow[] | undefined;
  /** The same, in groups with a title each. */
  readonly groups?: readonly Group[] | undefined;
}

export const Table = ({ caption, captionHidden = false, columns, rows, groups }: TableProps): VNode => (
  <div class="db-scroll">
    <table class="govuk-table">
      <caption class={captionHidden ? "govuk-visually-hidden" : "govuk-table__caption"}>{caption}</caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {columns.map((column) => (
            <th scope="col" class={`govuk-table__header${numericOf(column, "header")}`}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      {rows !== undefined && (
        <tbody class="govuk-table__body">
          <Rows rows={rows} columns={columns} />
        </tbody>
      )}
      {groups?.map(({ title, rows: some }) => (
        <tbody class="govuk-table__body">
          <tr class="govuk-table__row">
            <th scope="rowgroup" colSpan={columns.length} class="govuk-table__header db-table__group">
              {title}
            </th>
          </tr>
          <Rows rows={some} columns={columns} />
        </tbody>
      ))}
    </table>
  </div>
);

const numericOf = (column: TableColumn | undefined, of: "header" | "cell"): string =>
  column?.numeric ? ` govuk-table__${of}--numeric` : "";

const Rows = ({
  rows,
  columns,
}: Pick<TableProps, "columns"> & { readonly rows: readonly TableRow[] }): VNode => (
  <>
    {rows.map(([first, ...cells]) => (
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header">
          {first}
        </th>
        {cells.map((cell, at) => (
          <td class={`govuk-table__cell${numericOf(columns[at + 1], "cell")}`}>{cell}</td>
        ))}
      </tr>
    ))}
  </>
);
