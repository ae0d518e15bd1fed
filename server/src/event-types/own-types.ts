/** The catalogue's types with their checkers, by name. */
import { eventTypes } from "daybook/catalogue";
import { CheckedType } from "./checked-type.ts";

const byName: ReadonlyMap<string, CheckedType> = new Map(
  eventTypes.map((type) => [type.name, new CheckedType(type)]),
);

/** The type with that name, if it has that version. */
export function ownType(name: string, version?: number): CheckedType | undefined {
  const known = byName.get(name);
  return version === undefined || version === known?.type.version ? known : undefined;
}
