/** Operations on operators, over HTTP and on the command line; and what the command line does for people who are locked out. */
import { byCommand, linkToProvider, newName, organization, person, personWithPassword } from "./fixture.ts";
import { inBoth, type Operation } from "./operation.ts";

const route = "/v1/operators";

export const operators: readonly Operation[] = [
  {
    name: "Make someone without an account an operator",
    how: `POST ${route}`,
    records: { daybook: ["USER_ADDED", "OPERATOR_ADDED", "SIGN_IN_LINK_ISSUED"] },
    answers: 200,
    again: "another act",
    prepare: async () => {
      const name = newName("Operator");
      const body = { name, email: `${name}@operators.example` };
      return {
        perform: async ({ server }) => (await server.call("POST", route, body)).status,
        pins: {
          daybook: [
            { data: { email: body.email, how: "OPERATOR" }, targets: [{ type: "user", name }] },
            { data: { email: body.email }, targets: [{ type: "user", name }] },
            { data: { purpose: "PASSWORD" } },
          ],
        },
      };
    },
  },
  {
    name: "Make someone an operator whose account the identity provider vouches for",
    how: `POST ${route}`,
    records: { daybook: ["OPERATOR_ADDED"] },
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const by = await person(fixture, { operator: true });
      const { user } = await person(fixture);
      const { email } = user;
      await linkToProvider(fixture, user);
      return {
        perform: async ({ server }) => (await server.call("POST", route, { email }, by.cookie)).status,
        by,
        pins: { daybook: [{ data: { userId: user.id, email } }] },
      };
    },
  },
  {
    name: "Make someone with a password an operator",
    how: `POST ${route}`,
    records: { daybook: ["OPERATOR_ADDED", "PASSWORD_CHANGED", "SESSIONS_ENDED", "SIGN_IN_LINK_ISSUED"] },
    answers: 200,
    again: "another act",
    prepare: async (fixture) => {
      const by = await person(fixture, { operator: true });
      const { user } = await personWithPassword(fixture);
      const { email } = user;
      return {
        perform: async ({ server }) => {
          const { status, body } = await server.call("POST", route, { email }, by.cookie);
          fixture.note?.(body.link.code);
          return status;
        },
        by,
        pins: {
          daybook: [
            { data: { userId: user.id, email } },
            { data: { userId: user.id, how: "RESET" } },
            { data: { userId: user.id, why: "Made an operator", sessions: 1 } },
            { data: { userId: user.id, purpose: "PASSWORD" } },
          ],
        },
      };
    },
  },
  {
    name: "Remove an operator",
    how: `DELETE ${route}/:user`,
    records: { daybook: ["OPERATOR_REMOVED"] },
    answers: 204,
    again: "nothing",
    prepare: async (fixture) => {
      const by = await person(fixture, { operator: true });
      const { user } = await person(fixture, { operator: true });
      return {
        perform: async ({ server }) =>
          (await server.call("DELETE", `${route}/${user.id}?reason=Ticket%2043`, undefined, by.cookie))
            .status,
        by,
        pins: { daybook: [{ data: { userId: user.id }, reason: "Ticket 43" }] },
      };
    },
  },
  {
    name: "Make someone an operator on the command line",
    how: "cli: users add-operator",
    records: { daybook: ["USER_ADDED", "OPERATOR_ADDED", "SIGN_IN_LINK_ISSUED"] },
    answers: 0,
    again: "another act",
    prepare: async ({ note }) => {
      const email = `${newName("operator")}@operators.example`;
      const cli = { context: { interface: "cli" } };
      return {
        perform: async ({ server }) => {
          const { link } = await server.services.signIn.addOperator({ email, initiator: byCommand });
          note?.(link!.code);
          return 0;
        },
        pins: {
          daybook: [
            { ...cli, data: { email, how: "OPERATOR" } },
            { ...cli, data: { email } },
            { ...cli, data: { purpose: "PASSWORD" } },
          ],
        },
      };
    },
  },
  {
    name: "Reset an account with a password, a provider and a session on the command line",
    how: "cli: users reset",
    records: inBoth(["PASSWORD_CHANGED", "USER_CHANGED", "SESSIONS_ENDED", "SIGN_IN_LINK_ISSUED"]),
    answers: 0,
    again: "another act",
    prepare: async (fixture) => {
      const { slug } = await organization(fixture);
      const { user } = await personWithPassword(fixture, { organization: slug, role: "CONSUMER" });
      const { email } = user;
      const issuer = await linkToProvider(fixture, user);
      const about = { context: { interface: "cli" }, targets: [{ type: "user", id: user.id }] };
      return {
        perform: async ({ server }) => {
          const { link } = await server.services.signIn.resetUser({ email, initiator: byCommand });
          fixture.note?.(link!.code);
          return 0;
        },
        logs: { organization: slug },
        pins: inBoth([
          { ...about, data: { how: "RESET" } },
          { ...about, changes: [{ path: "/issuer", from: issuer, to: null }] },
          { ...about, data: { why: "Reset by an operator", sessions: 1 } },
          { ...about, data: { userId: user.id, purpose: "PASSWORD" } },
        ]),
      };
    },
  },
];
