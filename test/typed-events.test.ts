/** TypeScript's completions and errors in an application that records and reads events, from its language service. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { API, type Diagnostic, type Snapshot } from "typescript/unstable/sync";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const head = `import { Daybook, type AuditEvent, type NewEvent } from "daybook";
const log = new Daybook({ url: "https://daybook.example", token: "t", organization: "acme" });
const actor = { type: "user", id: "u_17" } as const;
`;
const declared = `declare module "daybook" {
  interface CustomEventTypes {
    "invoice.paid": { invoice: string; amount: number };
    "invoice.lost": undefined;
  }
}
`;
let folder: string;
let api: API;
let made = 0;
const snapshots: Snapshot[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "daybook-typed-events-"));
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(join(root, "library"), join(folder, "node_modules/daybook"));
  symlinkSync(join(root, "node_modules/@types"), join(folder, "node_modules/@types"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  api = new API({ cwd: folder });
});
afterAll(() => {
  for (const snapshot of snapshots) snapshot.dispose();
  api?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A project of one file. */
function projectOf(code: string) {
  const own = join(folder, `project-${++made}`);
  mkdirSync(own);
  const file = join(own, "use.ts");
  writeFileSync(file, code);
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    lib: ["es2023"],
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noEmit: true,
  };
  const config = join(own, "tsconfig.json");
  writeFileSync(config, JSON.stringify({ compilerOptions, files: ["use.ts"] }));
  const snapshot = api.updateSnapshot({ openProjects: [config] });
  snapshots.push(snapshot);
  return { file, project: snapshot.getProject(config)! };
}

/** What TypeScript says of the code, each with the text that it underlines. */
function messagesOf(code: string, start = head): { at: string; text: string }[] {
  const whole = start + code;
  const { file, project } = projectOf(whole);
  const found = [
    ...project.program.getSyntacticDiagnostics(file),
    ...project.program.getSemanticDiagnostics(file),
  ];
  return found.map(({ pos, end, text }) => ({ at: whole.slice(pos, end).trim(), text }));
}

/** The messages with their details, as one text. */
function wholeMessagesOf(code: string, start = head): string {
  const { file, project } = projectOf(start + code);
  const textOf = ({ text, messageChain }: Diagnostic): string =>
    [text, ...(messageChain ?? []).map(textOf)].join("\n");
  return project.program.getSemanticDiagnostics(file).map(textOf).join("\n");
}

/** What it completes at the mark `|`. */
function completionsOf(code: string, start = head): string[] {
  const whole = start + code;
  const { file, project } = projectOf(whole.replace("|", ""));
  const found = project.checker.getCompletionsAtPosition(file, whole.indexOf("|"));
  return found?.entries.map(({ name }) => name.replaceAll('"', "")) ?? [];
}

describe("names of event types", () => {
  test.each([
    ["record", `log.record({ type: "|", actor });`],
    ["recordMany", `log.recordMany([{ type: "|", actor }]);`],
    ["recordAll", `log.recordAll([{ type: "|", actor }]);`],
    ["search", `log.search({ type: "|" });`],
    ["search for several", `log.search({ type: ["NEW_API", "|"] });`],
    ["export", `log.export({ type: "|" });`],
  ])("complete in %s", (_, code) => {
    const names = completionsOf(code);
    expect(names).toEqual(expect.arrayContaining(["NEW_TEAM", "API_CLIENT_REVOKED", "API_RENAME"]));
    expect(names).not.toContain("invoice.paid");
    expect(completionsOf(code, declared + head)).toEqual(
      expect.arrayContaining(["NEW_TEAM", "invoice.paid"]),
    );
  });

  test.each([
    `log.record({ type: "NEW_TEEM", actor, data: { teamId: "t_1", team: "Payments" } });`,
    `log.recordMany([{ type: "NEW_TEEM", actor, data: { teamId: "t_1", team: "Payments" } }]);`,
    `log.recordAll([{ type: "NEW_TEEM", actor, data: { teamId: "t_1", team: "Payments" } }]);`,
    `log.search({ type: "NEW_TEEM" });`,
    `log.export({ type: "NEW_TEEM" });`,
    `log.search({ type: ["NEW_TEEM"] });`,
  ])("misspelt are an error where they stand: %s", (code) => {
    const messages = messagesOf(code);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages[0]!.text).toContain("NEW_TEEM");
    expect(["type", '"NEW_TEEM"']).toContain(messages[0]!.at);
  });

  test("of one's own are taken once they are declared, with their data checked", () => {
    const right = `log.record({ type: "invoice.paid", actor, data: { invoice: "i_1", amount: 12 } });\nlog.record({ type: "invoice.lost", actor });\n`;
    expect(messagesOf(right).length).toBeGreaterThan(0);
    expect(messagesOf(right, declared + head)).toEqual([]);
    const wrong = `log.record({ type: "invoice.paid", actor, data: { invoice: "i_1", amount: "12" } });`;
    expect(messagesOf(wrong, declared + head)).toEqual([
      { at: "amount", text: expect.stringContaining("Type 'string' is not assignable to type 'number'") },
    ]);
  });
});

