/** COPY … TO STDOUT into memory: the server sends each row in a message of its own, and no row becomes an object. */
import { type Connection, Query } from "pg";

/** What takes the rows. */
export interface CopyTarget {
  /** Takes the next bytes, which are valid only during the call. */
  take(bytes: Uint8Array): void;
}

/** A Query, because a pipeline accepts nothing else: like a query, it handles one round of messages. */
export class CopyOut extends Query {
  /** Called once; pg may wrap it for a timeout. */
  declare callback: (error?: Error) => void;
  declare readonly text: string;
  private readonly target: CopyTarget;

  constructor(copy: string, target: CopyTarget, callback: (error?: Error) => void) {
    super(copy);
    this.target = target;
    this.callback = callback;
  }

  override submit = (connection: Connection): void => {
    connection.query(this.text);
  };

  handleCopyData({ chunk }: { readonly chunk: Buffer }): void {
    this.target.take(chunk);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(): void {
    this.callback();
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}
