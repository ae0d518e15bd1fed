/** Who did it, in words: the holder of the operator token has no name, and a user of another system may have its id. */
import type { Actor, RecordedBy } from "daybook/internal";
import { expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { ActorName } from "./event-card.tsx";

const words = (actor: Actor, recordedBy: RecordedBy, begins = false): string =>
  renderToString(<ActorName actor={actor} recordedBy={recordedBy} begins={begins} />).replaceAll(
    /<[^>]+>/g,
    "",
  );

const token: RecordedBy = { type: "operator", id: "operator" };

test("the holder of the operator token is called so, and nobody else", () => {
  const actor: Actor = { type: "user", id: "operator" };
  expect(words(actor, token)).toBe("the operator token");
  expect(words(actor, token, true)).toBe("The operator token");
  expect(words(actor, { type: "api_client", id: "client_1" })).toBe("operator");
  expect(words({ ...actor, name: "Anne" }, token)).toBe("Anne");
  expect(words({ type: "user", id: "u_17" }, token)).toBe("u_17");
});
