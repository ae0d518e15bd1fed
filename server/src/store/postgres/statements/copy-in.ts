/**
 * COPY … FROM STDIN of rows in memory, for one table or several: the statements, the rows and their ends are sent together, so that they
 * cost one round trip. (A server that refuses a statement ignores what follows it: PostgreSQL protocol, "COPY Operations".)
 */
import { type Connection, Query } from "pg";

/** The parts of a pg connection for COPY that its published types lack. */
interface CopyConnection extends Connection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** Rows for one table, in COPY's binary format. */
export interface TableRows {
  /** `COPY … FROM STDIN (FORMAT binary)`. */
  readonly copy: string;
  readonly rows: Buffer;
}

/** A Query, because a pipeline accepts nothing else: like a query, it handles one round of messages. */
export class CopyIn extends Query {
  /** Called once; pg may wrap it for a timeout. */
  declare callback: (error?: Error) => void;
  private readonly tables: readonly TableRows[];

  constructor(tables: readonly TableRows[], callback: (error?: Error) => void) {
    super("");
    this.tables = tables;
    this.callback = callback;
  }

  override submit = (connection: Connection): void => {
    const { stream } = connection;
    stream.cork();
    connection.query(this.tables.map(({ copy }) => copy).join("; "));
    for (const { rows } of this.tables) {
      (connection as CopyConnection).sendCopyFromChunk(rows);
      (connection as CopyConnection).endCopyFrom();
    }
    stream.uncork();
  };

  handleCopyInResponse(): void {}
  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback();
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}
