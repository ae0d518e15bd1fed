/**
 * A download: the event about it is committed first, and its place bounds the walk, so that no file holds its own download
 * and none goes unrecorded. Rows are written as they are read, in flat memory. It refuses to know HTTP.
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
import { type VisibleOrganization, visibleFilter, visiblePart } from "../search/index.ts";
import type { Reads, Store } from "../store/store.ts";
import { type CsvForm, csvHeader, rowWriter, writtenSlots } from "./csv.ts";
import { type DownloadRequest, windowed } from "./request.ts";

/** Who downloads, for the event about it. */
interface Downloader {
  readonly actor: Actor;
  readonly recordedBy: RecordedBy;
  readonly context?: Context;
}

/** A file that is ready to be sent; reading `pieces` reads the rows. An error while reading means: the file is not whole. */
interface Download {
  readonly fileName: string;
  readonly pieces: AsyncIterable<string>;
}

export interface Exports {
  /**
   * Records AUDIT_LOG_DOWNLOADED, then gives the file.
   * @throws DaybookError `query-invalid` for a window that can't be; what recording throws: then there is no file
   */
  download(organization: VisibleOrganization, request: DownloadRequest, by: Downloader): Promise<Download>;
}

/** Pieces are joined to about this many characters, so that neither a row nor a chunk of rows is a write of its own. */
const pieceLength = 64 * 1024;

interface Opened {
  readonly store: Pick<Store, "within" | "clock">;
  readonly log: Pick<EventLog, "change">;
}

/** Opens the downloads of a store. */
export function openExports({ store, log }: Opened): Exports {
  return {
    async download(organization, request, by) {
      const { view } = organization;
      const seen = store.within(view.rowScope);
      const asked = await store.clock();
      const filter = windowed(request.filter, asked);
      const id = newEventId();
      // the file's own and the event's: the event says what is in the file
      const context = request.context && view.context;
      const event = downloadEvent(organization, { ...request, filter, context }, by);
      await log.change((tx) => tx.record(organization, { ...event, id }, by.recordedBy));
      const own = await seen.event(organization.organizationId, id);
      if (own === undefined) throw new DaybookError("store-unavailable", { retryAfter: 2 });
      const logs = await seen.logs(organization.organizationId);
      const form: CsvForm = {
        organization: organization.name,
        data: request.data,
        safe: request.safe,
        context,
        logs: new Map(logs.map(({ logNo, origin }) => [logNo, origin])),
      };
      const slots = writtenSlots(form);
      const rows = rowsOf(seen, { organization, request: { ...request, filter }, before: own, slots });
      const write = rowWriter(form);
      const day = formatTime(asked).slice(0, 10);
      return {
        fileName: `audit-log-${organization.slug}-${day}.csv`,
        pieces: piecesOf(csvHeader(form), rows, (row) => write(visiblePart(row, view))),
      };
    },
  };
}

type Rows = ReturnType<Reads["walk"]>;
type Write = ReturnType<typeof rowWriter>;

interface Walk {
  readonly organization: VisibleOrganization;
  readonly request: DownloadRequest;
  readonly before: { readonly logNo: number; readonly seq: bigint };
  readonly slots: readonly SlotName[];
}

function rowsOf(seen: Reads, { organization, request, before, slots }: Walk): Rows {
  const { organizationId, view } = organization;
  const filter = visibleFilter(request.filter, view);
  if (filter === undefined) return nothingVisible();
  const { logNo, seq } = before;
  return seen.walk({
    organizationId,
    by: request.by,
    filter,
    before: { logNo, seq },
    slots,
  });
}

async function* nothingVisible(): Rows {}

async function* piecesOf(header: string, rows: Rows, write: Write): AsyncGenerator<string, void> {
  yield header;
  let piece = "";
  for await (const chunk of rows) {
    for (const event of chunk) {
      piece += write(event);
      if (piece.length >= pieceLength) {
        yield piece;
        piece = "";
      }
    }
  }
  if (piece !== "") yield piece;
}

type Windowed = ReturnType<typeof windowed>;

function downloadEvent(
  organization: VisibleOrganization,
  { filter, by, context }: Pick<DownloadRequest, "by" | "context"> & { filter: Windowed },
  who: Downloader,
): EventInput {
  const { types, actors, targets, outcomes, recordedBy } = filter;
  const chosen = {
    ...(types ? { types: [...types] } : {}),
    ...(actors ? { actors: [...actors] } : {}),
    ...(targets ? { targets: [...targets] } : {}),
    ...(outcomes ? { outcomes: [...outcomes] } : {}),
    ...(recordedBy ? { recordedBy } : {}),
  };
  return {
    type: "AUDIT_LOG_DOWNLOADED",
    actor: who.actor,
    targets: [{ type: "organization", id: organization.id, name: organization.name }],
    ...(who.context ? { context: who.context } : {}),
    data: {
      format: "csv",
      by,
      from: formatTime(filter.from),
      to: formatTime(filter.to),
      context,
      ...(Object.keys(chosen).length > 0 ? { filter: chosen } : {}),
    },
  };
}
