/** A row of the matrix: an environment of the database, how it is made, and what must be seen; and what most rows are made of. */
import type { Environment } from "./round.ts";
import type { MatrixServer } from "./servers.ts";

/** A database of a row, and its owner, who has the password. */
export interface RowDatabase {
  readonly server: MatrixServer;
  readonly name: string;
  readonly owner: string;
  /** Runs SQL there as a superuser. */
  run(sql: string): Promise<void>;
  /** Called at the end of the row. */
  readonly cleanUps: (() => Promise<void>)[];
}

/** One row. */
export interface EnvironmentRow {
  readonly name: string;
  /** What follows CREATE DATABASE. */
  readonly database?: string;
  /** What follows CREATE ROLE for the owner. */
  readonly owner?: string;
  readonly make: (database: RowDatabase) => Environment | Promise<Environment>;
  /** The refusal that must be seen; absent: it works. */
  readonly refused?: RegExp;
}

/** The rows of one subject: a section of the page. */
export interface EnvironmentGroup {
  readonly title: string;
  /** The heading in docs/operating.md that describes it. */
  readonly about: string;
  readonly rows: readonly EnvironmentRow[];
}

export const password = 'p@ss:w/o#r?d%&é "x';
/** The password as a URL has it. */
export const secret = encodeURIComponent(password);

/** The address by TCP, as most operators write it. */
export const tcp = ({ server, name, owner }: RowDatabase, query = "", host = "localhost"): string =>
  `postgresql://${encodeURIComponent(owner)}:${secret}@${host}:${server.port}/${name}${query === "" ? "" : `?${query}`}`;

/** The address by TCP, with a query in which CA stands for the file of the authority. */
export const plain =
  (query = "", host = "localhost") =>
  (database: RowDatabase): Environment => ({
    databaseUrl: tcp(database, query.replace("CA", database.server.authority), host),
  });

/** After these statements in the database. */
export const after =
  (...statements: readonly string[]) =>
  async (database: RowDatabase): Promise<Environment> => {
    for (const statement of statements)
      await database.run(statement.replaceAll("OWNER", database.owner).replaceAll("DATABASE", database.name));
    return plain()(database);
  };
