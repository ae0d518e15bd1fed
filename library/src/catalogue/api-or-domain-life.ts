/** Event types of an API or a domain as a whole: made, renamed, published, transferred, forked, deleted. Its content is elsewhere. */
import { digests, examplePlace, exampleWhole, type Kind, ofKind, place, placeRows } from "./api-or-domain.ts";
import { choice, digest, identifier, list, members, text, yesNo } from "./data-schema.ts";
import { anne, portal } from "./define.ts";
import type { EventType } from "./event-type.ts";

/** NEW_API, NEW_DOMAIN */
export const created = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `NEW_${kind.word}`,
    title: `${kind.title} created`,
    sentence: `{actor} created ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to create ${kind.noun} {target}`,
    description: `${kind.anyOne} came into the organization: made new, imported, or from a template.`,
    operation: "create",
    data: place(kind, {
      "specification?": text(128),
      "origin?": choice("CREATED", "IMPORTED", "TEMPLATE"),
      "digest?": digest,
    }),
    card: [
      ...placeRows,
      { label: "Specification", path: "/data/specification", format: "text" },
      { label: "Origin", path: "/data/origin", format: "text" },
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
    sentence: `{actor} renamed ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to rename ${kind.noun} {target}`,
    description: `The name of ${kind.one} was changed; its owner stayed the same.`,
    operation: "update",
    data: members({ owner: identifier, oldName: text(512), newName: text(512) }),
    card: [
      { label: "Owner", path: "/data/owner", format: "text" },
      { label: "Old name", path: "/data/oldName", format: "text" },
      { label: "New name", path: "/data/newName", format: "text" },
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
    sentence: `{actor} published or unpublished ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to publish or unpublish ${kind.noun} {target}`,
    description: `A version of ${kind.one} was published, so that others may rely on it, or taken back.`,
    operation: "update",
    data: place(kind, { published: yesNo, wasPublished: yesNo }),
    card: [
      ...placeRows,
      { label: "Published", path: "/data/published", format: "yes-no" },
      { label: "Was published", path: "/data/wasPublished", format: "yes-no" },
    ],
    labels: { "/published": "Published" },
    example: { actor: anne, data: { ...examplePlace(kind), published: true, wasPublished: false } },
  });

/** API_TRANSFER, DOMAIN_TRANSFER */
export const transferred = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `${kind.word}_TRANSFER`,
    title: `${kind.title} transferred`,
    sentence: `{actor} transferred ${kind.noun} {target} from {data.fromOwner} to {data.toOwner}`,
    refusedSentence: `{actor} tried to transfer ${kind.noun} {target} from {data.fromOwner} to {data.toOwner}`,
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
      { label: "From", path: "/data/fromOwner", format: "text" },
      { label: "To", path: "/data/toOwner", format: "text" },
      { label: "Direction", path: "/data/direction", format: "text" },
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
    sentence: `{actor} forked ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to fork ${kind.noun} {target}`,
    description: `Someone made a copy of ${kind.one} to go on with: OUT of the organization, or IN from another owner.`,
    operation: "create",
    data: members({ source: forkEnd, fork: forkEnd, direction: choice("IN", "OUT") }),
    card: [
      { label: "Source owner", path: "/data/source/owner", format: "text" },
      { label: "Source name", path: "/data/source/name", format: "text" },
      { label: "Fork owner", path: "/data/fork/owner", format: "text" },
      { label: "Fork name", path: "/data/fork/name", format: "text" },
      { label: "Direction", path: "/data/direction", format: "text" },
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
