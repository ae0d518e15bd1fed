/** Adding an organization, by operators: its name, and its permanent slug. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { changeRequestOf } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { checkName, checkSlug, type People } from "../../people/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { TextInput } from "../kit/components/text-input/text-input.tsx";

const title = "Add organization";

type AddedOrganization = Awaited<ReturnType<People["createOrganization"]>>;

const organizationForm = typedForm({ name: text(), slug: text() });
type OrganizationValues = typeof organizationForm.nothing;

export function addOrganizationAdding(app: FastifyInstance, web: Web): void {
  app.get(paths.addOrganization.route, page("organizations:add"), async (request, reply) =>
    show(web, [request, reply], { typed: organizationForm.nothing }),
  );

  app.post(paths.addOrganization.route, form("organizations:add"), async (request, reply) => {
    const { typed: sent } = organizationForm.read(request);
    const typed = { ...sent, slug: sent.slug.trim() };
    const done = (await wrongIn(web, typed)) ?? (await add(web, request, typed));
    if (done instanceof RefusedForm) return show(web, [request, reply], { typed, refused: done });
    setFlash(reply, "organization-added");
    // it has no members yet: the operator who added it invites its first owner there
    return web.goTo(reply, paths.members({ org: done.slug }));
  });
}

/** The errors of both fields together. */
async function wrongIn(web: Web, { name, slug }: OrganizationValues): Promise<RefusedForm | undefined> {
  const checks = [() => checkName(name, "organization name"), () => checkSlug(slug)];
  const done = await Promise.all(checks.map((check) => web.attempt(async () => check())));
  const errors = done.flatMap((each) => (each instanceof RefusedForm ? each.errors : []));
  return errors.length > 0 ? new RefusedForm(422, errors) : undefined;
}

const add = (
  web: Web,
  request: FastifyRequest,
  typed: OrganizationValues,
): Promise<AddedOrganization | RefusedForm> =>
  web.attempt(
    () => web.services.people.createOrganization({ ...typed, initiator: changeRequestOf(request).initiator }),
    {
      otherwise: "name",
    },
  );

function show(
  web: Web,
  exchange: Exchange,
  { typed, refused }: { readonly typed: OrganizationValues; readonly refused?: RefusedForm },
): Promise<FastifyReply> {
  const input = organizationForm.inputs(typed, refused);
  return sendFormPage(web, exchange, {
    title,
    refused,
    back: { href: paths.organizations(), text: "Organizations" },
    action: paths.addOrganization(),
    submit: "Add organization",
    children: (
      <>
        <TextInput
          {...input("name")}
          label="Name"
          hint="The name that people know. Owners can change it later."
        />
        <TextInput
          {...input("slug")}
          label="Slug"
          hint="The name in addresses: 2 to 39 lower-case letters, digits and hyphens, starting with a letter. It can’t be changed later."
          spellcheck={false}
        />
      </>
    ),
  });
}