describe("what is recorded", () => {
  test("members of data complete by the type", () => {
    expect(completionsOf(`log.record({ type: "NEW_TEAM", actor, data: { | } });`)).toEqual(
      expect.arrayContaining(["teamId", "team"]),
    );
  });

  test("a mistake is reported where it is, in one event and among many", () => {
    const one = `log.record({ type: "NEW_TEAM", actor, data: { teamId: 4, team: "Payments" } });`;
    expect(messagesOf(one).map(({ at }) => at)).toEqual(["teamId"]);
    const many = `log.recordMany([{ type: "ORGANIZATION_CHANGE", actor }, { type: "NEW_TEAM", actor, data: { teamId: 4, team: "Payments" } }]);`;
    expect(messagesOf(many).map(({ at }) => at)).toEqual(["teamId"]);
    expect(messagesOf(`log.record({ type: "ORGANIZATION_CHANGE", actor, resaon: "x" });`)).toEqual([
      { at: "resaon", text: expect.stringContaining("resaon") },
    ]);
    expect(messagesOf(`log.record({ type: "NEW_TEAM", actor });`).length).toBeGreaterThan(0);
    expect(
      messagesOf(`log.record({ type: "ORGANIZATION_CHANGE", actor, data: { name: "Acme" } });`).length,
    ).toBeGreaterThan(0);
  });

  test("an error names the members of the event's own type", () => {
    const own = [
      [`{ type: "NEW_TEAM", actor, data: { teamId: "t_1" } }`, "Property 'team' is missing"],
      [
        `{ type: "NEW_TEAM", actor, data: { userId: "u_1" } }`,
        "'userId' does not exist in type '{ readonly teamId",
      ],
      [`{ type: "SIGN_IN", actor }`, "Property 'data' is missing"],
    ] as const;
    for (const [event, text] of own)
      for (const code of [
        `log.record(${event});`,
        `log.recordMany([${event}]);`,
        `log.recordAll([${event}]);`,
      ]) {
        const found = wholeMessagesOf(code);
        expect(found).toContain(text);
        expect(found).not.toMatch(/ORGANIZATION_CHANGE|NoData|'why'/);
      }
  });

  test("recordAll takes what recordMany takes, at once or as it arrives", () => {
    const code = `declare const reason: string | undefined, many: NewEvent[], stream: AsyncIterable<NewEvent>;
async function* some() { yield { type: "NEW_TEAM", actor, reason, data: { teamId: "t_1", team: "Payments" } } as const; }
const event = { type: "ORGANIZATION_CHANGE", actor, occurredAt: new Date(), reason, after: { at: new Date() } } as const;
for await (const [receipt] of log.recordAll([event, { type: "BILLING_CHANGE", actor }])) console.log(receipt?.seq);
for (const events of [many, new Set(many), stream, some()]) log.recordAll(events);
log.recordAll(JSON.parse("[]") as NewEvent[]);`;
    expect(messagesOf(code)).toEqual([]);
    for (const wrong of [`{ teamId: 4, team: "Payments" }`, `{ teamId: "t_1" }`])
      expect(
        messagesOf(
          `async function* some() { yield { type: "NEW_TEAM", actor, data: ${wrong} } as const; }\nlog.recordAll(some());`,
        ).map(({ at }) => at),
      ).toEqual(["some()"]);
  });

  test("a function of one's own can be generic over the type", () => {
    const code = `import type { EventName, NewEventOf } from "daybook";
const noted = <T extends EventName>(event: NewEventOf<T>) => log.record(event);
const notedAll = <T extends EventName>(events: NewEventOf<T>[]) => log.recordMany(events);
noted({ type: "NEW_TEAM", actor, data: { teamId: "t_1", team: "Payments" } });
notedAll([{ type: "NEW_TEAM", actor, data: { teamId: "t_1", team: "Payments" } }, { type: "BILLING_CHANGE", actor }]);
export const one = (event: NewEvent) => log.record(event);
`;
    expect(messagesOf(code)).toEqual([]);
    expect(messagesOf(`${code}noted({ type: "NEW_TEAM", actor, data: { teamId: 4, team: "P" } });`)).toEqual([
      { at: "teamId", text: expect.stringContaining("Type 'number' is not assignable") },
    ]);
  });

  test("before and after may be interfaces with Dates, a member may be undefined", () => {
    const code = `interface Client { name: string; endsOn: Date; owner?: Client }
declare const before: Client, after: Client, reason: string | undefined;
log.record({ type: "ORGANIZATION_CHANGE", actor, before, after, reason, occurredAt: new Date(), context: { ip: undefined } });
log.record({ type: "NEW_TEAM", actor: { ...actor, name: undefined }, reason: undefined, data: { teamId: "t_4", team: "Payments" } });`;
    expect(messagesOf(code)).toEqual([]);
    for (const wrong of ["[]", "new Map()", `"text"`])
      expect(
        messagesOf(`log.record({ type: "ORGANIZATION_CHANGE", actor, before: ${wrong} });`).length,
      ).toBeGreaterThan(0);
  });

  test("a receipt needs no narrowing unless before and after were given", () => {
    const code = `const one = await log.record({ type: "ORGANIZATION_CHANGE", actor });
export const seq: number = one.seq;
const created = await log.record({ type: "ORGANIZATION_CHANGE", actor, after: { name: "Acme" } });
export const leaf: string = created.leafHash;
const [first] = await log.recordMany([{ type: "ORGANIZATION_CHANGE", actor }]);
export const log1: string | undefined = first?.log;
`;
    expect(messagesOf(code)).toEqual([]);
    const compared = `const both = await log.record({ type: "ORGANIZATION_CHANGE", actor, before: { a: 1 }, after: { a: 2 } });
export const seq = both.seq;`;
    expect(messagesOf(compared).map(({ at }) => at)).toEqual(["seq"]);
  });
});

