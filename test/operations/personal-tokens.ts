/** Operations on personal tokens: made, ended one by one, and ended together with all other access. */
import { ask, inDays, type OperationsFixture, organization, type PreparedPerson, person } from "./fixture.ts";
import { inBoth, type Operation } from "./operation.ts";

const route = "/v1/account/tokens";

interface WithToken extends PreparedPerson {
  readonly slug: string;
  readonly tokenId: string;
  readonly tokenPrefix: string;
}

const expiresOn = inDays(90);

/** A member with a session, and a personal token. */
async function withToken(fixture: OperationsFixture): Promise<WithToken> {
  const { slug } = await organization(fixture);
  const one = await person(fixture, { organization: slug });
  const { body } = await ask(fixture, "POST", route, { name: "Nightly export", expiresOn }, one.cookie);
  return { ...one, slug, tokenId: body.id, tokenPrefix: body.tokenPrefix };
}

const about = ({ user, tokenId, tokenPrefix }: WithToken): object => ({
  targets: [{ type: "user", id: user.id }],
  data: { tokenId, userId: user.id, tokenPrefix, expiresOn },
});

export const personalTokens: readonly Operation[] = [
  {
    name: "Make a personal token",
    how: `POST ${route}`,
    records: inBoth(["PERSONAL_TOKEN_ADDED"]),
    answers: 201,
    again: "another act",
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const one = await person(fixture, { organization: slug });
      const body = { name: "Nightly export", expiresOn };
      return {
        perform: async ({ server }) => (await server.call("POST", route, body, one.cookie)).status,
        logs: { organization: slug },
        by: one,
        pins: inBoth([
          { targets: [{ type: "user", id: one.user.id }], data: { userId: one.user.id, expiresOn } },
        ]),
      };
    },
  },
  {
    name: "End a personal token",
    how: `DELETE ${route}/:token`,
    records: inBoth(["PERSONAL_TOKEN_REMOVED"]),
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const one = await withToken(fixture);
      const path = `${route}/${one.tokenId}`;
      return {
        perform: async ({ server }) => (await server.call("DELETE", path, undefined, one.cookie)).status,
        logs: { organization: one.slug },
        by: one,
        pins: inBoth([about(one)]),
      };
    },
  },
  {
    name: "Sign out everywhere, with a personal token",
    how: "POST /v1/account/sign-out-everywhere",
    records: inBoth(["PERSONAL_TOKEN_REMOVED", "SESSIONS_ENDED"]),
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const one = await withToken(fixture);
      const path = "/v1/account/sign-out-everywhere";
      return {
        perform: async ({ server }) => (await server.call("POST", path, undefined, one.cookie)).status,
        logs: { organization: one.slug },
        by: one,
        pins: inBoth([about(one), { data: { why: "Signed out everywhere", sessions: 1 } }]),
      };
    },
  },
];
