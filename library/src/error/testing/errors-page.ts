/** Generates `spec/errors.md`, the page of errors, from the table of codes. */
import type { CodeRow } from "../codes.ts";

const header = `# Errors

This page lists every error that Daybook raises.
It is generated from \`library/src/error/codes.ts\` (\`UPDATE_SPEC=1 npx vitest run library/src/error\`).

Over HTTP, an error is an \`application/problem+json\` document (RFC 9457) with \`type\`, \`title\`, \`status\`, \`detail\`, \`code\` and \`remedy\`.
If Daybook can name places in the request, the document also has \`errors\`: a list of \`pointer\` (RFC 6901, into the body of the request), \`detail\` and \`remedy\`.

\`type\` is \`/docs/errors#\` and the code, relative to the address of the request (RFC 9457, section 3.1.1).
It leads to the server's own page of this table, so below a path such as \`/daybook\` it is \`/daybook/docs/errors#\` and the code.
Programs check \`code\`, which never changes its meaning.

Errors with the status - never cross HTTP: the client library and the commands raise them.
If a request ends in an error, Daybook recorded nothing, unless the code is \`outcome-unknown\`.

| code | status | what is wrong | what to do |
|---|---|---|---|
`;

/** The whole text of the page, in the order of the table. */
export function errorsPage(codes: Readonly<Record<string, CodeRow>>): string {
  const rows = Object.entries(codes).map(
    ([code, row]) =>
      `| \`${code}\` | ${row.status === 0 ? "-" : row.status} | ${row.title} | ${row.remedy} |\n`,
  );
  return header + rows.join("");
}
