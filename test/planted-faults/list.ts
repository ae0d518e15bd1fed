/**
 * Faults that the tests must catch: each a change of one place, with what it breaks and the files of tests that fail by it. A test
 * checks that the place is still there; `npm run faults` plants each and runs its tests. If you move or reword such a place, follow it here.
 */

export interface PlantedFault {
  readonly name: string;
  readonly breaks: string;
  readonly file: string;
  /** What is replaced; it stands once in the file. */
  readonly text: string;
  readonly by: string;
  /** The files of tests, each of which fails. */
  readonly caughtBy: readonly string[];
}

/** What is recorded: its format, its secrets, its place in the tree. */
const events: readonly PlantedFault[] = [
  {
    name: "event format",
    breaks: "A time on 29 February 2100, which doesn't exist, is taken.",
    file: "library/src/event/time.ts",
    text: "(year % 4 === 0 && year % 100 !== 0) || year % 400 === 0",
    by: "year % 4 === 0",
    caughtBy: ["library/src/event/time.test.ts"],
  },
  {
    name: "canonical JSON",
    breaks: "Members of an object stand in reverse order, so that other implementations get other digests.",
    file: "library/src/event/canonicalize.ts",
    text: "j >= 0 && names[j]! > name",
    by: "j >= 0 && names[j]! < name",
    caughtBy: ["library/src/event/canonicalize.test.ts", "library/src/ledger/leaf-vectors.test.ts"],
  },
  {
    name: "hiding of secrets",
    breaks: "A secret in a list of a name and a value, such as a header, is recorded.",
    file: "library/src/event/hide.ts",
    text: "const second = !under && isPair(list, hiding) ? 1 : -1;",
    by: "const second = under && isPair(list, hiding) ? 1 : -1;",
    caughtBy: ["library/src/event/hiding-vectors.test.ts"],
  },
  {
    name: "Merkle tree",
    breaks: "An inner node hashes like a leaf, so that a forged leaf can stand for a subtree.",
    file: "library/src/ledger/tree.ts",
    text: "nodeData[0] = 1;",
    by: "nodeData[0] = 0;",
    caughtBy: ["library/src/ledger/tree.test.ts"],
  },
  {
    name: "salts",
    breaks: "Slots share a salt, so that one disclosure lets others be guessed.",
    file: "library/src/ledger/slots.ts",
    text: "poolAt += saltBytes;",
    by: "poolAt += 0;",
    caughtBy: ["library/src/ledger/slots.test.ts"],
  },
  {
    name: "Daybook's own events",
    breaks: "A producer records events that only Daybook may record.",
    file: "server/src/log/accept.ts",
    text: 'known.type.writer === "server" && writer !== "server"',
    by: 'known.type.writer === "server" && writer === "server"',
    caughtBy: ["server/src/log/event-log.test.ts"],
  },
  {
    name: "coalescer",
    breaks: "The queue of requests grows without a bound.",
    file: "server/src/fairness/fair-room.ts",
    text: "if (this.#total === 0) return true;",
    by: "if (this.#total >= 0) return true;",
    caughtBy: ["server/src/log/pressure.test.ts"],
  },
  {
    name: "combined reads",
    breaks: "A read that has begun answers those who ask after it: an ended token still works.",
    file: "server/src/fairness/coalesce.ts",
    text: "for (const text of taken.keys()) next.delete(text);\n      await patiently(answer([...taken.values()], readMany));",
    by: "await patiently(answer([...taken.values()], readMany));\n      for (const text of taken.keys()) next.delete(text);",
    caughtBy: ["server/src/fairness/coalesce.test.ts"],
  },
  {
    name: "COPY append",
    breaks: "A letter that isn't ASCII is stored as another one.",
    file: "server/src/store/postgres/statements/copy-rows.ts",
    text: "if (code > 0x7f) return undefined;",
    by: "if (code > 0xff) return undefined;",
    caughtBy: ["server/src/store/postgres/conformance.test.ts"],
  },
  {
    name: "idempotency",
    breaks: "Another request under a key that was used gets the answer of the first one.",
    file: "server/src/log/once.ts",
    text: "if (Buffer.compare(answered.requestHash, requestHash) !== 0)",
    by: "if (Buffer.compare(answered.requestHash, requestHash) > 1)",
    caughtBy: ["server/src/api/routes/organizations.test.ts"],
  },
  {
    name: "no change without its event",
    breaks: "A user can be changed without an event.",
    file: "server/src/log/business-rows.ts",
    text: "updateUser: true,",
    by: "updateUser: false,",
    caughtBy: ["server/src/log/business-rows.test.ts"],
  },
];

