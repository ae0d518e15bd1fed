/** Changing the details of an organization: name, description, email address, location, website. */
import type { FastifyInstance, FastifyReply } from "fastify";
import type { VNode } from "preact";
import { changeRequestOf, type RequestOrganization } from "../../http/index.ts";
import { RefusedForm } from "../base/attempt.ts";
import { say } from "../base/flash.ts";
import { FormPage } from "../base/form-page.tsx";
import { readForm } from "../base/forms.ts";
import { form, page } from "../base/routes.ts";
import { meanwhile, versionIn, visiblePage } from "../base/visible.ts";
import type { Exchange, Web } from "../base/web.ts";
import { marked } from "../kit/components/marked-text/marked-text.tsx";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import { Textarea } from "../kit/components/textarea/textarea.tsx";

const path = "/orgs/:org/settings/details";
const title = "Change details";
const fields = {
  name: "one",
  description: "one",
  email: "one",
  location: "one",
  website: "one",
  version: "one",
} as const;
const changedMeanwhile =
  "Someone else changed the details after you opened this page, and your changes are not saved yet. Compare them with the current details, then save again.";

type DetailsValues = Readonly<Record<Exclude<keyof typeof fields, "version">, string>>;

export function addDetails(app: FastifyInstance, web: Web): void {
  app.get(path, page("organization:change"), async (request, reply) => {
    const { organization, isOpen, path: home } = await visiblePage(web, request);
    if (!isOpen) return web.goTo(reply, `${home}/settings`);
    return show(web, [request, reply], { organization, typed: detailsOf(organization) });
  });

  app.post(path, form("organization:change"), async (request, reply) => {
    const { organization, path: home } = await visiblePage(web, request);
    const { version, ...typed } = readForm(request, fields);
    const asked = {
      organization,
      details: typed,
      ifVersion: versionIn(version),
      by: changeRequestOf(request).by,
    };
    const done = await web.attempt(() => web.services.people.changeSettings(asked));
    if (done instanceof RefusedForm) {
      const refused = meanwhile(done, { field: firstOther(typed, organization), message: changedMeanwhile });
      return show(web, [request, reply], { organization, typed, version, refused });
    }
    say(reply, "details-changed");
    return web.goTo(reply, `${home}/settings`);
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

function show(web: Web, [request, reply]: Exchange, shown: DetailsView): Promise<FastifyReply> {
  const { organization, refused } = shown;
  const home = `/orgs/${organization.slug}/settings`;
  return web.send(request, reply, {
    title,
    organization,
    section: "settings",
    width: "narrow",
    refused,
    content: (
      <FormPage
        title={title}
        back={{ href: home, text: "Settings" }}
        action={`${home}/details`}
        submit="Save"
      >
        <DetailFields {...shown} />
      </FormPage>
    ),
  });
}

const DetailFields = ({ organization, typed, version, refused }: DetailsView): VNode => {
  const isStale = refused?.status === 412;
  const now = detailsOf(organization);
  /** The error of a field; and the present value, if someone else changed it meanwhile. */
  const about = (name: keyof DetailsValues, hint?: string): { error?: string; hint?: VNode | string } => {
    const error = isStale ? undefined : refused?.of(name);
    const other = isStale && !same(typed[name], now[name]);
    const shownHint = other ? <Now was={now[name]} /> : hint;
    return {
      ...(error === undefined ? {} : { error }),
      ...(shownHint === undefined ? {} : { hint: shownHint }),
    };
  };
  return (
    <>
      <input
        type="hidden"
        name="version"
        value={isStale || version === undefined ? organization.version : version}
      />
      <TextInput name="name" label="Name" value={typed.name} {...about("name")} />
      <Textarea
        name="description"
        label="Description"
        value={typed.description}
        {...about("description", "At most 1,000 characters")}
      />
      <TextInput
        name="email"
        label="Email address"
        type="email"
        value={typed.email}
        spellcheck={false}
        {...about("email")}
      />
      <TextInput name="location" label="Location" value={typed.location} {...about("location")} />
      <TextInput
        name="website"
        label="Website"
        type="url"
        inputmode="url"
        spellcheck={false}
        value={typed.website}
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
