/** Reads the sections of a backup from a stream, in order, and hashes them. */
import { createHash } from "node:crypto";
import { damaged, endOfTable } from "./format.ts";

const lineFeed = 10;
const endAfterLine: Buffer = Buffer.concat([Buffer.from("\n"), endOfTable]);
/** The maximum length of a header, which lists every table and column. */
const longestLine = 1_048_576;

export class BackupReader {
  private readonly chunks: AsyncIterator<Buffer>;
  private readonly hash = createHash("sha256");
  private pending: Buffer = Buffer.alloc(0);

  constructor(stream: AsyncIterable<Buffer>) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** One line, without its line end. */
  async line(): Promise<string> {
    for (;;) {
      const end = this.pending.indexOf(lineFeed);
      if (end !== -1) return this.take(end + 1).toString("utf8", 0, end);
      if (this.pending.length > longestLine) throw damaged("The file is not a backup of Daybook.");
      if (!(await this.more())) throw damaged("The backup is cut short.");
    }
  }

  /** The rows of a table, as they are in the file, whole lines at a time. */
  async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.pending.subarray(0, endOfTable.length).equals(endOfTable)) {
        this.take(endOfTable.length);
        return;
      }
      const end = this.pending.indexOf(endAfterLine);
      const upTo = end === -1 ? this.pending.lastIndexOf(lineFeed) : end;
      // an incomplete last line can be the end of the table
      if (upTo !== -1) yield this.take(upTo + 1);
      if (end === -1 && !(await this.more())) throw damaged("The backup is cut short.");
    }
  }

  /** Lower-case hex of the SHA-256 of everything read so far. */
  digest(): string {
    return this.hash.copy().digest("hex");
  }

  /** Throws if anything follows. */
  async end(): Promise<void> {
    if (this.pending.length > 0 || (await this.more())) throw damaged("The backup has data after its end.");
  }

  private take(bytes: number): Buffer {
    const taken = this.pending.subarray(0, bytes);
    this.pending = this.pending.subarray(bytes);
    this.hash.update(taken);
    return taken;
  }

  private async more(): Promise<boolean> {
    const { done, value } = await this.chunks.next().catch((error: unknown) => {
      // errors of zlib for a file that was cut, altered, or never was gzip
      throw (error as { code?: string }).code?.startsWith("Z_")
        ? damaged("The backup is damaged, cut short, or not a backup.", error)
        : error;
    });
    if (done) return false;
    this.pending = this.pending.length === 0 ? value : Buffer.concat([this.pending, value]);
    return true;
  }
}
