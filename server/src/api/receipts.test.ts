/** Receipts are the JSON that a general serializer would write. */

import type { Receipt } from "daybook/internal";
import fc from "fast-check";
import { expect, test } from "vitest";
import { receiptsText } from "./receipts.ts";

const text = fc.oneof(fc.string(), fc.string({ unit: "binary" }));
const receipt = fc.record(
  {
    id: text,
    log: text,
    seq: fc.nat(),
    recordedAt: text,
    leafHash: text,
    leafData: text,
    disclosures: fc.dictionary(text, text),
  },
  { requiredKeys: ["id", "log", "seq", "recordedAt", "leafHash"] },
);
const unrecorded = fc.record({ id: text, recorded: fc.constant(false as const) });

test("whatever they hold", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(receipt as fc.Arbitrary<Receipt>, unrecorded)), (receipts) => {
      expect(JSON.parse(receiptsText(receipts))).toEqual(JSON.parse(JSON.stringify({ receipts })));
    }),
  );
});
