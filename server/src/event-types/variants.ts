/** The variants of a definition: their shape, and all sentences. */
import { placeholders, type Variant } from "daybook/catalogue";
import type { Json, JsonObject } from "daybook/internal";
import type { Problems } from "./problems.ts";

export const titleLimit = 200;
export const sentenceLimit = 500;
const mostVariants = 20;
const mostConditions = 5;

/** The texts that a type and each of its variants can have. */
export function checkTypeWords(sent: JsonObject, at: string, problems: Problems): void {
  for (const member of ["title", "refusedTitle"])
    if (sent[member] !== undefined) problems.text(sent[member], `${at}/${member}`, titleLimit);
  for (const member of ["sentence", "refusedSentence"])
    if (sent[member] !== undefined) problems.text(sent[member], `${at}/${member}`, sentenceLimit);
}

/** The variants of a definition, without checking what their sentences name. */
export function checkVariants(sent: Json, problems: Problems): void {
  problems.list(sent, { pointer: "/variants", limit: mostVariants }, (variant, at) => {
    if (!problems.object(variant, at)) return;
    problems.only(variant, at, ["when", "title", "refusedTitle", "sentence", "refusedSentence"]);
    checkTypeWords(variant, at, problems);
    problems.list(variant.when, { pointer: `${at}/when`, limit: mostConditions }, (condition, place) =>
      checkCondition(condition, place, problems),
    );
  });
}

function checkCondition(condition: Json, at: string, problems: Problems): void {
  if (!problems.object(condition, at)) return;
  problems.pointer(condition.path, `${at}/path`);
  const [name, ...more] = Object.keys(condition).filter((member) => member !== "path");
  const value = name === undefined ? undefined : condition[name];
  const isValue = name === "is" && ["string", "number", "boolean"].includes(typeof value);
  const isPresence = name === "present" && value === true;
  if (more.length === 0 && name === "sameAs") problems.pointer(value, `${at}/sameAs`);
  else if (more.length > 0 || !(isValue || isPresence))
    problems.add(
      at,
      "A condition has exactly one of is, sameAs and present.",
      'Send "is" with a string, a number, true or false; "sameAs" with a pointer; or "present": true.',
    );
}

/**
 * Checks the sentences: they must name the actor, and of `data` only the `kept` members, which every event has, or those that the variant's
 * conditions require.
 */
export function checkSentences(sent: JsonObject, kept: readonly string[], problems: Problems): void {
  checkEach(sent, { at: "", kept }, problems);
  for (const [n, variant] of ((sent.variants ?? []) as unknown as Variant[]).entries()) {
    const there = variant.when.flatMap(
      ({ path }) => /^\/data\/([A-Za-z][A-Za-z0-9]*)$/.exec(path)?.[1] ?? [],
    );
    checkEach(
      variant as unknown as JsonObject,
      { at: `/variants/${n}`, kept: [...kept, ...there] },
      problems,
    );
  }
}

interface VariantPosition {
  readonly at: string;
  readonly kept: readonly string[];
}

function checkEach(words: JsonObject, { at, kept }: VariantPosition, problems: Problems): void {
  for (const member of ["sentence", "refusedSentence"]) {
    const text = words[member];
    if (typeof text !== "string") continue;
    const names = placeholders(text);
    if (!names.includes("actor"))
      problems.add(
        `${at}/${member}`,
        "The sentence does not say who did it.",
        "Write {actor} where the name goes.",
      );
    for (const name of names) {
      if (name === "actor" || name === "target" || kept.some((each) => name === `data.${each}`)) continue;
      problems.add(
        `${at}/${member}`,
        `{${name}} is not allowed in a sentence.`,
        "Use {actor}, {target}, or {data.x} for a member x that data requires and that is not personal.",
      );
    }
  }
}
