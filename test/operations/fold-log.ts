/** Folds events about the log itself: its opening, custom types, and viewer sessions. */
import type { RecordedEvent } from "daybook/internal";
import { type EventData, type FoldStep, newOrganization, of, put, remove } from "./fold-rows.ts";
import type { Rows } from "./rows.ts";

/** The deployment is told by leaf 0 of the reserved log: its name and its key are those of that log. */
function newDeployment(rows: Rows, { occurredAt, organization }: RecordedEvent, key: string): void {
  // base64 may have a + too
  const [origin = "", , ...encoded] = key.split("+");
  put(rows, "deployment", "true", {
    singleton: true,
    log_name: origin.slice(0, origin.lastIndexOf("/o/")),
    // behind the byte that says Ed25519
    public_key: Buffer.from(encoded.join("+"), "base64").subarray(1).toString("base64"),
    ...{ created_at: occurredAt, operator_token_hash: null, operator_token_since: occurredAt },
  });
  newOrganization(rows, occurredAt, { organizationId: organization.id, slug: "daybook", name: "Daybook" });
}

/** By what a viewer session was opened, and ends with: an API client, a person's session, or the operator token. */
const openerOf = (rows: Rows, { openedBy: { type, id }, sessionId = null }: EventData): object => ({
  client_id: type === "api_client" ? id : null,
  opener_id: sessionId === null ? null : id,
  opener_session: sessionId,
  operator_token_hash:
    type === "user" && sessionId === null ? rows.deployment!.true!.operator_token_hash : null,
});

export const ofTheLog: Readonly<Record<string, FoldStep>> = {
  LOG_OPENED: (rows, event, { keys }) => {
    const origin = (keys[0] as string).split("+")[0]!;
    put(rows, "log", origin, { ...of(event), log_no: 0, origin, opened_at: event.occurredAt });
    if (event.organization.slug === "daybook") newDeployment(rows, event, keys[0]);
  },
  EVENT_TYPE_REGISTERED: (rows, event, { name, version, digest, scope }) => {
    const isService = scope === "SERVICE";
    const table = isService ? "service_event_type" : "event_type";
    const place = isService ? {} : of(event);
    const others = Object.values(rows[table] ?? {}).filter(
      ({ organization_id }) => isService || organization_id === event.organization.id,
    );
    const key = [...Object.values(place), name, version].join(" ");
    const registration = others.length + 1;
    put(rows, table, key, { ...place, name, version, registration, digest, created_at: event.occurredAt });
    put(rows, "event_type_name", name, { name, of_service: isService });
  },
  VIEWER_SESSION_OPENED: (rows, event, data) => {
    const { viewerSessionId: id, userId: viewer_id, viewerName: viewer_name = null, role, onlyTarget } = data;
    put(rows, "viewer_session", id, {
      ...{ ...of(event), id, role, viewer_id, viewer_name, ...openerOf(rows, data) },
      only_target: onlyTarget === undefined ? null : `${onlyTarget.type}:${onlyTarget.id}`,
      ...{ created_at: event.occurredAt, expires_at: data.expiresAt, token_hash: data.credential },
    });
  },
  VIEWER_SESSION_ENDED: (rows, _, { viewerSessionId }) =>
    remove(rows, "viewer_session", (_, id) => id === viewerSessionId),
};
