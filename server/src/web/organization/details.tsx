/** Changing the details of an organization: name, description, email address, location, website. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf, type RequestOrganization } from "../../http/index.ts";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { sendFormPage } from "../base/form-page.tsx";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import { meanwhile, versionIn, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { Textarea } from "../kit/components/textarea/textarea.tsx";

const title = "Change details";
const detailsForm = typedForm({
  name: text(),
  description: text(),
  email: text(),
  location: text(),
  website: text(),
});
const changedMeanwhile =
  "Someone else changed the details after you opened this page, and your changes are not saved yet. Compare them with the current details, then save again.";

type DetailsValues = typeof detailsForm.nothing;

export function addDetails(app: FastifyInstance, web: Web): void {
  app.get(paths.settingsDetails.route, page("organization:change"), async (request, reply) => {
    const { organization, isOpen, at } = await visiblePage(web, request);
    if (!isOpen) return web.goTo(reply, paths.settings(at));
    return show(web, [request, reply], { organization, typed: detailsOf(organization) });
  });

  app.post(paths.settingsDetails.route, form("organization:change"), async (request, reply) => {
    const { organization, at } = await visiblePage(web, request);
    const { typed, also } = detailsForm.read(request, ["version"]);
    const { version } = also;
    const change = {
      organization,
      details: typed,
      ifVersion: versionIn(version),
      initiator: changeRequestOf(request).initiator,
    };
    const done = await web.attempt(() => web.services.people.changeSettings(change));
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: firstOther(typed, organization), message: changedMeanwhile });
      return show(web, [request, reply], { organization, typed, version, refused });
    }
    setFlash(reply, "details-changed");
    return web.goTo(reply, paths.settings(at));
  });
}

const detailsOf = ({ name, description, email, location, website }: RequestOrganization): DetailsValues => ({
  name,
  description: description ?? "",
  email: email ?? "",
  location: location ?? "",
  website: website ?? "",
});

const same = (a: string, b: string): boolean => a.replaceAll("\r\n", "\n").trim() === b.trim();

/** The first field whose typed value differs from the present one. */
function firstOther(typed: DetailsValues, organization: RequestOrganization): string {
  const now = detailsOf(organization);
  return (
    Object.keys(now).find(
      (name) => !same(typed[name as keyof DetailsValues], now[name as keyof DetailsValues]),
    ) ?? "name"
  );
}

interface DetailsView {
  readonly organization: RequestOrganization;
  readonly typed: DetailsValues;
  /** The version in the form that was sent. */
  readonly version?: string;
  readonly refused?: RefusedForm;
}

function show(web: Web, exchange: Exchange, shown: DetailsView): Promise<FastifyReply> {
  const { organization, refused } = shown;
  const at = { org: organization.slug };
  return sendFormPage(web, exchange, {
    title,
    organization,
    section: "settings",
    refused,
    back: { href: paths.settings(at), text: "Settings" },
    action: paths.settingsDetails(at),
    submit: "Save",
    children: <DetailFields {...shown} />,
  });
}

const DetailFields = ({ organization, typed, version, refused }: DetailsView): VNode => {
  const isStale = refused?.status === 412;
  const now = detailsOf(organization);
  const input = detailsForm.inputs(typed, isStale ? undefined : refused);
  /** The hint of a field; the present value instead, if someone else changed it meanwhile. */
  const about = (name: keyof DetailsValues, hint?: string): { hint?: VNode | string } => {
    const other = isStale && !same(typed[name], now[name]);
    const shownHint = other ? <Now was={now[name]} /> : hint;
    return shownHint === undefined ? {} : { hint: shownHint };
  };
  return (
    <>
      <input
        type="hidden"
        name="version"
        value={isStale || version === undefined ? organization.version : version}
      />
      <TextInput {...input("name")} label="Name" {...about("name")} />
      <Textarea
        {...input("description")}
        label="Description"
        {...about("description", "At most 1,000 characters")}
      />
      <TextInput
        {...input("email")}
        label="Email address"
        type="email"
        spellcheck={false}
        {...about("email")}
      />
      <TextInput {...input("location")} label="Location" {...about("location")} />
      <TextInput
        label="Website"
        type="url"
        inputmode="url"
        spellcheck={false}
        {...input("website")}
        {...about("website", "For example, https://www.example.com")}
      />
    </>
  );
};

const Now = ({ was }: { readonly was: string }): VNode => (
  <>
    Current value: <bdi class="db-lines">{was === "" ? "nothing" : marked(was, true)}</bdi>
  </>
);
