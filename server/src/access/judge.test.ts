/** The access table in words: what each kind of caller may do in the service, in their own organization, and in another. */
import { memberRoles, scopes } from "daybook/internal";
import { expect, test } from "vitest";
import { nothing } from "../store/contract/row-scope.ts";
import { type Access, openAccess } from "./access.ts";
import { type Action, actions } from "./actions.ts";
import { type Caller, nobody, operatorBy } from "./caller.ts";
import { byToken, machine, others, own, person, viewer } from "./testing/callers.ts";

const operator = operatorBy(new Uint8Array(32));
const access: Access = openAccess({ store: { deployment: async () => undefined } });
const all = Object.keys(actions) as Action[];
const inService = all.filter((action) => actions[action].where === "service");
const inOrganization = all.filter((action) => actions[action].where === "organization");
const mayIn = (caller: Caller, where = own): Action[] =>
  inOrganization.filter((action) => access.mayDo(caller, action, where));

/** Every kind of caller that belongs to at most `own`, without operators. */
const callers: [string, Caller][] = [
  ["nobody", nobody],
  ["a person who is no member", person()],
  ...memberRoles.map((role): [string, Caller] => [`a member who is ${role}`, person({ role })]),
  ["a member of a team of auditors", person({ role: "CONSUMER", teamRoles: ["AUDITOR"] })],
  ...scopes.map((scope): [string, Caller] => [`an API client with ${scope}`, machine(scope)]),
  ["an API client with every scope", machine(...scopes)],
  ...memberRoles.map((role): [string, Caller] => [`a viewer who is ${role}`, viewer(role)]),
  ...memberRoles.map((role): [string, Caller] => [
    `a viewer of one target who is ${role}`,
    viewer(role, "api:a"),
  ]),
];

test("operators may do everything, whether they hold the token or signed in", () => {
  for (const caller of [operator, person({ isOperator: true })]) {
    for (const action of inOrganization) expect(access.mayDo(caller, action, own), action).toBe(true);
    expect(inService.filter((action) => !access.mayDo(caller, action))).toEqual(
      caller.kind === "user"
        ? []
        : ["account:read", "account:change", "personal-tokens:add", "second-factor:change"],
    );
  }
});

test.each(callers)(
  "%s may do nothing in another's organization, and may not even know of it",
  (_, caller) => {
    expect(mayIn(caller, others)).toEqual([]);
    const code = caller.kind === "nobody" ? "not-authenticated" : "organization-not-found";
    for (const action of inOrganization) {
      expect(() => access.demand(caller, action, others), action).toThrow(expect.objectContaining({ code }));
    }
    expect([nothing, own.organizationId]).toContain(access.rowScopeOf(caller, others.slug));
    expect(access.rowScopeOf(caller, others.id)).not.toBe(others.organizationId);
  },
);

test.each(callers)("%s may do nothing of an organization's where none is named", (_, caller) => {
  expect(inOrganization.filter((action) => access.mayDo(caller, action))).toEqual([]);
});

const reading: Action[] = ["organization:read", "events:read", "event-types:read"];
/** What each member has for themselves. */
const keeping: Action[] = ["views:read", "views:save", "membership:end"];
const auditing: Action[] = ["events:read-context", "audit-log:download"];
const viewerSessions: Action[] = [
  "viewer-sessions:open-as-owner",
  "viewer-sessions:open",
  "viewer-sessions:read",
  "viewer-sessions:end",
];
const looking: Action[] = ["members:read", "teams:read", "api-clients:read", "viewer-sessions:read"];
const changing: Action[] = [
  "organization:change",
  "members:change",
  "members:remove",
  "members:make-owner",
  "teams:change",
  "teams:remove",
  "api-clients:change",
  "api-clients:end",
  "event-types:register",
  "viewer-sessions:end",
  "views:share",
];

test.each<[string, Caller, Action[]]>([
  ["nobody", nobody, []],
  ["a person who is no member", person(), []],
  ["a consumer", person({ role: "CONSUMER" }), [...reading, ...keeping]],
  ["a designer", person({ role: "DESIGNER" }), [...reading, ...keeping]],
  ["an auditor", person({ role: "AUDITOR" }), [...reading, ...auditing, ...looking, ...keeping]],
  [
    "a consumer in a team of auditors",
    person({ role: "CONSUMER", teamRoles: ["DESIGNER", "AUDITOR"] }),
    [...reading, ...auditing, ...looking, ...keeping],
  ],
  ["an owner", person({ role: "OWNER" }), [...reading, ...auditing, ...looking, ...changing, ...keeping]],
  ["a client that writes", machine("events:write"), ["events:write"]],
  ["a client that imports", machine("events:import"), ["events:import"]],
  [
    "a client that reads",
    machine("events:read"),
    [...reading, "views:read", "events:read-context", ...viewerSessions],
  ],
  ["a client that downloads", machine("audit-log:download"), ["audit-log:download"]],
  ["a viewer who is a consumer", viewer("CONSUMER"), [...reading, "views:read"]],
  ["a viewer who is an owner", viewer("OWNER"), [...reading, "views:read", ...auditing]],
  ["a viewer of one target who is an owner", viewer("OWNER", "api:a"), [...reading, "events:read-context"]],
])("%s may do in their own organization just what the table says", (_, caller, expected) => {
  expect(mayIn(caller).toSorted()).toEqual(expected.toSorted());
});

