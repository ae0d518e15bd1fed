/** Writes times as bytes: the day is made once, because the rows of a file are in the order of time. */
import { formatTime } from "daybook/internal";

const dayMicros = 86_400_000_000;
/** `YYYY-MM-DD HH:MM:SS.ffffff`, with any character in the place of the space. */
export const timeLength = 26;
const zero = 0x30;
const colon = 0x3a;
const point = 0x2e;

export class TimeBytes {
  #day = Number.NaN;
  readonly #date: Buffer = Buffer.alloc("YYYY-MM-DD ".length);
  readonly #between: string;

  /** With this character between day and time. */
  constructor(between: " " | "T") {
    this.#between = between;
  }

  /** Writes a time in UTC, of microseconds since 1970. */
  write(bytes: Buffer, start: number, micros: number): void {
    const day = Math.floor(micros / dayMicros);
    if (day !== this.#day) {
      this.#day = day;
      this.#date.write(formatTime(BigInt(day * dayMicros)).slice(0, 10) + this.#between, "latin1");
    }
    bytes.set(this.#date, start);
    const rest = micros - day * dayMicros;
    const seconds = Math.floor(rest / 1_000_000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    twoDigits(bytes, start + 11, hours);
    bytes[start + 13] = colon;
    twoDigits(bytes, start + 14, minutes - 60 * hours);
    bytes[start + 16] = colon;
    twoDigits(bytes, start + 17, seconds - 60 * minutes);
    bytes[start + 19] = point;
    let fraction = rest - 1_000_000 * seconds;
    for (let at = start + timeLength - 1; at > start + 19; at--) {
      const tenth = Math.floor(fraction / 10);
      bytes[at] = zero + fraction - 10 * tenth;
      fraction = tenth;
    }
  }
}

function twoDigits(bytes: Buffer, at: number, value: number): void {
  const tens = Math.floor(value / 10);
  bytes[at] = zero + tens;
  bytes[at + 1] = zero + value - 10 * tens;
}
