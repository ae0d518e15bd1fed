/** Checks actor and targets: members, forms, limits. Each function returns what it checked, without null members. */
import { isObject } from "./diff.ts";
import { actorTypes, type Json, type JsonObject } from "./event.ts";
import type { Issues } from "./issues.ts";
import { limits } from "./limits.ts";
import { isTargetType } from "./names.ts";
import { isAbsent, withoutNulls } from "./without-nulls.ts";

/** The writer of an event: a producer can't name Daybook itself as the actor. */
export type Writer = "producer" | "server";

const actorMembers = ["type", "id", "name", "email", "onBehalfOf"] as const;
const behalfMembers = ["type", "id", "name", "email"] as const;
const targetMembers = ["type", "id", "name"] as const;
const personExample = '{"type":"user","id":"u_17"}';
const targetExample = '{"type":"team","id":"t_1"}';

export function checkActor(value: Json | undefined, writer: Writer, issues: Issues): JsonObject | undefined {
  if (isAbsent(value)) issues.missing("", "actor", value);
  else if (isObject(value)) return checkPerson(value, { place: "/actor", writer, issues });
  else issues.notObject("/actor", value, { what: "actor", example: personExample });
  return undefined;
}

interface PersonCheck {
  readonly place: "/actor" | "/actor/onBehalfOf";
  readonly writer: Writer;
  readonly issues: Issues;
}

/** An actor, or the `onBehalfOf` of one, which can't have an `onBehalfOf` of its own. */
function checkPerson(actor: JsonObject, check: PersonCheck): JsonObject {
  const { place, issues } = check;
  let hasNull = false;
  let behalf: JsonObject | undefined;
  for (const name of Object.keys(actor)) {
    const value = actor[name];
    if (value === undefined) continue;
    const known = name === "onBehalfOf" ? place === "/actor" : behalfMembers.includes(name as "id");
    if (!known) issues.unknown(place, name, place === "/actor" ? actorMembers : behalfMembers);
    else if (value === null) hasNull = true;
    else if (name === "type") issues.oneOf(value, place, name, actorTypes);
    else if (name === "id") issues.id(value, place, name, limits.idBytes);
    else if (name === "name") issues.text(value, place, name, limits.nameBytes);
    else if (name === "email") issues.text(value, place, name, limits.emailBytes);
    else if (isObject(value)) behalf = checkPerson(value, { ...check, place: "/actor/onBehalfOf" });
    else issues.notObject(`${place}/${name}`, value, { what: name, example: personExample });
  }
  if (isAbsent(actor.type)) issues.missing(place, "type", actor.type);
  checkIdentity(actor, check);
  if (!hasNull && behalf === actor.onBehalfOf) return actor;
  const rest = withoutNulls(actor);
  if (behalf !== undefined) rest.onBehalfOf = behalf;
  return rest;
}

/** Checks the id: which actors need none, and which are reserved for Daybook. */
function checkIdentity({ type, id }: JsonObject, { place, writer, issues }: PersonCheck): void {
  if (type === "system" && writer === "producer") {
    if (isAbsent(id)) {
      issues.at(place, {
        detail: "An actor of type system needs an id: without one it is Daybook itself.",
        remedy: "Name your own program, such as nightly-import.",
      });
    } else if (id === "daybook") {
      issues.add(place, "id", {
        detail: "system:daybook is Daybook itself, which records what it does.",
        remedy: "Name your own program, such as nightly-import.",
      });
    }
  } else if (isAbsent(id) && type !== "anonymous" && type !== "system") issues.missing(place, "id", id);
}

export function checkTargets(value: Json | undefined, issues: Issues): JsonObject[] | undefined {
  if (isAbsent(value)) return undefined;
  if (!Array.isArray(value)) {
    issues.notList("/targets", value, { what: "targets", example: `[${targetExample}]` });
    return undefined;
  }
  if (value.length > limits.targets) {
    issues.at("/targets", {
      detail: `There are ${value.length} targets; ${limits.targets} are allowed.`,
      remedy: "Name the main ones, or send several events.",
    });
    return undefined;
  }
  let targets = value as JsonObject[];
  for (let i = 0; i < value.length; i++) {
    const target = value[i]!;
    if (!isObject(target)) {
      issues.notObject(`/targets/${i}`, target, { what: "A target", example: targetExample });
      continue;
    }
    const checked = checkTarget(target, `/targets/${i}`, issues);
    if (checked !== target) targets = targets.with(i, checked);
  }
  return targets.length === 0 ? undefined : targets;
}

function checkTarget(target: JsonObject, place: string, issues: Issues): JsonObject {
  let hasNull = false;
  for (const name of Object.keys(target)) {
    const value = target[name];
    if (value === undefined) continue;
    if (!targetMembers.includes(name as "id")) issues.unknown(place, name, targetMembers);
    else if (value === null) hasNull = true;
    else if (name === "id") issues.id(value, place, name, limits.idBytes);
    else if (name === "name") issues.text(value, place, name, limits.nameBytes);
    else if (!(typeof value === "string" && isTargetType(value))) {
      issues.add(place, name, {
        detail: "type must match ^[a-z][a-z0-9_]*$ and have at most 32 bytes.",
        remedy: "Write it in lower case, with underscores between words, like api_client.",
      });
    }
  }
  if (isAbsent(target.type)) issues.missing(place, "type", target.type);
  if (isAbsent(target.id)) issues.missing(place, "id", target.id);
  return hasNull ? withoutNulls(target) : target;
}
