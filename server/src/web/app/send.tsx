/** Turns a page into a response: the document around its content, as HTML, with a strict policy, compressed. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../paths.ts";
import type { RequestServices } from "../../services.ts";
import { addressesFor } from "../base/addresses.ts";
import { takeFlash } from "../base/flash.ts";
import type { Framing } from "../base/framing.ts";
import { ownPath, withNext } from "../base/own-path.ts";
import { readerOf, zoneSaid } from "../base/reader.ts";
import type { Exchange, Page } from "../base/web.ts";
import { endsIn, policyIn, styleOf } from "../frame/frame.ts";
import { ErrorSummary } from "../kit/components/error-summary/error-summary.tsx";
import { FrameDocument } from "../kit/components/frame-document/frame-document.tsx";
import { Layout } from "../kit/components/layout/layout.tsx";
import { inPlainText } from "../kit/components/marked-text/plain-text.ts";
import { NotificationBanner } from "../kit/components/notification-banner/notification-banner.tsx";
import { renderInTurns } from "../kit/html/render.ts";
import { type Assets, encodingFor } from "./assets.ts";
import { policyWith, sheetFor } from "./first-visit.ts";
import { headerOf, navOf } from "./navigation.ts";

/** The inputs for sending pages. */
export interface Frame {
  readonly services: Pick<RequestServices, "access" | "people">;
  readonly assets: Assets;
  readonly version: string;
  /** The origins whose pages can show a viewer's log in a frame. */
  readonly frameOrigins: readonly string[];
}

/**
 * What a page can load: its own files. Forms go only to this site. Referrers stay within it: without one, browsers would not state where a
 * form comes from, which the protection against other sites needs.
 */
const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];
const headers: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": policy.join("; "),
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};

/** Responds with a page. */
export async function sendPage(frame: Frame, [request, reply]: Exchange, page: Page): Promise<FastifyReply> {
  const { framing } = request;
  reply.code(page.status ?? page.refused?.status ?? 200).headers(headers);
  const sheet = framing === undefined ? sheetFor(request, frame.assets) : undefined;
  const document =
    framing === undefined
      ? await pageDocument(frame, [request, reply], { ...page, sheet })
      : frameDocument(frame, [request, reply], { ...page, framing });
  const html = await renderInTurns(document, { addressOf: addressesFor(request) });
  return sendHtml(request, reply, {
    html: `<!doctype html>${html}`,
    isPlain: page.hasSecret ?? false,
    quality: sheet === undefined ? qualityOfLater : qualityOfFirst,
  });
}

/** Responds with a part of a page. */
export async function sendPart(
  [request, reply]: Exchange,
  content: ComponentChildren,
): Promise<FastifyReply> {
  reply.code(200).headers(headers);
  const html = await renderInTurns(content, { addressOf: addressesFor(request) });
  return sendHtml(request, reply, { html, isPlain: false, quality: qualityOfLater });
}

/** The title of the window, which has only text: marks become words. */
const titleOf = ({ title, refused }: Page): string =>
  inPlainText(refused === undefined ? title : `Error: ${title}`);

/** A page of Daybook. */
async function pageDocument(
  { services, assets, version }: Frame,
  [request, reply]: Exchange,
  page: Page & { readonly sheet: string | undefined },
): Promise<VNode> {
  const { content, width = "wide", refused, sentences = {}, hasTimes = false, sheet } = page;
  const reader = readerOf(request);
  if (sheet !== undefined) reply.header("content-security-policy", policyWith(policy, sheet));
  // after a form, only a GET may repeat
  const canAskAgain = request.method === "GET";
  const done = takeFlash(request, reply, sentences);
  return (
    <Layout
      title={titleOf(page)}
      theme={page.theme ?? reader.theme}
      header={await headerOf(request, services, page)}
      nav={navOf(request, services.access, page)}
      assets={assets}
      hasAdded={page.hasAdded}
      sheet={sheet}
      version={version}
      zone={hasTimes ? zoneSaid(reader) : undefined}
      changeZone={canAskAgain ? withNext(paths.accountDisplay(), ownPath(request.url)) : undefined}
      supposedZone={canAskAgain && hasTimes && reader.zoneBy !== "choice" ? reader.zone : undefined}
      width={width}
    >
      {done !== undefined && <NotificationBanner kind={done.kind}>{done.text}</NotificationBanner>}
      {refused !== undefined && <ErrorSummary errors={refused.errors} />}
      {content}
    </Layout>
  );
}

/** A page within another site's page, with its look. */
function frameDocument(
  { assets, frameOrigins: origins }: Frame,
  [request, reply]: Exchange,
  page: Page & { readonly framing: Framing },
): VNode {
  const { content, refused, hasTimes, hasAdded, hasEnded = false, framing } = page;
  const style = styleOf(framing);
  reply.header("content-security-policy", policyIn(policy, origins));
  const now = Date.now();
  const zone = hasTimes ? zoneSaid(readerOf(request)) : undefined;
  return (
    <FrameDocument
      title={inPlainText(page.title)}
      {...{ assets, origins, zone, hasAdded, hasEnded, ...style }}
      endsIn={endsIn(request, now)}
    >
      {refused !== undefined && <ErrorSummary errors={refused.errors} />}
      {content}
    </FrameDocument>
  );
}

/** Bytes; compressing less gains nothing. */
const worthCompressing = 1_024;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Of Brotli. */
const qualityOfLater = 4;
/** Of pages with the style sheet within: 0.2 ms more for 1 KB less, once for each browser. */
const qualityOfFirst = 6;

interface SentHtml {
  readonly html: string;
  readonly isPlain: boolean;
  /** Of Brotli, from 0 to 11. */
  readonly quality: number;
}

async function sendHtml(
  request: FastifyRequest,
  reply: FastifyReply,
  { html, isPlain, quality }: SentHtml,
): Promise<FastifyReply> {
  const bytes = Buffer.from(html);
  const encoding = isPlain || bytes.length < worthCompressing ? undefined : encodingFor(request);
  reply.header("vary", "Accept-Encoding");
  if (encoding === undefined) return reply.send(bytes);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const body = encoding === "br" ? await brotli(bytes, { params }) : await zip(bytes);
  return reply.header("content-encoding", encoding).send(body);
}
