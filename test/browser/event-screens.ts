/** The page of an event with changed long texts and many neighbors, for screenshots. */
import type { Screen } from "./screen.ts";

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

/** Changes that look like none, or like different ones. */
const deceptive: object = {
  type: "API_CLIENT_UPDATED",
  actor: { type: "user", id: "u_18", name: "\u0410nne Wilson" },
  targets: [{ type: "api_client", id: "c_9", name: "Filing service " }],
  data: { clientId: "c_9", name: "Filing service " },
  reason: "Asked for by invoice\u202efdp.exe",
  changes: [
    { path: "/name", from: "Filing service", to: "Filing service " },
    { path: "/contact", label: "Contact", from: "pay@payments.example", to: "pay@p\u0430yments.example" },
    { path: "/host", label: "Callback host", from: "api.acme.example", to: "api\u200b.acme.example" },
    { path: "/alias", label: "Alias", from: "paypal", to: "paypaI" },
    { path: "/accent", label: "Accent", from: "caf\u00e9", to: "cafe\u0301" },
    {
      path: "/scopes",
      from: ["events:read", "types:read"],
      to: ["events:read", "events:write", "types:read"],
    },
    { path: "/order", label: "Order", from: ["a", "b"], to: ["b", "a"] },
    { path: "/rate", label: "Requests a second", from: "2", to: 2 },
    { path: "/note", label: "Note", from: null, to: "" },
    { path: "/lines", label: "Lines", from: "one\ntwo", to: "one\r\ntwo" },
    { path: "/secret", from: "before-the-rotation", to: "after-the-rotation" },
    { path: "/command", label: "Command", from: "x", to: "curl -H 'X: [token 1a2b3c4d5e6f]'" },
  ],
};

/** The page of that event. */
const openEvent =
  (event: object): NonNullable<Screen["act"]> =>
  async (page, { server }) => {
    const { body } = await server.call("POST", "/v1/organizations/acme/events", { events: [event] });
    await page.goto(`${server.url}/orgs/acme/events/${body.receipts[0].id}`);
  };

export const eventScreens: readonly Screen[] = [
  { name: "event-deceptive", as: "anne", path: "/orgs/acme/activity", act: openEvent(deceptive) },
  {
    name: "activity-deceptive",
    as: "anne",
    path: "/orgs/acme/activity",
    act: async (page, { server }) => {
      await server.call("POST", "/v1/organizations/acme/events", { events: [deceptive] });
      await page.goto(`${server.url}/orgs/acme/activity?actor=user:u_18`);
    },
  },
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
