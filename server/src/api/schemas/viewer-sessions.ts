/** What OpenAPI says of viewer sessions. */
import { type TUnsafe, Type } from "typebox";
import { type MemberRole, memberRoles } from "../../people/index.ts";
import { answers, json, type RouteSchema } from "./pieces.ts";
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
    "By an API client with the scope events:read, in its own organization; the roles OWNER and AUDITOR need audit-log:download too. The session ends with the API client. Takes no Idempotency-Key: sent again it opens another one.",
  tags: ["Viewer sessions"],
  body: NewViewerSession,
  response: answers({ 201: json("The session.", Opened) }, [
    "organization-not-found",
    "organization-closed",
    "request-invalid",
    "cross-site",
  ]),
};
