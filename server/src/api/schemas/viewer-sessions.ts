/** OpenAPI schemas for viewer sessions. */
import { memberRoles } from "daybook/internal";
import { Type } from "typebox";
import { answers, empty, json, path, type RouteSchema } from "./pieces.ts";
import { pageQuery, query } from "./queries.ts";
import { type InlineShape, inline, nullable } from "./shapes.ts";
import { shortText } from "./sign-in.ts";

const closed = { additionalProperties: false } as const;

export const NewViewerSession: InlineShape<"NewViewerSession"> = inline(
  "NewViewerSession",
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

const Opened = inline(
  "ViewerSession",
  Type.Object({
    id: Type.String(),
    token: Type.String({
      description: "The token for the Authorization header, shown only in this response.",
    }),
    expiresAt: Type.String({ format: "date-time" }),
    url: Type.String({
      description:
        "The link for the viewer's browser. The token stands after the #, which browsers do not send.",
    }),
  }),
);

export const openViewerSession: RouteSchema = {
  operationId: "openViewerSession",
  summary: "Open an organization's log for a user of your application, for a few minutes",
  description:
    "An API client with the scope events:read opens sessions in its own organization; the roles OWNER and AUDITOR also require audit-log:download. An operator opens sessions in any organization. The session ends when its opener loses the right to open it: with the API client, or with the operator's session or token. Actions in the session are recorded as done by the opener on behalf of the viewer. This operation takes no Idempotency-Key; a repeat opens another session.",
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

const time = Type.String({ format: "date-time" });

const ViewerSession = Type.Object({
  id: Type.String(),
  role: Type.Enum([...memberRoles]),
  viewer: Type.Object(
    { id: Type.String(), name: Type.Optional(Type.String()) },
    { description: "The viewer, as named by the caller that opened the session." },
  ),
  onlyTarget: nullable(Type.Object({ type: Type.String(), id: Type.String() })),
  openedBy: Type.Object({ type: Type.String(), id: Type.String(), name: Type.Optional(Type.String()) }),
  createdAt: time,
  expiresAt: time,
});

export const listViewerSessions: RouteSchema = {
  operationId: "listViewerSessions",
  summary: "List the open viewer sessions, newest first",
  description:
    "Lists sessions that have neither expired nor ended, and whose opener may still open them. An API client sees the sessions that it opened.",
  tags: ["Viewer sessions"],
  params: path("org"),
  querystring: query(pageQuery),
  response: answers(
    {
      200: json(
        "A page of viewer sessions.",
        inline(
          "ViewerSessionPage",
          Type.Object({ viewerSessions: Type.Array(ViewerSession), next: nullable(Type.String()) }),
        ),
      ),
    },
    ["query-invalid", "cursor-invalid", "organization-not-found"],
  ),
};

export const endViewerSession: RouteSchema = {
  operationId: "endViewerSession",
  summary: "End a viewer session at once",
  description:
    "Every process refuses its token from the next request on. An API client can end the sessions that it opened.",
  tags: ["Viewer sessions"],
  params: path("org", "session"),
  response: answers({ 204: empty("The session has ended.") }, [
    "organization-not-found",
    "viewer-session-not-found",
    "cross-site",
  ]),
};
