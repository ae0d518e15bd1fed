/** Removing a team, after a confirmation that explains the consequences. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Team } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { ReasonInput, type ReasonProps, reasonForm } from "../base/reason.tsx";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { meanwhile, versionIn } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { type VisibleTeam, visibleTeam } from "./visible-team.ts";

const title = "Remove team";
const changedMeanwhile =
  "Someone else changed this team after you opened this page. If you still want to remove it, select Remove team again.";

export function addTeamRemoval(app: FastifyInstance, web: Web): void {
  app.get(paths.removeTeam.route, page("teams:remove"), async (request, reply) =>
    show(web, [request, reply], await visibleTeam(web, request)),
  );

  app.post(paths.removeTeam.route, form("teams:remove"), async (request, reply) => {
    const shown = await visibleTeam(web, request);
    const { visible, team } = shown;
    const { typed, also } = reasonForm.read(request, ["version"]);
    const about = { organization: visible.organization, teamId: team.id, ifVersion: versionIn(also.version) };
    const done = await web.attempt(() =>
      web.services.people.removeTeam({
        ...about,
        ...typed,
        initiator: changeRequestOf(request).initiator,
      }),
    );
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: undefined, message: changedMeanwhile });
      return show(web, [request, reply], { ...shown, typed, refused });
    }
    setFlash(reply, "team-removed");
    return web.goTo(reply, paths.teams(visible.at));
  });
}

const show = (
  web: Web,
  exchange: Exchange,
  { visible, team, at, ...reason }: VisibleTeam & ReasonProps,
): Promise<FastifyReply> =>
  sendFormPage(web, exchange, {
    title,
    organization: visible.organization,
    section: "teams",
    refused: reason.refused,
    caption: <bdi class="db-break">{marked(team.name)}</bdi>,
    back: { href: paths.team(at), text: "Team" },
    action: paths.removeTeam(at),
    submit: "Remove team",
    isWarning: true,
    children: (
      <>
        <input type="hidden" name="version" value={team.version} />
        <p>{whatItMeans(team)} The audit log keeps the team’s history. You cannot undo this.</p>
        <ReasonInput {...reason} />
      </>
    ),
  });

function whatItMeans({ role, members }: Team): string {
  if (members === 0) return "This team has no members.";
  const [who, they] =
    members === 1
      ? ["1 person is in this team.", "They remain a member of the organization"]
      : [
          `${members.toLocaleString("en-GB")} people are in this team.`,
          "They remain members of the organization",
        ];
  const rest = role === null ? " with their own roles." : `, but lose the team's role: ${roles[role].name}.`;
  return `${who} ${they}${rest}`;
}
