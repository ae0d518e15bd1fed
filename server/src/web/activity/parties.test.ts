/** The actors and targets of a list of events. */
import type { RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { partiesOf } from "./parties.ts";

test("each party once, by the newest name that it has, actors apart from targets", () => {
  const anne = { type: "user", id: "u_17" };
  const events = [
    { actor: anne, targets: [{ type: "team", id: "a:b" }] },
    { actor: { ...anne, name: "Anne Wilson" }, targets: [anne, { type: "team", id: "a:b", name: "" }] },
    { actor: { ...anne, name: "Anne Before" } },
    {},
  ] as unknown as RecordedEvent[];
  expect(partiesOf(events)).toEqual({
    actor: [{ value: "user:u_17", label: "Anne Wilson" }],
    target: [
      { value: "team:a:b", label: undefined },
      { value: "user:u_17", label: undefined },
    ],
  });
});

test("a party of Daybook's is called as Daybook calls it, not as others do", () => {
  const id = `user_${"a".repeat(26)}`;
  const called = (name: string, recordedBy: object): object => ({
    actor: { type: "user", id, name },
    targets: [{ type: "user", id, name }],
    recordedBy,
  });
  const forged = called("Chief", { type: "api_client", id: "client_x" });
  const own = called("Reader", { type: "server", id: "daybook", own: true });
  const suggested = (events: object[]): unknown => partiesOf(events as RecordedEvent[]);
  const as = (label: string | undefined): object => ({
    actor: [{ value: `user:${id}`, label }],
    target: [{ value: `user:${id}`, label }],
  });
  expect(suggested([forged, own])).toEqual(as("Reader"));
  expect(suggested([forged])).toEqual(as(undefined));
});

test("of very many only the newest are named", () => {
  const targets = Array.from({ length: 20 }, (_, n) => ({ type: "team", id: `t_${n}` }));
  const of = (at: number): object => ({
    targets: targets.map(({ id, ...team }) => ({ ...team, id: `${at}_${id}` })),
  });
  const { target } = partiesOf([of(0), of(1), of(2)] as RecordedEvent[]);
  expect(target).toHaveLength(50);
  expect(target.at(-1)).toEqual({ value: "team:2_t_9", label: undefined });
});
