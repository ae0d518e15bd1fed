/** Maps payloads about deploy keys and app installations to events about API clients. The text of a key never enters an event. */
import type { JsonObject } from "../../event/index.ts";
import { apiOf, type Draft, type Mapping } from "./parties.ts";
import { at, cut, id, need, object, text, time } from "./payload.ts";

const deployKey = (type: string, payload: JsonObject): Draft => {
  const key = need(object, payload, "key");
  const clientId = `deploy_key_${need(id, key, "id")}`;
  const name = cut(need(text, key, "title"), 128);
  const scopes = at(key, "read_only") === true ? ["read"] : ["read", "write"];
  const repository = object(payload, "repository");
  return {
    type,
    targets: [{ type: "api_client", id: clientId, name }, ...(repository ? [apiOf(repository)] : [])],
    data: { clientId, name, scopes },
  };
};

export const deployKeyCreated: Mapping = (payload) => [
  { ...deployKey("API_CLIENT_ADDED", payload), at: time(payload, "key", "created_at") },
];
export const deployKeyDeleted: Mapping = (payload) => [deployKey("API_CLIENT_DELETED", payload)];

/** `{"contents":"write"}` as `contents:write`, sorted. */
const scopesOf = (permissions: JsonObject): string[] =>
  Object.entries(permissions)
    .flatMap(([name, level]) => (typeof level === "string" ? [`${name}:${level}`] : []))
    .sort()
    .slice(0, 100);

const installation =
  (type: string, when: string | undefined): Mapping =>
  (payload) => {
    const found = need(object, payload, "installation");
    const clientId = `installation_${need(id, found, "id")}`;
    const name = text(found, "app_slug") ?? `GitHub App ${need(id, found, "app_id")}`;
    const permissions = object(found, "permissions");
    return [
      {
        type,
        targets: [{ type: "api_client", id: clientId, name }],
        data: { clientId, name, ...(permissions ? { scopes: scopesOf(permissions) } : {}) },
        at: when === undefined ? undefined : time(found, when),
      },
    ];
  };
export const installationCreated: Mapping = installation("API_CLIENT_ADDED", "created_at");
export const installationDeleted: Mapping = installation("API_CLIENT_DELETED", undefined);
export const installationSuspended: Mapping = installation("API_CLIENT_REVOKED", "suspended_at");
export const installationPermitted: Mapping = installation("API_CLIENT_UPDATED", "updated_at");