/** What the library does on the other side. */
const library: readonly PlantedFault[] = [
  {
    name: "client retries",
    breaks: "The client retries sooner than the server allows.",
    file: "library/src/client/backoff.ts",
    text: "return (retryAfter ?? 0) * 1000 + random() * limit;",
    by: "return (retryAfter ?? 0) + random() * limit;",
    caughtBy: ["library/src/client/backoff.test.ts"],
  },
  {
    name: "importers",
    breaks: "All events of one delivery get one id, so that only the first is recorded.",
    file: "library/src/importers/derive-id.ts",
    text: String.raw`canonicalize(content)}\n${"$"}{index}`,
    by: String.raw`canonicalize(content)}\n${"$"}{index - index}`,
    caughtBy: ["library/src/importers/derive-id.test.ts"],
  },
  {
    name: "catalogue",
    breaks: "The card of a team's events shows a member that they don't have.",
    file: "library/src/catalogue/teams.ts",
    text: '{ label: "Email", path: "/data/email", format: "text" }',
    by: '{ label: "Email", path: "/data/mail", format: "text" }',
    caughtBy: ["library/src/catalogue/catalogue.test.ts"],
  },
  {
    name: "command daybook",
    breaks: "A refusal names the line before the wrong one.",
    file: "library/src/cli/event-lines.ts",
    text: "line - this.#events : undefined",
    by: "line - this.#events - 1 : undefined",
    caughtBy: ["library/src/cli/event-lines.test.ts", "test/cli.test.ts"],
  },
];

/** Who may do what, and see what. */
const access: readonly PlantedFault[] = [
  {
    name: "access table",
    breaks: "Every member reads who the other members are.",
    file: "server/src/access/actions.ts",
    text: '"members:read": inOrganization("operator", "OWNER", "AUDITOR"),',
    by: '"members:read": inOrganization("operator", ...members),',
    caughtBy: ["server/src/access/access-page.test.ts", "server/src/api/routes/members.test.ts"],
  },
  {
    name: "saved views",
    breaks: "Anyone who knows the id of another person's own view reads it.",
    file: "server/src/saved-views/change-views.ts",
    text: "row === undefined || (row.userId !== null && row.userId !== person?.userId)",
    by: "row === undefined || (row.userId !== null && row.userId < 0)",
    caughtBy: ["server/src/api/routes/saved-views.test.ts"],
  },
  {
    name: "events of saved views",
    breaks: "The log shows everyone what someone searches for in a view of their own.",
    file: "server/src/saved-views/change-views.ts",
    text: "if (how !== undefined && forEveryone) data.search",
    by: "if (how !== undefined) data.search",
    caughtBy: ["server/src/api/routes/saved-views.test.ts"],
  },
  {
    name: "tenancy",
    breaks: "A member of one organization has the same role in every other.",
    file: "server/src/access/judge.ts",
    text: "caller.memberships.find((membership) => membership.organizationId === organizationId)",
    by: "caller.memberships.find((membership) => membership.organizationId !== organizationId - 0.5)",
    caughtBy: ["server/src/access/judge.test.ts"],
  },
  {
    name: "row scope",
    breaks: "A connection that read for one organization reads its rows for the next one too.",
    file: "server/src/store/postgres/connection/row-scope.ts",
    text: "if (rowScopes.get(session.client) === organizationId) return;",
    by: "if (rowScopes.has(session.client)) return;",
    caughtBy: [
      "server/src/store/postgres/connection/row-scope.test.ts",
      "server/src/store/postgres/conformance.test.ts",
    ],
  },
  {
    name: "sign-in",
    breaks: "Any password signs in.",
    file: "server/src/sign-in/by-password/by-password.ts",
    text: "if (user === undefined || !isRight)",
    by: "if (user === undefined || isRight === undefined)",
    caughtBy: ["server/src/sign-in/by-password/by-password.test.ts"],
  },
  {
    name: "sessions",
    breaks: "A session in which nothing is done goes on for two weeks.",
    file: "server/src/sign-in/sessions/sessions.ts",
    text: "if (endOf(held, mayIdle) <= now ||",
    by: "if (held.expiresAt <= now ||",
    caughtBy: ["server/src/sign-in/sessions/idle.test.ts"],
  },
  {
    name: "second factor",
    breaks: "A code of an authenticator app works twice.",
    file: "server/src/sign-in/second-factor/totp.ts",
    text: "return step > lastStep ||",
    by: "return step >= lastStep ||",
    caughtBy: [
      "server/src/sign-in/second-factor/totp.test.ts",
      "server/src/sign-in/second-factor/second-factor.test.ts",
    ],
  },
  {
    name: "invitations",
    breaks: "Someone who finds an invitation's link joins with another address.",
    file: "server/src/people/acceptance.ts",
    text: "if (addressKey(user.email) !== addressKey(email)) {",
    by: 'if (addressKey(user.email) === "") {',
    caughtBy: ["server/src/people/invitations.test.ts"],
  },
  {
    name: "API client expiry",
    breaks: "The token of an API client works after its last day.",
    file: "server/src/api-clients/shown.ts",
    text: "now >= endOf(expiresOn);",
    by: "now >= 2n * endOf(expiresOn);",
    caughtBy: ["server/src/api-clients/authenticate.test.ts", "server/src/api-clients/expiry.test.ts"],
  },
];

