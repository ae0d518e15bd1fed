/**
 * The cursor of a page: 33 bytes in base64url, opaque to its holder. It has a version, a place, and a checksum over the place, the
 * organization and the filter: an altered cursor, or one of another organization or filter, is refused. It contains no secret: callers who
 * may read the pages may know the place.
 */
import { DaybookError, sha256 } from "daybook/internal";
import type { EventQuery } from "../full-text/index.ts";
import type { Filter, PageKey } from "../store/contract/pages.ts";
import type { NamedOrganizations } from "./language/index.ts";

const version = 1;
const placeBytes = 25;
const checkBytes = 8;
const utf8 = new TextEncoder();

/** The pages of a cursor: those of an organization (its internal number), or of all if undefined. */
export interface CursorScope {
  readonly organizationId: number | undefined;
  readonly filter: Filter;
  readonly wanted?: EventQuery | undefined;
  readonly organizations?: NamedOrganizations | undefined;
  /** Instead of the times in the filter, which move if one of these says how long ago. */
  readonly times?: readonly string[] | undefined;
}

/** The cursor of the pages after `key`. */
export function formatCursor(key: PageKey, scope: CursorScope): string {
  const bytes = new Uint8Array(placeBytes + checkBytes);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, version);
  view.setBigInt64(1, key.occurredAt);
  view.setBigUint64(9, key.seq);
  view.setUint32(17, key.logNo);
  view.setUint32(21, scope.organizationId === undefined ? (key.organizationId ?? 0) : 0);
  bytes.set(checksum(bytes.subarray(0, placeBytes), scope), placeBytes);
  return Buffer.from(bytes).toString("base64url");
}

/**
 * The place in a cursor.
 * @throws DaybookError `cursor-invalid`: not a cursor, altered, or issued for other pages
 */
export function parseCursor(text: string, scope: CursorScope): PageKey {
  const bytes = Buffer.from(text, "base64url");
  const whole = bytes.length === placeBytes + checkBytes && bytes[0] === version;
  if (!whole || bytes.toString("base64url") !== text) throw new DaybookError("cursor-invalid");
  const place = bytes.subarray(0, placeBytes);
  if (!bytes.subarray(placeBytes).equals(checksum(place, scope))) {
    throw new DaybookError("cursor-invalid", {
      detail: "The cursor was altered, or belongs to another organization or filter.",
    });
  }
  const key = {
    occurredAt: place.readBigInt64BE(1),
    seq: place.readBigUInt64BE(9),
    logNo: place.readUInt32BE(17),
  };
  return scope.organizationId === undefined ? { ...key, organizationId: place.readUInt32BE(21) } : key;
}

function checksum(
  place: Uint8Array,
  { organizationId, filter, wanted, organizations, times }: CursorScope,
): Uint8Array {
  const scope = JSON.stringify([
    organizationId ?? "all",
    filter.types ?? [],
    filter.actors ?? [],
    filter.targets ?? [],
    filter.outcomes ?? [],
    ...(times === undefined ? [filter.from, filter.to].map((time) => time?.toString() ?? "") : [times]),
    ...(filter.recordedBy === undefined ? [] : [filter.recordedBy]),
    ...(wanted === undefined ? [] : [wanted]),
    ...(organizations === undefined ? [] : [organizations]),
  ]);
  return sha256(Buffer.concat([place, utf8.encode(scope)])).subarray(0, checkBytes);
}
