/** Examples of event cards. */
import { eventType } from "daybook/catalogue";
import type { RecordedEvent } from "daybook/internal";
import type { VNode } from "preact";
import type { Examples } from "../kit/components/example.ts";
import { EventCard } from "./event-card.tsx";

const names = ["API_CLIENT_ADDED", "API_CLIENT_UPDATED", "API_CLIENT_REVOKED", "API_CLIENT_REFUSED"] as const;

const recorded = (type: string, more: Partial<RecordedEvent> = {}): RecordedEvent => ({
  actor: { type: "user", id: "u_17" },
  outcome: "success",
  ...eventType(type)?.example,
  type,
  // one for each type
  id: `01937f3c-0000-7000-8000-${Buffer.from(type).toString("hex").slice(-12)}`,
  occurredAt: "2026-05-21T13:22:59Z",
  organization: { id: "org_1", slug: "acme", name: "Acme" },
  seq: 1,
  recordedAt: "2026-05-21T13:22:59Z",
  leafHash: "",
  recordedBy: { type: "server", id: "daybook" },
  ...more,
});

const shown = (event: RecordedEvent): VNode => (
  <EventCard
    event={event}
    type={eventType(event.type)}
    zone="Europe/London"
    now={Date.parse("2026-05-21T15:30:00Z")}
    links={{ type: "/", actor: "/" }}
  />
);

const hostile = '<script>alert("1")</script> ‏שלום 🧾';

export const eventCards: Examples = {
  component: "Event card",
  examples: [
    ...names.map((name) => ({ name, shown: shown(recorded(name)) })),
    {
      name: "with secrets, long values and lists",
      shown: shown(
        recorded("API_CLIENT_TOKEN_ROTATED", {
          changes: [
            { path: "/token", label: "Token", hidden: true },
            { path: "/scopes", label: "Scopes", from: ["events:read"], to: ["events:read", "events:write"] },
            { path: "/note", label: "Note", to: "long ".repeat(100) },
            { path: "/limits", from: { perMinute: 10 }, to: null },
          ],
        }),
      ),
    },
    {
      name: "of a type that no longer exists",
      shown: shown(
        recorded("invoice.paid", {
          actor: { type: "user", id: "u_1", name: hostile },
          targets: [{ type: "invoice", id: "i_1", name: hostile }],
          data: { amountDue: 1200.5, isLate: false, [hostile]: hostile },
          reason: hostile,
        }),
      ),
    },
    {
      name: "erased",
      shown: shown(recorded("API_CLIENT_DELETED", { erased: ["data", "reason"], data: {} })),
    },
  ],
};
