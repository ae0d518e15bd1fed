/**
 * Definitions that the event types of APIs and domains share: words, the place S (`objectPath`, owner, name, version), an example place.
 */
import type { EventInput, JsonObject, Target } from "../event/index.ts";
import { form, identifier, members, text } from "./data-schema.ts";
import { type Definition, define } from "./define.ts";
import type { CardRow, DataSchema, EventType } from "./event-type.ts";

/** The two kinds of definitions, with their words. */
export interface Kind {
  /** The type of the first target. */
  readonly target: "api" | "domain";
  /** The first segment of `objectPath`, and the type's `about`. */
  readonly folder: "apis" | "domains";
  /** In sentences: "API", "domain". */
  readonly noun: string;
  /** In titles and at the start of a sentence: "API", "Domain". */
  readonly title: string;
  /** With its article: "an API", "a domain". */
  readonly one: string;
  /** The same at the start of a sentence: "An API", "A domain". */
  readonly anyOne: string;
  /** In names: "API", "DOMAIN". */
  readonly word: "API" | "DOMAIN";
  readonly example: { readonly owner: string; readonly name: string; readonly version: string };
}

/** Owner and name have no slash; a version can have one (`release/2.0`). */
const path = (kind: Kind, version: string): DataSchema =>
  form(`^/${kind.folder}/[^/]+/[^/]+${version}$`, 1100);

/** S of the data, with the type's other members. A version may be absent. */
export const place = (kind: Kind, rest: Readonly<Record<string, DataSchema>> = {}): DataSchema =>
  members({
    objectPath: path(kind, "(/.+)?"),
    owner: identifier,
    name: text(512),
    "version?": text(256),
    ...rest,
  });

/** S of the data of one version: the version is a member, and part of the path. */
export const versionPlace = (kind: Kind, rest: Readonly<Record<string, DataSchema>> = {}): DataSchema =>
  members({
    objectPath: path(kind, "/.+"),
    owner: identifier,
    name: text(512),
    version: text(256),
    ...rest,
  });

/** S of the example, as a value. */
export function examplePlace(kind: Kind): JsonObject {
  const { owner, name, version } = kind.example;
  return { objectPath: `/${kind.folder}/${owner}/${name}/${version}`, owner, name, version };
}

/** S of the example without a version. */
export function exampleWhole(kind: Kind): JsonObject {
  const { owner, name } = kind.example;
  return { objectPath: `/${kind.folder}/${owner}/${name}`, owner, name };
}

const exampleTargets = (kind: Kind, name: string = kind.example.name): Target[] => [
  { type: kind.target, id: `${kind.target}_31`, name },
];

/** The first rows of most cards. */
export const placeRows: readonly CardRow[] = [
  { label: "Owner", path: "/data/owner", format: "text" },
  { label: "Name", path: "/data/name", format: "text" },
  { label: "Version", path: "/data/version", format: "text" },
];

/** A digest for the examples, in place of a definition's. */
export const digests = {
  before: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
  after: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
} as const;

/** A type of one kind, which determines the target, `about` and the labels. */
export const ofKind = (
  kind: Kind,
  words: Omit<Definition, "about" | "firstTarget" | "example"> & {
    readonly example: Omit<EventInput, "type" | "targets">;
  },
): EventType =>
  define({
    about: kind.folder,
    firstTarget: [kind.target],
    ...words,
    example: { targets: exampleTargets(kind), ...words.example },
  });
