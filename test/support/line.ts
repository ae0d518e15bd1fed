/**
 * A connection to a database that can be cut like a killed process would cut it: between any two statements of a transaction, before COMMIT
 * reaches the database, or after it was done and before the response. It parses the frontend protocol (PostgreSQL documentation, section
 * 55.7) only as far as needed to separate statements.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";

export interface Line {
  /** Cuts the connection whose transaction is about to send its statement number `n`, from 1: BEGIN is 0, and not counted. */
  cutBefore(n: number, how?: Cut): void;
  /** Cuts at a COMMIT: before it reaches the database, or after the database has done it and before it can say so. */
  cutAtCommit(when: "before" | "after", how?: Cut): void;
  /** Whether the cut that was asked for last has happened. */
  wasCut(): boolean;
  /** How many statements each transaction had that began since the last plan or `mend`, in their order; what ends it is the last one. */
  transactions(): readonly number[];
  /** Cuts nothing any more, and accepts new connections. */
  mend(): void;
  close(): Promise<void>;
}

/** What a cut is like. */
export interface Cut {
  /** Whatever comes after it on any connection goes nowhere until it is mended: as if the process had been killed. */
  readonly all?: boolean;
  /** Which transaction is cut, from 0, of those that begin from now on; absent: whichever comes to it first. */
  readonly transaction?: number;
}

/** What is to be cut next. */
type Plan = Cut & ({ readonly statement: number } | { readonly commit: "before" | "after" });

interface LineState {
  plan: Plan | undefined;
  cut: boolean;
  down: boolean;
  /** The statements of each transaction that began since the plan. */
  transactions: number[];
}

/** One frontend message: its type (empty: the first one of a connection has none) and its bytes. */
interface Message {
  readonly type: string;
  readonly bytes: Buffer;
}

/** Takes whole messages off the front of what has come in. */
function* messagesOf(pending: { bytes: Buffer; started: boolean }): Generator<Message> {
  for (;;) {
    const head = pending.started ? 1 : 0;
    if (pending.bytes.length < head + 4) return;
    const length = head + pending.bytes.readInt32BE(head);
    if (pending.bytes.length < length) return;
    const bytes = pending.bytes.subarray(0, length);
    yield { type: pending.started ? String.fromCharCode(bytes[0] as number) : "", bytes };
    pending.bytes = pending.bytes.subarray(length);
    pending.started = true;
  }
}

const textOf = ({ type, bytes }: Message): string =>
  type === "Q" ? bytes.subarray(5, bytes.length - 1).toString("latin1") : "";

/** The beginning of a transaction that writes: of a connection of its own, or of one that is shared through a pooler, with its settings. */
const beginning = /^BEGIN(?: [^;]*READ WRITE;|$)/;

/** Stands between one client's socket and the database's. */
function relay(near: Socket, far: Socket, state: LineState): void {
  const pending = { bytes: Buffer.alloc(0), started: false };
  let statements = -1;
  let mine: { readonly all: number[]; readonly at: number } | undefined;
  let deaf = false;
  const end = (): void => {
    near.destroy();
    far.destroy();
  };
  const cut = (): true => {
    state.cut = true;
    state.down = state.plan?.all === true;
    state.plan = undefined;
    end();
    return true;
  };
  /** True: the line is cut, and the message goes nowhere. */
  const cutsAt = (message: Message): boolean => {
    const text = textOf(message);
    if (beginning.test(text)) {
      statements = 0;
      mine = { all: state.transactions, at: state.transactions.push(0) - 1 };
    } else if (statements >= 0 && (message.type === "Q" || message.type === "B")) statements++;
    if (mine !== undefined && statements >= 0) mine.all[mine.at] = statements;
    const { plan } = state;
    if (plan === undefined || statements < 1 || !isMeant(plan)) return false;
    if ("statement" in plan) return statements === plan.statement && cut();
    if (text !== "COMMIT") return false;
    if (plan.commit === "before") return cut();
    deaf = true;
    return false;
  };
  /** Whether this transaction is the one to be cut: one that began before the plan is none that it counts. */
  const isMeant = ({ transaction }: Plan): boolean =>
    transaction === undefined || (mine?.all === state.transactions && mine.at === transaction);
  near.on("data", (bytes) => {
    if (state.down) return end();
    pending.bytes = Buffer.concat([pending.bytes, bytes]);
    for (const message of messagesOf(pending)) {
      if (cutsAt(message)) return;
      if (textOf(message) === "COMMIT" || textOf(message) === "ROLLBACK") statements = -1;
      far.write(message.bytes);
    }
  });
  far.on("data", (bytes) => (deaf ? cut() : near.write(bytes)));
  for (const socket of [near, far]) socket.on("error", end).on("close", end);
}

/** Opens a line to the database of a connection string with a socket folder; `url` goes over the line. */
export async function openLine(url: string): Promise<{ url: string; line: Line }> {
  const to = new pg.Client(url);
  const folder = await mkdtemp(join(tmpdir(), "daybook-line-"));
  const sockets = new Set<Socket>();
  const state: LineState = { plan: undefined, cut: false, down: false, transactions: [] };
  const server: Server = createServer((near) => {
    if (state.down) return void near.destroy();
    const far = connect(join(to.host, `.s.PGSQL.${to.port}`));
    for (const socket of [near, far]) sockets.add(socket.on("close", () => sockets.delete(socket)));
    relay(near, far, state);
  });
  await new Promise<void>((resolve) => server.listen(join(folder, ".s.PGSQL.5432"), resolve));
  const plan = (next: Plan | undefined): void => {
    state.plan = next;
    state.cut = false;
    state.down = false;
    state.transactions = [];
  };
  return {
    url: `postgresql:///${to.database}?host=${encodeURIComponent(folder)}&user=${to.user}`,
    line: {
      cutBefore: (statement, how) => plan({ ...how, statement }),
      cutAtCommit: (commit, how) => plan({ ...how, commit }),
      wasCut: () => state.cut,
      transactions: () => state.transactions,
      mend: () => plan(undefined),
      close: async () => {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
        await rm(folder, { recursive: true, force: true });
      },
    },
  };
}
