/**
 * A statement and its rows, read by the parsers of this store. pg asks for the columns of a statement each time it runs. Here, a connection is
 * asked once for a statement with a name: PostgreSQL refuses a prepared statement whose columns have changed.
 */
import { type Connection, Query } from "pg";

/** Reads a value from PostgreSQL's text format. */
export type Parser = (text: string) => unknown;

/** The parser of a type; undefined if its values stay texts. */
export type ParserOf = (oid: number) => Parser | undefined;

/** The columns of a row description. */
interface Described {
  readonly fields: readonly { readonly dataTypeID: number }[];
}

/** The values of a row, which become what their parsers make of them. */
interface DataRow {
  readonly fields: unknown[];
}

type Parsers = readonly (Parser | undefined)[];

/** What a connection knows of statements with a name. */
class KnownStatements {
  readonly parsers: Map<string, Parsers> = new Map();
  /** The connection, without the question for columns. */
  readonly undescribed: Connection;

  constructor(connection: Connection) {
    this.undescribed = Object.create(connection, { describe: { value: () => {} } }) as Connection;
  }
}

const known = new WeakMap<Connection, KnownStatements>();

export function knownBy(connection: Connection): KnownStatements {
  let found = known.get(connection);
  if (found === undefined) {
    found = new KnownStatements(connection);
    known.set(connection, found);
  }
  return found;
}

/** Returns why a statement can't be sent, if it can't. */
export const submitQuery = Query.prototype.submit as (this: Query, connection: Connection) => unknown;

/** What to run, and what becomes of its rows. */
interface RowsConfig {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
  readonly parserOf: ParserOf;
}

/** A Query, because a pipeline accepts nothing else. */
export class RowsQuery extends Query {
  declare readonly name: string | undefined;
  /** Called once; pg may wrap it for a timeout. */
  declare callback: (error: unknown, rows?: unknown[][]) => void;
  private readonly rowsRead: unknown[][] = [];
  private readonly parserOf: ParserOf;
  private statements: KnownStatements | undefined;
  private parsers: Parsers | undefined;
  /** Why a value could not be read. */
  private unreadable: unknown;

  constructor({ parserOf, ...config }: RowsConfig, callback: (error: unknown, rows?: unknown[][]) => void) {
    super(config);
    this.parserOf = parserOf;
    this.callback = callback;
  }

  override submit = (connection: Connection): unknown => {
    if (this.name === undefined) return submitQuery.call(this, connection);
    this.statements = knownBy(connection);
    this.parsers = this.statements.parsers.get(this.name);
    return submitQuery.call(this, this.parsers === undefined ? connection : this.statements.undescribed);
  };

  handleRowDescription({ fields }: Described): void {
    this.parsers = fields.map(({ dataTypeID }) => this.parserOf(dataTypeID));
  }

  handleDataRow({ fields: row }: DataRow): void {
    if (this.unreadable !== undefined) return;
    try {
      const { parsers = [] } = this;
      for (let index = 0; index < row.length; index++) {
        const parse = parsers[index];
        if (parse !== undefined && row[index] !== null) row[index] = parse(row[index] as string);
      }
      this.rowsRead.push(row);
    } catch (error) {
      this.unreadable = error;
    }
  }

  handleCommandComplete(): void {
    if (this.name !== undefined) this.statements?.parsers.set(this.name, this.parsers ?? []);
  }

  handleReadyForQuery(): void {
    if (this.unreadable === undefined) this.callback(null, this.rowsRead);
    else this.callback(this.unreadable);
  }

  handleError(error: unknown): void {
    this.callback(this.unreadable ?? error);
  }
}
