/** Examples of frame documents. */
import type { Examples } from "../example.ts";
import { FrameDocument } from "./frame-document.tsx";

const usual = {
  title: "Activity",
  assets: {
    css: "/assets/app.css",
    listCss: "/assets/list.css",
    js: "/assets/app.js",
    mark: "/assets/mark.svg",
  },
  origins: ["https://portal.example.com"],
};

export const frameDocuments: Examples = {
  component: "Frame document",
  examples: [
    {
      name: "in the host's colors, with an open session",
      isDocument: true,
      shown: (
        <FrameDocument
          {...usual}
          theme="dark"
          css="/view/look.css?theme=dark&accent=a3aefb"
          zone="Europe/London"
          hasEnded={false}
          endsIn={900_000}
        >
          <h1>Activity</h1>
        </FrameDocument>
      ),
    },
    {
      name: "with an ended session",
      isDocument: true,
      shown: (
        <FrameDocument {...usual} theme="auto" css={undefined} hasEnded endsIn={undefined}>
          <h1>This log is no longer open</h1>
        </FrameDocument>
      ),
    },
  ],
};
