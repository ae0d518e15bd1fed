/** What a frame tells its host about the end of the session, with a simulated clock. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fitFrame } from "./frame.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const host = "https://portal.example.com";

/** The messages to the host from a frame's document with that data. */
function messagesOf(dataset: object): unknown[] {
  const messages: unknown[] = [];
  const receive = ({ type }: { type: string }, origin: string): unknown => messages.push([type, origin]);
  vi.stubGlobal("window", {});
  vi.stubGlobal("parent", { postMessage: receive });
  vi.stubGlobal("location", {});
  vi.stubGlobal("document", { documentElement: { dataset: { frame: host, ...dataset } } });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe = (): void => undefined;
    },
  );
  fitFrame();
  return messages;
}

test("the host is told that the session has ended when it does, and once", async () => {
  const messages = messagesOf({ endsIn: String(720 * 60_000) });
  await vi.advanceTimersByTimeAsync(720 * 60_000 - 1);
  expect(messages).toEqual([["daybook:page", host]]);
  await vi.advanceTimersByTimeAsync(1);
  expect(messages).toEqual([
    ["daybook:page", host],
    ["daybook:ended", host],
  ]);
  await vi.advanceTimersByTimeAsync(720 * 60_000);
  expect(messages).toHaveLength(2);
});

test("a page that says that it has ended tells so at once; where no session is, nothing ends", async () => {
  expect(messagesOf({ ended: "" })).toEqual([
    ["daybook:page", host],
    ["daybook:ended", host],
  ]);
  const messages = messagesOf({});
  await vi.runAllTimersAsync();
  expect(messages).toEqual([["daybook:page", host]]);
});
