/**
 * Maps payloads about repositories to events about APIs: a repository is an API, its default branch the definition, a release a version.
 */
import { createHash } from "node:crypto";
import type { JsonObject } from "../../event/index.ts";
import { apiOf, changed, dataPlace, type Mapping, placeOf } from "./parties.ts";
import { at, cut, need, object, text, time } from "./payload.ts";

const repositoryOf = (payload: JsonObject): JsonObject => need(object, payload, "repository");

export const repositoryCreated: Mapping = (payload) => {
  const repository = repositoryOf(payload);
  // a fork is also a new repository; the fork event names its source
  const origin = at(repository, "fork") === true ? {} : { origin: "CREATED" };
  const data = { ...dataPlace(repository), ...origin };
  return [{ type: "NEW_API", targets: [apiOf(repository)], data, at: time(repository, "created_at") }];
};

export const repositoryDeleted: Mapping = (payload) => {
  const repository = repositoryOf(payload);
  return [{ type: "REMOVE_API", targets: [apiOf(repository)], data: dataPlace(repository) }];
};

export const repositoryRenamed: Mapping = (payload) => {
  const repository = repositoryOf(payload);
  const { owner, name: newName } = placeOf(repository);
  const oldName = need(text, payload, "changes", "repository", "name", "from");
  return [
    {
      type: "API_RENAME",
      targets: [apiOf(repository)],
      changes: changed("/name", oldName, newName),
      data: { owner, oldName, newName },
      at: time(repository, "updated_at"),
    },
  ];
};

export const repositoryTransferred: Mapping = (payload, { account }) => {
  const repository = repositoryOf(payload);
  const { owner: toOwner, name } = placeOf(repository);
  const from = object(payload, "changes", "owner", "from");
  const fromOwner = text(from, "user", "login") ?? need(text, from, "organization", "login");
  const direction = account === fromOwner ? "OUT" : "IN";
  return [
    {
      type: "API_TRANSFER",
      targets: [apiOf(repository)],
      changes: changed("/owner", fromOwner, toOwner),
      data: { name, fromOwner, toOwner, direction },
      at: time(repository, "updated_at"),
    },
  ];
};

const visibility =
  (published: boolean): Mapping =>
  (payload) => {
    const repository = repositoryOf(payload);
    return [
      {
        type: "API_LIFECYCLE",
        targets: [apiOf(repository)],
        changes: changed("/published", !published, published),
        data: { ...dataPlace(repository), published, wasPublished: !published },
        at: time(repository, "updated_at"),
      },
    ];
  };
export const repositoryPublicized: Mapping = visibility(true);
export const repositoryPrivatized: Mapping = visibility(false);

/** The log of the source gets a fork event OUT, and the log of the fork one IN; each has its own API first. */
export const forked: Mapping = (payload, { account }) => {
  const source = repositoryOf(payload);
  const fork = need(object, payload, "forkee");
  const ends = { source: placeOf(source), fork: placeOf(fork) };
  const arrives = account !== undefined && account === ends.fork.owner;
  const targets = arrives ? [apiOf(fork), apiOf(source)] : [apiOf(source), apiOf(fork)];
  const data = { ...ends, direction: arrives ? "IN" : "OUT" };
  return [{ type: "FORK_API", targets, data, at: time(fork, "created_at") }];
};

const noCommit = /^0+$/;

/** A payload contains no definition, only the commit that does: the digest is that of the commit's hash. */
const digestOf = (commit: string): string => createHash("sha256").update(commit, "utf8").digest("hex");

export const pushed: Mapping = (payload) => {
  const repository = repositoryOf(payload);
  const ref = need(text, payload, "ref");
  if (!ref.startsWith("refs/heads/")) return "a tag was pushed, not the definition; releases are versions";
  if (ref !== `refs/heads/${need(text, repository, "default_branch")}`)
    return "the push was not to the default branch, which has the definition";
  const after = need(text, payload, "after");
  if (noCommit.test(after)) return "the branch was deleted; nothing was saved";
  const before = text(payload, "before");
  const known = before !== undefined && !noCommit.test(before);
  const message = text(payload, "head_commit", "message");
  return [
    {
      type: "API_SAVED",
      targets: [apiOf(repository)],
      changes: [{ path: "/commit", label: "Commit", ...(known ? { from: before } : {}), to: after }],
      data: {
        ...dataPlace(repository),
        ...(known ? { oldDigest: digestOf(before) } : {}),
        digest: digestOf(after),
        source: "SYNC",
        ...(message === undefined ? {} : { commitMessage: cut(message, 4096) }),
      },
      at: time(repository, "pushed_at") ?? time(payload, "head_commit", "timestamp"),
    },
  ];
};

const versionOf = (payload: JsonObject): string => cut(need(text, payload, "release", "tag_name"), 256);

export const releasePublished: Mapping = (payload) => {
  const repository = repositoryOf(payload);
  const data = dataPlace(repository, versionOf(payload));
  const published = time(payload, "release", "published_at");
  return [{ type: "NEW_API_VERSION", targets: [apiOf(repository)], data, at: published }];
};

export const releaseDeleted: Mapping = (payload) => {
  if (at(payload, "release", "draft") === true)
    return "the release was a draft: there never was such a version";
  const repository = repositoryOf(payload);
  const data = dataPlace(repository, versionOf(payload));
  return [{ type: "REMOVE_API_VERSION", targets: [apiOf(repository)], data }];
};
