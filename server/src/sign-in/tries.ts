/**
 * How often somebody may try to sign in: so many failures in a while at one account, and from one network. Who showed that they
 * were let in before, by a session or a browser of theirs, has as many of their own, which nobody else uses up. Kept in memory,
 * bounded, each process for itself. Refuses to know whether an account exists.
 */
import { DaybookError } from "daybook/internal";

export interface Tries {
  /**
   * Counts a try at an account, and from a network if one is known; what it gives back takes it back, for tries that did not fail.
   * @throws DaybookError `too-many-requests`, and then nothing is counted
   */
  begin(from: TriedFrom): () => void;
}

export interface TriedFrom {
  readonly account: string;
  readonly ip: string | undefined;
  /** What tries of their own are counted by, alone; undefined: they have none. */
  readonly own?: string | undefined;
}

interface TriesOptions {
  /** Microseconds. */
  readonly clock: () => bigint;
  readonly on: boolean;
}

/** Failures in one while: at one account, from one network, which may be a whole office's, and of somebody's own. */
const mostFailures = { account: 10, network: 30, own: 10 } as const;
/** Microseconds. */
const whileLong = 15n * 60_000_000n;
/** Keys that are remembered; over that the oldest is forgotten. */
const mostKeys = 20_000;

interface TryCount {
  count: number;
  readonly until: bigint;
}

/** Begins to count. */
export function openTries({ clock, on }: TriesOptions): Tries {
  const counted = new Map<string, TryCount>();
  const live = (key: string, now: bigint): TryCount | undefined => {
    const found = counted.get(key);
    if (found === undefined || found.until > now) return found;
    counted.delete(key);
    return undefined;
  };
  const add = (key: string, now: bigint): TryCount => {
    const found = live(key, now) ?? { count: 0, until: now + whileLong };
    found.count++;
    counted.set(key, found);
    if (counted.size > mostKeys) counted.delete(counted.keys().next().value ?? "");
    return found;
  };
  return {
    begin(from) {
      if (!on) return () => {};
      const now = clock();
      const keys = keysOf(from);
      const full = keys
        .map(([key, most]) => ({ found: live(key, now), most }))
        .filter(({ found, most }) => found !== undefined && found.count >= most);
      if (full.length > 0) throw tooMany(full.map(({ found }) => (found?.until ?? now) - now));
      const added = keys.map(([key]) => add(key, now));
      return () => {
        for (const each of added) each.count--;
      };
    },
  };
}

function keysOf({ account, ip, own }: TriedFrom): (readonly [string, number])[] {
  if (own !== undefined) return [[`own ${own}`, mostFailures.own]];
  const ofAccount = [`account ${account}`, mostFailures.account] as const;
  return ip === undefined ? [ofAccount] : [ofAccount, [`network ${networkOf(ip)}`, mostFailures.network]];
}

function tooMany(waits: readonly bigint[]): DaybookError {
  const longest = waits.reduce((a, b) => (a > b ? a : b));
  return new DaybookError("too-many-requests", {
    detail: "Too many sign-in attempts failed.",
    retryAfter: Number((longest + 999_999n) / 1_000_000n),
  });
}

/** What a try comes from: an IPv4 address, or the /64 of an IPv6 one, of which anybody has as many as they like. */
export function networkOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined || !ip.includes(":")) return mapped ?? ip;
  const [head = "", tail] = ip.split("%")[0]!.split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const gap =
    tail === undefined
      ? []
      : Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => "0");
  const groups = [...before, ...gap, ...after].slice(0, 4);
  return `${groups.map((group) => group.toLowerCase().replace(/^0+(?=.)/, "")).join(":")}::/64`;
}
