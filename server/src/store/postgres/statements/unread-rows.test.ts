/** Rows come whole, and everything else comes as it was, wherever the network cuts it. */
import { EventEmitter } from "node:events";
import type { Connection } from "pg";
import { expect, test } from "vitest";
import { leaveRowsUnread, type UnreadRow } from "./unread-rows.ts";

function message(code: string, body: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header.write(code);
  header.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([header, body]);
}

function row(...fields: (string | null)[]): Buffer {
  const parts = fields.map((field) => {
    const value = Buffer.from(field ?? "");
    const length = Buffer.alloc(4);
    length.writeInt32BE(field === null ? -1 : value.length);
    return Buffer.concat([length, value]);
  });
  const count = Buffer.alloc(2);
  count.writeInt16BE(fields.length);
  return message("D", Buffer.concat([count, ...parts]));
}

const rows: readonly (readonly (string | null)[])[] = [
  ["a", null, ""],
  [],
  ["\u00e9".repeat(40), "D"],
  [null],
];
const [first, second, ...others] = rows;
const rest = [
  message("2", Buffer.alloc(0)),
  message("C", Buffer.from("DDDD DDDD")),
  message("Z", Buffer.from("I")),
];
const sent = Buffer.concat([
  rest[0]!,
  row(...first!),
  row(...second!),
  rest[1]!,
  ...others.map((fields) => row(...fields)),
  rest[2]!,
]);

/** What arrives, in the order in which it does, if `chunks` do. */
function received(chunks: readonly Buffer[]): { rows: unknown[]; rest: Buffer; order: string } {
  const found = { rows: [] as unknown[], rest: Buffer.alloc(0), order: "" };
  const emitter = new EventEmitter();
  const connection = Object.assign(emitter, {
    attachListeners(stream: EventEmitter) {
      stream.on("data", (bytes: Buffer) => {
        found.rest = Buffer.concat([found.rest, bytes]);
        found.order += "-".repeat(bytes.length);
      });
    },
  });
  leaveRowsUnread(connection as unknown as Connection);
  emitter.on("dataRow", (unread: UnreadRow) => {
    found.rows.push(unread.fields);
    found.order += "D";
  });
  const stream = new EventEmitter();
  connection.attachListeners(stream);
  for (const chunk of chunks) stream.emit("data", chunk);
  return found;
}

test("in chunks of any size", () => {
  const whole = received([sent]);
  expect(whole.rows).toEqual(rows);
  expect(whole.rest).toEqual(Buffer.concat(rest));
  expect(whole.order).toBe("-----DD--------------DD------");
  for (let size = 1; size < sent.length; size++) {
    const chunks: Buffer[] = [];
    for (let at = 0; at < sent.length; at += size) chunks.push(Buffer.from(sent.subarray(at, at + size)));
    expect(received(chunks), `chunks of ${size}`).toEqual(whole);
  }
});

test("cut in two anywhere", () => {
  const whole = received([sent]);
  for (let at = 0; at <= sent.length; at++)
    expect(received([sent.subarray(0, at), sent.subarray(at)]), `cut at ${at}`).toEqual(whole);
});
