/** Texts of others on pages: the placeholder of a secret is framed only where Daybook may have put it, and errors are marked too. */
import type { Actor, RecordedEvent } from "daybook/internal";
import { expect, test } from "vitest";
import { Origin } from "../../../event/origin.tsx";
import { ActorName } from "../../../event-card/event-card.tsx";
import { renderToString } from "../../html/render.ts";
import { ErrorMessage } from "../error-message/error-message.tsx";
import { ErrorSummary } from "../error-summary/error-summary.tsx";
import { MarkedText } from "./marked-text.tsx";

const framed = (text: string): number =>
  renderToString(<MarkedText text={text} />).split("db-placeholder").length - 1;

test.each([
  ["[hidden]", 1],
  ['{"password":"[hidden]","pin":"[hidden]"}', 2],
  ["password, [hidden]", 1],
  ["curl -H 'X-Key: [token 1a2b3c4d5e6f]'", 1],
  ["the value is [hidden] for you", 0],
  ["x[hidden]", 0],
  ["[token 1a2b]", 0],
])("%s has %i frames", (text, count) => {
  expect(framed(text)).toBe(count);
});

test("an error that repeats what was typed marks what can't be seen of it", () => {
  const message = "There is a team called Pay\u200bments already.";
  for (const html of [
    renderToString(<ErrorSummary errors={[{ field: "name", message }, { message }]} />),
    renderToString(<ErrorMessage id="name-error">{message}</ErrorMessage>),
  ])
    expect(html).toContain("zero-width space");
});

test("what a client adjusted is marked, and a producer's number is no part of its id", () => {
  const event = {
    organization: { slug: "acme" },
    context: { adjusted: ["/data/a\u200bb"] },
    producer: { id: "p, number 1", n: 2 },
  } as unknown as RecordedEvent;
  const html = renderToString(<Origin event={event} />);
  expect(html).toContain("zero-width space");
  expect(html).toContain("Number from the producer");
  expect(html).not.toContain("number 1, number 2");
});

test("the id of who is taken for another stands beside the name, with marks of its own", () => {
  const actor: Actor = { type: "user", id: "u_1\u200b", name: "Anne" };
  expect(renderToString(<ActorName actor={actor} hasNamesake={() => true} />)).toMatch(
    /<code[^>]*>u_1<.*zero-width/,
  );
  expect(renderToString(<ActorName actor={actor} hasNamesake={() => false} />)).not.toContain("u_1");
});
