/** All pages, in a context of their own, which accepts only forms. */
import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { inPackage } from "../../files/index.ts";
import type { Pages } from "../../http/index.ts";
import type { RequestServices } from "../../services.ts";
import { addAccount } from "../account/account.tsx";
import { addPersonalTokens } from "../account/personal-tokens/personal-tokens.ts";
import { addSecondFactor } from "../account/second-factor/second-factor.ts";
import { addActivity } from "../activity/activity.tsx";
import { addApiClientPages } from "../api-clients/api-clients.ts";
import { addForms } from "../base/forms.ts";
import type { Web } from "../base/web.ts";
import { addDocumentation } from "../documentation/documentation.tsx";
import { addErrors } from "../errors/errors.tsx";
import { addEvent } from "../event/event.tsx";
import { addEventTypes } from "../event-types/event-types.tsx";
import { addFraming } from "../frame/frame.ts";
import { addView } from "../frame/view.ts";
import { addOperatorToken } from "../operators/operator-token.tsx";
import { addOperators } from "../operators/operators.tsx";
import { addMembers } from "../organization/members.tsx";
import { addOrganizations } from "../organization/organizations.tsx";
import { addOrganizationSettings } from "../organization/settings.tsx";
import { addTeams } from "../organization/teams.tsx";
import { addViewerSessionPage } from "../organization/viewer-sessions.tsx";
import { addPerson } from "../person/person.tsx";
import { addSavedViews } from "../saved-views/saved-views.tsx";
import { addSignInCode } from "../sign-in/code.tsx";
import { addInvitation } from "../sign-in/invitation.tsx";
import { addPassword } from "../sign-in/password.tsx";
import { addReauthentication } from "../sign-in/reauthenticate.tsx";
import { addSetUp } from "../sign-in/set-up.tsx";
import { addSignIn } from "../sign-in/sign-in.tsx";
import { addSignedOut } from "../sign-in/signed-out.tsx";
import { addStart } from "../sign-in/start.tsx";
import { addAssets } from "./assets.ts";
import { addGallery } from "./gallery.tsx";
import { openWeb } from "./open-web.ts";
import { refuse, wantsPage } from "./refuse.tsx";

/** The options of the pages. */
export interface PagesOptions {
  /** Whether /gallery shows all components; default: no. */
  readonly gallery?: boolean;
  /** The origins of host applications whose pages can show a viewer's log; default: none. */
  readonly frameOrigins?: readonly string[];
}

/** The list of pages; a new page adds a line here. */
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
  addOperators,
  addOperatorToken,
  addActivity,
  addEvent,
  addSavedViews,
  addApiClientPages,
  addOrganizationSettings,
  addViewerSessionPage,
  addMembers,
  addPerson,
  addTeams,
  addEventTypes,
  addDocumentation,
  addErrors,
  addView,
];

const versionOf = (): string =>
  (JSON.parse(readFileSync(inPackage("package.json"), "utf8")) as { version: string }).version;

/** Opens the pages, for `buildApp`. */
export function openPages({ gallery = false, frameOrigins = [] }: PagesOptions = {}): Pages {
  let web: Web | undefined;
  return {
    add: async (app: FastifyInstance, services: RequestServices) => {
      // errors for addresses without a page need it too
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
