/** The checks of actor, targets, context and producer: members, forms, limits. Each looks, and changes nothing. */
import { isObject } from "./diff.ts";
import { actorTypes, type Json, type JsonObject } from "./event.ts";
import type { Issues } from "./issues.ts";
import { limits } from "./limits.ts";
import { isTargetType } from "./names.ts";

const actorMembers = ["type", "id", "name", "email", "onBehalfOf"] as const;
const behalfMembers = ["type", "id", "name", "email"] as const;
const targetMembers = ["type", "id", "name"] as const;
const contextMembers = ["ip", "userAgent", "requestId", "correlationId", "traceparent", "interface"] as const;
const producerMembers = ["id", "n"] as const;
const interfaces: readonly string[] = ["ui", "api", "cli", "job"];

/** False, with an issue, if the value at `place` is no object. */
function mustBeObject(value: Json, place: string, issues: Issues): value is JsonObject {
  if (isObject(value)) return true;
  issues.at(place, { detail: `${place.slice(1)} must be an object.` });
  return false;
}

export function checkActor(value: Json | undefined, issues: Issues): void {
  if (value === undefined) {
    issues.missing("", "actor");
    return;
  }
  if (mustBeObject(value, "/actor", issues)) checkActorMembers(value, "/actor", issues);
}

/** An actor, or the one that an actor acts for, which can't itself act for another. */
function checkActorMembers(actor: JsonObject, place: "/actor" | "/actor/onBehalfOf", issues: Issues): void {
  for (const name of Object.keys(actor)) {
    const value = actor[name];
    if (value === undefined) continue;
    if (name === "type") issues.oneOf(value, place, name, actorTypes);
    else if (name === "id") issues.id(value, place, name, limits.idBytes);
    else if (name === "name") issues.text(value, place, name, limits.nameBytes);
    else if (name === "email") issues.text(value, place, name, limits.emailBytes);
    else if (name === "onBehalfOf" && place === "/actor") {
      if (isObject(value)) checkActorMembers(value, "/actor/onBehalfOf", issues);
      else issues.add(place, name, { detail: "onBehalfOf must be an object." });
    } else issues.unknown(place, name, place === "/actor" ? actorMembers : behalfMembers);
  }
  if (actor.type === undefined) issues.missing(place, "type");
  if (actor.id === undefined) issues.missing(place, "id");
}

export function checkTargets(value: Json | undefined, issues: Issues): void {
  if (value === undefined) return;
  if (!Array.isArray(value)) {
    issues.at("/targets", { detail: "targets must be a list." });
    return;
  }
  if (value.length > limits.targets) {
    issues.at("/targets", {
      detail: `There are ${value.length} targets; ${limits.targets} are allowed.`,
      remedy: "Name the main ones, or send several events.",
    });
  }
  for (let i = 0; i < value.length && i <= limits.targets; i++) {
    const target = value[i]!;
    if (isObject(target)) checkTarget(target, `/targets/${i}`, issues);
    else issues.add("/targets", i, { detail: "A target must be an object." });
  }
}

function checkTarget(target: JsonObject, place: string, issues: Issues): void {
  for (const name of Object.keys(target)) {
    const value = target[name];
    if (value === undefined) continue;
    if (name === "type") {
      if (typeof value === "string" && isTargetType(value)) continue;
      issues.add(place, name, {
        detail: "type must match ^[a-z][a-z0-9_]*$ and have at most 32 bytes.",
        remedy: "Write it like api_client.",
      });
    } else if (name === "id") issues.id(value, place, name, limits.idBytes);
    else if (name === "name") issues.text(value, place, name, limits.nameBytes);
    else issues.unknown(place, name, targetMembers);
  }
  if (target.type === undefined) issues.missing(place, "type");
  if (target.id === undefined) issues.missing(place, "id");
}

export function checkContext(value: Json | undefined, issues: Issues): void {
  if (value === undefined || !mustBeObject(value, "/context", issues)) return;
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (member === undefined) continue;
    if (name === "interface") issues.oneOf(member, "/context", name, interfaces);
    else if ((contextMembers as readonly string[]).includes(name)) {
      issues.text(member, "/context", name, limits.contextBytes);
    } else issues.unknown("/context", name, contextMembers);
  }
}

export function checkProducer(value: Json | undefined, issues: Issues): void {
  if (value === undefined || !mustBeObject(value, "/producer", issues)) return;
  for (const name of Object.keys(value)) {
    const member = value[name];
    if (member === undefined) continue;
    if (name === "id") issues.id(member, "/producer", name, limits.idBytes);
    else if (name !== "n") issues.unknown("/producer", name, producerMembers);
    else if (!(Number.isSafeInteger(member) && (member as number) >= 0)) {
      issues.add("/producer", name, {
        detail: "n must be a whole number from 0.",
        remedy: "Count from 0, by ones.",
      });
    }
  }
  if (value.id === undefined) issues.missing("/producer", "id");
  if (value.n === undefined) issues.missing("/producer", "n");
}
