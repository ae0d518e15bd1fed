/** Each example of the help is a search, and one that its readers may ask. */
import { expect, test } from "vitest";
import { renderToString } from "../../kit/html/render.ts";
import { readQuestion } from "../question.ts";
import { SearchHelp } from "./search-help.tsx";

const examplesFor = (seesContext: boolean, inAll: boolean): string[] =>
  [
    ...renderToString(<SearchHelp seesContext={seesContext} inAll={inAll} />).matchAll(
      /<code>(.*?)<\/code>/g,
    ),
  ].map(([, example = ""]) => example.replaceAll("&quot;", '"'));

test.each([
  [true, true, 13],
  [true, false, 12],
  [false, false, 9],
])("seen context: %s, of all: %s", (context, inAll, count) => {
  const examples = examplesFor(context, inAll);
  expect(examples).toHaveLength(count);
  for (const q of examples) {
    const view = { rowScope: "everything", context, onlyTarget: undefined } as never;
    const { problems } = readQuestion({ q }, { zone: "UTC", now: 0n, ...(inAll ? {} : { view }) });
    expect(problems, q).toEqual([]);
  }
});
