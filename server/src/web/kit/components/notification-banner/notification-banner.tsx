/** What just happened, or what matters here (govuk-frontend's pattern). What just happened gets the focus by its island. */
import type { ComponentChildren, VNode } from "preact";

interface NotificationBannerProps {
  readonly children: ComponentChildren;
  /** `success`: something was done. */
  readonly kind?: "important" | "success" | undefined;
  /** If there are several on a page. */
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
