/**
 * One connection in use: statements in, rows out, failures as StoreError. Values have the types of the contract: bigint for bigint and for
 * times, Buffer for bytea, number for small integers.
 */
import pg, { type ClientBase, type CustomTypesConfig } from "pg";
import { StoreError } from "../../contract/errors.ts";
import { CopyIn, type TableRows } from "./copy-in.ts";
import { type FailureMoment, isSilence, storeError } from "./errors.ts";
import { timestampMicros } from "./times.ts";

/** A row by position. */
export type Row = readonly unknown[];

/** A statement. One with a name is prepared once for each connection; a name always has the same text. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
}

const parsers: Readonly<Record<number, (text: string) => unknown>> = {
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
const asText = (text: string): string => text;

/** Parsers for the `types` of a pg client: text format only. */
export const types: CustomTypesConfig = {
  getTypeParser: ((oid: number) => parsers[oid] ?? asText) as CustomTypesConfig["getTypeParser"],
};

export class StatementSession {
  readonly client: ClientBase;
  /** The first failure: after it, the transaction can only be rolled back. */
  failure: unknown;
  /** Whether the connection can't be used again. */
  broken = false;
  /** Whether the server did not answer in time: then another connection is not likely to help. */
  timedOut = false;

  constructor(client: ClientBase) {
    this.client = client;
  }

  /** Runs a statement and returns its rows by position. */
  async rows(statement: Statement, values: unknown[] = []): Promise<Row[]> {
    try {
      const result = await this.client.query<unknown[]>({ ...statement, values, rowMode: "array" });
      return result.rows;
    } catch (error) {
      throw this.failed(error);
    }
  }

  /** Runs BEGIN, COMMIT, ROLLBACK or similar; returns the command that the server reports. */
  async command(text: string, moment: FailureMoment = "before-commit"): Promise<string> {
    try {
      return (await this.client.query(text)).command;
    } catch (error) {
      throw this.failed(error, moment);
    }
  }

  /** Runs COPY … FROM STDIN for each table with all its rows. */
  async copyIn(tables: readonly TableRows[]): Promise<void> {
    try {
      await new Promise<void>((resolve, reject) => {
        this.client.query(new CopyIn(tables, (error) => (error ? reject(error) : resolve())));
      });
    } catch (error) {
      throw this.failed(error);
    }
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
