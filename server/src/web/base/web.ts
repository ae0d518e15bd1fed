/** The dependencies of every page's handlers: the services, and how to respond; and the shape of a page. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import type { RequestOrganization } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import type { RefusedForm } from "./attempt.ts";
import type { Sentences } from "./flash.ts";
import type { Theme } from "./reader.ts";

/** A request and its response. */
export type Exchange = readonly [FastifyRequest, FastifyReply];

/** A part of an organization's pages: the end of its address, after `/orgs/:org/`. */
export type Section = "activity" | "api-clients" | "members" | "teams" | "settings";

/** The page's place in the navigation. */
export interface PagePlace {
  readonly organization?: RequestOrganization | undefined;
  readonly section?: Section | undefined;
}

/** A page from a handler. Titles have no personal data, because they stay in the history of browsers. */
export interface Page extends PagePlace {
  readonly title: string;
  readonly content: ComponentChildren;
  /** Default: `wide`. */
  readonly width?: "wide" | "narrow" | "gate";
  /** The errors of the form, at the top. */
  readonly refused?: RefusedForm | undefined;
  /** The flash messages of the page. */
  readonly sentences?: Sentences;
  /** Whether it has times, so that it names their zone. */
  readonly hasTimes?: boolean;
  /** Whether it has what otherwise the script of lists adds: then it has the style sheet of that. */
  readonly hasAdded?: boolean;
  /** Whether it has a secret: then it is not compressed, because the length would reveal something about it. */
  readonly hasSecret?: boolean;
  /** If it isn't the reader's. */
  readonly theme?: Theme | undefined;
  /** In another site's page: whether it says that the session has ended. */
  readonly hasEnded?: boolean;
  /** Default: 200, if nothing was refused. */
  readonly status?: number;
}

export interface Web {
  readonly services: RequestServices;
  /** Responds with a page. */
  send(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply>;
  /** Responds with a part of a page, which a script puts in place. */
  sendPart(request: FastifyRequest, reply: FastifyReply, content: ComponentChildren): Promise<FastifyReply>;
  /** Redirects the browser to another page, so that a reload doesn't repeat the act. */
  goTo(reply: FastifyReply, path: string): FastifyReply;
  /**
   * Tries the request of a form; returns why it was refused, so that the page can appear again. `fields` by JSON Pointer if their names
   * differ; `otherwise` is the field for errors without one.
   */
  attempt<T>(
    work: () => Promise<T>,
    asking?: { readonly fields?: Readonly<Record<string, string>>; readonly otherwise?: string },
  ): Promise<T | RefusedForm>;
}
