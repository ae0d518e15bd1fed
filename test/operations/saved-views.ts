/** Operations on saved views, shared ones and those of one person. */
import {
  ask,
  newName,
  type OperationsFixture,
  organization,
  type PreparedOrganization,
  person,
} from "./fixture.ts";
import type { Operation, Prepared } from "./operation.ts";
import type { ExpectedParties } from "./who.ts";

const route = "/v1/organizations/:org/views";
const nothing = { again: "nothing" } as const;
const search = { q: "-outcome:success", period: "24h" };
const changed = { q: 'actor:"Grace Hopper"', layout: "table" };

/** Who saves, and what their events have of the view. */
interface Saver {
  readonly org: PreparedOrganization;
  readonly headers?: Readonly<Record<string, string>>;
  readonly by?: ExpectedParties;
  readonly forEveryone: boolean;
  /** The members of an event about a view with that name and search. */
  about(of: { readonly id?: string; readonly name: string; readonly search?: object }): object;
}

async function saver(fixture: OperationsFixture, forEveryone: boolean): Promise<Saver> {
  const org = await organization(fixture);
  if (forEveryone) {
    return {
      ...{ org, forEveryone },
      about: ({ id, name, search: told }) => ({
        targets: [{ type: "view", ...(id === undefined ? {} : { id }), name }],
        data: { forEveryone, view: name, ...(told === undefined ? {} : { search: told }) },
      }),
    };
  }
  const one = await person(fixture, { organization: org.slug, role: "CONSUMER" });
  return {
    ...{ org, forEveryone, headers: one.cookie, by: one },
    about: ({ id }) => ({
      targets: [{ type: "view", ...(id === undefined ? {} : { id }) }],
      data: { forEveryone, userId: one.user.id },
    }),
  };
}

const prepared = ({ org, by }: Saver, pins: readonly object[], perform: Prepared["perform"]): Prepared => ({
  perform,
  logs: { organization: org.slug },
  ...(by === undefined ? {} : { by }),
  pins: { organization: pins },
});

async function saving(fixture: OperationsFixture, forEveryone: boolean): Promise<Prepared> {
  const who = await saver(fixture, forEveryone);
  const name = newName("View");
  const headers = { ...who.headers, "idempotency-key": name };
  return prepared(who, [who.about({ name, search })], async ({ server }) => {
    const body = { name, forEveryone, search };
    return (await server.call("POST", `${who.org.at}/views`, body, headers)).status;
  });
}

/** A view that is there. */
async function saved(
  fixture: OperationsFixture,
  who: Saver,
): Promise<{ id: string; name: string; at: string }> {
  const body = { name: newName("View"), forEveryone: who.forEveryone, search };
  const { id } = (await ask(fixture, "POST", `${who.org.at}/views`, body, who.headers)).body;
  return { id, name: body.name, at: `${who.org.at}/views/${id}` };
}

async function changing(fixture: OperationsFixture, forEveryone: boolean): Promise<Prepared> {
  const who = await saver(fixture, forEveryone);
  const { id, name: from, at } = await saved(fixture, who);
  const name = newName("Renamed");
  const changes = [
    { path: "/name", from, to: name },
    { path: "/search/layout", to: "table" },
    { path: "/search/period", from: "24h" },
    { path: "/search/q", from: search.q, to: changed.q },
  ];
  const about = who.about({ id, name, search: changed });
  return prepared(who, [{ ...about, ...(forEveryone ? { changes } : {}) }], async ({ server }) => {
    return (await server.call("PATCH", at, { name, search: changed }, who.headers)).status;
  });
}

async function removing(fixture: OperationsFixture, forEveryone: boolean): Promise<Prepared> {
  const who = await saver(fixture, forEveryone);
  const { id, name, at } = await saved(fixture, who);
  return prepared(who, [who.about({ id, name })], async ({ server }) => {
    return (await server.call("DELETE", at, undefined, who.headers)).status;
  });
}

const both = (
  words: string,
  of: Pick<Operation, "how" | "answers" | "records">,
  prepare: (fixture: OperationsFixture, forEveryone: boolean) => Promise<Prepared>,
): readonly Operation[] => [
  { ...nothing, ...of, name: `${words} a view of one's own`, prepare: (fixture) => prepare(fixture, false) },
  { ...nothing, ...of, name: `${words} a shared view`, prepare: (fixture) => prepare(fixture, true) },
];

const recorded = (type: string): Operation["records"] => ({ organization: [type] });

export const savedViews: readonly Operation[] = [
  ...both("Save", { how: `POST ${route}`, answers: 201, records: recorded("VIEW_SAVED") }, saving),
  ...both("Change", { how: `PATCH ${route}/:view`, answers: 200, records: recorded("VIEW_SAVED") }, changing),
  ...both(
    "Delete",
    { how: `DELETE ${route}/:view`, answers: 204, records: recorded("VIEW_REMOVED") },
    removing,
  ),
];
