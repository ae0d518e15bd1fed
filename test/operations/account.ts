/** Operations on the caller's own account and sessions. */
import {
  newName,
  newPassword,
  type OperationsFixture,
  organization,
  person,
  personWithPassword,
} from "./fixture.ts";
import { inBoth, type Operation, type Prepared } from "./operation.ts";

/** A member who changes their own account. */
async function ofOwn(
  fixture: OperationsFixture,
  ...[method, path, body, pin]: [string, string, unknown?, object?]
): Promise<Prepared> {
  const { slug } = await organization(fixture);
  const one = await person(fixture, { organization: slug });
  return {
    perform: async ({ server }) => (await server.call(method, path, body, one.cookie)).status,
    logs: { organization: slug },
    by: one,
    pins: inBoth([{ targets: [{ type: "user", id: one.user.id }], ...pin }]),
  };
}

const ended = { records: inBoth(["SESSIONS_ENDED"]), again: "nothing" } as const;

export const account: readonly Operation[] = [
  {
    name: "Sign out",
    how: "POST /v1/sign-out",
    records: inBoth(["SESSIONS_ENDED"]),
    answers: 204,
    again: "nothing",
    prepare: (fixture) =>
      ofOwn(fixture, "POST", "/v1/sign-out", undefined, { data: { why: "Signed out", sessions: 1 } }),
  },
  {
    ...ended,
    name: "End another of one's sessions",
    how: "DELETE /v1/account/sessions/:session",
    answers: 204,
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const one = await person(fixture, { organization: slug });
      const { email, id } = one.user;
      await person(fixture, { email });
      const { sessions } = (await fixture.server.call("GET", "/v1/account/sessions", undefined, one.cookie))
        .body;
      const other = sessions.find(({ isThisOne }: { isThisOne: boolean }) => !isThisOne);
      const path = `/v1/account/sessions/${other.id}`;
      return {
        perform: async ({ server }) => (await server.call("DELETE", path, undefined, one.cookie)).status,
        logs: { organization: slug },
        by: one,
        pins: inBoth([
          { data: { userId: id, why: "Ended by its holder", sessions: 1, sessionIds: [other.id] } },
        ]),
      };
    },
  },
  {
    ...ended,
    name: "Sign out everywhere",
    how: "POST /v1/account/sign-out-everywhere",
    answers: 200,
    prepare: (fixture) =>
      ofOwn(fixture, "POST", "/v1/account/sign-out-everywhere", undefined, {
        data: { why: "Signed out everywhere", sessions: 1 },
      }),
  },
  {
    name: "Change one's name",
    how: "PATCH /v1/account",
    records: inBoth(["USER_CHANGED"]),
    answers: 200,
    again: "nothing",
    prepare: (fixture) => {
      const name = newName("Renamed");
      return ofOwn(fixture, "PATCH", "/v1/account", { name }, { changes: [{ path: "/name", to: name }] });
    },
  },
  {
    name: "Confirm one's identity",
    how: "POST /v1/account/reauthenticate",
    records: {},
    answers: 204,
    again: "another act",
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const { password, cookie } = await personWithPassword(fixture, { organization: slug });
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/account/reauthenticate", { password }, cookie)).status,
        logs: { organization: slug },
      };
    },
  },
  {
    name: "Change one's password, with other open sessions",
    how: "POST /v1/account/password",
    records: inBoth(["PASSWORD_CHANGED", "SESSIONS_ENDED"]),
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const one = await personWithPassword(fixture, { organization: slug });
      await person(fixture, { email: one.user.email });
      const body = { current: one.password, password: newPassword(fixture) };
      return {
        perform: async ({ server }) =>
          (await server.call("POST", "/v1/account/password", body, one.cookie)).status,
        logs: { organization: slug },
        by: one,
        pins: inBoth([{ data: { how: "CHANGED" } }, { data: { why: "Password changed", sessions: 1 } }]),
      };
    },
  },
];