test("what importers make is taken as it is", () => {
  const code = `import { type GithubDelivery, mapDefinition, mapGithub } from "daybook/importers";
    declare const delivery: GithubDelivery;
    declare const file: Parameters<typeof mapDefinition>[0];
    const result = mapGithub(delivery, { secret: "0123456789abcdef" });
    if ("events" in result) {
      await log.recordMany(result.events);
      for await (const one of log.recordAll(result.events)) console.log(one);
      const [first] = result.events;
      if (first !== undefined) await log.record(first);
    }
    const defined = mapDefinition(file);
    if (defined !== undefined) await log.record(defined);`;
  expect(messagesOf(code)).toEqual([]);
});

test("an option may be undefined with exactOptionalPropertyTypes", () => {
  const code = `import type { CallOptions, ChangeOptions, ClientOptions, EventTypeDefinition, EventTypeOptions, ExportOptions, FollowOptions, ListOptions, NewTeam, NewViewerSession, OrganizationSettings, RecordOptions, SearchOptions } from "daybook";
import type { DefinitionFile, DeliverySource, GithubOptions } from "daybook/importers";
type Undefined<T> = { [Name in keyof T]-?: {} extends Pick<T, Name> ? undefined : T[Name] };
type Allows<Given> = { [Name in keyof Given]: Undefined<Given[Name]> extends Given[Name] ? never : Name }[keyof Given];
type Own = { client: ClientOptions; call: CallOptions; change: ChangeOptions; type: EventTypeOptions; export: ExportOptions; follow: FollowOptions; list: ListOptions; record: RecordOptions; search: SearchOptions; github: GithubOptions; source: DeliverySource; file: DefinitionFile };
type Calls = { rotate: Parameters<typeof log.apiClients.rotate>[1] & {}; revoke: Parameters<typeof log.apiClients.revoke>[1] & {}; history: Parameters<typeof log.apiClients.history>[1] & {}; get: Parameters<typeof log.get>[1] & {} };
declare const both: [Allows<Own>, Allows<Calls>];
export const never: [never, never] = both;
declare const viewer: Undefined<NewViewerSession["viewer"]>, session: Undefined<NewViewerSession>, team: Undefined<NewTeam>;
declare const type: Undefined<EventTypeDefinition>, settings: Undefined<Partial<OrganizationSettings>>;
log.viewerSessions.open({ ...session, viewer });
log.teams.add(team);
log.settings.change(settings);
log.eventTypes.register(type);`;
  expect(messagesOf(code)).toEqual([]);
});