/** Reading the log, in pages and in files. */
const reading: readonly PlantedFault[] = [
  {
    name: "search",
    breaks: "The second page repeats events of the first one.",
    file: "server/src/search/full-text/find.ts",
    text: "newestFirst(after, keyOf(event)) < 0 &&",
    by: "newestFirst(after, keyOf(event)) !== 0 &&",
    caughtBy: ["server/src/search/full-text/find.test.ts"],
  },
  {
    name: "questions about the context",
    breaks: "Who doesn't see the context of events learns of it by excluding.",
    file: "server/src/search/allowed.ts",
    text: "const conditions = [...(wanted?.anyOf ?? []).flat(), ...(wanted?.noneOf ?? [])];",
    by: "const conditions = [...(wanted?.anyOf ?? []).flat()];",
    caughtBy: ["server/src/search/language/meaning.test.ts"],
  },
  {
    name: "full text",
    breaks: "A name with an accent isn't found without it.",
    file: "server/src/full-text/fold.ts",
    text: String.raw`const marks = /\p{M}+/gu;`,
    by: String.raw`const marks = /\p{Me}+/gu;`,
    caughtBy: ["server/src/full-text/fold.test.ts"],
  },
  {
    name: "followers",
    breaks: "A follower skips the event after each batch.",
    file: "server/src/followers/batch.ts",
    text: "next: last.seq + 1n",
    by: "next: last.seq + 2n",
    caughtBy: ["server/src/followers/followers.test.ts"],
  },
  {
    name: "CSV",
    breaks: "A quote ends its cell.",
    file: "server/src/export/formats/csv/cell.ts",
    text: `text.replaceAll('"', '""')`,
    by: `text.replaceAll('"', '"')`,
    caughtBy: ["server/src/export/formats/csv/cell.test.ts", "server/src/export/formats/csv.test.ts"],
  },
  {
    name: "CSV from bytes",
    breaks: "An apostrophe ends a text of DATA.",
    file: "server/src/export/formats/csv/json-bytes.ts",
    text: "if (!isPlain) kinds[apostrophe] = impossible;",
    by: "",
    caughtBy: ["server/src/export/formats/csv/byte-row.test.ts"],
  },
  {
    name: "walks as bytes",
    breaks: "Where a chunk was cut, the file ends as if it were whole.",
    file: "server/src/store/postgres/pages/walk-bytes.ts",
    text: " && !copied.isCut",
    by: "",
    caughtBy: ["server/src/store/postgres/conformance.test.ts"],
  },
  {
    name: "NDJSON",
    breaks: "The lines of a download don't end.",
    file: "server/src/export/formats/ndjson.ts",
    text: String.raw`organization)}\n${"`"}`,
    by: "organization)} `",
    caughtBy: ["server/src/export/download.test.ts"],
  },
];

/** What people look at. */
const pages: readonly PlantedFault[] = [
  {
    name: "marked text",
    breaks: "A name with characters that can't be seen looks like another name.",
    file: "server/src/web/kit/components/marked-text/marked-text.tsx",
    text: 'isOrdinary(text) && !text.includes("[")',
    by: '!text.includes("[")',
    caughtBy: ["server/src/web/kit/components/marked-text/marked-text.test.tsx"],
  },
  {
    name: "forms",
    breaks: "Of several choices in a form only the first counts.",
    file: "server/src/web/base/typed-form.ts",
    text: "typed: ([values = []]) => values,",
    by: "typed: ([values = []]) => values.slice(0, 1),",
    caughtBy: ["server/src/web/base/typed-form.test.ts"],
  },
  {
    name: "cross-site requests",
    breaks: "A page of a neighbouring host changes things in the name of who is signed in.",
    file: "server/src/http/cookies.ts",
    text: 'if (site === "same-origin" || site === "none") return;',
    by: 'if (site === "same-origin" || site === "none" || site === "same-site") return;',
    caughtBy: ["server/src/http/other-sites.test.ts"],
  },
  {
    name: "contrast",
    breaks: "Quiet text can't be read by everyone.",
    file: "server/src/web/kit/styles/_settings.scss",
    text: "quiet: #5b606a,",
    by: "quiet: #a0a4ac,",
    caughtBy: ["test/browser/screens.test.ts"],
  },
  {
    name: "narrow screens",
    breaks: "Every page is wider than a phone.",
    file: "server/src/web/kit/styles/_page.scss",
    text: "min-height: 100dvh;",
    by: "min-height: 100dvh; min-width: 360px;",
    caughtBy: ["test/browser/screens.test.ts"],
  },
];

