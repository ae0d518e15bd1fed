/** Reads an organization's API clients: the list, newest first, and one of them. */
import type {
  ApiClientKey,
  ApiClientOrder,
  ApiClientReads,
  ListedApiClient,
} from "../../contract/api-clients.ts";
import { column, joined, type RowShape, rowShape } from "../statements/row-shape.ts";
import type { Statement } from "../statements/session.ts";
import type { Run } from "../statements/statements.ts";
import { apiClientShape } from "./rows.ts";

const listedClient: RowShape<ListedApiClient> = joined(
  apiClientShape,
  rowShape<Pick<ListedApiClient, "tokenPrefix" | "creatorHasLeft">>({
    tokenPrefix: column(`(SELECT t.prefix FROM api_client_token t
       WHERE t.organization_id = c.organization_id AND t.client_id = c.id ORDER BY t.created_at DESC LIMIT 1)`),
    creatorHasLeft: column("c.creator_id IS NOT NULL AND m.user_id IS NULL"),
  }),
);
const listed = `SELECT ${listedClient.columns}
    FROM api_client c LEFT JOIN membership m ON m.organization_id = c.organization_id AND m.user_id = c.creator_id
    WHERE c.organization_id = $1`;
const newestFirst = "ORDER BY c.created_at DESC, c.id DESC LIMIT";

export const firstPage: Statement = {
  name: "api_clients",
  text: `${listed} AND c.deleted_at IS NULL ${newestFirst} $2`,
};
/** After a client, which may have been deleted since the page before. */
export const nextPage: Statement = {
  name: "api_clients_after",
  text: `${listed} AND c.deleted_at IS NULL AND (c.created_at, c.id) <
      ((SELECT a.created_at FROM api_client a WHERE a.organization_id = $1 AND a.id = $2), $2) ${newestFirst} $3`,
};

interface PageStatements {
  readonly first: Statement;
  /** After a client, as above. */
  readonly next: Statement;
}

/** By values of a client with that alias, none of which is null. An organization has few clients, so they are sorted for each page. */
function pagesBy(name: string, valuesOf: (client: string) => string, order: "ASC" | "DESC"): PageStatements {
  const sorted = `(${valuesOf("c")})`;
  const beyond = order === "ASC" ? ">" : "<";
  const after = `SELECT ${valuesOf("a")} FROM api_client a WHERE a.organization_id = $1 AND a.id = $2`;
  return {
    first: {
      name: `api_clients_by_${name}`,
      text: `${listed} AND c.deleted_at IS NULL ORDER BY ${sorted} ${order} LIMIT $2`,
    },
    next: {
      name: `api_clients_by_${name}_after`,
      text: `${listed} AND c.deleted_at IS NULL AND ${sorted} ${beyond} (${after}) ORDER BY ${sorted} ${order} LIMIT $3`,
    },
  };
}

const pagesIn: Readonly<Record<ApiClientOrder, PageStatements>> = {
  added: { first: firstPage, next: nextPage },
  expiry: pagesBy(
    "expiry",
    (c) =>
      `(${c}.revoked_at IS NOT NULL OR ${c}.expiry_warned IS NOT DISTINCT FROM 0), ${c}.expires_on, ${c}.created_at, ${c}.id`,
    "ASC",
  ),
  used: pagesBy("use", (c) => `COALESCE(${c}.last_used_on, '-infinity'), ${c}.created_at, ${c}.id`, "DESC"),
};

export const selectApiClient: Statement = { name: "api_client", text: `${listed} AND c.id = $2` };

const clientName = rowShape<ApiClientKey & { readonly name: string }>({
  organization: column("o.id"),
  id: column("c.id"),
  name: column("c.name"),
});
const selectNames: Statement = {
  name: "api_client_names",
  text: `SELECT ${clientName.columns} FROM unnest($1::text[], $2::text[]) AS k (organization, id)
    JOIN organization o ON o.id = k.organization
    JOIN api_client c ON c.organization_id = o.organization_id AND c.id = k.id`,
};

export function apiClientReads(read: Run): ApiClientReads {
  const clients = async (statement: Statement, values: unknown[]): Promise<ListedApiClient[]> =>
    (await read((session) => session.rows(statement, values))).map(listedClient.read);
  return {
    apiClients: (organizationId, { after, limit, order = "added" }) =>
      after === undefined
        ? clients(pagesIn[order].first, [organizationId, limit])
        : clients(pagesIn[order].next, [organizationId, after, limit]),
    apiClientNames: async (keys) => {
      const values = [keys.map(({ organization }) => organization), keys.map(({ id }) => id)];
      return (await read((session) => session.rows(selectNames, values))).map(clientName.read);
    },
    apiClient: async (organizationId, id) => (await clients(selectApiClient, [organizationId, id]))[0],
  };
}
