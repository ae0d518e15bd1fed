/** The first page: it sends people where they belong, and says what there is where that is nowhere yet. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { cookieOf, setCookie } from "../../api/index.ts";
import { EmptyState } from "../components/empty-state/empty-state.tsx";
import { PageHeading } from "../components/page-heading/page-heading.tsx";
import { homeOf } from "../navigation.ts";
import { ownPath } from "../own-path.ts";
import { page } from "../routes.ts";
import type { Web } from "../web.ts";

/** Where to go on to after signing in elsewhere. */
const nextCookie = "daybook-next";
/** Milliseconds: as long as signing in there may take. */
const lifetime = 600_000;

/** Remembers where to go on to, while somebody signs in at the identity provider. */
export const keepNext = (reply: FastifyReply, path: string): void =>
  setCookie(reply, [nextCookie, path], new Date(Date.now() + lifetime));

function takeNext(request: FastifyRequest, reply: FastifyReply): string {
  const kept = cookieOf(request, nextCookie);
  if (!kept) return "/";
  setCookie(reply, [nextCookie, ""], new Date(0));
  return ownPath(kept);
}

/** More than anybody is in whom a page could send to the only one. */
const many = 100;

export function addStart(app: FastifyInstance, web: Web): void {
  const { signIn, people } = web.rooms;
  app.get("/", page("sign-in"), async (request, reply) => {
    const { caller } = request;
    if (caller?.kind !== "user") return web.goTo(reply, (await signIn.needsSetUp()) ? "/set-up" : "/sign-in");
    const next = takeNext(request, reply);
    if (next !== "/") return web.goTo(reply, next);
    const { userId, isOperator } = caller.user;
    const own = await people.organizations({ userId }, { after: undefined, limit: many });
    const home = isOperator && app.hasRoute({ method: "GET", url: "/activity" }) ? "/activity" : undefined;
    const first = own[0] && homeOf(app, own[0].slug);
    if (home !== undefined || first !== undefined)
      return web.goTo(reply, (own.length > 0 ? first : home) ?? "/account");
    const names = isOperator
      ? await people.organizations("everything", { after: undefined, limit: many })
      : own;
    return web.send(request, reply, {
      title: "Organizations",
      content: <Start names={names.map(({ name }) => name)} />,
    });
  });
}

const Start = ({ names }: { readonly names: readonly string[] }): VNode => (
  <>
    <PageHeading title="Organizations" />
    {names.length === 0 ? (
      <EmptyState title="There are no organizations that you can see." icon="building">
        <p>Ask an owner of one for an invitation. Whoever runs Daybook can add organizations.</p>
      </EmptyState>
    ) : (
      <ul>
        {names.map((name) => (
          <li>{name}</li>
        ))}
      </ul>
    )}
  </>
);