describe("what is read", () => {
  test("is a union by type, with its data", () => {
    const code = `for await (const event of log.search()) {
  if (event.type === "NEW_TEAM") { const team: string = event.data.team; console.log(team); }
  if (event.type === "ORGANIZATION_CHANGE") { const none: undefined = event.data; console.log(none); }
}
const page = await log.search({ type: ["NEW_TEAM", "TEAM_RENAMED"] }).page();
export const teams: string[] = page.events.map(({ data }) => data.team);
export const whole: AuditEvent[] = page.events;
`;
    expect(messagesOf(code)).toEqual([]);
    expect(
      messagesOf(`for await (const event of log.search()) if (event.type === "NEW_TEAM") event.data.tame;`),
    ).toEqual([{ at: "tame", text: expect.stringContaining("tame") }]);
  });

  test("has Dates as text, and nothing that JSON doesn't have", () => {
    const own = `declare module "daybook" {
  interface CustomEventTypes {
    "trip.booked": { at: Date; stops?: { on: Date }[] };
    "trip.wrong": { n: bigint; run: () => void };
    "trip.other": unknown;
  }
}
${head}`;
    const right = `log.record({ type: "trip.booked", actor, data: { at: new Date(), stops: undefined } });
for await (const event of log.search()) {
  if (event.type === "trip.booked") {
    const texts: (string | undefined)[] = [event.data.at, event.data.stops?.[0]?.on];
    log.record({ type: "trip.booked", actor, data: event.data, reason: texts.join() });
  }
  if (event.type === "trip.other") { const data: unknown = event.data; console.log(data); }
}`;
    expect(messagesOf(right, own)).toEqual([]);
    const wrong = `log.record({ type: "trip.wrong", actor, data: { n: 1n, run: () => undefined } });
for await (const event of log.search({ type: "trip.booked" })) event.data.at.getTime();`;
    expect(messagesOf(wrong, own).map(({ at }) => at)).toEqual(["n", "run", "getTime"]);
  });

  test("has what is declared, and undeclared types as any JSON where none is", () => {
    const paid = `for await (const event of log.search()) if (event.type === "invoice.paid") { const amount: number = event.data.amount; console.log(amount); }`;
    expect(messagesOf(paid, declared + head)).toEqual([]);
    const open = `for await (const event of log.search()) if (event.type === "invoice.paid") console.log(event.data?.amount);`;
    expect(messagesOf(open)).toEqual([]);
  });
});
