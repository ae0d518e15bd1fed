/**
 * Downloads. The event about a download is committed first, and its place limits the walk, so no file contains its own download and none
 * goes unrecorded. Events are written as they are read, in constant memory.
 */
import {
  type Actor,
  type Context,
  DaybookError,
  type EventInput,
  formatTime,
  newEventId,
  type RecordedBy,
  type SlotName,
} from "daybook/internal";
import type { EventLog } from "../log/index.ts";
import {
  allFound,
  askedOfIndex,
  demandAskable,
  type EventsQuery,
  type SearchableOrganization,
  visibleFilter,
  visiblePart,
} from "../search/index.ts";
import type { WalkedEvent } from "../store/contract/pages.ts";
import { inOne } from "../store/contract/placement.ts";
import type { ByteWalkQuery } from "../store/contract/walks.ts";
import type { Reads, Store } from "../store/store.ts";
import type { ExportedFile, ExportFormat } from "./formats/format.ts";
import { Piece } from "./formats/piece.ts";
import { type DownloadRequest, windowed } from "./request.ts";

/** The caller of a download, for its event. */
interface Downloader {
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
}

/** A file that is ready to send; reading `pieces` reads the rows. An error while reading means that the file is incomplete. */
interface Download {
  readonly fileName: string;
  readonly pieces: AsyncIterable<Buffer>;
}

export interface Exports {
  /**
   * Records AUDIT_LOG_DOWNLOADED, then returns the file.
   * @throws DaybookError `query-invalid` for an invalid window; what recording throws: then there is no file
   */
  download(
    organization: SearchableOrganization,
    request: DownloadRequest,
    initiator: Downloader,
  ): Promise<Download>;
}

/** Rows are joined up to about this number of bytes, so that neither a row nor a chunk of rows is a separate write. */
const pieceBytes = 60 * 1024;

interface ExportDependencies {
  readonly store: Pick<Store, "within" | "clock">;
  readonly log: Pick<EventLog, "change">;
}

/** Opens the downloads of a store. */
export function openExports({ store, log }: ExportDependencies): Exports {
  return {
    async download(organization, request, initiator) {
      const { view } = organization;
      demandAskable(request, { view, isInOne: true });
      const reads = store.within(view.rowScope);
      const requestedAt = await store.clock();
      const filter = windowed(request.filter, requestedAt);
      const id = newEventId();
      // for both the file and its event: the event says what the file has
      const context = request.context && view.context;
      const event = downloadEvent(organization, { ...request, filter, context }, initiator);
      await log.change(
        (tx) => tx.record(organization, { ...event, id }, initiator.recordedBy),
        inOne(organization),
      );
      const own = await reads.event(organization.organizationId, id);
      if (own === undefined) throw new DaybookError("store-unavailable", { retryAfter: 2 });
      const logs = await reads.logs(organization.organizationId);
      const { format, options } = request;
      const file: ExportedFile = {
        organization,
        options,
        context,
        logs: new Map(logs.map(({ logNo, origin }) => [logNo, origin])),
      };
      const walk = walkOf({ organization, request: { ...request, filter, context }, before: own });
      const wanted = askedOfIndex(request, walk?.filter);
      const day = formatTime(requestedAt).slice(0, 10);
      return {
        fileName: `audit-log-${organization.slug}-${day}.${format.extension}`,
        pieces: piecesOf({ format, file, view, reads, walk, wanted }),
      };
    },
  };
}

interface DownloadWalk {
  readonly organization: SearchableOrganization;
  readonly request: DownloadRequest;
  readonly before: { readonly logNo: number; readonly seq: bigint };
}

/** The walk over the rows; undefined if none is visible. */
function walkOf({ organization, request, before }: DownloadWalk): ByteWalkQuery | undefined {
  const { organizationId, view } = organization;
  const filter = visibleFilter(request.filter, view);
  if (filter === undefined) return undefined;
  const { logNo, seq } = before;
  const { by, format, context } = request;
  const slots = context ? [...format.slots, "context" as const] : format.slots;
  return { organizationId, by, filter, before: { logNo, seq }, slots };
}

