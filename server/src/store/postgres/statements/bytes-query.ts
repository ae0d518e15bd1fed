/** A statement whose rows stay bytes: in PostgreSQL's binary format, which is that of COPY's rows. */
import { type Connection, Query } from "pg";
import { knownBy, submitQuery } from "./rows-query.ts";
import type { UnreadRow } from "./unread-rows.ts";

/** What to run. */
interface BytesConfig {
  readonly name?: string;
  readonly text: string;
  readonly values: unknown[];
}

/** A Query, because a pipeline accepts nothing else. */
export class BytesQuery extends Query {
  /** Called once; pg may wrap it for a timeout. */
  // the published types lack it
  declare binary: boolean;
  declare callback: (error: unknown, rows?: Buffer[]) => void;
  private readonly rowsRead: Buffer[] = [];

  constructor(config: BytesConfig, callback: (error: unknown, rows?: Buffer[]) => void) {
    super(config);
    this.binary = true;
    this.callback = callback;
  }

  // nobody asks for the columns
  override submit = (connection: Connection): unknown =>
    submitQuery.call(this, knownBy(connection).undescribed);

  handleDataRow({ bytes }: UnreadRow): void {
    this.rowsRead.push(bytes);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback(null, this.rowsRead);
  }

  handleError(error: unknown): void {
    this.callback(error);
  }
}
