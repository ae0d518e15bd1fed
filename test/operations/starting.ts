/** Operations of a start: the first start, another operator token, the set-up code. */
import { expect } from "vitest";
import { configOf, serveConfig } from "../../server/src/api/testing/open-server.ts";
import type { Config } from "../../server/src/config/index.ts";
import { replaceOperatorToken } from "../../server/src/operator-token/index.ts";
import { byCommand } from "./fixture.ts";
import { type Operation, theOperator, theServer } from "./operation.ts";

/** A server starts on the database and ends again; without passwords, so that it issues no code. */
async function start(databaseUrl: string, config: Partial<Config> = {}): Promise<number> {
  const server = await serveConfig(configOf(databaseUrl, { passwords: false, ...config }));
  await server.close();
  return 0;
}

export const starting: readonly Operation[] = [
  {
    name: "Start on an empty database",
    how: "start: the first",
    records: { daybook: ["LOG_OPENED", "OPERATOR_TOKEN_REPLACED"] },
    answers: 0,
    again: "nothing",
    on: "no rows",
    prepare: async () => ({
      perform: ({ databaseUrl }) => start(databaseUrl),
      by: theServer,
      pins: { daybook: [{ seq: 0 }, { seq: 1, data: { how: "FIRST_START" } }] },
    }),
  },
  {
    name: "Start with another operator token",
    how: "start: with another token",
    records: { daybook: ["OPERATOR_TOKEN_REPLACED"] },
    answers: 0,
    again: "nothing",
    on: "no people",
    prepare: async ({ note }) => {
      const operatorToken = `another-operator-token-${Math.random()}-0123456789`;
      note?.(operatorToken);
      return { perform: ({ databaseUrl }) => start(databaseUrl, { operatorToken }), by: theServer };
    },
  },
  {
    name: "Replace the operator token",
    how: "cli: operator-token replace",
    records: { daybook: ["OPERATOR_TOKEN_REPLACED"] },
    answers: 0,
    again: "another act",
    on: "no people",
    prepare: async ({ note }) => {
      const { dataFolder } = configOf("");
      return {
        perform: async ({ server }) => {
          const config = { operatorToken: undefined, dataFolder };
          const { store, log } = server.services;
          const { token } = await replaceOperatorToken(config, {
            store,
            log,
            initiator: byCommand,
            file: "make",
          });
          note?.(token);
          return 0;
        },
        by: theOperator,
        pins: { daybook: [{ data: { credential: expect.stringMatching(/^[\w-]{43}$/) } }] },
      };
    },
  },
  {
    name: "Replace the operator token over HTTP",
    how: "POST /v1/operator-token/replace",
    records: { daybook: ["OPERATOR_TOKEN_REPLACED"] },
    answers: 200,
    again: "nothing",
    on: "no people",
    prepare: async ({ note }) => ({
      perform: async ({ databaseUrl }) => {
        // the database has the tests' token, and this server doesn't get it
        const config = { passwords: false, operatorToken: undefined };
        const server = await serveConfig(configOf(databaseUrl, config));
        try {
          const { status, body } = await server.call("POST", "/v1/operator-token/replace");
          if (status === 200) note?.(body.token);
          return status;
        } finally {
          await server.close();
        }
      },
      by: theOperator,
      pins: { daybook: [{ data: { credential: expect.stringMatching(/^[\w-]{43}$/) } }] },
    }),
  },
  {
    name: "Offer the set-up code",
    how: "start: before anybody has an account",
    records: { daybook: ["SIGN_IN_LINK_ISSUED"] },
    answers: 0,
    again: "another act",
    on: "no people",
    prepare: async ({ note }) => ({
      perform: async ({ server }) => {
        const issued = await server.services.signIn.offerSetUp();
        note?.(issued!.code);
        return 0;
      },
      by: theServer,
      pins: { daybook: [{ data: { purpose: "SET_UP" } }] },
    }),
  },
];
