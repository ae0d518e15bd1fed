/**
 * A text as a QR code, drawn as SVG: dark on light in each theme, with the quiet zone that cameras need. Who can't scan it
 * finds the text beside it.
 */
import type { VNode } from "preact";
import { encodeQR } from "qr";

interface QrCodeProps {
  readonly text: string;
  /** What it is, for who doesn't see it. */
  readonly label: string;
}

/** Modules of light around the code. */
const border = 4;

export function QrCode({ text, label }: QrCodeProps): VNode {
  const rows = encodeQR(text, "raw", { border });
  const size = rows.length;
  return (
    <svg
      class="db-qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shape-rendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={rows.flatMap((row, y) => runsOf(row, y)).join("")} fill="#000" />
    </svg>
  );
}

/** Dark modules beside each other as one bar each. */
function runsOf(row: readonly boolean[], y: number): string[] {
  const runs: string[] = [];
  for (let x = 0; x < row.length; x++) {
    const from = x;
    while (row[x]) x++;
    if (x > from) runs.push(`M${from} ${y}h${x - from}v1H${from}z`);
  }
  return runs;
}
