/** The table of paths: patterns and paths agree, parameters are encoded, and every entry is a route of the server. */
import { expect, test } from "vitest";
import { apiPaths, paths } from "./paths.ts";

test("a path without parameters is its route", () => {
  expect(paths.account()).toBe("/account");
  expect(paths.account.route).toBe("/account");
});

test("a path takes its parameters by name", () => {
  expect(paths.event.route).toBe("/orgs/:org/events/:id");
  expect(paths.event({ org: "acme", id: "e_1" })).toBe("/orgs/acme/events/e_1");
  expect(paths.members({ org: "acme" })).toBe("/orgs/acme/members");
  expect(apiPaths.auditLog({ org: "acme", format: "csv" })).toBe("/v1/organizations/acme/audit-log.csv");
});

test("a parameter is one segment of the path, whatever it contains", () => {
  const id = "a/../b?c#d e\u20AC%2F";
  const path = paths.target({ org: "acme", type: "team", id });
  expect(path).toBe("/orgs/acme/targets/team/a%2F..%2Fb%3Fc%23d%20e%E2%82%AC%252F");
  expect(new URL(path, "https://daybook.example").pathname).toBe(path);
});
