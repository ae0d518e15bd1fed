/** A team's name and role: for a new one, and for changes. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import type { Team } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { roles } from "../base/roles.ts";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import { meanwhile, type VisiblePage, versionIn, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { Radios } from "../kit/components/radios/radios.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { roleChoices } from "./role-choices.ts";
import { visibleTeam } from "./visible-team.ts";

const noRole = "none";
/** Owner is a role for people only: an organization must not lose its last owner when a team is removed. */
const choices = [
  { value: noRole, text: "No role", hint: "Members have only their own roles" },
  ...roleChoices.filter(({ value }) => value !== "OWNER"),
];

const teamForm = typedForm({ name: text(), role: text() });
type TeamValues = typeof teamForm.nothing;

const wantedOf = ({ name, role }: TeamValues): { name: string; role: string | null } => ({
  name,
  role: role === noRole ? null : role,
});
const typedOf = ({ name, role }: Team): TeamValues => ({ name, role: role ?? noRole });

export function addTeamForms(app: FastifyInstance, web: Web): void {
  addNew(app, web);
  addChange(app, web);
}

function addNew(app: FastifyInstance, web: Web): void {
  const { route } = paths.addTeam;
  app.get(route, page("teams:change"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    if (!visible.isOpen) return web.goTo(reply, paths.teams(visible.at));
    return show(web, [request, reply], { visible, typed: { name: "", role: noRole } });
  });

  app.post(route, form("teams:change"), async (request, reply) => {
    const visible = await visiblePage(web, request);
    const { typed } = teamForm.read(request);
    const change = {
      organization: visible.organization,
      ...wantedOf(typed),
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(() => web.services.people.addTeam(change), { otherwise: "name" });
    if (done instanceof RefusedForm) return show(web, [request, reply], { visible, typed, refused: done });
    setFlash(reply, "team-added");
    return web.goTo(reply, paths.team({ ...visible.at, team: done.id }));
  });
}

function addChange(app: FastifyInstance, web: Web): void {
  const { route } = paths.changeTeam;
  app.get(route, page("teams:change"), async (request, reply) => {
    const { visible, team } = await visibleTeam(web, request);
    return show(web, [request, reply], { visible, team, typed: typedOf(team) });
  });

  app.post(route, form("teams:change"), async (request, reply) => {
    const { visible, team, at } = await visibleTeam(web, request);
    const { typed, also } = teamForm.read(request, ["version"]);
    const about = { organization: visible.organization, teamId: team.id, ifVersion: versionIn(also.version) };
    const change = { ...about, ...wantedOf(typed), initiator: changeRequestOf(request).initiator };
    const done = await web.attempt(() => web.services.people.changeTeam(change), { otherwise: "name" });
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: "name", message: changedMeanwhile(team) });
      return show(web, [request, reply], { visible, team, typed, refused });
    }
    setFlash(reply, "team-changed");
    return web.goTo(reply, paths.team(at));
  });
}

/** The name is isolated with characters, like `bdi`, because field errors are only text. */
const changedMeanwhile = ({ name, role }: Team): string =>
  `Someone else changed this team after you opened this page. Its name is now \u2068${name}\u2069, and it has ${role === null ? "no role" : `the role ${roles[role].name}`}. If you still want to change it, save again.`;

interface TeamFormView {
  readonly visible: VisiblePage;
  /** Absent for a new one. */
  readonly team?: Team;
  readonly typed: TeamValues;
  readonly refused?: RefusedForm;
}

function show(web: Web, exchange: Exchange, shown: TeamFormView): Promise<FastifyReply> {
  const { visible, team, refused } = shown;
  const form = {
    organization: visible.organization,
    section: "teams",
    refused,
    children: <Fields {...shown} />,
  } as const;
  if (team === undefined)
    return sendFormPage(web, exchange, {
      ...form,
      title: "Add team",
      back: { href: paths.teams(visible.at), text: "Teams" },
      action: paths.addTeam(visible.at),
      submit: "Add team",
    });
  const at = { ...visible.at, team: team.id };
  return sendFormPage(web, exchange, {
    ...form,
    title: "Change team",
    caption: <bdi class="db-break">{marked(team.name)}</bdi>,
    back: { href: paths.team(at), text: "Team" },
    action: paths.changeTeam(at),
    submit: "Save",
  });
}

const Fields = ({ team, typed, refused }: TeamFormView): VNode => {
  const input = teamForm.inputs(typed, refused);
  return (
    <>
      {team !== undefined && <input type="hidden" name="version" value={team.version} />}
      <TextInput {...input("name")} label="Team name" />
      <Radios
        {...input("role")}
        label="Role"
        hint="The members of the team have this role in addition to their own."
        choices={choices}
      />
    </>
  );
};
