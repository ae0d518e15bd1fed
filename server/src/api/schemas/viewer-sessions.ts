/** What OpenAPI says of viewer sessions. */
import { type TSchema, type TUnsafe, Type } from "typebox";
import { type MemberRole, memberRoles } from "../../people/index.ts";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import { shortText } from "./sign-in.ts";

const closed = { additionalProperties: false } as const;

/** What a host application sends. */
interface NewViewerSession {
  readonly organization: string;
  readonly role: MemberRole;
  readonly minutes?: number;
  readonly viewer: { readonly id: string; readonly name?: string };
  readonly onlyTarget?: { readonly type: string; readonly id: string };
}

export const NewViewerSession: TUnsafe<NewViewerSession> = Type.Unsafe<NewViewerSession>(
  Type.Object(
    {
      organization: Type.String({ maxLength: 128, description: "The organization's slug or id." }),
      role: Type.Enum([...memberRoles]),
      minutes: Type.Optional(Type.Number({ default: 15, description: "A whole number from 1 to 720." })),
      viewer: Type.Object({ id: shortText, name: Type.Optional(shortText) }, closed),
      onlyTarget: Type.Optional(Type.Object({ type: shortText, id: shortText }, closed)),
    },
    closed,
  ),
);

const Opened = Type.Object({
  id: Type.String(),
  token: Type.String({ description: "Shown this once: for the Authorization header." }),
  expiresAt: Type.String({ format: "date-time" }),
  url: Type.String({
    description: "For the viewer's browser; the token stands after the #, which no browser sends.",
  }),
});

export const openViewerSession: RouteSchema = {
  operationId: "openViewerSession",
  summary: "Open an organization's log for a user of one's own, for some minutes",
  description:
    "By an API client with the scope events:read, in its own organization; the roles OWNER and AUDITOR need audit-log:download too. By an operator in any. The session ends with the right of who opened it: with the API client, or with the session or the operator token of the operator. What is done in it is done by who opened it, on behalf of the viewer. Takes no Idempotency-Key: sent again it opens another one.",
  tags: ["Viewer sessions"],
  body: NewViewerSession,
  response: answers({ 201: json("The session.", Opened) }, [
    "reauthentication-needed",
    "organization-not-found",
    "organization-closed",
    "request-invalid",
    "cross-site",
  ]),
};

const nullable = (schema: TSchema): TSchema => Type.Union([schema, Type.Null()]);
const time = Type.String({ format: "date-time" });

const ViewerSession = Type.Object({
  id: Type.String(),
  role: Type.Enum([...memberRoles]),
  viewer: Type.Object(
    { id: Type.String(), name: Type.Optional(Type.String()) },
    { description: "Who looks, as who opened the session says." },
  ),
  onlyTarget: nullable(Type.Object({ type: Type.String(), id: Type.String() })),
  openedBy: Type.Object({ type: Type.String(), id: Type.String(), name: Type.Optional(Type.String()) }),
  createdAt: time,
  expiresAt: time,
});

export const listViewerSessions: RouteSchema = {
  operationId: "listViewerSessions",
  summary: "List the viewer sessions that are open, the newest first",
  description:
    "Those that still work: neither expired nor ended, and whoever opened them still may. An API client sees those that it opened.",
  tags: ["Viewer sessions"],
  params: path("org"),
  querystring: query(pageQuery),
  response: answers(
    {
      200: json(
        "A page of viewer sessions.",
        Type.Object({ viewerSessions: Type.Array(ViewerSession), next: nullable(Type.String()) }),
      ),
    },
    ["query-invalid", "cursor-invalid", "organization-not-found"],
  ),
};

export const endViewerSession: RouteSchema = {
  operationId: "endViewerSession",
  summary: "End a viewer session at once",
  description:
    "Its token is refused on the next request, in every process. An API client ends those that it opened.",
  tags: ["Viewer sessions"],
  params: path("org", "session"),
  response: answers({ 204: empty("It works no more.") }, [
    "organization-not-found",
    "viewer-session-not-found",
    "cross-site",
  ]),
};
