/**
 * What a browser is shown where a request is refused: a page in plain words with a way on. Whoever isn't a browser, or asks for
 * what is no page, gets the API's problem instead. It refuses to know what was asked for.
 */
import type { DaybookError } from "daybook/error";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { VNode } from "preact";
import { acceptedKind, problemHeaders, sessionTokenOf } from "../api/index.ts";
import { organizationPath } from "./activity/addresses.ts";
import { LinkButton } from "./components/button/button.tsx";
import { PageHeading } from "./components/page-heading/page-heading.tsx";
import { ended } from "./pages/view/ended.tsx";
import type { Web } from "./web.ts";

/** Whether the answer is looked at in a browser: one that names HTML, at an address that gives pages or at none. */
export function wantsPage(request: FastifyRequest): boolean {
  const kinds = request.routeOptions.config?.kinds;
  const isPage = request.is404 || kinds?.length === 0 || kinds?.includes("text/html") === true;
  return (
    isPage && acceptedKind(request.headers.accept, ["application/problem+json", "text/html"]) === "text/html"
  );
}

interface Words {
  readonly title: string;
  /** What to do about it, where the error itself has nothing better to say. */
  readonly advice?: string;
}

const words: Readonly<Record<number, Words>> = {
  401: { title: "You could not be signed in" },
  403: { title: "You may not see this page" },
  404: {
    title: "Page not found",
    advice:
      "If you typed or pasted the address, check that it is whole. The page may have gone, or be for others only.",
  },
  405: {
    title: "Page not found",
    advice: "This address is where a form is sent to. Start again from its page.",
  },
  413: { title: "That was too large" },
  429: { title: "Too many requests" },
  500: {
    title: "Sorry, there is a problem with Daybook",
    advice:
      "It is not your fault. Try again later; if it stays, tell whoever runs Daybook, with the request id below.",
  },
  503: {
    title: "Sorry, Daybook is not available right now",
    advice: "Nothing is lost. Try again in a moment.",
  },
};

/** What the pages say of an error. */
function wordsOf({ status, code }: DaybookError): Words {
  if (code === "cross-site")
    return {
      title: "This came from another site",
      advice: "Daybook takes forms from its own pages only. Start again from there.",
    };
  return (
    words[status] ?? { title: status >= 500 ? "Sorry, there is a problem with Daybook" : "That did not work" }
  );
}

/** Answers a browser: who isn't signed in goes to sign in, whose session within another site's page has ended is told, everybody else sees why not. */
export async function refuse(
  web: Web,
  [request, reply]: readonly [FastifyRequest, FastifyReply],
  error: DaybookError,
): Promise<FastifyReply> {
  if (error.code === "not-authenticated" && request.framing !== undefined)
    return web.send(request, reply, ended);
  if (error.code === "not-authenticated") return web.goTo(reply, signInPath(request));
  const { "content-type": _type, "www-authenticate": _challenge, ...headers } = problemHeaders(error);
  reply.removeHeader("content-disposition").headers(headers);
  if (request.is404) await knowCaller(web, request);
  const { title, advice } = wordsOf(error);
  return web.send(request, reply, {
    title,
    status: error.status,
    width: "narrow",
    content: <Refusal {...{ title, error, advice, way: wayOn(request) }} requestId={request.id} />,
  });
}

/** Nobody asks who is calling where there is nothing: whoever is signed in still finds their way on by the header. */
async function knowCaller({ rooms }: Web, request: FastifyRequest): Promise<void> {
  const token = sessionTokenOf(request);
  if (token === undefined) return;
  try {
    request.caller = await rooms.access.authenticate(token);
  } catch {
    // then the page has the header of nobody
  }
}

/** To sign in, and back: only pages that are looked at can be gone back to. */
function signInPath({ method, url }: FastifyRequest): string {
  return method === "GET" && url !== "/" ? `/sign-in?next=${encodeURIComponent(url)}` : "/sign-in";
}

/** To the first page: within another site's page, of the viewer's log. */
function wayOn({ framing, caller }: FastifyRequest): Way {
  if (framing !== undefined && caller?.kind === "viewer")
    return { href: organizationPath(caller.organization.slug), text: "Go to all activity" };
  return framing === undefined ? { href: "/", text: "Go to the first page" } : undefined;
}

type Way = { readonly href: string; readonly text: string } | undefined;

interface RefusalProps {
  readonly title: string;
  readonly error: DaybookError;
  readonly advice: string | undefined;
  /** Undefined: there is none. */
  readonly way: Way;
  readonly requestId: string;
}

const Refusal = ({ title, error, advice, way, requestId }: RefusalProps): VNode => (
  <>
    <PageHeading title={title} />
    {advice === undefined && <p>{error.message}</p>}
    <p>{advice ?? error.remedy}</p>
    {way !== undefined && (
      <p>
        <LinkButton href={way.href} kind="secondary">
          {way.text}
        </LinkButton>
      </p>
    )}
    <p class="db-quiet db-small">
      Request id: <code>{requestId}</code>
    </p>
  </>
);
