/** OpenAPI schemas for the routes of saved views, and their bodies. */
import { outcomes } from "daybook/internal";
import { Type } from "typebox";
import { answers, empty, idempotencyKey, ifMatch, json, path, type RouteSchema } from "./pieces.ts";
import { closed, type InlineShape, inline, shape, text, time } from "./shapes.ts";

const views = ["Saved views"];

const name = Type.String({
  description: "1 to 200 characters, unique among the shared views, or among your own, regardless of case.",
});
const some = Type.Optional(Type.Array(Type.String(), { maxItems: 50 }));

// bodies are checked against it, and a reference can't be
const search = Type.Object(
  {
    q: Type.Optional(text("A search in the language of spec/search.md.")),
    type: some,
    actor: some,
    target: some,
    outcome: Type.Optional(Type.Array(Type.Enum([...outcomes]), { maxItems: 50 })),
    recordedBy: some,
    from: Type.Optional(text("A time, or a date, which is a day of the reader's time zone.")),
    to: Type.Optional(text("A time, or a date, which is a day of the reader's time zone.")),
    period: Type.Optional(
      Type.Enum(["24h", "7d", "30d", "90d"], {
        description: "The time before the moment when someone opens the view; not together with from and to.",
      }),
    ),
    layout: Type.Optional(Type.Enum(["cards", "table"], { description: "Default: cards." })),
  },
  {
    ...closed,
    description:
      "The parameters of a page. Daybook keeps them as text, and reads them when someone opens the view.",
  },
);
const SavedSearch = shape("SavedSearch", search);

const SavedView = shape(
  "SavedView",
  Type.Object({
    id: text("`view_…`"),
    name: text(),
    forEveryone: Type.Boolean({
      description:
        "Whether everyone sees it who reads the whole log of the organization; otherwise, only you do.",
    }),
    search: SavedSearch,
    createdAt: time,
  }),
);
const SavedViews = inline("SavedViews", Type.Object({ views: Type.Array(SavedView) }));

export const NewSavedView: InlineShape<"NewSavedView"> = inline(
  "NewSavedView",
  Type.Object(
    {
      name,
      forEveryone: Type.Optional(
        Type.Boolean({ description: "Default: false. Owners and operators share." }),
      ),
      search,
    },
    closed,
  ),
);
export const ChangeSavedView: InlineShape<"ChangeSavedView"> = inline(
  "ChangeSavedView",
  Type.Object({ name: Type.Optional(name), search: Type.Optional(search) }, closed),
);

const notFound = ["organization-not-found", "view-not-found"] as const;
const changing = ["request-invalid", "query-invalid", "name-taken", "organization-closed"] as const;

export const listSavedViews: RouteSchema = {
  operationId: "listSavedViews",
  summary: "List saved views",
  description:
    "Your own, then the shared ones, each in the order of their names: all of them, because there are at most 100 and 200. API clients and viewer sessions get the shared ones.",
  tags: views,
  params: path("org"),
  response: answers({ 200: json("The views.", SavedViews) }, ["query-invalid", "organization-not-found"]),
};

export const saveView: RouteSchema = {
  operationId: "saveView",
  summary: "Save a view",
  description:
    "A search that you may not make is refused. The event of a view of your own has neither its name nor its search.",
  tags: views,
  params: path("org"),
  headers: idempotencyKey,
  body: NewSavedView,
  response: answers({ 201: json("The view, with its ETag.", SavedView) }, [
    "organization-not-found",
    ...changing,
    "idempotency-key-reused",
  ]),
};

export const readSavedView: RouteSchema = {
  operationId: "readSavedView",
  summary: "Read a saved view",
  tags: views,
  params: path("org", "view"),
  response: answers({ 200: json("The view, with its ETag.", SavedView) }, notFound),
};

export const changeSavedView: RouteSchema = {
  operationId: "changeSavedView",
  summary: "Change a view's name or search",
  description:
    "Omitted members stay as they are; a search is replaced as a whole. Setting the same values has no effect, and records no event.",
  tags: views,
  params: path("org", "view"),
  headers: ifMatch,
  body: ChangeSavedView,
  response: answers({ 200: json("The view, with its ETag.", SavedView) }, [
    ...notFound,
    ...changing,
    "changed-meanwhile",
  ]),
};

export const removeSavedView: RouteSchema = {
  operationId: "removeSavedView",
  summary: "Delete a saved view",
  description: "The events that it finds remain.",
  tags: views,
  params: path("org", "view"),
  headers: ifMatch,
  response: answers({ 204: empty("The view is deleted.") }, [
    ...notFound,
    "organization-closed",
    "changed-meanwhile",
  ]),
};
