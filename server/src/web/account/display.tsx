/** A person's display settings: time zone and theme. The browser stores them, so they work without an account. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { paths } from "../../paths.ts";
import { RefusedForm } from "../base/attempt.ts";
import { setFlash } from "../base/flash.ts";
import { nextIn, ownPath } from "../base/own-path.ts";
import { personOf } from "../base/person.ts";
import { keepReader, readerOf, themes } from "../base/reader.ts";
import { form, page } from "../base/routes.ts";
import { text, typedForm } from "../base/typed-form.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Radios } from "../kit/components/radios/radios.tsx";
import { Select } from "../kit/components/select/select.tsx";
import { isZone } from "../kit/time/format.ts";
import { themeNames } from "./content.tsx";
import { AccountForm } from "./form.tsx";

const path = paths.accountDisplay;
const title = "Change display settings";

const displayForm = typedForm({ theme: text(), zone: text() });

/** The zones that this machine has, UTC first. */
const zones: readonly string[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
];

export function addDisplay(app: FastifyInstance, web: Web): void {
  app.get(path.route, page("account:read"), async (request, reply) => {
    personOf(request);
    const { theme, zone, zoneBy } = readerOf(request);
    const next = nextIn(request.query);
    return show(web, [request, reply], { typed: { theme, zone: zoneBy === "choice" ? zone : "" }, next });
  });

  app.post(path.route, form("account:change"), async (request, reply) => {
    personOf(request);
    const { typed, also } = displayForm.read(request, ["next"]);
    const next = ownPath(also.next);
    const theme = themes.find((each) => each === typed.theme);
    const errors = [
      ...(theme === undefined ? [{ field: "theme", message: "Select a theme" }] : []),
      ...(typed.zone !== "" && !isZone(typed.zone) ? [{ field: "zone", message: "Select a time zone" }] : []),
    ];
    if (theme === undefined || errors.length > 0)
      return show(web, [request, reply], { typed, next, refused: new RefusedForm(422, errors) });
    keepReader(reply, { theme, zone: typed.zone || undefined });
    setFlash(reply, "display-changed");
    return web.goTo(reply, fromOf(next) ?? paths.account());
  });
}

interface DisplayPage {
  readonly typed: typeof displayForm.nothing;
  /** The page to continue with; `/` for the account page. */
  readonly next: string;
  readonly refused?: RefusedForm;
}

const fromOf = (next: string): string | undefined => (next === "/" ? undefined : next);

const show = (
  web: Web,
  [request, reply]: Exchange,
  { typed, next, refused }: DisplayPage,
): Promise<FastifyReply> => {
  const input = displayForm.inputs(typed, refused);
  return web.send(request, reply, {
    title,
    width: "narrow",
    refused,
    content: (
      <AccountForm title={title} action={path()} from={fromOf(next)}>
        {next !== "/" && <input type="hidden" name="next" value={next} />}
        <Radios
          {...input("theme")}
          label="Theme"
          choices={themes.map((value) => ({ value, text: themeNames[value] }))}
        />
        <Select
          {...input("zone")}
          label="Time zone"
          hint="For all times on these pages. Downloads are in UTC."
          options={[
            { value: "", text: "Same as this browser" },
            ...zones.map((value) => ({ value, text: value.replaceAll("_", " ") })),
          ]}
        />
      </AccountForm>
    ),
  });
};
