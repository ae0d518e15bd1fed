/**
 * A text as a QR code, drawn as SVG: dark on light in each theme, with the quiet zone that cameras need. The text beside it is for people
 * who can't scan it.
 */
import type { VNode } from "preact";
import { encodeQR } from "qr";

interface QrCodeProps {
  readonly text: string;
  /** Its description for screen readers. */
  readonly label: string;
}

/** Light modules around the code. */
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

/** Adjacent dark modules as one bar. */
function runsOf(row: readonly boolean[], y: number): string[] {
  const runs: string[] = [];
  for (let x = 0; x < row.length; x++) {
    const from = x;
    while (row[x]) x++;
    if (x > from) runs.push(`M${from} ${y}h${x - from}v1H${from}z`);
  }
  return runs;
}
