/** All components with their examples, for developers: light and dark, without anyone's data. Off by default. */
import type { FastifyInstance } from "fastify";
import type { VNode } from "preact";
import { paths } from "../../paths.ts";
import { themes } from "../base/reader.ts";
import { page } from "../base/routes.ts";
import type { Web } from "../base/web.ts";
import type { Examples } from "../kit/components/example.ts";
import { PageHeading } from "../kit/components/page-heading/page-heading.tsx";
import { Tabs } from "../kit/components/tabs/tabs.tsx";
import { examples } from "./examples.ts";

export function addGallery(app: FastifyInstance, web: Web): void {
  app.get(paths.gallery.route, page("service:read"), async (request, reply) => {
    const { theme } = request.query as { theme?: unknown };
    return web.send(request, reply, {
      title: "Gallery",
      theme: themes.find((each) => each === theme),
      content: <Gallery theme={String(theme ?? "auto")} />,
    });
  });
}

const Gallery = ({ theme }: { readonly theme: string }): VNode => (
  <>
    <PageHeading title="Gallery">Every component, from the examples that the tests read.</PageHeading>
    <Tabs
      label="Theme"
      tabs={themes.map((each) => ({
        text: each,
        href: `${paths.gallery()}?theme=${each}`,
        current: each === theme,
      }))}
    />
    {examples.map((component) => (
      <Component {...component} />
    ))}
  </>
);

const Component = ({ component, examples: shown }: Examples): VNode => (
  <section class="db-gallery">
    <h2>{component}</h2>
    {shown.map(({ name, shown, isDocument = false }) => (
      <div class="db-gallery__example">
        <p class="db-quiet db-small">{name}</p>
        {isDocument ? <p>A whole document: it cannot stand within this one.</p> : shown}
      </div>
    ))}
  </section>
);
