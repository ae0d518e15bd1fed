/** The parts of a list that come after it: its script asks for each. */
import { DaybookError } from "daybook/internal";
import type { FastifyReply } from "fastify";
import type { VNode } from "preact";
import type { RequestOrganization } from "../../http/index.ts";
import type { Exchange, Web } from "../base/web.ts";
import { breakdownPart } from "./breakdown.tsx";
import { countPart } from "./count.tsx";
import type { Question } from "./question.ts";
import { suggestedFor } from "./suggestions/suggested.ts";
import { SuggestionList } from "./suggestions/suggestion-list.tsx";
import { typedTerm } from "./suggestions/typed-term.ts";

interface PartOptions {
  readonly question: Question;
  readonly organization: RequestOrganization | undefined;
  /** The address of the list. */
  readonly path: string;
}

/**
 * Responds with one part.
 * @throws DaybookError `route-not-found` if there is none of that name
 */
export async function sendListPart(
  web: Web,
  [request, reply]: Exchange,
  options: PartOptions,
): Promise<FastifyReply> {
  const part = await contentOf(web, options);
  if (part === undefined) throw new DaybookError("route-not-found");
  return web.sendPart(request, reply, part);
}

async function contentOf(
  { services }: Web,
  { question, organization, path }: PartOptions,
): Promise<VNode | undefined> {
  if (question.part === "count") return countPart(question, { services, organization });
  if (question.part === "breakdown" && organization !== undefined)
    return breakdownPart(question, { services, organization, path });
  if (question.part !== "suggestions") return undefined;
  const term = typedTerm(question.typed.typed ?? "");
  const groups = await suggestedFor(term, { services, organization });
  return <SuggestionList groups={groups} start={term.start} />;
}
