/** Adds an API client: its row, its first token and the event in one transaction. */
import { randomBytes } from "node:crypto";
import { formatLogId, type Scope, scopes } from "daybook/internal";
import { actorAndContext, type ChangeRequest, type ChangeTransaction, once, rowOf } from "../log/index.ts";
import type { ListedApiClient } from "../store/contract/api-clients.ts";
import type { Organization } from "../store/contract/organizations.ts";
import { inOne } from "../store/contract/placement.ts";
import { dayOf, daysBetween, type IssuedToken, issuedData, issueToken } from "../tokens/index.ts";
import { type ApiClientDependencies, nameTaken, openForUpdate, withoutToken } from "./organization.ts";
import { apiClientPrefix } from "./prefix.ts";
import { type CheckedClient, checkClient, type WantedClient } from "./rules.ts";
import { dataOf, shown, type TaggedApiClient, targetOf, warningAt } from "./shown.ts";

/** The scopes of API clients in the reserved organization, which belongs to the service: only operators write and read its log. */
const scopesOfService: readonly Scope[] = ["event-types:write"];

/** The new client, and who adds it. */
export interface AddApiClient extends WantedClient, ChangeRequest {
  readonly organization: Organization;
  /** The number of the user who adds it; null if it isn't a user, such as the operator token. */
  readonly creatorId: number | null;
}

/** A client with its new token. The token appears only here; it is absent in the response to a repeated `Idempotency-Key`. */
export interface IssuedApiClient extends TaggedApiClient {
  readonly token?: string;
}

/** Throws `request-invalid`, `name-taken`, `organization-closed`, and what `once` and recording throw. */
export async function addApiClient(
  { log, clock }: ApiClientDependencies,
  adding: AddApiClient,
): Promise<IssuedApiClient> {
  const { organization, idempotency } = adding;
  const { organizationId } = organization;
  const now = clock();
  const client = {
    ...checkClient(adding, now, organizationId === 0 ? scopesOfService : scopes),
    id: `client_${formatLogId(randomBytes(16))}`,
  };
  const issued = issueToken(apiClientPrefix);
  const add = (tx: ChangeTransaction): Promise<IssuedApiClient> =>
    once<IssuedApiClient>(tx.rows, {
      organizationId,
      idempotency,
      status: 201,
      work: async () => {
        const listed = await insert(tx, adding, { client, issued, now });
        return { ...shown(listed, now), token: issued.token };
      },
      ...withoutToken(),
    });
  return log.change(add, inOne(organization)).catch(nameTaken);
}

interface Inserting {
  readonly client: CheckedClient & { readonly id: string };
  readonly issued: IssuedToken;
  readonly now: bigint;
}

async function insert(
  tx: ChangeTransaction,
  { organization, creatorId, initiator }: AddApiClient,
  { client, issued, now }: Inserting,
): Promise<ListedApiClient> {
  const { organizationId } = organization;
  await openForUpdate(tx, organization);
  const createdBy = rowOf(initiator.actor);
  const row = await tx.rows.insertApiClient({ organizationId, ...client, createdBy, creatorId });
  const { tokenHash, prefix } = issued;
  await tx.rows.insertToken({ organizationId, clientId: row.id, tokenHash, prefix });
  // the person who adds it knows when it expires: a warning that is already due counts as recorded
  const known = warningAt(daysBetween(dayOf(now), row.expiresOn));
  if (known !== null) await tx.rows.setExpiryWarned(organizationId, row.id, known);
  const event = {
    type: "API_CLIENT_ADDED",
    ...actorAndContext(initiator),
    targets: [targetOf(row)],
    data: { ...dataOf(row), ...issuedData(issued) },
  };
  await tx.record(organization, event, initiator.recordedBy);
  return { ...row, tokenPrefix: prefix, creatorHasLeft: false };
}
