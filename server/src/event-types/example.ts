/** The example of a custom type: the one in the definition, checked like an event, or one made from the schema. */
import type { EventType } from "daybook/catalogue";
import { checkEvent, DaybookError, type EventInput, type Issue, type JsonObject } from "daybook/internal";
import { CheckedType } from "./checked-type.ts";
import { isPlainObject, type Problems } from "./problems.ts";
import { sampleOf } from "./sample.ts";

type Bare = Omit<EventType, "example">;

/** The time of examples: long enough ago for every clock. */
const exampleNow = 1_767_225_600_000_000n;

/** The faults of an example, as for an event; a schema that can't be compiled is also an issue. */
function issuesOf(type: EventType): readonly Issue[] {
  const pointer = "/example";
  if (!isPlainObject(type.example as unknown as JsonObject))
    return [{ pointer, detail: "The example must be an event.", remedy: "Send an object." }];
  const found: Issue[] = [];
  for (const name of ["id", "occurredAt"] as const)
    if (type.example[name] !== undefined)
      found.push({
        pointer: `${pointer}/${name}`,
        detail: `An example has no ${name}.`,
        remedy: "Leave it out.",
      });
  if (found.length > 0) return found;
  try {
    const rules = (name: string): EventType | undefined => (name === type.name ? type : undefined);
    const example = type.example as unknown as JsonObject;
    const event = checkEvent(example, { rules, pointer, now: exampleNow });
    return new CheckedType(type).check(event.data, `${pointer}/data`);
  } catch (error) {
    if (error instanceof DaybookError) return error.issues;
    return [{ pointer: "/data", detail: `The schema can't be used: ${(error as Error).message}.` }];
  }
}

/** The type with the example from its definition. */
export function checkExample(type: EventType, problems: Problems): EventType {
  problems.found.push(...issuesOf(type));
  const first = type.firstTarget;
  const target = type.example?.targets?.[0]?.type;
  if (problems.found.length === 0 && first.length > 0 && (target === undefined || !first.includes(target)))
    problems.add(
      "/example/targets",
      `The first target must be of the type ${first.join(" or ")}.`,
      "Add it.",
    );
  return type;
}

/** The type with a generated example. */
export function makeExample(bare: Bare, problems: Problems): EventType {
  const sample = bare.data === null ? undefined : (sampleOf(bare.data) as JsonObject);
  const example: EventInput = {
    type: bare.name,
    actor: { type: "system", id: "example" },
    ...(bare.firstTarget.length > 0 ? { targets: [{ type: bare.firstTarget[0]!, id: "example" }] } : {}),
    ...(sample !== undefined && Object.keys(sample).length > 0 ? { data: sample } : {}),
  };
  const type: EventType = { ...bare, example };
  const issues = issuesOf(type);
  if (issues.some((issue) => issue.pointer === "/data")) problems.found.push(...issues);
  else if (issues.length > 0)
    problems.add(
      "/example",
      "No example could be made from the schema.",
      "Send one: an event of this type, without id and occurredAt.",
    );
  return type;
}
