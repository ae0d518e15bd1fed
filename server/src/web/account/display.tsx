/** A person's display settings: time zone and theme. The browser stores them, so they work without an account. */
import type { FastifyInstance, FastifyReply } from "fastify";
import { RefusedForm } from "../base/attempt.ts";
import { say } from "../base/flash.ts";
import { readForm } from "../base/forms.ts";
import { nextIn, ownPath } from "../base/own-path.ts";
import { personOf } from "../base/person.ts";
import { keepReader, readerOf, type Theme, themes } from "../base/reader.ts";
import { form, page } from "../base/routes.ts";
import type { Exchange, Web } from "../base/web.ts";
import { Radios } from "../kit/components/radios/radios.tsx";
import { Select } from "../kit/components/select/select.tsx";
import { isZone } from "../kit/time/format.ts";
import { themeNames } from "./content.tsx";
import { AccountForm } from "./form.tsx";

const path = "/account/display";
const title = "Change display settings";

/** The zones that this machine has, UTC first. */
const zones: readonly string[] = [
  "UTC",
  ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC"),
];

export function addDisplay(app: FastifyInstance, web: Web): void {
  app.get(path, page("account:read"), async (request, reply) => {
    personOf(request);
    const { theme, zone, zoneBy } = readerOf(request);
    const next = nextIn(request.query);
    return show(web, [request, reply], { theme, zone: zoneBy === "choice" ? zone : "", next });
  });

  app.post(path, form("account:change"), async (request, reply) => {
    personOf(request);
    const { next: sent, ...typed } = readForm(request, { theme: "one", zone: "one", next: "one" });
    const next = ownPath(sent);
    const theme = themes.find((each) => each === typed.theme);
    const errors = [
      ...(theme === undefined ? [{ field: "theme", message: "Select a theme" }] : []),
      ...(typed.zone !== "" && !isZone(typed.zone) ? [{ field: "zone", message: "Select a time zone" }] : []),
    ];
    if (theme === undefined || errors.length > 0)
      return show(web, [request, reply], { ...typed, next, refused: new RefusedForm(422, errors) });
    keepReader(reply, { theme, zone: typed.zone || undefined });
    say(reply, "display-changed");
    return web.goTo(reply, fromOf(next) ?? "/account");
  });
}

interface DisplayValues {
  readonly theme: Theme | string;
  readonly zone: string;
  /** The page to continue with; `/` for the account page. */
  readonly next: string;
  readonly refused?: RefusedForm;
}

const fromOf = (next: string): string | undefined => (next === "/" ? undefined : next);

const show = (
  web: Web,
  [request, reply]: Exchange,
  { theme, zone, next, refused }: DisplayValues,
): Promise<FastifyReply> =>
  web.send(request, reply, {
    title,
    width: "narrow",
    refused,
    content: (
      <AccountForm title={title} action={path} from={fromOf(next)}>
        {next !== "/" && <input type="hidden" name="next" value={next} />}
        <Radios
          name="theme"
          label="Theme"
          error={refused?.of("theme")}
          choices={themes.map((value) => ({ value, text: themeNames[value] }))}
          value={theme}
        />
        <Select
          name="zone"
          label="Time zone"
          hint="For all times on these pages. Downloads are in UTC."
          error={refused?.of("zone")}
          options={[
            { value: "", text: "Same as this browser" },
            ...zones.map((value) => ({ value, text: value.replaceAll("_", " ") })),
          ]}
          value={zone}
        />
      </AccountForm>
    ),
  });
