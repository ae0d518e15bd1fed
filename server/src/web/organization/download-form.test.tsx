/** The download form for a list of formats: its choices, and the script's data about each file. */

import { expect, test } from "vitest";
import { csv } from "../../export/formats/csv.ts";
import type { ExportFormat } from "../../export/formats/format.ts";
import { renderToString } from "../kit/html/render.ts";
import { DownloadForm } from "./download-form.tsx";
import { usual } from "./download-query.ts";
import { choicesOf } from "./file-choices.ts";

/** A format with one choice, whose events can't be counted. */
const { lines: _, ...uncounted } = csv;
const plain: ExportFormat = {
  ...uncounted,
  name: "plain",
  mediaType: "text/plain",
  extension: "txt",
  choices: [{ value: "plain", text: "Plain text", hint: "For people.", options: {} }],
};

const formOf = (...formats: ExportFormat[]): string =>
  renderToString(
    <DownloadForm
      action="/download"
      slug="acme"
      files={choicesOf(formats)}
      types={[]}
      typed={usual}
      refused={undefined}
      rows={{ usual: 3212, more: false, all: 12_345n }}
    />,
  );

const filesIn = (html: string): unknown =>
  JSON.parse((/data-files="([^"]*)"/.exec(html)?.[1] ?? "").replaceAll("&quot;", '"'));

test("a format with one choice alone has no control", () => {
  const html = formOf(plain);
  expect(html).not.toContain('name="format"');
  expect(html).not.toContain("a format");
  expect(filesIn(html)).toEqual([{ value: "plain", extension: "txt", mediaType: "text/plain" }]);
});

test("the choices of each format stand in the order of the list, the first one chosen", () => {
  const html = formOf(csv, plain);
  const values = [...html.matchAll(/name="format" type="radio" value="(\w+)"( checked)?/g)];
  expect(values.map(([, value, checked]) => [value, checked !== undefined])).toEqual([
    ["spreadsheet", true],
    ["quotes", false],
    ["json", false],
    ["plain", false],
  ]);
  const lines = { header: 1, quoted: true };
  expect(filesIn(html)).toEqual([
    ...["spreadsheet", "quotes", "json"].map((value) => ({
      value,
      extension: "csv",
      mediaType: "text/csv",
      lines,
    })),
    { value: "plain", extension: "txt", mediaType: "text/plain" },
  ]);
});
