/** A history of an API client without events on its page says where to look. */

import { expect, test } from "vitest";
import { renderToString } from "../kit/html/render.ts";
import { Deleted } from "./show-content.tsx";

const list = "/orgs/acme/api-clients";
const own = "/orgs/acme/actors/api_client/client_9";

const shown = (newest?: string): string =>
  renderToString(
    <Deleted
      list={list}
      history={{
        events: [],
        reported: undefined,
        recorderOf: () => undefined,
        zone: "UTC",
        now: 0,
        newest,
        own,
        older: undefined,
      }}
    />,
  );

test("without events: to what the client did itself", () => {
  expect(shown()).toContain(`see <a href="${own}">what the client did itself</a>`);
});

test("on a page behind the last: to the newest", () => {
  expect(shown(`${list}/client_9`)).toContain(`<a href="${list}/client_9">See the newest events.</a>`);
});
