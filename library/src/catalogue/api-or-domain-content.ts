/**
 * Event types about the content of an API or a domain: its definition, drafts and versions. `api-or-domain-life.ts` has the other types.
 */
import { digests, examplePlace, type Kind, ofKind, place, placeRows, versionPlace } from "./api-or-domain.ts";
import { choice, digest, text } from "./data-schema.ts";
import { anne, portal } from "./define.ts";
import type { EventType } from "./event-type.ts";

/** API_SAVED, DOMAIN_SAVED */
export const saved = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `${kind.word}_SAVED`,
    title: `${kind.title} saved`,
    refusedTitle: `Tried to save ${kind.one}`,
    sentence: `{actor} saved the definition of ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to save the definition of ${kind.noun} {target}`,
    description: `The definition of ${kind.one} was saved. The digests say which text it was before, and which it is now.`,
    operation: "update",
    data: place(kind, {
      "specification?": text(128),
      "oldDigest?": digest,
      digest,
      "source?": choice("EDITOR", "API", "CLI", "SYNC"),
      "commitMessage?": text(4096),
    }),
    card: [
      ...placeRows,
      { label: "Message", path: "/data/commitMessage", format: "text" },
      { label: "Source", path: "/data/source", format: "word" },
      { label: "Digest", path: "/data/digest", was: "/data/oldDigest", format: "code" },
    ],
    example: {
      actor: anne,
      data: {
        ...examplePlace(kind),
        specification: "OpenAPI 3.1.0",
        oldDigest: digests.before,
        digest: digests.after,
        source: "EDITOR",
        commitMessage: "Say which fields may be empty",
      },
    },
  });

/** NEW_DRAFT_API, NEW_DRAFT_DOMAIN */
export const draftSaved = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `NEW_DRAFT_${kind.word}`,
    title: `${kind.title} draft saved`,
    refusedTitle: `Tried to save a draft of ${kind.one}`,
    sentence: `{actor} left a draft of ${kind.noun} {target}, saved automatically`,
    refusedSentence: `{actor} tried to save a draft of ${kind.noun} {target}`,
    description: `The editor automatically saved a draft while someone edited ${kind.one}. The saved definition is unchanged.`,
    operation: "create",
    data: place(kind, { "baseDigest?": digest, draftDigest: digest }),
    card: [
      ...placeRows,
      { label: "Draft digest", path: "/data/draftDigest", was: "/data/baseDigest", format: "code" },
    ],
    example: {
      actor: anne,
      data: { ...examplePlace(kind), baseDigest: digests.before, draftDigest: digests.after },
    },
  });

/** REMOVE_DRAFT_API, REMOVE_DRAFT_DOMAIN */
export const draftDiscarded = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `REMOVE_DRAFT_${kind.word}`,
    title: `${kind.title} draft discarded`,
    refusedTitle: `Tried to discard the draft of ${kind.one}`,
    sentence: `{actor} discarded the draft of ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to discard the draft of ${kind.noun} {target}`,
    description: `Unsaved changes to ${kind.one} were discarded.`,
    operation: "delete",
    data: place(kind, { "discardedDigest?": digest, "digest?": digest }),
    card: [
      ...placeRows,
      { label: "Digest", path: "/data/digest", was: "/data/discardedDigest", format: "code" },
    ],
    example: {
      actor: anne,
      data: { ...examplePlace(kind), discardedDigest: digests.after, digest: digests.before },
    },
  });

/** NEW_API_VERSION, NEW_DOMAIN_VERSION */
export const versionCreated = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `NEW_${kind.word}_VERSION`,
    title: `${kind.title} version created`,
    refusedTitle: `Tried to create a version of ${kind.one}`,
    sentence: `{actor} created version {data.version} of ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to create version {data.version} of ${kind.noun} {target}`,
    variants: [
      {
        when: [{ path: "/data/clonedFrom", present: true }],
        title: `${kind.title} version created from another`,
        refusedTitle: `Tried to create a version of ${kind.one} from another`,
        sentence: `{actor} created version {data.version} of ${kind.noun} {target} from version {data.clonedFrom}`,
        refusedSentence: `{actor} tried to create version {data.version} of ${kind.noun} {target} from version {data.clonedFrom}`,
      },
    ],
    description: `A new version of ${kind.one} was created, perhaps from an earlier one.`,
    operation: "create",
    data: versionPlace(kind, { "clonedFrom?": text(256), "digest?": digest }),
    card: [...placeRows, { label: "Cloned from", path: "/data/clonedFrom", format: "text" }],
    example: { actor: anne, data: { ...examplePlace(kind), clonedFrom: "1.0.0", digest: digests.after } },
  });

/** REMOVE_API_VERSION, REMOVE_DOMAIN_VERSION */
export const versionDeleted = (kind: Kind): EventType =>
  ofKind(kind, {
    name: `REMOVE_${kind.word}_VERSION`,
    title: `${kind.title} version deleted`,
    refusedTitle: `Tried to delete a version of ${kind.one}`,
    sentence: `{actor} deleted version {data.version} of ${kind.noun} {target}`,
    refusedSentence: `{actor} tried to delete version {data.version} of ${kind.noun} {target}`,
    description: `One version of ${kind.one} was deleted; the others stay.`,
    operation: "delete",
    data: versionPlace(kind, { "lastDigest?": digest }),
    card: [...placeRows, { label: "Last digest", path: "/data/lastDigest", format: "code" }],
    example: { actor: portal, data: { ...examplePlace(kind), lastDigest: digests.before } },
  });
