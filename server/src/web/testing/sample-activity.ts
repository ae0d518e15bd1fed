/** Events for tests of activity pages: one of each kind that looks different. */
import type { EventInput } from "daybook/internal";
import type { TestServer } from "../../api/testing/open-server.ts";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export const hostile = '<script>alert("x")</script>';
export const rightToLeft = "رائد الفضاء";
/** 512 bytes. */
export const longest = "é".repeat(256);

const anne: EventInput["actor"] = {
  type: "user",
  id: "u_17",
  name: "Anne Wilson",
  email: "anne@acme.example",
};
const bob: EventInput["actor"] = { type: "user", id: "u_23", name: "Bob Marsh 🧾" };
const sandbox = { type: "api_client", id: "client_9", name: "Register sandbox" };
const client = { clientId: "client_9", name: "Register sandbox", expiresOn: "2027-05-31" };
const context = { ip: "192.0.2.7", userAgent: "curl/8.14", requestId: "r-1" };

const draft = (n: number): EventInput => ({
  type: "NEW_DRAFT_API",
  actor: bob,
  targets: [{ type: "api", id: "api_1", name: "payments" }],
  data: {
    objectPath: "/apis/acme/payments/1.2.0",
    owner: "acme",
    name: "payments",
    version: "1.2.0",
    draftDigest: String(n % 10).repeat(64),
  },
});

/** How long before now, newest last; older than a day, they are before noon, so that those of one day stay together at any time. */
const samples: readonly (readonly [number, EventInput])[] = [
  [
    9 * day,
    {
      type: "API_CLIENT_ADDED",
      actor: anne,
      targets: [sandbox],
      data: { ...client, name: "Sandbox" },
      context,
    },
  ],
  [
    5 * day,
    {
      type: "API_CLIENT_UPDATED",
      actor: anne,
      targets: [sandbox],
      before: { name: "Sandbox", token: "old", note: "" },
      after: { name: "Register sandbox", token: "new", note: "Ours" },
      data: client,
    },
  ],
  [
    5 * day - minute,
    {
      type: "API_CLIENT_REVOKED",
      actor: { ...anne, onBehalfOf: { type: "user", id: "u_99", name: "Carol Price" } },
      targets: [sandbox],
      outcome: "denied",
      reason: "The token was found in a public repository",
      data: client,
    },
  ],
  [
    2 * day,
    {
      type: "ORGANIZATION_CHANGE",
      actor: anne,
      targets: [{ type: "organization", id: "acme", name: "Acme" }],
      changes: [
        {
          path: "/description",
          from: "We make everything.",
          to: `${"Long words about the organization. ".repeat(30)}`,
        },
        { path: "/website", from: "https://acme.example", to: null },
      ],
    },
  ],
  ...Array.from({ length: 14 }, (_, n) => [2 * day - (n + 1) * 2 * minute, draft(n)] as const),
  ...["NEW_TEAM", "NEW_TEAM_MEMBER", "NEW_TEAM_MEMBER"].map((type, n): readonly [number, EventInput] => [
    day + hour - n * 1000,
    {
      type,
      actor: anne,
      targets: [
        type === "NEW_TEAM" ? { type: "team", id: "t_1", name: "Writers" } : { type: "user", id: `u_${n}` },
      ],
      data: {
        teamId: "t_1",
        team: "Writers",
        ...(type === "NEW_TEAM" ? {} : { userId: `u_${n}`, email: "dora@acme.example" }),
      },
      context: { ...context, correlationId: "act-1" },
    },
  ]),
  [
    2 * hour,
    {
      type: "API_CLIENT_DELETED",
      actor: { type: "user", id: hostile, name: hostile },
      targets: [{ type: "api_client", id: "a/b?c#d", name: hostile }],
      data: { clientId: hostile, name: hostile },
      reason: hostile,
    },
  ],
  [
    hour,
    {
      type: "API_CLIENT_DELETED",
      actor: { type: "user", id: "u_rtl", name: rightToLeft },
      targets: [{ type: "api_client", id: "..", name: longest }],
      data: { clientId: "client_5", name: longest },
      reason: `${rightToLeft} 🧾`,
    },
  ],
  [
    minute,
    {
      type: "API_CLIENT_ADDED",
      actor: anne,
      targets: [{ ...sandbox, id: "client_10", name: "Portal" }],
      data: { ...client, name: "Portal" },
    },
  ],
];

/** Records them as the operator; returns the ids, newest first. */
export async function recordSamples(server: TestServer, slug: string): Promise<string[]> {
  const now = Date.now();
  const noon = Math.floor(now / day) * day + 12 * hour;
  const events = samples.map(([before, event]) => ({
    ...event,
    occurredAt: new Date((before < day ? now : noon) - before).toISOString(),
  }));
  const { status, body, text } = await server.call("POST", `/v1/organizations/${slug}/events`, { events });
  if (status !== 201) throw new Error(text);
  return (body as { receipts: { id: string }[] }).receipts.map(({ id }) => id).reverse();
}
