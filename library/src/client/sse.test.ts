/** Server-sent events are the same however the bytes are split. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Message, messagesOf } from "./sse.ts";

async function read(bytes: Uint8Array, cuts: readonly number[] = []): Promise<Message[]> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  const pieces = [0, ...places].map((start, i) => bytes.subarray(start, places[i] ?? bytes.length));
  const messages: Message[] = [];
  for await (const message of messagesOf(pieces)) messages.push(message);
  return messages;
}
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const datas = async (text: string): Promise<unknown[]> => (await read(bytesOf(text))).map(({ data }) => data);

test("reads id, data and event; the id stays until there is another", async () => {
  const text = "retry: 1000\n\nid: a:1\n\nid: a:2\nevent: thing\ndata: {}\n\n:\n\ndata: 1\n\n";
  expect(await read(bytesOf(text))).toEqual([
    { event: "message", data: undefined, id: "a:1" },
    { event: "thing", data: "{}", id: "a:2" },
    { event: "message", data: "1", id: "a:2" },
  ]);
});

test("lines may end in LF, CR or CRLF, and data may have several lines", async () => {
  expect(await datas("data: a\rdata: b\r\r")).toEqual(["a\nb"]);
  expect(await datas("data: a\r\ndata: b\r\n\r\n")).toEqual(["a\nb"]);
  expect(await datas("data\ndata:\n\n")).toEqual(["\n"]);
  expect(await datas("data:  two spaces\n\n")).toEqual([" two spaces"]);
});

test("a message that the stream breaks off in never came", async () => {
  expect(await datas("data: a\n\ndata: b\n")).toEqual(["a"]);
  expect(await datas("data: a\n\ndata: b")).toEqual(["a"]);
});

test("an id with U+0000, unknown fields, comments and a byte order mark change nothing", async () => {
  const messages = await read(bytesOf("\ufeffid: a\nid: b\0\nfield: x\n: comment\ndata: 1\n\n"));
  expect(messages).toEqual([{ event: "message", data: "1", id: "a" }]);
});

test("however the bytes are cut, the messages are the same", async () => {
  const line = fc.string({ unit: "grapheme", maxLength: 20 }).map((text) => text.replace(/[\r\n\0]/g, ""));
  const end = fc.constantFrom("\n", "\r", "\r\n");
  const block = fc.record({ id: line, data: fc.array(line, { maxLength: 3 }), end });
  await fc.assert(
    fc.asyncProperty(
      fc.array(block, { maxLength: 8 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      async (blocks, cuts) => {
        const text = blocks
          .map(
            ({ id, data, end: e }) => `id: ${id}${e}${data.map((each) => `data: ${each}${e}`).join("")}${e}`,
          )
          .join("");
        const whole = await read(bytesOf(text));
        expect(whole).toEqual(
          blocks.map(({ id, data }) => ({
            event: "message",
            data: data.length > 0 ? data.join("\n") : undefined,
            id,
          })),
        );
        expect(await read(bytesOf(text), cuts)).toEqual(whole);
      },
    ),
  );
});

test("a message without end is refused rather than kept in memory", async () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    const piece = bytesOf(`data: ${"x".repeat(100_000)}\n`);
    for (;;) yield piece;
  }
  const reading = (async () => {
    for await (const _ of messagesOf(endless()));
  })();
  await expect(reading).rejects.toMatchObject({ code: "answer-unreadable" });
});
