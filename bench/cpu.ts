/** CPU time of processes, from /proc on Linux. */
import { readdirSync, readFileSync } from "node:fs";
import pg from "pg";

/** Kernel ticks are hundredths of a second on every Linux that Node runs on. */
const microsPerTick = 10_000;

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
  /** Of ended children. */
  readonly endedTicks: number;
}

/** Microseconds. */
export interface Cpu {
  readonly node: number;
  readonly postgres: number;
}

function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // the second field is a name in brackets that may hold spaces
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [parent, user, system, endedUser, endedSystem] = [1, 11, 12, 13, 14].map((at) =>
      Number(fields[at]),
    );
    return { pid, parent: parent!, ticks: user! + system!, endedTicks: endedUser! + endedSystem! };
  } catch {
    return undefined; // it has just ended
  }
}

/** Microseconds of CPU of one process, or with all that descend from it. */
export const cpuOf = (pid: number): number => (processOf(pid)?.ticks ?? 0) * microsPerTick;

function cpuOfTree(pid: number): number {
  const all = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? (processOf(Number(name)) ?? []) : [],
  );
  const within = (at: Process): number =>
    at.ticks +
    at.endedTicks +
    all.filter(({ parent }) => parent === at.pid).reduce((sum, each) => sum + within(each), 0);
  const root = all.find((each) => each.pid === pid);
  return root === undefined ? 0 : within(root) * microsPerTick;
}

/** A clock of the CPU of a server and of its PostgreSQL, with all processes of this. */
export async function cpuClock(pid: number, connectionString: string): Promise<() => Cpu> {
  const client = new pg.Client(connectionString);
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const postmaster = processOf(rows[0]!.pid)!.parent;
  await client.end();
  return () => ({ node: cpuOf(pid), postgres: cpuOfTree(postmaster) });
}
