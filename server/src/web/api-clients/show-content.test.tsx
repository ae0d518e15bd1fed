/** A history of an API client without events on its page says where to look. */

import { expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { Deleted } from "./show-content.tsx";

const list = "/orgs/acme/api-clients";

const shown = (newest?: string): string =>
  renderToString(
    <Deleted
      list={list}
      told={{
        at: { org: "acme", client: "client_9" },
        found: {
          ...{ history: [], did: [], recorded: [] },
          ...{ next: null, didMore: false, lastChange: undefined, reported: undefined },
        },
        typeOf: () => undefined,
        recorderOf: () => undefined,
        zone: "UTC",
        newest,
        older: undefined,
      }}
    />,
  );

test("without events: to what the client did itself", () => {
  const own = "/orgs/acme/actors/api_client/client_9";
  expect(shown()).toContain(`see <a href="${own}">what the client did itself</a>`);
});

test("on a page behind the last: to the newest", () => {
  expect(shown(`${list}/client_9`)).toContain(`<a href="${list}/client_9">See the newest events.</a>`);
});
