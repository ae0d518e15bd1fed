/** The whole document of a page within another site's page, without header and navigation. */
import type { ComponentChildren, VNode } from "preact";
import { Link, Script } from "../../address/address.tsx";
import type { LayoutProps } from "../layout/layout.tsx";

export interface FrameDocumentProps
  extends Pick<LayoutProps, "title" | "theme" | "assets" | "zone" | "hasAdded"> {
  /** The address of an additional style sheet. */
  readonly css: string | undefined;
  /** The origins of the pages that get the height. */
  readonly origins: readonly string[];
  /** Whether it says that the session has ended. */
  readonly hasEnded: boolean;
  /**
   * The milliseconds until the session ends, from the time of sending, because the browser's clock may be wrong. Undefined if there is
   * none.
   */
  readonly endsIn: number | undefined;
  readonly children: ComponentChildren;
}

export const FrameDocument = (props: FrameDocumentProps): VNode => {
  const { title, theme, assets, zone, hasAdded, css, origins, hasEnded, endsIn, children } = props;
  return (
    <html
      lang="en-GB"
      data-theme={theme === "auto" ? undefined : theme}
      data-frame={origins.join(" ")}
      data-ended={hasEnded ? "" : undefined}
      data-ends-in={endsIn}
    >
      <head>
        <meta charset="utf-8" />
        <title>{`${title} - Daybook`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === "auto" ? "light dark" : theme} />
        <Link rel="stylesheet" href={assets.css} />
        {hasAdded && <Link rel="stylesheet" href={assets.listCss} />}
        {css !== undefined && <Link rel="stylesheet" href={css} />}
        <Link rel="icon" href={assets.mark} type="image/svg+xml" />
        <Script type="module" src={assets.js} />
      </head>
      <body class="db-frame">
        <main class="db-frame__main" id="main" tabIndex={-1}>
          {children}
        </main>
        {zone !== undefined && <footer class="db-frame__foot">Times are in {zone}.</footer>}
      </body>
    </html>
  );
};
