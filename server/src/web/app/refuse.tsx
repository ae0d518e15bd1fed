/**
 * The response to a refused request of a browser: a page in plain words with a way to continue. Other clients, and requests for addresses
 * that aren't pages, get the API's problem document.
 */
import type { DaybookError } from "daybook/internal";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { acceptedKind, problemHeaders, sessionTokenOf, viewerTokenOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Framing } from "../base/framing.ts";
import { ownPath } from "../base/own-path.ts";
import type { Exchange, Page, Web } from "../base/web.ts";
import { ended } from "../frame/ended.tsx";
import { framingNowhere } from "../frame/frame.ts";
import { ButtonGroup, LinkButton } from "../kit/components/button/button.tsx";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { askWhoItIs } from "../sign-in/reauthenticate.tsx";
import { tellEnded } from "../sign-in/sign-in.tsx";
import { keptNext } from "../sign-in/start.tsx";
import { type RefusalWords, refusalWords } from "./refusal-words.ts";

/** Whether a person looks at the response in a browser: the request accepts HTML, and its address has pages or files, or doesn't exist. */
export function wantsPage(request: FastifyRequest): boolean {
  const { kinds, records } = request.routeOptions.config ?? {};
  const isFollowed = records === true && request.headers["sec-fetch-mode"] === "navigate";
  const isPage = request.is404 || kinds?.length === 0 || kinds?.includes("text/html") === true;
  return (
    (isPage || isFollowed) &&
    acceptedKind(request.headers.accept, ["application/problem+json", "text/html"]) === "text/html"
  );
}

/**
 * Responds to a browser: a person who isn't signed in goes to the sign-in page; a viewer whose session has ended gets a message; everyone
 * else gets the reason.
 */
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
  const framing = request.framing ?? framingNowhere(request);
  if (request.is404 || framing !== request.framing) await knowCaller(web, request, framing);
  request.framing = framing;
  const page = refusalPage(request, error);
  try {
    return await web.send(request, reply, page);
  } catch {
    // the cause of the failure may also affect the header, so the page leaves it out
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

/** Addresses that don't exist have no guard, but a signed-in person still gets the header with its links, and a viewer the way on. */
async function knowCaller(
  { services }: Web,
  request: FastifyRequest,
  framing: Framing | undefined,
): Promise<void> {
  const token = framing === undefined ? sessionTokenOf(request) : viewerTokenOf(request);
  if (token === undefined) return;
  try {
    const caller = await services.access.authenticate(token);
    if (framing === undefined || caller.kind === "viewer") request.caller = caller;
  } catch {
    // then the page has the header for anonymous visitors
  }
}

/** The maximum length of an address to come back to: with a longer one, later headers are too large for browsers and proxies. */
const mostNext = 2_000;

/** To the sign-in page, and back: only to pages that were requested with GET. */
function signInPath({ method, url }: Pick<FastifyRequest, "method" | "url">): string {
  const next = encodeURIComponent(url);
  return method === "GET" && url !== paths.start() && next.length <= mostNext
    ? `${paths.signIn()}?next=${next}`
    : paths.signIn();
}

/** To the first page, or to sign in; within another site's page, to the viewer's log. */
function wayOn(request: FastifyRequest, { bySigningIn }: RefusalWords): Way {
  const { framing, caller } = request;
  if (framing !== undefined && caller?.kind === "viewer")
    return { href: paths.activity({ org: caller.organization.slug }), text: "Go to all activity" };
  if (framing !== undefined) return undefined;
  return bySigningIn
    ? { href: signInPath({ method: "GET", url: keptNext(request) }), text: "Go to the sign-in page" }
    : { href: paths.start(), text: "Go to the first page" };
}

type Way = { readonly href: string; readonly text: string } | undefined;

interface RefusalProps {
  readonly words: RefusalWords;
  /** The address to try again later; undefined if it won't work, or the request was a form, which is not sent again. */
  readonly again: string | undefined;
  /** If undefined, there is none. */
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
