/** The team of a page, within its organization. */
import type { FastifyRequest } from "fastify";
import type { Team } from "../../people/index.ts";
import { paramOf, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";

export interface VisibleTeam {
  readonly visible: VisiblePage;
  readonly team: Team;
  /** What the paths of its pages need. */
  readonly at: VisiblePage["at"] & { readonly team: string };
}

/** Throws `organization-not-found`, `team-not-found`, and `not-allowed` for readers who may not do the route's action. */
export async function visibleTeam(web: Web, request: FastifyRequest): Promise<VisibleTeam> {
  const visible = await visiblePage(web, request);
  const team = await web.services.people.team(visible.place, paramOf(request, "team"));
  return { visible, team, at: { ...visible.at, team: team.id } };
}
