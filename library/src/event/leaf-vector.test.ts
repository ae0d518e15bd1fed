/** The worked example of the format, from a producer's text to slots. The ledger has the other half, from slots to checkpoints. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  canonicalize,
  formatTime,
  type JsonObject,
  normalise,
  parseTime,
  readJson,
  type TypeRules,
} from "./index.ts";

interface Leaf {
  producerText: string;
  assigned: { recordedAt: string; recordedBy: { type: string } };
  slots: Record<string, { value: JsonObject }>;
  leafData: string;
}

const file = new URL("../../../spec/vectors/leaf.json", import.meta.url);
const { leaves }: { leaves: Leaf[] } = JSON.parse(readFileSync(file, "utf8"));

const plain = {
  version: 1,
  labels: {},
  secret: { changes: [] },
  personal: { changes: [], data: [] },
  plain: { changes: [], data: [] },
};
/** The labels and marks in the example's description. */
const types: Record<string, TypeRules> = {
  LOG_OPENED: { ...plain, name: "LOG_OPENED" },
  API_CLIENT_UPDATED: { ...plain, name: "API_CLIENT_UPDATED", labels: { "/name": "Client name" } },
  UPDATE_ORGANIZATION_MEMBER: {
    ...plain,
    name: "UPDATE_ORGANIZATION_MEMBER",
    labels: { "/email": "Email", "/role": "Role", "/password": "Password" },
    secret: { changes: ["/password"] },
    personal: { changes: ["/email"], data: ["/email"] },
  },
};

describe("the worked example", () => {
  test.each(leaves)("leaf $assigned.seq comes out as the slots of the example, byte for byte", (leaf) => {
    const now = parseTime(leaf.assigned.recordedAt)!;
    const event = normalise(readJson(leaf.producerText) as JsonObject, {
      rules: (type) => types[type],
      now,
      writer: leaf.assigned.recordedBy.type === "server" ? "server" : "producer",
    });
    const expected = { ...leaf.slots };
    delete expected.recordedBy;
    expect(Object.keys(event.slots).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, slot] of Object.entries(expected)) {
      expect(canonicalize((event.slots as JsonObject)[name]!)).toBe(canonicalize(slot.value));
    }
    const envelope = JSON.parse(leaf.leafData);
    expect(event.id).toBe(envelope.id);
    expect(event.type).toBe(envelope.type);
    expect(event.outcome).toBe(envelope.outcome);
    expect(formatTime(event.occurredAt ?? now)).toBe(envelope.occurredAt);
    expect(event.unchanged).toBe(false);
  });
});
