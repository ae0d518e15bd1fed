/** The pages, put together: in a context of their own, which takes forms and nothing else. */
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import type { Pages } from "../http/index.ts";
import type { RequestServices } from "../services.ts";
import { addAssets } from "./assets/assets.ts";
import { addForms } from "./forms.ts";
import { addFraming } from "./frame/frame.ts";
import { openWeb } from "./open-web.ts";
import { addAccount } from "./pages/account.tsx";
import { addActivity } from "./pages/activity.tsx";
import { addApiClientPages } from "./pages/api-clients/api-clients.ts";
import { addErrors } from "./pages/errors.tsx";
import { addEvent } from "./pages/event.tsx";
import { addEventTypes } from "./pages/event-types/event-types.tsx";
import { addGallery } from "./pages/gallery.tsx";
import { addInvitation } from "./pages/invitation.tsx";
import { addOperatorToken } from "./pages/operator-token/operator-token.tsx";
import { addMembers } from "./pages/organization/members.tsx";
import { addOrganizationSettings } from "./pages/organization/settings.tsx";
import { addTeams } from "./pages/organization/teams.tsx";
import { addViewerSessionPage } from "./pages/organization/viewer-sessions.tsx";
import { addOrganizations } from "./pages/organizations.tsx";
import { addPassword } from "./pages/password.tsx";
import { addPersonalTokens } from "./pages/personal-tokens/personal-tokens.ts";
import { addReauthentication } from "./pages/reauthenticate.tsx";
import { addSignInCode } from "./pages/second-factor/code.tsx";
import { addSecondFactor } from "./pages/second-factor/second-factor.ts";
import { addSetUp } from "./pages/set-up.tsx";
import { addSignIn } from "./pages/sign-in.tsx";
import { addSignedOut } from "./pages/signed-out.tsx";
import { addStart } from "./pages/start.tsx";
import { addView } from "./pages/view/view.ts";
import { refuse, wantsPage } from "./refuse.tsx";
import type { Web } from "./web.ts";

/** What the pages are told. */
export interface PagesOptions {
  /** Whether /gallery shows all components; not if absent. */
  readonly gallery?: boolean;
  /** The origins of host applications whose pages may show a viewer's log; none if absent. */
  readonly frameOrigins?: readonly string[];
}

/** Everything that is registered; a new page adds its line here. */
const all: readonly ((app: FastifyInstance, web: Web) => void)[] = [
  addStart,
  addSetUp,
  addSignIn,
  addSignedOut,
  addSignInCode,
  addSecondFactor,
  addPersonalTokens,
  addReauthentication,
  addInvitation,
  addPassword,
  addAccount,
  addOrganizations,
  addOperatorToken,
  addActivity,
  addEvent,
  addApiClientPages,
  addOrganizationSettings,
  addViewerSessionPage,
  addMembers,
  addTeams,
  addEventTypes,
  addErrors,
  addView,
];

const versionOf = (): string =>
  (JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string })
    .version;

/** Opens the pages, for `buildApp`. */
export function openPages({ gallery = false, frameOrigins = [] }: PagesOptions = {}): Pages {
  let web: Web | undefined;
  return {
    add: async (app: FastifyInstance, services: RequestServices) => {
      // refusals of what is no page's address ask for it too
      addFraming(app);
      await app.register(async (context) => {
        web = openWeb(services, { assets: addAssets(context), version: versionOf(), frameOrigins });
        addForms(context);
        for (const add of all) add(context, web);
        if (gallery) addGallery(context, web);
      });
    },
    wanted: (request) => web !== undefined && wantsPage(request),
    refuse: (request, reply, error) => refuse(web as Web, [request, reply], error),
  };
}
