/** A filter that comes back: no value gets lost when it is sent again, and errors are at their fields. */

import { expect, test } from "vitest";
import { renderToString } from "../../kit/html/render.ts";
import { ActivityFilter, type ActivityFilterProps } from "./activity-filter.tsx";

const added = { name: "API_CLIENT_ADDED", title: "API client added" };
const shown = (props: Partial<ActivityFilterProps>): string =>
  renderToString(
    <ActivityFilter
      heading={undefined}
      seesContext={false}
      inAll={false}
      action="/activity"
      periods={[]}
      views={[]}
      types={[{ about: "API clients", types: [added] }]}
      typed={{}}
      wrong={() => undefined}
      kept={[]}
      keptInSearch={[]}
      {...props}
    />,
  );
const chosen = (html: string): (string | undefined)[] =>
  [...html.matchAll(/<option [^>]*selected[^>]*>[^<]*/g)].map(
    ([option]) => /value="([^"]*)"/.exec(option)?.[1],
  );

test.each([
  ["listed", "API_CLIENT_ADDED"],
  ["another organization's own", "invoice.paid"],
])("a type that is %s stays chosen, once", (_name, type) => {
  expect(chosen(shown({ typed: { type } }))).toEqual([type]);
});

test("without a type none is chosen", () => {
  expect(chosen(shown({ typed: { type: "" } }))).toEqual([]);
});

test("what is wrong with the words is said at their field, for those who hear it too", () => {
  const html = shown({ wrong: (field) => (field === "q" ? "Enter up to 16 words" : undefined) });
  expect(html).toMatch(/<p id="q-error" class="govuk-error-message">.*Enter up to 16 words<\/p>/);
  expect(html).toMatch(/<input [^>]*id="q"[^>]* aria-describedby="q-error"/);
  expect(shown({})).not.toContain("q-error");
});

test("actors and targets that are known are offered by name, and others can be typed", () => {
  const suggestions = {
    actor: [{ value: "user:u_17", label: "Anne Wilson" }],
    target: [],
  };
  const html = shown({ suggestions });
  expect(html).toMatch(/<input [^>]*id="actor"[^>]* list="actor-suggestions"/);
  expect(html).toContain(
    '<datalist id="actor-suggestions"><option value="user:u_17" label="Anne Wilson"></option></datalist>',
  );
  expect(html.match(/<datalist/g)).toHaveLength(1);
  expect(shown({ suggestions, without: "actor" })).not.toContain("<datalist");
});
