/** Examples of line diffs. */
import type { VNode } from "preact";
import type { Examples } from "../example.ts";
import { LineDiff } from "./line-diff.tsx";
import { linesBetween } from "./lines.ts";

const numbered = (count: number): string[] => Array.from({ length: count }, (_, n) => `Line ${n + 1}`);
const shown = (from: readonly string[], to: readonly string[], isCode = false): VNode => (
  <LineDiff parts={linesBetween(from, to) ?? []} isCode={isCode} />
);

const hostile = '<script>alert("1")</script>';

export const lineDiffs: Examples = {
  component: "Line diff",
  examples: [
    {
      name: "text with unchanged lines folded",
      shown: shown(
        [...numbered(20), "The end"],
        [
          ...numbered(9),
          "Line 10, in other words, which are many more than there is room for in a line.".repeat(2),
          ...numbered(20).slice(10),
          "",
          "The end",
        ],
      ),
    },
    {
      name: "JSON",
      shown: shown(
        ["{", '  "perMinute": 10,', '  "burst": 5', "}"],
        ["{", '  "perMinute": 20,', '  "burst": 5', "}"],
        true,
      ),
    },
    {
      name: "lines that look the same",
      shown: shown(
        ["The same", "for a\u00a0while ", "caf\u00e9", "a\u200cb"],
        ["The same", "for a while", "cafe\u0301", "ab"],
      ),
    },
    {
      name: "hostile, and in the other direction",
      shown: shown([hostile, "שלום עולם", "The same 🧾"], ["שלום לכולם", `${hostile}\r`, "The same 🧾"]),
    },
  ],
};
