/**
 * Event types about an API or a domain as a whole: created, renamed, published, transferred, forked, deleted. `api-or-domain-content.ts`
 * has the types about its content.
 */
import { digests, examplePlace, exampleWhole, type Kind, ofKind, place, placeRows } from "./api-or-domain.ts";
import { choice, digest, identifier, list, members, text, yesNo } from "./data-schema.ts";
import { anne, portal } from "./define.ts";
import type { EventType } from "./event-type.ts";

/** NEW_API, NEW_DOMAIN */
export const created = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `NEW_${kind.word}`,
    title: `${kind.title} created`,
    refusedTitle: `Tried to create ${kind.one}`,
    sentence: `{actor} created ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to create ${kind.noun} {target}`,
    variants: [
      {
        when: [{ path: "/data/origin", is: "IMPORTED" }],
        title: `${kind.title} imported`,
        refusedTitle: `Tried to import ${kind.one}`,
        sentence: `{actor} imported ${kind.noun} {target}`,
        refusedSentence: `{actor} tried to import ${kind.noun} {target}`,
      },
      {
        when: [{ path: "/data/origin", is: "TEMPLATE" }],
        title: `${kind.title} created from a template`,
        refusedTitle: `Tried to create ${kind.one} from a template`,
        sentence: `{actor} created ${kind.noun} {target} from a template`,
        refusedSentence: `{actor} tried to create ${kind.noun} {target} from a template`,
      },
    ],
    description: `${kind.anyOne} was added to the organization: created, imported, or made from a template.`,
    operation: "create",
    data: place(kind, {
      "specification?": text(128),
      "origin?": choice("CREATED", "IMPORTED", "TEMPLATE"),
      "digest?": digest,
    }),
    card: [
      ...placeRows,
      { label: "Specification", path: "/data/specification", format: "text" },
      { label: "Origin", path: "/data/origin", format: "word" },
    ],
    example: {
      actor: anne,
      data: {
        ...examplePlace(kind),
        specification: "OpenAPI 3.1.0",
        origin: "IMPORTED",
        digest: digests.before,
      },
    },
  });

/** API_RENAME, RENAME_DOMAIN */
export const renamed = (kind: Kind): EventType =>
  ofKind(kind, {
    name: kind.word === "API" ? "API_RENAME" : "RENAME_DOMAIN",
    title: `${kind.title} renamed`,
    refusedTitle: `Tried to rename ${kind.one}`,
    sentence: `{actor} renamed ${kind.noun} {data.oldName} to {data.newName}`,
    refusedSentence: `{actor} tried to rename ${kind.noun} {data.oldName} to {data.newName}`,
    description: `The name of ${kind.one} was changed; its owner stayed the same.`,
    operation: "update",
    data: members({ owner: identifier, oldName: text(512), newName: text(512) }),
    card: [
      { label: "Owner", path: "/data/owner", format: "text" },
      { label: "Name", path: "/data/newName", was: "/data/oldName", format: "text" },
    ],
    labels: { "/name": "Name" },
    example: {
      actor: anne,
      data: { owner: kind.example.owner, oldName: `${kind.example.name}-draft`, newName: kind.example.name },
    },
  });

/** API_LIFECYCLE, DOMAIN_LIFECYCLE */
export const lifecycle = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `${kind.word}_LIFECYCLE`,
    title: `${kind.title} published or unpublished`,
    refusedTitle: `Tried to publish or unpublish ${kind.one}`,
    sentence: `{actor} published or unpublished ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to publish or unpublish ${kind.noun} {target}`,
    variants: [
      {
        when: [{ path: "/data/published", is: true }],
        title: `${kind.title} published`,
        refusedTitle: `Tried to publish ${kind.one}`,
        sentence: `{actor} published ${kind.noun} {target}`,
        refusedSentence: `{actor} tried to publish ${kind.noun} {target}`,
      },
      {
        when: [{ path: "/data/published", is: false }],
        title: `${kind.title} unpublished`,
        refusedTitle: `Tried to unpublish ${kind.one}`,
        sentence: `{actor} unpublished ${kind.noun} {target}`,
        refusedSentence: `{actor} tried to unpublish ${kind.noun} {target}`,
      },
    ],
    description: `A version of ${kind.one} was published, so that others can rely on it, or unpublished.`,
    operation: "update",
    data: place(kind, { published: yesNo, wasPublished: yesNo }),
    card: [
      ...placeRows,
      { label: "Published", path: "/data/published", was: "/data/wasPublished", format: "yes-no" },
    ],
    labels: { "/published": "Published" },
    example: { actor: anne, data: { ...examplePlace(kind), published: true, wasPublished: false } },
  });

