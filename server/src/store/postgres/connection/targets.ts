/**
 * Where to connect: each host of DATABASE_URL, with and without TLS as its `sslmode` permits. All connections of a process begin with the one
 * that answered last, and go on to the next if it doesn't.
 */
import pg, { type Connection } from "pg";
import { leaveRowsUnread } from "../statements/unread-rows.ts";
import type { Encryption } from "./tls.ts";

/** One way to reach the database. */
export interface Target {
  /** A host name, an address, or the folder of a socket. */
  readonly host: string;
  readonly port: number;
  readonly ssl: Encryption;
}

/** The server is a standby, which takes no writes. */
export class StandbyError extends Error {
  constructor() {
    super("the server is a standby, which takes no writes");
  }
}

/** pg's message, which has no code, for a server without TLS. */
const withoutTls = "The server does not support SSL connections";

const codeOf = (error: unknown): string => (error as { code?: string }).code ?? "";

/** Whether the same host may take the user with TLS, or without. */
const isAboutTls = (error: unknown): boolean =>
  codeOf(error) === "28000" || (error as Error).message === withoutTls;

/** Whether another host may answer: this one is absent, starting, full or a standby. */
const isAboutHost = (error: unknown): boolean =>
  error instanceof StandbyError ||
  ["57P03", "53300"].includes(codeOf(error)) ||
  !(error instanceof pg.DatabaseError);

export class Targets {
  readonly all: readonly Target[];
  private at = 0;

  constructor(all: readonly Target[]) {
    this.all = all;
  }

  current(): Target {
    return this.all[this.at]!;
  }

  /** Moves on after a failure of `target` to one that may work, unless another connection has. */
  failed(target: Target, error: unknown): void {
    if (this.current() !== target) return;
    const { all, at } = this;
    for (let step = 1; step < all.length; step++) {
      const index = (at + step) % all.length;
      if (!this.mayWork(all[index]!, target, error)) continue;
      this.at = index;
      return;
    }
  }

  private mayWork(other: Target, { host, port, ssl }: Target, error: unknown): boolean {
    if (other.host !== host || other.port !== port) return isAboutHost(error) && !isAboutTls(error);
    return isAboutTls(error) && (other.ssl === false) !== (ssl === false);
  }
}

/**
 * Connects with `connect`, which uses the current target, until one target answers or none is left. Rejects with the failure that says most:
 * that a server has no TLS says least.
 */
export async function withSomeTarget<T>(targets: Targets, connect: () => Promise<T>): Promise<T> {
  const failures: unknown[] = [];
  for (;;) {
    const before = targets.current();
    try {
      return await connect();
    } catch (error) {
      failures.push(error);
      if (failures.length < targets.all.length && targets.current() !== before) continue;
      throw failures.findLast((one) => (one as Error).message !== withoutTls) ?? error;
    }
  }
}

/** A parameter that the server reports. */
interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/**
 * Clients that connect to the current target, and fail at a standby. From the first moment on, they take the error of a connection that
 * breaks: without a listener, one that the server ends as soon as it opened it would end the process. The next statement reports it.
 */
export function clientOf(targets: Targets): typeof pg.Client {
  return class extends pg.Client {
    private readonly target: Target;
    private isStandby = false;

    constructor(config: pg.ClientConfig) {
      const target = targets.current();
      // a pool hides the password from those who list its options
      const { password } = config;
      super({ ...config, password, ...target, ssl: target.ssl === false ? false : { ...target.ssl } });
      this.target = target;
      this.on("error", () => {});
      const { connection } = this as unknown as { connection: Connection };
      leaveRowsUnread(connection);
      connection.on("parameterStatus", ({ parameterName, parameterValue }: ParameterStatus) => {
        if (parameterName === "in_hot_standby") this.isStandby = parameterValue === "on";
      });
    }

    override connect(): Promise<this>;
    override connect(callback: (error: Error | null) => void): void;
    override connect(callback?: (error: Error | null) => void): Promise<this> | undefined {
      const connected = super.connect().then(
        () => {
          if (!this.isStandby) return this;
          const error = new StandbyError();
          targets.failed(this.target, error);
          return this.end().then(() => Promise.reject(error));
        },
        (error: unknown) => {
          targets.failed(this.target, error);
          throw error;
        },
      );
      if (callback === undefined) return connected;
      connected.then(
        () => callback(null),
        (error: Error) => callback(error),
      );
      return undefined;
    }
  } as unknown as typeof pg.Client;
}