/** Running Daybook, and working on it. */
const operating: readonly PlantedFault[] = [
  {
    name: "fsck",
    breaks: "An event that was altered in the database passes.",
    file: "server/src/integrity/leaf-check.ts",
    text: "else if (!equalBytes(hash, event.leafHash)) {",
    by: "else if (hash.length !== event.leafHash.length) {",
    caughtBy: ["server/src/integrity/fsck.test.ts"],
  },
  {
    name: "errors of new connections",
    breaks: "A connection that PostgreSQL ends as soon as it opened it ends the process.",
    file: "server/src/store/postgres/connection/targets.ts",
    text: 'this.on("error", () => {});',
    by: "",
    caughtBy: ["server/src/store/postgres/connection/broken.test.ts"],
  },
  {
    name: "backup and restore",
    breaks: "A backup whose rows were altered is restored.",
    file: "server/src/store/postgres/backup/restore.ts",
    text: "if (trailer.sha256 !== digest || JSON",
    by: 'if (trailer.sha256 === "" || JSON',
    caughtBy: ["server/src/store/postgres/backup/backup.test.ts"],
  },
  {
    name: "configuration",
    breaks: "An operator token of one character is taken.",
    file: "server/src/config/readers.ts",
    text: "/^[!-~]{32,512}$/",
    by: "/^[!-~]{1,512}$/",
    caughtBy: ["server/src/config/config.test.ts"],
  },
  {
    name: "turns of organizations",
    breaks: "An organization that keeps the queue full makes the others wait.",
    file: "server/src/fairness/fair-queue.ts",
    text: "if (this.#order[middle]!.finish > line.finish) low = middle + 1;",
    by: "if (this.#order[middle]!.finish > 0) low = middle + 1;",
    caughtBy: ["server/src/fairness/fair-queue.test.ts", "server/src/log/pressure.test.ts"],
  },
  {
    name: "memory for bodies",
    breaks: "The memory of a body isn't given back when its connection breaks.",
    file: "server/src/http/body-room.ts",
    text: 'reply.raw.once("close", () => {',
    by: 'reply.raw.once("finish", () => {',
    caughtBy: ["server/src/http/slow-bodies.test.ts"],
  },
  {
    name: "migrations",
    breaks: "A database that was made by other migrations is used.",
    file: "server/src/store/postgres/schema/migrate.ts",
    text: "if (theirs !== undefined && theirs !== checksum) {",
    by: 'if (theirs !== undefined && theirs === "") {',
    caughtBy: ["server/src/store/postgres/schema/migrate.test.ts"],
  },
  {
    name: "fold of the log",
    breaks: "fsck takes a revoked API client for an active one.",
    file: "server/src/integrity/folds/api-clients.ts",
    text: 'rows.count("api_client", clientId, { revoked_at }),',
    by: 'rows.count("api_client", clientId, revoked_at === "" ? { revoked_at } : {}),',
    caughtBy: ["test/tamper/tamper.test.ts"],
  },
  {
    name: "comparison of rows",
    breaks: "fsck passes over a row in which one value was changed.",
    file: "server/src/integrity/compare.ts",
    text: "if (columns.length > 0) yield",
    by: "if (columns.length > 1) yield",
    caughtBy: ["test/tamper/tamper.test.ts"],
  },
  {
    name: "house rules",
    breaks: "The write path imports a reader.",
    file: "server/src/log/wait.ts",
    text: "export const turn =",
    by: `import "../search/index.ts";\nexport const turn =`,
    caughtBy: ["test/house/house.test.ts"],
  },
  {
    name: "OpenAPI",
    breaks: "The API's description says another version than it is written in.",
    file: "server/src/api/openapi.ts",
    text: 'openapi: "3.1.0",',
    by: 'openapi: "3.0.3",',
    caughtBy: ["server/src/api/routes.test.ts"],
  },
];

export const plantedFaults: readonly PlantedFault[] = [
  ...events,
  ...library,
  ...access,
  ...reading,
  ...pages,
  ...operating,
];
