/** TypeScript checks `data` by the catalogue where the type is one of its own. `npm run types` is what fails; this only runs it. */
import { expect, test } from "vitest";
import type { EventOf } from "./typed-event.ts";

test("TypeScript takes a right event, and refuses a wrong one", () => {
  const take = <const T extends string>(event: EventOf<T>): string => event.type;
  const actor = { type: "user", id: "u_17" } as const;
  take({ type: "NEW_TEAM", actor, data: { teamId: "t_4", team: "Payments" } });
  take({ type: "invoice.paid", actor, data: { amount: 12 } });
  take({ type: "invoice.paid" as string, actor });
  // @ts-expect-error: the team has no name
  take({ type: "NEW_TEAM", actor, data: { teamId: "t_4" } });
  // @ts-expect-error: data is required
  take({ type: "NEW_TEAM", actor });
  // @ts-expect-error: this type takes no data
  take({ type: "ORGANIZATION_CHANGE", actor, data: { name: "Acme" } });
  expect(take({ type: "ORGANIZATION_CHANGE", actor })).toBe("ORGANIZATION_CHANGE");
});
