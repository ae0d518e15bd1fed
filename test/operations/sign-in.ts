/** Operations of signing in: with a password, with a code, through the identity provider, and setting up the first account. */
import type { TestServer } from "../../server/src/api/testing/open-server.ts";
import {
  codeFor,
  newName,
  newPassword,
  type OperationsFixture,
  organization,
  person,
  personWithPassword,
} from "./fixture.ts";
import { aStranger, inBoth, type Operation } from "./operation.ts";

const none = { authorization: "" };

const signingIn: readonly Operation[] = [
  {
    name: "Sign in with a password, as a member of two organizations",
    how: "POST /v1/sign-in",
    records: { ...inBoth(["SIGN_IN"]), another: ["SIGN_IN"] },
    answers: 200,
    again: "another act",
    prepare: async (fixture) => {
      const [first, second] = [await organization(fixture), await organization(fixture)];
      const one = await personWithPassword(fixture, { organization: first.slug });
      await person(fixture, { email: one.user.email, organization: second.slug, role: "CONSUMER" });
      const body = { email: one.user.email.toUpperCase(), password: one.password };
      const pin = { data: { userId: one.user.id, method: "PASSWORD" } };
      return {
        perform: async ({ server }) => (await server.call("POST", "/v1/sign-in", body, none)).status,
        logs: { organization: first.slug, another: second.slug },
        by: one,
        pins: { ...inBoth([pin]), another: [pin] },
      };
    },
  },
  {
    name: "Sign in with a password, without an organization",
    how: "POST /v1/sign-in",
    records: { daybook: ["SIGN_IN"] },
    answers: 200,
    again: "another act",
    prepare: async (fixture) => {
      const one = await personWithPassword(fixture);
      const body = { email: one.user.email, password: one.password };
      return {
        perform: async ({ server }) => (await server.call("POST", "/v1/sign-in", body, none)).status,
        by: one,
      };
    },
  },
  {
    name: "Try to sign in with a wrong password",
    how: "POST /v1/sign-in",
    records: inBoth(["SIGN_IN_REFUSED"]),
    several: "an event in each log, one after the other",
    answers: 401,
    again: "nothing",
    later: true,
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const { user } = await personWithPassword(fixture, { organization: slug });
      const body = { email: user.email, password: newPassword(fixture) };
      const data = { userId: user.id, email: user.email, why: "Wrong password", count: 1 };
      return {
        perform: async ({ server }) => {
          const { status } = await server.call("POST", "/v1/sign-in", body, none);
          // resolves once what follows the answer is under way
          await server.services.signIn.close();
          await server.services.denials.flush();
          return status;
        },
        logs: { organization: slug },
        by: aStranger,
        pins: inBoth([{ outcome: "denied", data }]),
      };
    },
  },
  {
    name: "Choose a password with a code, with open sessions",
    how: "POST /v1/password",
    records: inBoth(["PASSWORD_CHANGED", "SESSIONS_ENDED", "SIGN_IN"]),
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const one = await person(fixture, { organization: slug });
      const code = await codeFor(fixture, one);
      await person(fixture, { email: one.user.email });
      const body = { code, password: newPassword(fixture) };
      return {
        perform: async ({ server }) => (await server.call("POST", "/v1/password", body, none)).status,
        logs: { organization: slug },
        by: one,
        pins: inBoth([
          { data: { how: "SET_UP" } },
          { data: { sessions: 1, why: "Password chosen by a link" } },
          { data: { method: "SETUP_LINK" } },
        ]),
      };
    },
  },
  {
    name: "Set up the first account",
    how: "POST /v1/set-up",
    records: { daybook: ["USER_ADDED", "OPERATOR_ADDED", "PASSWORD_CHANGED", "SIGN_IN"] },
    answers: 201,
    again: "nothing",
    on: "no people",
    prepare: async (fixture) => {
      const issued = await fixture.server.services.signIn.offerSetUp();
      if (issued === undefined) throw new Error("There is somebody already.");
      const name = newName("First");
      const person = { name, email: `${name}@operators.example` };
      const body = { ...person, code: issued.code, password: newPassword(fixture) };
      return {
        perform: async ({ server }) => (await server.call("POST", "/v1/set-up", body, none)).status,
        by: {
          actor: { type: "user", ...person },
          recordedBy: { type: "operator" },
        },
        pins: {
          daybook: [
            { data: { email: person.email, how: "SET_UP" } },
            { data: { email: person.email } },
            { data: { how: "SET_UP" } },
            {},
          ],
        },
      };
    },
  },
];

const byProvider: readonly Operation[] = [
  {
    name: "Sign in through the identity provider for the first time",
    how: "GET /v1/sign-in/openid/callback",
    records: { daybook: ["USER_ADDED", "SIGN_IN"] },
    answers: 303,
    again: "another act",
    prepare: async (fixture) => {
      const { login, email, name } = fixture.provider!.newLogin();
      const { issuer } = fixture.provider!.openid;
      return {
        perform: (on) => throughProvider(fixture, on.server, login),
        by: { actor: { type: "user", name, email }, recordedBy: { type: "server", id: "daybook" } },
        pins: { daybook: [{ data: { email, how: "OPENID", issuer } }, { data: { method: "OPENID" } }] },
      };
    },
  },
  {
    name: "Sign in through the identity provider to an existing account",
    how: "GET /v1/sign-in/openid/callback",
    records: inBoth(["USER_CHANGED", "SESSIONS_ENDED", "SIGN_IN"]),
    answers: 303,
    again: "another act",
    prepare: async (fixture) => {
      const { login, email } = fixture.provider!.newLogin();
      const { slug } = await organization(fixture);
      const one = await person(fixture, { email, organization: slug, role: "DESIGNER" });
      const changes = [{ path: "/issuer", from: null, to: fixture.provider!.openid.issuer }];
      return {
        perform: (on) => throughProvider(fixture, on.server, login),
        logs: { organization: slug },
        by: one,
        pins: inBoth([
          { changes, data: { issuer: changes[0]!.to } },
          { data: { why: "Linked to the identity provider", sessions: 1 } },
          { data: { method: "OPENID" } },
        ]),
      };
    },
  },
];

/** To the provider and back, as a browser. */
async function throughProvider(
  fixture: OperationsFixture,
  server: TestServer,
  login: string,
): Promise<number> {
  const { path, cookie } = await fixture.provider!.through(server, login);
  return (await server.call("GET", path, undefined, { cookie })).status;
}

export const signIn: readonly Operation[] = [...signingIn, ...byProvider];
