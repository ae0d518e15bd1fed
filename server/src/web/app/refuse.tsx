/**
 * What a browser is shown where a request is refused: a page in plain words with a way on. Whoever isn't a browser, or asks for
 * what is no page, gets the API's problem instead. It refuses to know what was asked for.
 */
import type { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { acceptedKind, problemHeaders, sessionTokenOf } from "../../http/index.ts";
import { ownPath } from "../base/own-path.ts";
import { organizationPath } from "../base/paths.ts";
import type { Exchange, Page, Web } from "../base/web.ts";
import { ended } from "../frame/ended.tsx";
import { ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { askWhoItIs } from "../sign-in/reauthenticate.tsx";
import { tellEnded } from "../sign-in/sign-in.tsx";
import { keptNext } from "../sign-in/start.tsx";
import { type RefusalWords, refusalWords } from "./refusal-words.ts";

/** Whether the answer is looked at in a browser: one that names HTML, at an address that gives pages or files, or at none. */
export function wantsPage(request: FastifyRequest): boolean {
  const { kinds, records } = request.routeOptions.config ?? {};
  const isFollowed = records === true && request.headers["sec-fetch-mode"] === "navigate";
  const isPage = request.is404 || kinds?.length === 0 || kinds?.includes("text/html") === true;
  return (
    (isPage || isFollowed) &&
    acceptedKind(request.headers.accept, ["application/problem+json", "text/html"]) === "text/html"
  );
}

/** Answers a browser: who isn't signed in goes to sign in, whose session within another site's page has ended is told, everybody else sees why not. */
export async function refuse(
  web: Web,
  [request, reply]: Exchange,
  error: DaybookError,
): Promise<FastifyReply> {
  if (error.code === "not-authenticated" && request.framing !== undefined)
    return web.send(request, reply, ended);
  if (error.code === "reauthentication-needed") return askWhoItIs(web, [request, reply]);
  if (error.code === "not-authenticated") {
    tellEnded(request, reply);
    return web.goTo(reply, signInPath(request));
  }
  const { "content-type": _type, "www-authenticate": _challenge, ...headers } = problemHeaders(error);
  reply.removeHeader("content-disposition").headers(headers);
  if (request.is404) await knowCaller(web, request);
  const page = refusalPage(request, error);
  try {
    return await web.send(request, reply, page);
  } catch {
    // what failed may be what the header asks for: the page does without
    request.caller = undefined;
    return web.send(request, reply, page);
  }
}

function refusalPage(request: FastifyRequest, error: DaybookError): Page {
  const words = refusalWords(error, { isForm: request.method === "POST" });
  const again = words.again && request.method === "GET" ? ownPath(request.url) : undefined;
  return {
    title: words.title,
    status: error.status,
    width: "narrow",
    content: <Refusal words={words} {...{ again, way: wayOn(request, words) }} requestId={request.id} />,
  };
}

/** Nobody asks who is calling where there is nothing: whoever is signed in still finds their way on by the header. */
async function knowCaller({ services }: Web, request: FastifyRequest): Promise<void> {
  const token = sessionTokenOf(request);
  if (token === undefined) return;
  try {
    request.caller = await services.access.authenticate(token);
  } catch {
    // then the page has the header of nobody
  }
}

/** Of an address to come back to: with a longer one, the headers of what follows are too large for browsers and proxies. */
const mostNext = 2_000;

/** To sign in, and back: only pages that are looked at can be gone back to. */
function signInPath({ method, url }: Pick<FastifyRequest, "method" | "url">): string {
  const next = encodeURIComponent(url);
  return method === "GET" && url !== "/" && next.length <= mostNext ? `/sign-in?next=${next}` : "/sign-in";
}

/** To the first page, or to sign in: within another site's page, to the viewer's log. */
function wayOn(request: FastifyRequest, { bySigningIn }: RefusalWords): Way {
  const { framing, caller } = request;
  if (framing !== undefined && caller?.kind === "viewer")
    return { href: organizationPath(caller.organization.slug), text: "Go to all activity" };
  if (framing !== undefined) return undefined;
  return bySigningIn
    ? { href: signInPath({ method: "GET", url: keptNext(request) }), text: "Go to the sign-in page" }
    : { href: "/", text: "Go to the first page" };
}

type Way = { readonly href: string; readonly text: string } | undefined;

interface RefusalProps {
  readonly words: RefusalWords;
  /** The address that may work later; undefined: it won't, or what was sent is not sent again. */
  readonly again: string | undefined;
  /** Undefined: there is none. */
  readonly way: Way;
  readonly requestId: string;
}

const Refusal = ({ words, again, way, requestId }: RefusalProps): VNode => (
  <>
    <PageHeading title={words.title} />
    {words.sentences.map((sentence) => (
      <p>{sentence}</p>
    ))}
    <ButtonGroup>
      {again !== undefined && <LinkButton href={again}>Try again</LinkButton>}
      {way !== undefined && (
        <LinkButton href={way.href} kind="secondary">
          {way.text}
        </LinkButton>
      )}
    </ButtonGroup>
    <p class="db-request-id">
      Request id: <code>{requestId}</code>
    </p>
  </>
);
