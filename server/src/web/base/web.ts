/** What every page's handlers have at hand: the services, and how to answer; and what a page is. */
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ComponentChildren } from "preact";
import type { RequestOrganization } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import type { RefusedForm } from "./attempt.ts";
import type { Sentences } from "./flash.ts";
import type { Theme } from "./reader.ts";

/** A request and its answer. */
export type Exchange = readonly [FastifyRequest, FastifyReply];

/** A part of an organization's pages: the end of its address, after `/orgs/:org/`. */
export type Section = "activity" | "api-clients" | "members" | "teams" | "settings";

/** Which page it is. */
export interface PagePlace {
  readonly organization?: RequestOrganization | undefined;
  readonly section?: Section | undefined;
}

/** A page as a handler gives it. Titles hold no personal data: they stay in the history of browsers. */
export interface Page extends PagePlace {
  readonly title: string;
  readonly content: ComponentChildren;
  /** `wide` if absent. */
  readonly width?: "wide" | "narrow" | "gate";
  /** What was wrong with the form: shown at the top. */
  readonly refused?: RefusedForm | undefined;
  /** The sentences of what may just have been done. */
  readonly sentences?: Sentences;
  /** Whether there are times on it, so that their zone is said. */
  readonly hasTimes?: boolean;
  /** Whether it shows a secret: then it is not compressed, so that its length says nothing of it. */
  readonly hasSecret?: boolean;
  /** If it isn't the reader's. */
  readonly theme?: Theme | undefined;
  /** In another site's page: whether it says that the session has ended. */
  readonly hasEnded?: boolean;
  /** 200 if absent, and nothing was refused. */
  readonly status?: number;
}

export interface Web {
  readonly services: RequestServices;
  /** Answers with a page. */
  send(request: FastifyRequest, reply: FastifyReply, page: Page): Promise<FastifyReply>;
  /** Sends the browser on to another of our pages: what was done is done, and a reload doesn't do it again. */
  goTo(reply: FastifyReply, path: string): FastifyReply;
  /**
   * Tries what a form asks for; why it was refused, for the page to be shown again. `fields` by JSON Pointer where they are
   * named otherwise; `otherwise` is the field that whatever belongs to none is shown at.
   */
  attempt<T>(
    work: () => Promise<T>,
    asking?: { readonly fields?: Readonly<Record<string, string>>; readonly otherwise?: string },
  ): Promise<T | RefusedForm>;
}
