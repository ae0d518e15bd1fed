/** Operations on organizations and their settings. */
import { ask, newName, organization } from "./fixture.ts";
import { type Operation, theServer } from "./operation.ts";

export const organizations: readonly Operation[] = [
  {
    name: "Add an organization",
    how: "POST /v1/organizations",
    records: { organization: ["LOG_OPENED"], daybook: ["ORGANIZATION_ADDED"] },
    answers: 201,
    again: "nothing",
    prepare: async () => {
      const slug = newName("added");
      const body = { slug, name: `Added ${slug}` };
      const key = { "idempotency-key": slug };
      return {
        perform: async ({ server }) => (await server.call("POST", "/v1/organizations", body, key)).status,
        logs: { organization: slug },
        pins: { organization: [{ ...theServer, seq: 0 }], daybook: [{ data: body }] },
      };
    },
  },
  {
    name: "Rename an organization",
    how: "PATCH /v1/organizations/:org",
    records: { organization: ["ORGANIZATION_CHANGE"] },
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug, id, name: from } = await organization(fixture);
      const name = newName("Renamed");
      const changes = [{ path: "/name", from, to: name }];
      return {
        perform: async ({ server }) => (await server.call("PATCH", at, { name })).status,
        logs: { organization: slug },
        pins: { organization: [{ changes, targets: [{ type: "organization", id, name: from }] }] },
      };
    },
  },
  {
    name: "Change an organization's settings",
    how: "PATCH /v1/organizations/:org/settings",
    records: { organization: ["ORGANIZATION_CHANGE"] },
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug } = await organization(fixture);
      await ask(fixture, "PATCH", `${at}/settings`, { location: "Utrecht" });
      const details = {
        description: "What it is about",
        email: "hello@acme.example",
        location: null,
        website: "https://acme.example/",
      };
      const changes = [
        { path: "/description", from: null, to: details.description },
        { path: "/email", from: null, to: details.email },
        { path: "/location", from: "Utrecht", to: null },
        { path: "/website", from: null, to: details.website },
      ];
      return {
        perform: async ({ server }) => (await server.call("PATCH", `${at}/settings`, details)).status,
        logs: { organization: slug },
        pins: { organization: [{ changes }] },
      };
    },
  },
  {
    name: "Close an organization",
    how: "POST /v1/organizations/:org/close",
    records: { organization: ["ORGANIZATION_CLOSED"], daybook: ["ORGANIZATION_CLOSED"] },
    answers: 200,
    again: "nothing",
    prepare: async (fixture) => {
      const { at, slug, id } = await organization(fixture);
      const data = { organizationId: id, slug };
      return {
        perform: async ({ server }) =>
          (await server.call("POST", `${at}/close`, { reason: "Contract ended" })).status,
        logs: { organization: slug },
        pins: {
          organization: [{ data, reason: "Contract ended" }],
          daybook: [{ data, reason: "Contract ended" }],
        },
      };
    },
  },
];
