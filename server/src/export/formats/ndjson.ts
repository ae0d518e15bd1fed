/** NDJSON as defined in spec/ndjson.md: one event a line, as the API returns it. */
import { recordedEventText, recordedSlots } from "../../search/index.ts";
import type { HashedEvent } from "../../store/contract/pages.ts";
import type { ExportFormat } from "./format.ts";

export const ndjson: ExportFormat = {
  name: "ndjson",
  title: "NDJSON",
  mediaType: "application/x-ndjson",
  contentType: "application/x-ndjson",
  extension: "ndjson",
  description:
    "One event a line, as JSON like from 'Read one event', ended by a line feed. It has 'context' only with context=true. spec/ndjson.md describes the format.",
  options: [],
  choices: [
    {
      value: "ndjson",
      text: "NDJSON",
      hint: "For programs and log pipelines: each line is one event, as JSON, the same as from the API.",
      options: {},
    },
  ],
  lines: { header: 0, quoted: false },
  slots: recordedSlots.filter((name) => name !== "context"),
  leafHash: true,
  header: () => "",
  row:
    ({ organization }) =>
    (event) =>
      `${recordedEventText(event as HashedEvent, organization)}\n`,
  footer: () => "",
};
