/** The project's own test vectors of the ledger, from spec/vectors. */
import { readFileSync } from "node:fs";

/** A text that must be refused, and the reason. */
interface HostileText {
  readonly name: string;
  readonly text: string;
}

interface Hostile {
  readonly vkey: string;
  readonly disclosures: readonly HostileText[];
  readonly vkeys: readonly HostileText[];
  readonly notes: readonly HostileText[];
  readonly checkpoints: readonly HostileText[];
  readonly origins: readonly string[];
  readonly positions: readonly string[];
}

interface Trees {
  readonly roots: readonly { size: number; root: string }[];
  readonly inclusion: readonly { seq: number; size: number; leafHash: string; proof: string[] }[];
  readonly consistency: readonly { older: number; newer: number; proof: string[] }[];
}

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../../../spec/vectors/${name}`, import.meta.url), "utf8")) as T;

/** spec/vectors/ledger-hostile.json */
export const hostile: Hostile = read("ledger-hostile.json");

/** spec/vectors/tree.json */
export const trees: Trees = read("tree.json");
