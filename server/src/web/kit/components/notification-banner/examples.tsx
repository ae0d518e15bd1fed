/** Examples of notification banners. */
import type { Examples } from "../example.ts";
import { NotificationBanner } from "./notification-banner.tsx";

export const notificationBanners: Examples = {
  component: "Notification banner",
  examples: [
    {
      name: "success",
      shown: (
        <NotificationBanner kind="success" id="banner-1">
          Your name is changed.
        </NotificationBanner>
      ),
    },
    {
      name: "important",
      shown: (
        <NotificationBanner id="banner-2">
          This organization is closed. Its log can be read, but no events can be added.
        </NotificationBanner>
      ),
    },
  ],
};
