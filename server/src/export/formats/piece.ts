/** A piece of a file while it is written: bytes, so that stored texts are copied and never become strings. */

const firstBytes = 64 * 1024;

export class Piece {
  /** What is written, up to `at`; `room` may replace it. */
  bytes: Buffer = Buffer.allocUnsafeSlow(firstBytes);
  at = 0;

  /** Makes room for that many bytes more. */
  room(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.at));
    this.bytes = larger;
  }

  text(text: string): void {
    // UTF-8 has at most three bytes for each UTF-16 unit
    if (3 * text.length > this.bytes.length - this.at) this.room(Buffer.byteLength(text, "utf8"));
    this.at += this.bytes.write(text, this.at, "utf8");
  }

  /** Returns what is written, and begins the next piece. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.at);
    this.bytes = Buffer.allocUnsafeSlow(firstBytes);
    this.at = 0;
    return taken;
  }
}
