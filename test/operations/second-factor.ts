/** Operations on second factors: the caller's own, with the sign-ins that need them, and another person's lost one. */
import { totp } from "../support/totp.ts";
import {
  ask,
  type OperationsFixture,
  organization,
  type PreparedPerson,
  person,
  personWithPassword,
} from "./fixture.ts";
import { inBoth, type Operation } from "./operation.ts";

const route = "/v1/account/second-factor";
const none = { authorization: "" };

interface WithFactor extends PreparedPerson {
  readonly slug: string;
  readonly password: string;
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** Somebody with a password, and the secret that they were offered. */
async function offered(
  fixture: OperationsFixture,
): Promise<Omit<WithFactor, "recoveryCodes"> & { offer: string }> {
  const { slug } = await organization(fixture);
  const one = await personWithPassword(fixture, { organization: slug });
  const { body } = await ask(fixture, "GET", `${route}/offer`, undefined, one.cookie);
  fixture.note?.(body.secret);
  return { ...one, slug, secret: body.secret, offer: body.offer };
}

/** Somebody who has a second factor, of which the present code is used up. */
async function withFactor(fixture: OperationsFixture): Promise<WithFactor> {
  const { offer, ...one } = await offered(fixture);
  const { body } = await ask(fixture, "POST", route, { offer, code: totp(one.secret) }, one.cookie);
  for (const code of body.recoveryCodes) fixture.note?.(code);
  return { ...one, recoveryCodes: body.recoveryCodes };
}

/** The cookie of half a sign-in. */
async function halfOf(
  fixture: OperationsFixture,
  { user, password }: WithFactor,
): Promise<{ cookie: string }> {
  const { headers } = await ask(fixture, "POST", "/v1/sign-in", { email: user.email, password }, none);
  const cookie = /daybook-half=[^;]+/.exec(headers.getSetCookie().join("\n"))?.[0] ?? "";
  fixture.note?.(cookie);
  return { cookie };
}

const about = ({ user }: PreparedPerson, kind: string): object => ({
  targets: [{ type: "user", id: user.id }],
  data: { userId: user.id, kind },
});

const finishing = {
  how: "POST /v1/sign-in/second-factor",
  records: inBoth(["SIGN_IN"]),
  answers: 200,
  again: "nothing",
  several: "The try is counted first, so that no failure takes it back.",
} as const;

const finish = (secondFactor: string, codeOf: (one: WithFactor) => string): Operation["prepare"] => {
  return async (fixture) => {
    const one = await withFactor(fixture);
    const half = await halfOf(fixture, one);
    const body = { code: codeOf(one) };
    return {
      perform: async ({ server }) =>
        (await server.call("POST", "/v1/sign-in/second-factor", body, half)).status,
      logs: { organization: one.slug },
      by: one,
      pins: inBoth([{ data: { userId: one.user.id, method: "PASSWORD", secondFactor } }]),
    };
  };
};

export const secondFactors: readonly Operation[] = [
  {
    name: "Add a second factor",
    how: `POST ${route}`,
    records: inBoth(["SECOND_FACTOR_ADDED"]),
    answers: 201,
    again: "nothing",
    prepare: async (fixture) => {
      const { offer, secret, ...one } = await offered(fixture);
      return {
        perform: async ({ server }) => {
          const body = { offer, code: totp(secret) };
          const answer = await server.call("POST", route, body, one.cookie);
          for (const code of answer.body.recoveryCodes ?? []) fixture.note?.(code);
          return answer.status;
        },
        logs: { organization: one.slug },
        by: one,
        pins: inBoth([about(one, "TOTP")]),
      };
    },
  },
  {
    name: "Get new recovery codes",
    how: `POST ${route}/recovery-codes`,
    records: inBoth(["SECOND_FACTOR_ADDED"]),
    answers: 201,
    again: "another act",
    prepare: async (fixture) => {
      const one = await withFactor(fixture);
      return {
        perform: async ({ server }) => {
          const answer = await server.call("POST", `${route}/recovery-codes`, undefined, one.cookie);
          for (const code of answer.body.recoveryCodes ?? []) fixture.note?.(code);
          return answer.status;
        },
        logs: { organization: one.slug },
        by: one,
        pins: inBoth([about(one, "RECOVERY_CODES")]),
      };
    },
  },
  {
    ...finishing,
    name: "Sign in with a password and a code",
    prepare: finish("TOTP", ({ secret }) => totp(secret, 1)),
  },
  {
    ...finishing,
    name: "Sign in with a password and a recovery code",
    prepare: finish("RECOVERY_CODE", ({ recoveryCodes }) => recoveryCodes[0] ?? ""),
  },
  {
    name: "Remove one's second factor",
    how: `DELETE ${route}`,
    records: inBoth(["SECOND_FACTOR_REMOVED"]),
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const one = await withFactor(fixture);
      return {
        perform: async ({ server }) => (await server.call("DELETE", route, undefined, one.cookie)).status,
        logs: { organization: one.slug },
        by: one,
        pins: inBoth([about(one, "TOTP")]),
      };
    },
  },
  {
    name: "Remove another person's lost second factor",
    how: "DELETE /v1/users/:user/second-factor",
    records: inBoth(["SECOND_FACTOR_REMOVED"]),
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const one = await withFactor(fixture);
      const by = await person(fixture, { operator: true });
      const path = `/v1/users/${one.user.id}/second-factor`;
      return {
        perform: async ({ server }) => (await server.call("DELETE", path, undefined, by.cookie)).status,
        logs: { organization: one.slug },
        by,
        pins: inBoth([about(one, "TOTP")]),
      };
    },
  },
];
