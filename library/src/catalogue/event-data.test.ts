/** The TypeScript types of `data`: what the compiler accepts and refuses. tsc runs this file; other tests check values. */
import { expectTypeOf, test } from "vitest";
import type { JsonObject } from "../event/index.ts";
import type { EventData, EventTypeName } from "./event-data.ts";

test("data of a known type has its members, and no others", () => {
  expectTypeOf<EventData["API_RENAME"]>().toEqualTypeOf<{
    owner: string;
    oldName: string;
    newName: string;
  }>();
  expectTypeOf<EventData["ORGANIZATION_CHANGE"]>().toEqualTypeOf<undefined>();
  expectTypeOf<"API_CLIENT_REVOKED">().toExtend<EventTypeName>();
  // @ts-expect-error a role that there isn't
  const wrong: EventData["NEW_ORGANIZATION_MEMBER"] = { role: "BOSS" };
  // @ts-expect-error a member that is missing
  const less: EventData["API_RENAME"] = { owner: "acme", oldName: "a" };
  void [wrong, less];
});

test("data of every type is JSON", () => {
  type Data = Exclude<EventData[EventTypeName], undefined>;
  expectTypeOf<Data>().toExtend<JsonObject>();
});
