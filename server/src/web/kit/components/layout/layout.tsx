/** The whole document around a page's content: head, header, the pages of the organization, footer. */

import type { ComponentChildren, VNode } from "preact";
import { paths } from "../../../../paths.ts";
import { A, Form, Link, Script, Style } from "../../address/address.tsx";
import { SkipLink } from "../links/links.tsx";
import { Mark } from "../mark/mark.tsx";
import { Name } from "../marked-text/name.tsx";
import { Menu } from "../menu/menu.tsx";

/** A link of the header or of the organization's pages. */
export interface NavLink {
  readonly text: string;
  readonly href: string;
  readonly current: boolean;
}

/** The header for a signed-in person. */
export interface HeaderOf {
  /** The person's name. */
  readonly name: string;
  /** Their email address, in the menu. */
  readonly email: string;
  /** The organization of the page. */
  readonly organization?: string | undefined;
  /** The organizations that they can open. */
  readonly organizations: readonly NavLink[];
  /** Further addresses below: all organizations, the global log. */
  readonly places: readonly NavLink[];
}

export interface LayoutProps {
  /** The title of the document, without the name of the product. */
  readonly title: string;
  readonly theme: "auto" | "light" | "dark";
  readonly header?: HeaderOf | undefined;
  /** The pages of the organization. */
  readonly nav: readonly NavLink[];
  /** The addresses of the files. */
  readonly assets: {
    readonly css: string;
    readonly listCss: string;
    readonly js: string;
    readonly mark: string;
  };
  /** Whether it has what otherwise the script of lists adds, and so needs its style sheet. */
  readonly hasAdded?: boolean | undefined;
  /** The text of the style sheet, for browsers that don't have it yet. */
  readonly sheet?: string | undefined;
  readonly version: string;
  /** The name of the zone for times on this page. */
  readonly zone?: string | undefined;
  /** Where to change it. */
  readonly changeZone?: string | undefined;
  /** The zone's IANA name, if only the browser reported it, or it is the default: the script then reports the real one. */
  readonly supposedZone?: string | undefined;
  /** The layout of the content. */
  readonly width: "wide" | "narrow" | "gate";
  readonly children: ComponentChildren;
}

export const Layout = (props: LayoutProps): VNode => {
  const { title, theme, assets, hasAdded, sheet, width, supposedZone, children } = props;
  return (
    <html lang="en-GB" data-theme={theme === "auto" ? undefined : theme} data-zone={supposedZone}>
      <head>
        <meta charset="utf-8" />
        {/* a hyphen: one letter outside of Latin 1 makes the whole page's text twice as long and twice as slow to encode */}
        <title>{`${title} - Daybook`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === "auto" ? "light dark" : theme} />
        {sheet === undefined ? (
          <Link rel="stylesheet" href={assets.css} />
        ) : (
          // the script loads the file for later pages
          <Style data-file={assets.css} dangerouslySetInnerHTML={{ __html: sheet }} />
        )}
        {hasAdded && <Link rel="stylesheet" href={assets.listCss} />}
        <Link rel="icon" href={assets.mark} type="image/svg+xml" />
        <Script type="module" src={assets.js} />
      </head>
      <body>
        <SkipLink />
        <Header {...props} />
        <main class="db-main db-width" id="main" tabIndex={-1}>
          {width === "wide" ? children : <div class={`db-${width}`}>{children}</div>}
        </main>
        <Footer {...props} />
      </body>
    </html>
  );
};

const Header = ({ header, nav }: LayoutProps): VNode => (
  <header class={`db-header${header === undefined ? "" : " db-header--in"}`}>
    <div class="db-header__bar db-width">
      <A class="db-header__home" href={paths.start()}>
        <Mark />
        <span class="db-header__word">Daybook</span>
      </A>
      {header !== undefined && <Switcher {...header} />}
      {nav.length > 0 && (
        <nav class="db-header__pages" aria-label={navLabel(header)}>
          <ul class="db-nav">
            {nav.map(({ text, href, current }) => (
              <li>
                <A class="govuk-tabs__tab" href={href} aria-current={current ? "page" : undefined}>
                  {text}
                </A>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {header !== undefined && <AccountMenu header={header} nav={nav} />}
    </div>
  </header>
);

/** Leads to the other organizations, and to the pages of the service. */
const Switcher = ({ organization, organizations, places }: HeaderOf): VNode | null =>
  organizations.length + places.length === 0 ? null : (
    <>
      <span class="db-header__slash" aria-hidden="true">
        /
      </span>
      <Menu
        name={organization === undefined ? "Organizations" : <Name name={organization} />}
        hidden="Go to"
        icon="chevrons-up-down"
      >
        {organizations.map(({ text, ...link }) => (
          <MenuLink {...link}>
            <Name name={text} />
          </MenuLink>
        ))}
        {organizations.length > 0 && places.length > 0 && <hr class="db-menu__line" />}
        {places.map(({ text, ...link }) => (
          <MenuLink {...link}>{text}</MenuLink>
        ))}
      </Menu>
    </>
  );

/** What the pages are of, for screen readers. */
const navLabel = (header: HeaderOf | undefined): string =>
  header?.organization === undefined ? "Service" : "Organization";

interface AccountMenuProps {
  readonly header: HeaderOf;
  readonly nav: readonly NavLink[];
}

/** In a narrow window it is the only menu, and has the pages of the organization too. */
const AccountMenu = ({ header, nav }: AccountMenuProps): VNode => (
  <div class="db-header__end">
    <Menu
      name={
        <>
          <span class="db-header__person">
            <Name name={header.name} />
          </span>
          <span class="db-header__menu">Menu</span>
        </>
      }
      hidden="Account"
      end
    >
      {nav.length > 0 && (
        <nav class="db-menu__pages" aria-label={navLabel(header)}>
          {nav.map(({ text, href, current }) => (
            <A href={href} aria-current={current ? "page" : undefined}>
              {text}
            </A>
          ))}
          <hr class="db-menu__line" />
        </nav>
      )}
      <div class="db-menu__note">{header.email}</div>
      <hr class="db-menu__line" />
      <A href={paths.account()}>Account</A>
      <A href={paths.documentation()}>API documentation</A>
      <hr class="db-menu__line" />
      <Form method="post" action={paths.signOut()}>
        <button type="submit">Sign out</button>
      </Form>
    </Menu>
  </div>
);

interface MenuLinkProps extends Omit<NavLink, "text"> {
  readonly children: ComponentChildren;
}

const MenuLink = ({ href, current, children }: MenuLinkProps): VNode => (
  <A href={href} aria-current={current ? "true" : undefined}>
    {children}
  </A>
);

const Footer = ({ version, zone, changeZone = paths.accountDisplay(), header }: LayoutProps): VNode => (
  <footer class="db-footer">
    <div class="db-width">
      {zone !== undefined && (
        <span>
          Times are in {zone}.{" "}
          {header !== undefined && (
            <A href={changeZone}>
              Change<span class="govuk-visually-hidden"> the time zone</span>
            </A>
          )}
        </span>
      )}
      <span class="db-footer__end">Daybook {version}</span>
    </div>
  </footer>
);