/** API_TRANSFER, DOMAIN_TRANSFER */
export const transferred = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `${kind.word}_TRANSFER`,
    title: `${kind.title} transferred`,
    refusedTitle: `Tried to transfer ${kind.one}`,
    sentence: `{actor} transferred ${kind.noun} {target} from {data.fromOwner} to {data.toOwner}`,
    refusedSentence: `{actor} tried to transfer ${kind.noun} {target} from {data.fromOwner} to {data.toOwner}`,
    variants: [
      {
        when: [{ path: "/data/direction", is: "IN" }],
        title: `${kind.title} transferred in`,
        refusedTitle: `Tried to transfer ${kind.one} in`,
      },
      {
        when: [{ path: "/data/direction", is: "OUT" }],
        title: `${kind.title} transferred out`,
        refusedTitle: `Tried to transfer ${kind.one} out`,
      },
    ],
    description: `${kind.anyOne} changed its owner. Each of the two organizations has an event: OUT where it left, IN where it arrived.`,
    operation: "update",
    data: members({
      name: text(512),
      fromOwner: identifier,
      toOwner: identifier,
      direction: choice("IN", "OUT"),
    }),
    card: [
      { label: "Name", path: "/data/name", format: "text" },
      { label: "Owner", path: "/data/toOwner", was: "/data/fromOwner", format: "text" },
    ],
    labels: { "/owner": "Owner" },
    example: {
      actor: anne,
      data: { name: kind.example.name, fromOwner: kind.example.owner, toOwner: "globex", direction: "OUT" },
    },
  });

const forkEnd = members({ owner: identifier, name: text(512), "version?": text(256) });

/** FORK_API, FORK_DOMAIN */
export const forked = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `FORK_${kind.word}`,
    title: `${kind.title} forked`,
    refusedTitle: `Tried to fork ${kind.one}`,
    sentence: `{actor} forked ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to fork ${kind.noun} {target}`,
    variants: [
      {
        when: [{ path: "/data/direction", is: "IN" }],
        title: `${kind.title} forked from another owner`,
        refusedTitle: `Tried to fork ${kind.one} of another owner`,
        sentence: `{actor} forked ${kind.noun} {target} from another owner`,
        refusedSentence: `{actor} tried to fork ${kind.noun} {target} from another owner`,
      },
      {
        when: [{ path: "/data/direction", is: "OUT" }],
        title: `${kind.title} forked to another owner`,
        refusedTitle: `Tried to fork ${kind.one} to another owner`,
        sentence: `{actor} forked ${kind.noun} {target} to another owner`,
        refusedSentence: `{actor} tried to fork ${kind.noun} {target} to another owner`,
      },
    ],
    description: `Someone made a copy of ${kind.one} to continue with: OUT of the organization, or IN from another owner.`,
    operation: "create",
    data: members({ source: forkEnd, fork: forkEnd, direction: choice("IN", "OUT") }),
    card: [
      { label: "Source owner", path: "/data/source/owner", format: "text" },
      { label: "Source name", path: "/data/source/name", format: "text" },
      { label: "Fork owner", path: "/data/fork/owner", format: "text" },
      { label: "Fork name", path: "/data/fork/name", format: "text" },
    ],
    example: {
      actor: { type: "user", id: "u_40", name: "Mei Tanaka" },
      data: {
        source: { ...kind.example },
        fork: { owner: "globex", name: `${kind.example.name}-fork`, version: kind.example.version },
        direction: "OUT",
      },
    },
  });

/** REMOVE_API, REMOVE_DOMAIN */
export const deleted = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `REMOVE_${kind.word}`,
    title: `${kind.title} deleted`,
    refusedTitle: `Tried to delete ${kind.one}`,
    sentence: `{actor} deleted ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to delete ${kind.noun} {target}`,
    description: `${kind.anyOne} was deleted with all its versions.`,
    operation: "delete",
    data: place(kind, { "versions?": list(text(256), 1000) }),
    card: [...placeRows, { label: "Versions", path: "/data/versions", format: "list" }],
    example: {
      actor: portal,
      data: { ...exampleWhole(kind), versions: ["1.0.0", kind.example.version] },
    },
  });
