/** The team of a page, within its organization. */
import type { FastifyRequest } from "fastify";
import type { Team } from "../../people/index.ts";
import { paramOf, type VisiblePage, visiblePage } from "../base/visible.ts";
import type { Web } from "../base/web.ts";

/** The address of the pages of one team. */
export const oneTeam = "/orgs/:org/teams/:team";

export interface VisibleTeam {
  readonly visible: VisiblePage;
  readonly team: Team;
  /** The address of its page. */
  readonly path: string;
}

/** Throws `organization-not-found`, `team-not-found`, and `not-allowed` for readers who may not do the route's action. */
export async function visibleTeam(web: Web, request: FastifyRequest): Promise<VisibleTeam> {
  const visible = await visiblePage(web, request);
  const team = await web.services.people.team(visible.place, paramOf(request, "team"));
  return { visible, team, path: `${visible.path}/teams/${team.id}` };
}
