/** Generates docs/environments.md: a table for each subject, and below it what the server says where it must not start. */
import type { EnvironmentGroup } from "./row.ts";
import type { Seen } from "./seen.ts";

/** What a whole run saw. */
export interface SeenEverywhere {
  /** The names of the servers: the columns. */
  readonly servers: readonly string[];
  /** The programs that it used, as `Node 20.20.2`. */
  readonly programs: readonly string[];
  readonly groups: readonly SeenGroup[];
}

/** The rows of a subject, each as seen on each server. */
export interface SeenGroup extends Pick<EnvironmentGroup, "title" | "about"> {
  readonly rows: readonly { readonly name: string; readonly of: readonly Seen[] }[];
}

type SeenRow = SeenGroup["rows"][number];

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();
const escaped = (text: string): string => oneLine(text).replaceAll(/[\\|<>*]/g, "\\$&");
const isRefusal = ({ text, isRight }: Seen): boolean => isRight && text !== "works";

function cellOf(seen: Seen): string {
  if (!seen.isRight) return `**not as it must be**: ${escaped(seen.text).slice(0, 400)}`;
  return isRefusal(seen) ? "refused" : "works";
}

/** The sentence and the remedy, once if the servers agree. */
function messageOf({ name, of }: SeenRow, servers: readonly string[]): string {
  const texts = new Set(of.map(({ text }) => text));
  const quoted = of
    .map(({ text }, n) => (texts.size === 1 ? text : `${servers[n]}: ${text}`))
    .map((text) =>
      text
        .split("\n")
        .map((line) => `> ${escaped(line)}\\\n`)
        .join("")
        .slice(0, -2),
    );
  return `Refused: ${name}\n\n${[...new Set(quoted)].join("\n>\n")}`;
}

function sectionOf({ title, about, rows }: SeenGroup, servers: readonly string[]): string {
  const anchor = about.toLowerCase().replaceAll(" ", "-");
  const lines = rows.map(({ name, of }) => `| ${name} | ${of.map(cellOf).join(" | ")} |`);
  const messages = rows.filter(({ of }) => of.some(isRefusal)).map((row) => messageOf(row, servers));
  return [
    `## ${title}`,
    `About these: [${about}](operating.md#${anchor}).`,
    [`| environment | ${servers.join(" | ")} |`, `|---|${"---|".repeat(servers.length)}`, ...lines].join(
      "\n",
    ),
    ...messages,
  ].join("\n\n");
}

const listed = (words: readonly string[]): string =>
  [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" and ");

/** The page. */
export const pageOf = ({ servers, programs, groups }: SeenEverywhere): string => `# Environments

Does Daybook run on your PostgreSQL?

- **Version**: PostgreSQL 15 or newer, and a database of its own with the encoding UTF8, with any collation.
- **User**: the owner of the database, or a user who owns nothing. Daybook sets its own time zone, formats and time-outs.
- **Address**: each form that \`psql\` takes, with or without TLS, by a public or a private authority.
- **Pooler**: PgBouncer in session or in transaction mode.
- **Proxy**: HTTPS and HTTP/2, with or without a path that the proxy removes.

The tables below have each environment that was tried, with ${listed(programs)}:

- **works**: the server starts without a warning and becomes ready; it records an event, which a follower receives, and which the list and the CSV have; it stops cleanly.
  Then \`fsck\` finds nothing, and \`backup\` writes a file.
- **refused**: Daybook must not run there, so it exits with 1 and says what is wrong and what to do.
  The text is below the table, for a user \`app\` and a database \`audit\`.

\`npm run environments\` in a checkout tries all of them and writes this page; it runs every night.
If your environment isn't here, start Daybook in it: the start checks what it needs.

${groups.map((group) => sectionOf(group, servers)).join("\n\n")}

## Not tried

- Versions of PostgreSQL between those of the tables.
- Operating systems other than Linux. The embedded PostgreSQL does not run on Windows.
- Messages of PostgreSQL in another language than English (\`lc_messages\`).
- PgBouncer 1.21 or newer with \`max_prepared_statements\`, and other poolers.
- The PostgreSQL services of cloud providers.
- Proxies other than nginx.
`;
