/** The page of an event whose long texts changed, with much around it. It refuses to know how screens are looked at. */
import type { Screen } from "./screens.ts";

const charter = (more: string): string =>
  Array.from(
    { length: 30 },
    (_, n) =>
      `${n + 1}. ${n === 20 ? `Everybody reads what they are sent${more}.` : "What everybody keeps to."}`,
  ).join("\n");
const rules = (perMinute: number): object => ({ burst: 5, perMinute, paths: ["/a", { b: "<script>" }] });
/** A long text and JSON that changed, and twelve others of the same request. */
const longChanges: readonly object[] = Array.from({ length: 13 }, (_, n) => ({
  type: "ORGANIZATION_CHANGE",
  actor: { type: "user", id: "u_17", name: "Anne Wilson" },
  targets: [{ type: "organization", id: `branch_${n}`, name: `Branch ${n}` }],
  ...(n === 4 ? { outcome: "denied" } : {}),
  changes: [
    {
      path: "/charter",
      label: "Charter",
      from: charter(""),
      to: charter(`, and then writes back ${"at length ".repeat(20)}`),
    },
    { path: "/limits", label: "Limits", from: rules(10), to: rules(20) },
    { path: "/website", label: "Website", from: "https://acme.example", to: "https://www.acme.example" },
  ],
  context: { requestId: "r-branches", ...(n % 2 ? {} : { correlationId: "act-branches" }) },
}));

export const eventScreens: readonly Screen[] = [
  {
    name: "event-lines",
    as: "anne",
    path: "/orgs/acme/activity",
    act: async (page, { server }) => {
      const { body } = await server.call("POST", "/v1/organizations/acme/events", { events: longChanges });
      await page.goto(`${server.url}/orgs/acme/events/${body.receipts[0].id}`);
      await page.getByText("17 unchanged lines").click();
    },
  },
];
