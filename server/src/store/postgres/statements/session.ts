/**
 * One connection in use: statements in, rows out, failures as StoreError. Values have the types of the contract: bigint for bigint and for
 * times, Buffer for bytea, number for small integers.
 */
import pg, { type ClientBase, type CustomTypesConfig } from "pg";
import { StoreError } from "../../contract/errors.ts";
import { BytesQuery } from "./bytes-query.ts";
import { CopyIn, type TableRows } from "./copy-in.ts";
import { CopyOut, type CopyTarget } from "./copy-out.ts";
import { type FailureMoment, isSilence, storeError } from "./errors.ts";
import { type Parser, RowsQuery } from "./rows-query.ts";
import { sendTogether, together } from "./send-together.ts";
import { timestampMicros } from "./times.ts";

declare const values: unique symbol;

/** A row. Its values have no positions for the type checker, so that only row-shape.ts reads them. */
export interface Row {
  readonly [values]: never;
}

/** A statement. One with a name is prepared once for each connection; a name always has the same text. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

const parsers: Readonly<Record<number, Parser>> = {
  // bool
  16: (text) => text === "t",
  // bytea
  17: (text) => Buffer.from(text.slice(2), "hex"),
  // int8, int2, int4, oid
  20: BigInt,
  21: Number,
  23: Number,
  26: Number,
  // timestamptz
  1184: timestampMicros,
};
const parserOf = (oid: number): Parser | undefined => parsers[oid];
const asText: Parser = (text) => text;

/** Parsers for the `types` of a pg client: text format only. */
export const types: CustomTypesConfig = {
  getTypeParser: ((oid: number) => parserOf(oid) ?? asText) as CustomTypesConfig["getTypeParser"],
};

/** How a session works on a connection that it shares with other clients between transactions. */
export interface PooledConnection {
  /** The mode of its transactions. */
  readonly mode: string;
  /** Sets everything that statements rely on, until the end of the transaction. */
  readonly settings: string;
  /** Whether statements with a name are prepared: the pooler must know them on each connection. */
  readonly prepares: boolean;
}

export class StatementSession {
  readonly client: ClientBase;
  /** The first failure: after it, the transaction can only be rolled back. */
  failure: unknown;
  /** Whether the connection can't be used again. */
  broken = false;
  /** Whether the server did not answer in time: then another connection is not likely to help. */
  timedOut = false;
  private readonly pooled: PooledConnection | undefined;
  private readonly prepares: boolean;
  private isWithin = false;

  /** Without `pooled`, the connection has its settings, and keeps them. */
  constructor(client: ClientBase, pooled?: PooledConnection, prepares = true) {
    this.client = client;
    this.pooled = pooled;
    this.prepares = pooled?.prepares ?? prepares;
  }

  /** Runs a statement and returns its rows. */
  async rows(statement: Statement, values: unknown[] = []): Promise<Row[]> {
    const sent = this.sent(statement, values);
    const rows = await this.inTransaction<unknown[][]>(
      () =>
        new Promise((resolve, reject) => {
          const query = new RowsQuery({ ...sent, parserOf }, (error, rows) =>
            rows === undefined ? reject(error) : resolve(rows),
          );
          this.sending().query(query);
        }),
    );
    return rows as unknown as Row[];
  }

  /** Runs a statement and returns its rows as bytes, in the binary format. */
  rowBytes(statement: Statement, values: unknown[]): Promise<Buffer[]> {
    const sent = this.sent(statement, values);
    return this.inTransaction(
      () =>
        new Promise((resolve, reject) => {
          const query = new BytesQuery(sent, (error, rows) =>
            rows === undefined ? reject(error) : resolve(rows),
          );
          this.sending().query(query);
        }),
    );
  }

  /** Runs COPY … TO STDOUT; when it resolves, `target` has everything. */
  async copyOut(copy: string, target: CopyTarget): Promise<void> {
    await this.inTransaction(
      () =>
        new Promise<void>((resolve, reject) => {
          const ended = (error?: Error): void => (error ? reject(error) : resolve());
          this.sending().query(new CopyOut(copy, target, ended));
        }),
    );
  }

  /** Begins a transaction, in a mode of its own or with another command if one is given. */
  async begin({ mode, command }: { readonly mode?: string; readonly command?: string } = {}): Promise<void> {
    const begin =
      this.pooled === undefined ? ["BEGIN", mode].filter(Boolean).join(" ") : this.beginning(mode);
    await this.command(command === undefined ? begin : `${begin}; ${command}`);
    this.isWithin = true;
  }

  /** Ends the transaction; returns what the server did, because it rolls back a transaction that failed. */
  async end(how: "COMMIT" | "ROLLBACK", moment: FailureMoment = "before-commit"): Promise<string> {
    const ended = await this.command(how, moment);
    this.isWithin = false;
    return ended;
  }

  /** Runs a command within a transaction; returns the command that the server reports. */
  async command(text: string, moment: FailureMoment = "before-commit"): Promise<string> {
    try {
      return (await this.sending().query(text)).command;
    } catch (error) {
      throw this.failed(error, moment);
    }
  }

  /** Runs COPY … FROM STDIN for each table with all its rows, within a transaction. */
  async copyIn(tables: readonly TableRows[]): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.sending().query(new CopyIn(tables, (error) => (error ? reject(error) : resolve())));
      });
    } catch (error) {
      throw this.failed(error);
    }
  }

  private beginning(mode = this.pooled!.mode): string {
    return `BEGIN ${mode}; ${this.pooled!.settings}`;
  }

  /** Runs a statement in the transaction that there is, or in one of its own. */
  private async inTransaction<T>(run: () => Promise<T>): Promise<T> {
    try {
      return this.pooled === undefined || this.isWithin ? await run() : await this.alone(run);
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** One statement in a transaction of its own: all three are sent together. */
  private async alone<T>(run: () => Promise<T>): Promise<T> {
    const begun = this.sending().query(this.beginning());
    const [, result] = await together([begun, run(), this.client.query("COMMIT")]);
    return result;
  }

  /** The statement, with its name only if it may be prepared. */
  private sent({ text, name }: Statement, values: unknown[]): Statement & { values: unknown[] } {
    return this.prepares && name !== undefined ? { name, text, values } : { text, values };
  }

  private sending(): ClientBase {
    sendTogether(this.client);
    return this.client;
  }

  private failed(error: unknown, moment?: FailureMoment): unknown {
    // in_failed_sql_transaction only repeats that something failed before
    if (error instanceof pg.DatabaseError && error.code === "25P02" && this.failure) return this.failure;
    const failure = storeError(error, moment);
    this.failure ??= failure;
    // after a refusal by the server the connection is fine; after any other failure it isn't
    if (
      failure instanceof StoreError &&
      (failure.failure === "unavailable" || failure.failure === "unknown")
    ) {
      this.broken = true;
      this.timedOut ||= isSilence(error);
    }
    return failure;
  }
}
