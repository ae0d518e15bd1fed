/**
 * Rows and columns (govuk-frontend's pattern), in a box that scrolls if it is wider than the page; or each row is a block in a narrow window.
 */
import type { ComponentChildren, VNode } from "preact";

interface TableColumn {
  readonly title: ComponentChildren;
  readonly numeric?: boolean | undefined;
  /** Before its values where a row is a block; default: none. */
  readonly label?: string | undefined;
  /** Whether it is narrow, and stands at the end of the first line where a row is a block. */
  readonly aside?: boolean | undefined;
}

/** A row that opens. */
interface OpenableRow {
  readonly id: string;
  readonly cells: readonly ComponentChildren[];
  /** What stands below it, as wide as the table; undefined while it is closed. */
  readonly below: ComponentChildren;
}

/** A row: its cells. */
export type TableRow = readonly ComponentChildren[] | OpenableRow;

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
  /** The column whose cell names its row; default: the first. */
  readonly header?: number | undefined;
  /** Whether a row is a block in a narrow window, with a line for each cell that has something. */
  readonly stacks?: boolean | undefined;
  /** The first cell of each is its header, unless another column is. */
  readonly rows?: readonly TableRow[] | undefined;
  /** The same, in groups with a title each. */
  readonly groups?: readonly Group[] | undefined;
}

export const Table = (props: TableProps): VNode => {
  const { caption, captionHidden = false, columns, rows, groups, stacks = false } = props;
  return (
    <div class="db-scroll">
      <table class={`govuk-table${stacks ? " db-table--stacks" : ""}`} role={roleIf(stacks, "table")}>
        <caption class={captionHidden ? "govuk-visually-hidden" : "govuk-table__caption"}>{caption}</caption>
        <thead class="govuk-table__head" role={roleIf(stacks, "rowgroup")}>
          <tr class="govuk-table__row" role={roleIf(stacks, "row")}>
            {columns.map((column) => (
              <th
                scope="col"
                class={`govuk-table__header${numericOf(column, "header")}`}
                role={roleIf(stacks, "columnheader")}
              >
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        {rows !== undefined && (
          <tbody class="govuk-table__body" role={roleIf(stacks, "rowgroup")}>
            {rows.map((row) => rowOf(row, props))}
          </tbody>
        )}
        {groups?.map(({ title, rows: some }) => (
          <tbody class="govuk-table__body" role={roleIf(stacks, "rowgroup")}>
            <tr class="govuk-table__row" role={roleIf(stacks, "row")}>
              <th
                scope="rowgroup"
                colSpan={columns.length}
                class="govuk-table__header db-table__group"
                role={roleIf(stacks, "rowheader")}
              >
                {title}
              </th>
            </tr>
            {some.map((row) => rowOf(row, props))}
          </tbody>
        ))}
      </table>
    </div>
  );
};

/** What can be done with the thing of a row: at its end, so that the actions of all rows line up. */
export const RowActions = ({ children }: { readonly children: ComponentChildren }): VNode => (
  <div class="db-actions">{children}</div>
);

/** The column of `RowActions`, whose title is only for screen readers. */
export const actionsColumn: TableColumn = {
  title: <span class="govuk-visually-hidden">Actions</span>,
  numeric: true,
};

type TableRole = "table" | "rowgroup" | "row" | "rowheader" | "columnheader" | "cell";

/** Some browsers forget what the elements of a table are when they are laid out as blocks; a role tells them. */
const roleIf = (stacks: boolean, role: TableRole): TableRole | undefined => (stacks ? role : undefined);

const numericOf = (column: TableColumn | undefined, of: "header" | "cell"): string =>
  column?.numeric ? ` govuk-table__${of}--numeric` : "";

/** Called as a function, not rendered: a page has many. */
function rowOf(row: TableRow, props: TableProps): VNode {
  if (!("cells" in row)) return cellsOf(row, props);
  const { id, cells, below } = row;
  if (below === undefined) return cellsOf(cells, { ...props, id });
  const { columns, stacks = false } = props;
  return (
    <>
      {cellsOf(cells, { ...props, id })}
      <tr class="govuk-table__row db-table__below" role={roleIf(stacks, "row")}>
        <td class="govuk-table__cell" colSpan={columns.length} role={roleIf(stacks, "cell")}>
          {below}
        </td>
      </tr>
    </>
  );
}

type CellsForm = TableProps & { readonly id?: string };

const cellsOf = (
  cells: readonly ComponentChildren[],
  { columns, header = 0, stacks = false, id }: CellsForm,
): VNode => (
  <tr class="govuk-table__row" role={roleIf(stacks, "row")} id={id}>
    {cells.map((cell, at) => {
      const column = columns[at];
      if (at === header)
        return (
          <th scope="row" class="govuk-table__header" role={roleIf(stacks, "rowheader")}>
            {cell}
          </th>
        );
      return (
        <td
          class={`govuk-table__cell${numericOf(column, "cell")}${column?.aside ? " db-table__aside" : ""}`}
          role={roleIf(stacks, "cell")}
          data-label={stacks && cell !== null ? column?.label : undefined}
        >
          {cell}
        </td>
      );
    })}
  </tr>
);