test.each<[string, Caller, Action, string]>([
  [
    "a client without the scope",
    machine("events:read"),
    "events:write",
    "This needs the scope events:write, which",
  ],
  [
    "a client, of what none may",
    machine(...scopes),
    "members:change",
    "API clients may not do this (members:change)",
  ],
  ["a consumer", person({ role: "CONSUMER" }), "members:change", "Only operators and owners may do this"],
  [
    "a designer",
    person({ role: "DESIGNER" }),
    "audit-log:download",
    "Only operators, owners and auditors may do",
  ],
  ["a viewer", viewer("OWNER"), "members:read", "Viewer sessions may not do this (members:read)."],
])("%s who may not is told who may, or by which scope", (_, caller, action, words) => {
  expect(() => access.demand(caller, action, own)).toThrow(
    expect.objectContaining({ code: "not-allowed", message: expect.stringContaining(words) }),
  );
});

test("in the service, a person has an account, and only operators more", () => {
  const may = (caller: Caller): Action[] => inService.filter((action) => access.mayDo(caller, action));
  const open: Action[] = ["service:read", "catalogue:read", "sign-in"];
  expect(may(nobody)).toEqual(open);
  expect(may(person({ role: "OWNER" }))).toEqual([
    ...open,
    "account:read",
    "account:change",
    "personal-tokens:add",
    "second-factor:change",
    "organizations:list",
  ]);
  expect(may(machine("events:read"))).toEqual([...open, "organizations:list"]);
  expect(may(machine("events:write"))).toEqual(open);
  expect(may(viewer("OWNER"))).toEqual(open);
});

test("a personal token does what its holder may, but for what needs a session", () => {
  const needing: Action[] = ["account:change", "api-clients:change", "viewer-sessions:open", ...fresh];
  for (const who of [{ isOperator: true }, ...memberRoles.map((role) => ({ role })), {}]) {
    const [signedIn, token] = [person(who), byToken(who)];
    for (const action of all) {
      const may = access.mayDo(signedIn, action, own);
      expect(access.mayDo(token, action, own), action).toBe(may && !needing.includes(action));
    }
    expect(mayIn(token, others)).toEqual(mayIn(signedIn, others).filter((each) => !needing.includes(each)));
  }
  const owner = byToken({ role: "OWNER" });
  for (const action of ["members:remove", "account:change", "viewer-sessions:open"] as const)
    expect(() => access.demand(owner, action, own), action).toThrow(
      expect.objectContaining({
        code: "not-allowed",
        message: `Personal tokens may not do this (${action}).`,
      }),
    );
  expect(() => access.demand(byToken({ role: "CONSUMER" }), "members:change", own)).toThrow(
    expect.objectContaining({ message: "Only operators and owners may do this (members:change)." }),
  );
  expect(() => access.demand(byToken({}), "members:remove", others)).toThrow(
    expect.objectContaining({ code: "organization-not-found" }),
  );
});

/** Every action that needs a recently confirmed identity. */
const fresh: Action[] = [
  "personal-tokens:add",
  "second-factor:change",
  "users:change",
  "operators:change",
  "operator-token:replace",
  "organization:close",
  "members:remove",
  "members:make-owner",
  "teams:remove",
  "api-clients:end",
  "viewer-sessions:open-as-owner",
];

test("what is permanent or gives others a way in asks a person to have shown lately who they are, and nothing else does", () => {
  const { session, ...anne } = person({ isOperator: true });
  const stale: Caller = { ...anne, session: { ...session, isFresh: false } };
  const needed = expect.objectContaining({ code: "reauthentication-needed" });
  for (const action of all.filter((each) => access.mayDo(stale, each, own))) {
    const demand = () => access.demand(stale, action, own);
    if (fresh.includes(action)) expect(demand, action).toThrow(needed);
    else expect(demand, action).not.toThrow();
    expect(() => access.demand(person({ isOperator: true }), action, own), action).not.toThrow();
  }
});

test("a host's token is not asked who sits before it, and who may not is told that first", () => {
  for (const action of fresh.filter((each) => access.mayDo(operator, each, own)))
    expect(() => access.demand(operator, action, own), action).not.toThrow();
  const client = machine("events:read");
  expect(() => access.demand(client, "viewer-sessions:open-as-owner", own)).not.toThrow();
  const stale = { ...person({ role: "CONSUMER" }) };
  const caller: Caller = { ...stale, session: { ...stale.session, isFresh: false } };
  expect(() => access.demand(caller, "members:remove", own)).toThrow(
    expect.objectContaining({ code: "not-allowed" }),
  );
});

test("the row scope is what the caller showed: by slug and by id, whatever is asked for", () => {
  for (const name of [own.slug, own.id]) {
    expect(access.rowScopeOf(person({ role: "CONSUMER" }), name)).toBe(own.organizationId);
    expect(access.rowScopeOf(machine(), name)).toBe(own.organizationId);
    expect(access.rowScopeOf(operator, name)).toBe("everything");
  }
  expect(access.rowScopeOf(person(), own.slug)).toBe(nothing);
  expect(access.rowScopeOf(nobody, own.slug)).toBe(nothing);
  expect(access.viewOf(operator, own, "everything")).toEqual({
    rowScope: 1,
    context: true,
    onlyTarget: undefined,
  });
  expect(access.viewOf(viewer("CONSUMER", "api:a"), own, 1)).toEqual({
    rowScope: 1,
    context: false,
    onlyTarget: "api:a",
  });
});
