/** The result of an act, or important information (govuk-frontend's pattern). Its island focuses the result of an act. */
import type { ComponentChildren, VNode } from "preact";

interface NotificationBannerProps {
  readonly children: ComponentChildren;
  /** `success`: an act succeeded. */
  readonly kind?: "important" | "success" | undefined;
  /** If a page has several. */
  readonly id?: string | undefined;
}

export const NotificationBanner = ({
  children,
  kind = "important",
  id = "govuk-notification-banner-title",
}: NotificationBannerProps): VNode => {
  const isSuccess = kind === "success";
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: it has one of two roles, and both support it
    <div
      class={`govuk-notification-banner${isSuccess ? " govuk-notification-banner--success" : ""}`}
      role={isSuccess ? "alert" : "region"}
      data-island={isSuccess ? "notification-banner" : undefined}
      aria-labelledby={id}
    >
      <div class="govuk-notification-banner__header">
        <h2 class="govuk-notification-banner__title" id={id}>
          {isSuccess ? "Success" : "Important"}
        </h2>
      </div>
      <div class="govuk-notification-banner__content">
        <p class="govuk-notification-banner__heading">{children}</p>
      </div>
    </div>
  );
};
