/** Links to newer and older pages of a list without page numbers (govuk-frontend's pattern). */
import type { VNode } from "preact";
import { A } from "../../address/address.tsx";

interface PaginationProps {
  /** The newer page; absent if this is the newest. */
  readonly newer?: string | undefined;
  /** The older page; absent if there is none. */
  readonly older?: string | undefined;
  /** The newest page, as an additional link; absent for no such link. */
  readonly newest?: string | undefined;
  /** If a page has several. */
  readonly label?: string | undefined;
  /** The labels, if not Newer and Older. */
  readonly words?: { readonly newer: string; readonly older: string };
}

const usual = { newer: "Newer", older: "Older" };

export const Pagination = ({
  newer,
  older,
  newest,
  words = usual,
  label = "Pagination",
}: PaginationProps): VNode | null =>
  [newer, older, newest].every((way) => way === undefined) ? null : (
    <nav class="govuk-pagination govuk-pagination--block" aria-label={label}>
      {newest !== undefined && (
        <A class="govuk-link govuk-pagination__link" href={newest}>
          Newest<span class="govuk-visually-hidden"> page</span>
        </A>
      )}
      {newer !== undefined && (
        <div class="govuk-pagination__prev">
          <A class="govuk-link govuk-pagination__link" href={newer} rel="prev">
            <Arrow to="prev" />
            <span class="govuk-pagination__link-title govuk-pagination__link-title--decorated">
              {words.newer}
              <span class="govuk-visually-hidden"> page</span>
            </span>
          </A>
        </div>
      )}
      {older !== undefined && (
        <div class="govuk-pagination__next">
          <A class="govuk-link govuk-pagination__link" href={older} rel="next">
            <span class="govuk-pagination__link-title govuk-pagination__link-title--decorated">
              {words.older}
              <span class="govuk-visually-hidden"> page</span>
            </span>
            <Arrow to="next" />
          </A>
        </div>
      )}
    </nav>
  );

const arrows = { prev: "M19 12H5m7 7-7-7 7-7", next: "M5 12h14m-7-7 7 7-7 7" };

const Arrow = ({ to }: { readonly to: "prev" | "next" }): VNode => (
  <svg
    class={`db-icon govuk-pagination__icon govuk-pagination__icon--${to}`}
    aria-hidden="true"
    focusable="false"
    viewBox="0 0 24 24"
  >
    <path d={arrows[to]} />
  </svg>
);
