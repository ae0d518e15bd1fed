import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import type { OperationsFixture } from "./fixture.ts";
import type { ExpectedParties } from "./who.ts";

/** Whose log: the organization's that it is about, that of a second one, or the reserved one's. */
export type LogName = "organization" | "another" | "daybook";

/** Types of events in order, by log; a log that is absent gets none. */
export type Records = Readonly<Partial<Record<LogName, readonly string[]>>>;

/** Where an operation is performed: over HTTP or by the services of a server, or by starting one on a database. */
export interface On {
  readonly server: TestServer;
  /** The server's own way to the database, which may be cut. */
  readonly databaseUrl: string;
}

export interface Operation {
  /** In the imperative, such as `Rename a team`. */
  readonly name: string;
  /** A route as `POST /v1/organizations`, else what brings it about and a colon: `cli: users reset`, `clock: …`, `start: …`. */
  readonly how: string;
  readonly records: Records;
  /** The HTTP status of success; 0 where it isn't done by a route. */
  readonly answers: number;
  /** What the same once more records: nothing, for it is so already or is refused; or it is another act. */
  readonly again: "nothing" | "another act";
  /** The place of the operation: a server with organizations and people (default), a server without an account, or an empty database. */
  readonly on?: "no people" | "no rows";
  /** Why it is more than one transaction, and so has no single moment of completion. */
  readonly several?: string;
  /** The response doesn't wait for it: it is written a moment later, and retried. */
  readonly later?: true;
  prepare(fixture: OperationsFixture): Promise<Prepared>;
}

/** An operation that can be performed now. */
export interface Prepared {
  /** Gives the HTTP status, or 0; throws where it isn't done by a route and fails. */
  perform(on: On): Promise<number>;
  /** The slugs of the logs that it records in, besides `daybook`. */
  readonly logs?: Readonly<Partial<Record<LogName, string>>>;
  /** The actor of all its events that `pins` doesn't override; default: the operator token. */
  readonly by?: ExpectedParties;
  /** Members that the events must have, in their order. */
  readonly pins?: Readonly<Partial<Record<LogName, readonly object[]>>>;
}

/** The same in the organization's log and in the reserved one, which has all accounts. */
export const inBoth = <T>(events: T): { readonly organization: T; readonly daybook: T } => ({
  organization: events,
  daybook: events,
});

/** The holder of the operator token, or a person who runs a command on the machine. */
export const theOperator: ExpectedParties = {
  actor: { type: "user", id: "operator" },
  recordedBy: { type: "operator", id: "operator" },
};

/** The server itself. */
export const theServer: ExpectedParties = {
  actor: { type: "system", id: "daybook" },
  recordedBy: { type: "server", id: "daybook" },
};

/** An anonymous actor. */
export const aStranger: ExpectedParties = {
  actor: { type: "anonymous" },
  recordedBy: { type: "server", id: "daybook" },
};

/** The slug of a log. */
export const slugOf = ({ logs }: Prepared, name: LogName): string => {
  const slug = name === "daybook" ? "daybook" : logs?.[name];
  if (slug === undefined) throw new Error(`An operation doesn't say which organization '${name}' is.`);
  return slug;
};
