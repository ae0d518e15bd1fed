/** Examples of layouts. */
import type { Examples } from "../example.ts";
import { Layout } from "./layout.tsx";

const usual = {
  theme: "auto",
  assets: {
    css: "/assets/app.css",
    listCss: "/assets/list.css",
    js: "/assets/app.js",
    mark: "/assets/mark.svg",
  },
  version: "1.0.0",
} as const;

export const layouts: Examples = {
  component: "Layout",
  examples: [
    {
      name: "an organization, for a signed-in person",
      isDocument: true,
      shown: (
        <Layout
          {...usual}
          title="Activity"
          width="wide"
          header={{
            name: "Anne Wilson",
            email: "anne@acme.example",
            organization: "Acme",
            organizations: [{ text: "Acme", href: "/orgs/acme/activity", current: true }],
            places: [{ text: "All organizations", href: "/orgs", current: false }],
          }}
          nav={[
            { text: "Activity", href: "/orgs/acme/activity", current: true },
            { text: "Teams", href: "/orgs/acme/teams", current: false },
          ]}
          zone="Europe/London (GMT)"
          supposedZone="Europe/London"
        >
          <h1>Activity</h1>
        </Layout>
      ),
    },
    {
      name: "of one small thing, for nobody in particular",
      isDocument: true,
      shown: (
        <Layout {...usual} title="Sign in" width="gate" nav={[]}>
          <h1>Sign in</h1>
        </Layout>
      ),
    },
  ],
};