interface Writing {
  readonly format: ExportFormat;
  readonly file: ExportedFile;
  readonly view: SearchableOrganization["view"];
  readonly reads: Pick<Reads, "walkBytes"> & Parameters<typeof allFound>[0];
  readonly walk: ByteWalkQuery | undefined;
  /** What is asked of the events; undefined for all of the walk. */
  readonly wanted: EventsQuery["wanted"];
}

/** Pieces end where rows end, so that each is whole UTF-8. */
async function* piecesOf(writing: Writing): AsyncGenerator<Buffer, void> {
  const { format, file } = writing;
  const piece = new Piece();
  piece.text(format.header(file));
  // immediately, so that the caller sees that the file begins
  if (piece.at > 0) yield piece.take();
  for await (const _full of writeRows(piece, writing)) {
    yield piece.take();
    // the database works on the next rows only while what it has sent is taken; and other requests have their turn
    await new Promise((resolve) => setImmediate(resolve));
  }
  piece.text(format.footer(file));
  if (piece.at > 0) yield piece.take();
}

/** Writes all rows, and yields whenever the piece is full. */
async function* writeRows(
  piece: Piece,
  { format, file, view, reads, walk, wanted }: Writing,
): AsyncGenerator<undefined, void> {
  if (walk === undefined) return;
  const row = format.row(file);
  const visibleRow = (event: WalkedEvent): string => row(visiblePart(event, view));
  if (wanted !== undefined) {
    const { slots, ...query } = walk;
    for await (const event of allFound(reads, query, wanted)) {
      piece.text(visibleRow(withSlots(event, slots)));
      if (piece.at >= pieceBytes) yield;
    }
    return;
  }
  const byteRow = format.byteRow?.(file, visibleRow);
  if (byteRow === undefined) {
    for await (const events of reads.walk({ ...walk, leafHash: format.leafHash ?? false }))
      for (const event of events) {
        piece.text(visibleRow(event));
        if (piece.at >= pieceBytes) yield;
      }
    return;
  }
  for await (const events of reads.walkBytes(walk))
    while (events.next()) {
      byteRow(events, piece);
      if (piece.at >= pieceBytes) yield;
    }
}

/** The event with these slots; erased ones stay. */
function withSlots(event: WalkedEvent, wanted: readonly SlotName[]): WalkedEvent {
  const slots = Object.entries(event.slots).filter(
    ([name, slot]) => "digest" in slot || wanted.includes(name as SlotName),
  );
  return { ...event, slots: Object.fromEntries(slots) };
}

type Windowed = ReturnType<typeof windowed>;

function downloadEvent(
  organization: SearchableOrganization,
  { format, filter, by, context, text }: Omit<DownloadRequest, "filter" | "options"> & { filter: Windowed },
  who: Downloader,
): EventInput {
  const { types, actors, targets, outcomes, recordedBy } = filter;
  const chosen = {
    ...(types ? { types: [...types] } : {}),
    ...(actors ? { actors: [...actors] } : {}),
    ...(targets ? { targets: [...targets] } : {}),
    ...(outcomes ? { outcomes: [...outcomes] } : {}),
    ...(recordedBy ? { recordedBy } : {}),
    ...(text === undefined ? {} : { text }),
  };
  return {
    type: "AUDIT_LOG_DOWNLOADED",
    actor: who.actor,
    targets: [{ type: "organization", id: organization.id, name: organization.name }],
    ...(who.context ? { context: who.context } : {}),
    data: {
      format: format.name,
      by,
      from: formatTime(filter.from),
      to: formatTime(filter.to),
      context,
      ...(Object.keys(chosen).length > 0 ? { filter: chosen } : {}),
    },
  };
}
