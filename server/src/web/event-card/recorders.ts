/**
 * Who reported an event: shown wherever an event from others is, so that nobody mistakes it for an act of Daybook. Types that only the
 * server writes are always Daybook's own (docs/adr/0022).
 */
import { type RecordedEvent, sourceOf } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import { callerOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { RequestServices } from "../../services.ts";
import type { Web } from "../base/web.ts";
import type { TypeOf } from "./types.ts";

/** The recorder of an event, in words. */
export interface Recorder {
  /** `API client`, or the whole text if it has no name. */
  readonly words: string;
  readonly name?: string;
  /** The page of the client, for readers who may see it. */
  readonly href?: string;
}

/** Undefined if Daybook recorded it itself. */
export type RecorderOf = (event: RecordedEvent) => Recorder | undefined;

type RecorderServices = Pick<RequestServices, "apiClients" | "signIn">;
type RecorderScope = Parameters<RequestServices["apiClients"]["names"]>[0];

interface RecordersQuery {
  readonly events: readonly RecordedEvent[];
  readonly typeOf: TypeOf;
  readonly rowScope: RecorderScope;
  /** Whether the reader may open the pages of API clients. */
  readonly mayOpen: boolean;
}

/** A person who is an operator; the holder of the operator token has no name. */
const isPerson = (
  recordedBy: RecordedEvent["recordedBy"] | undefined,
): recordedBy is RecordedEvent["recordedBy"] =>
  recordedBy?.type === "operator" && recordedBy.id !== "operator";

const keyOf = (organization: string, client: string): string => `${organization} ${client}`;

/** Looks up the names of the recorders of a page's events, in one query. */
export async function recordersOf(
  { apiClients, signIn }: RecorderServices,
  { events, typeOf, rowScope, mayOpen }: RecordersQuery,
): Promise<RecorderOf> {
  const isReported = (event: RecordedEvent): boolean =>
    sourceOf(event) === "others" && typeOf(event)?.writer !== "server";
  const keys = new Map(
    events.flatMap((event) => {
      const { organization, recordedBy } = event;
      if (recordedBy?.type !== "api_client" || !isReported(event)) return [];
      const key = { organization: organization.id, id: recordedBy.id };
      return [[keyOf(key.organization, key.id), key] as const];
    }),
  );
  const people = events.flatMap((event) =>
    isReported(event) && isPerson(event.recordedBy) ? [event.recordedBy.id] : [],
  );
  const [found, operators] = await Promise.all([
    apiClients.names(rowScope, [...keys.values()]),
    signIn.operatorNames(people),
  ]);
  const names = new Map(found.map(({ organization, id, name }) => [keyOf(organization, id), name]));
  return (event) => {
    if (!isReported(event)) return undefined;
    const { organization, recordedBy } = event;
    if (recordedBy === undefined) return { words: "someone (erased)" };
    const { type, id } = recordedBy;
    if (type !== "api_client")
      return id === "operator"
        ? { words: "the operator token" }
        : { words: "operator", name: operators.get(id) ?? id };
    const name = names.get(keyOf(organization.id, id));
    const href =
      mayOpen && name !== undefined ? { href: paths.client({ org: organization.slug, client: id }) } : {};
    return { words: "API client", name: name ?? id, ...href };
  };
}

/** Those with the same key are one. */
export const recorderKey = (recorder: Recorder | undefined): string =>
  recorder === undefined ? "" : `${recorder.words} ${recorder.name} ${recorder.href}`;

/** Readers of API clients' pages get links to them; operators get those of all organizations. */
export const mayOpenClients = (
  web: Web,
  request: FastifyRequest,
  organization: RequestOrganization | undefined,
): boolean =>
  request.framing === undefined &&
  (organization === undefined ||
    web.services.access.mayDo(callerOf(request), "api-clients:read", organization));
