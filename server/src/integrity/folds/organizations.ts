/** Folds events about organizations, their logs and their event types, and about viewer sessions. */
import type { OwnRow } from "../../store/contract/integrity.ts";
import { newDeployment, operatorToken } from "./deployment.ts";
import { type Folds, isReserved, type OwnEvent, ofOrganization } from "./own-event.ts";
import type { FoldedRows } from "./state.ts";

/** An organization as it begins. */
const newOrganization = (id: string, slug: string, name: string): OwnRow => ({
  ...{ id, slug, name, closed_at: null, version: 1 },
  ...{ description: null, email: null, location: null, website: null },
});

/** What a viewer session was opened by, and ends with: an API client, a person's session, or the operator token. */
function openerOf({ data }: OwnEvent<"VIEWER_SESSION_OPENED">): OwnRow {
  const { openedBy, sessionId = null } = data;
  return {
    client_id: openedBy.type === "api_client" ? openedBy.id : null,
    opener_id: sessionId === null ? null : openedBy.id,
    opener_session: sessionId,
    operator_token_hash: openedBy.type === "user" && sessionId === null ? operatorToken : null,
  };
}

/** The number of an organization's next log. */
const nextLog = (rows: FoldedRows, organizationId: string): number => {
  let log = 0;
  while (rows.get("log", `${organizationId} ${log}`) !== undefined) log++;
  return log;
};

export const organizationFolds: Folds<
  | "LOG_OPENED"
  | "ORGANIZATION_ADDED"
  | "ORGANIZATION_CHANGE"
  | "ORGANIZATION_CLOSED"
  | "EVENT_TYPE_REGISTERED"
  | "VIEWER_SESSION_OPENED"
  | "VIEWER_SESSION_ENDED"
> = {
  LOG_OPENED: {
    organization: (rows, event) => {
      const { keys, organization: organization_id, previous } = event.data;
      const key = keys[0]!;
      const origin = key.split("+")[0]!;
      const log_no = nextLog(rows, organization_id);
      if (previous !== null && log_no > 0)
        rows.change("log", `${organization_id} ${log_no - 1}`, { final_size: String(previous.restoredSize) });
      rows.put("log", { organization_id, log_no, origin, opened_at: event.occurredAt, final_size: null });
      rows.put("head", { organization_id, log_no, origin, closed: false });
      if (!isReserved(event) || log_no > 0) return;
      newDeployment(rows, event, key);
      const daybook = newOrganization(organization_id, "daybook", "Daybook");
      rows.put("organization", { ...daybook, created_at: event.occurredAt });
    },
  },
  ORGANIZATION_ADDED: {
    deployment: (rows, { data: { organizationId, slug, name }, occurredAt: created_at }) =>
      rows.put("organization", { ...newOrganization(organizationId, slug, name), created_at }),
  },
  ORGANIZATION_CHANGE: {
    organization: (rows, { organization: { id }, changes = [] }) => {
      const change = changes.map(({ path, to = null }) => [path.slice(1), to] as const);
      rows.count("organization", id, Object.fromEntries(change) as OwnRow);
    },
  },
  ORGANIZATION_CLOSED: {
    deployment: (rows, { data: { organizationId }, occurredAt: closed_at }) =>
      rows.change("organization", organizationId, { closed_at }),
    organization: (rows, event) => {
      const { organization, data } = event;
      // the reserved log has a copy, which is about another organization
      if (data.organizationId === organization.id) rows.change("head", organization.id, { closed: true });
    },
  },
  EVENT_TYPE_REGISTERED: {
    organization: (rows, event) => {
      const { name, version, digest, scope } = event.data;
      const about = { name, version, digest, created_at: event.occurredAt };
      if (scope === "SERVICE") {
        const registration = rows.of("service_event_type").size + 1;
        rows.put("service_event_type", { ...about, registration });
        return;
      }
      const registration = rows.group("event_type", event.organization.id).length + 1;
      rows.put("event_type", { ...ofOrganization(event), ...about, registration });
    },
  },
  VIEWER_SESSION_OPENED: {
    organization: (rows, event) => {
      const { viewerSessionId: id, userId: viewer_id, viewerName: viewer_name = null, role } = event.data;
      const { onlyTarget, expiresAt: expires_at, credential: token_hash } = event.data;
      rows.put("viewer_session", {
        ...{ ...ofOrganization(event), id, role, viewer_id, viewer_name, ...openerOf(event) },
        only_target: onlyTarget === undefined ? null : `${onlyTarget.type}:${onlyTarget.id}`,
        ...{ created_at: event.occurredAt, expires_at, token_hash },
      });
    },
  },
  VIEWER_SESSION_ENDED: {
    organization: (rows, { data: { viewerSessionId } }) => rows.remove("viewer_session", viewerSessionId),
  },
};
