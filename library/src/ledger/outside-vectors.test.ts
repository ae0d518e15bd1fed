/** The ledger against outside vectors: the Merkle probes of transparency-dev and the Ed25519 vectors of Wycheproof. */
import { expect, test } from "vitest";
import { needOutsideVectors, outsideFiles, readOutside } from "../../../test/support/outside-vectors.ts";
import { DaybookError } from "../error/index.ts";
import { isSignedBy } from "./crypto.ts";
import { verifyConsistency, verifyInclusion } from "./index.ts";

const bytes = (text: string, encoding: "base64" | "hex" = "base64"): Uint8Array =>
  Uint8Array.from(Buffer.from(text, encoding));
const proof = (texts: string[] | null): Uint8Array[] => (texts ?? []).map((text) => bytes(text));

/** JSON with its whole numbers as bigints: some probes have numbers over 2^53. */
const parse = <T>(text: string): T =>
  JSON.parse(text.replace(/: (\d+)(,?)$/gm, ': "$1n"$2'), (_, value) =>
    typeof value === "string" && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
  ) as T;

/** Whether a check refuses, which it must do with its own error. */
function refuses(check: () => void): boolean {
  try {
    check();
    return false;
  } catch (error) {
    if (error instanceof DaybookError && error.code === "proof-invalid") return true;
    throw error;
  }
}

interface InclusionProbe {
  leafIdx: bigint;
  treeSize: bigint;
  root: string;
  leafHash: string;
  proof: string[] | null;
  wantErr: boolean;
}

interface ConsistencyProbe {
  size1: bigint;
  size2: bigint;
  root1: string;
  root2: string;
  proof: string[] | null;
  wantErr: boolean;
}

test("every Merkle inclusion probe is judged as its maker says", (context) => {
  needOutsideVectors(context);
  const files = outsideFiles("merkle/inclusion", ".json");
  expect(files.length).toBe(98);
  for (const file of files) {
    const probe = parse<InclusionProbe>(readOutside(`merkle/inclusion/${file}`));
    const claim = {
      leafHash: bytes(probe.leafHash),
      seq: probe.leafIdx,
      size: probe.treeSize,
      proof: proof(probe.proof),
      root: bytes(probe.root),
    };
    expect(
      refuses(() => verifyInclusion(claim)),
      file,
    ).toBe(probe.wantErr);
  }
});

test("every Merkle consistency probe is judged as its maker says", (context) => {
  needOutsideVectors(context);
  const files = outsideFiles("merkle/consistency", ".json");
  expect(files.length).toBe(98);
  for (const file of files) {
    const probe = parse<ConsistencyProbe>(readOutside(`merkle/consistency/${file}`));
    const claim = {
      older: { size: probe.size1, root: bytes(probe.root1) },
      newer: { size: probe.size2, root: bytes(probe.root2) },
      proof: proof(probe.proof),
    };
    expect(
      refuses(() => verifyConsistency(claim)),
      file,
    ).toBe(probe.wantErr);
  }
});

interface Wycheproof {
  numberOfTests: number;
  testGroups: {
    publicKey: { pk: string };
    tests: { tcId: number; comment: string; msg: string; sig: string; result: "valid" | "invalid" }[];
  }[];
}

test("every Ed25519 vector of Wycheproof is judged as its maker says", (context) => {
  needOutsideVectors(context);
  const file = JSON.parse(readOutside("ed25519_test.json")) as Wycheproof;
  let judged = 0;
  for (const group of file.testGroups) {
    for (const { tcId, comment, msg, sig, result } of group.tests) {
      const holds = isSignedBy(bytes(group.publicKey.pk, "hex"), bytes(msg, "hex"), bytes(sig, "hex"));
      expect(holds, `${tcId} ${comment}`).toBe(result === "valid");
      judged += 1;
    }
  }
  expect(judged).toBe(file.numberOfTests);
});
