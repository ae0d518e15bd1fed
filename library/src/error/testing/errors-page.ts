/** Writes `spec/errors.md`, the table of errors for people, from the one table of codes. */
import type { CodeRow } from "../codes.ts";

const header = `# Errors

Every error that Daybook raises on purpose. This page is written from \`library/src/error/codes.ts\`
(\`UPDATE_SPEC=1 npx vitest run library/src/error\`).

Over HTTP an error is an \`application/problem+json\` document (RFC 9457) with \`type\`, \`title\`, \`status\`, \`detail\`, \`code\`,
\`remedy\`, and, where places in what was sent can be named, \`errors\`: a list of \`pointer\` (RFC 6901, into the body that was
sent), \`detail\` and \`remedy\`. \`type\` is \`/docs/errors#\` and the code, relative to the address that was asked (RFC 9457,
section 3.1.1): it leads to the server's own page of this table, wherever the server is, and is the same text everywhere. Programs go by \`code\`, which never changes its meaning. A status of - is for errors that never
cross HTTP: those of the client library and the commands. Nothing of a request that ends in an error was recorded, unless
the code is \`outcome-unknown\`.

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
