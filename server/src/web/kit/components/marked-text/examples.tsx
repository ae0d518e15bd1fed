/** Examples of marked texts. */
import type { VNode } from "preact";
import type { Examples } from "../example.ts";
import { MarkedText } from "./marked-text.tsx";
import { alikeRemark, Remarks, remarksOf } from "./remarks.tsx";

const shown = (text: string): VNode => (
  <div>
    <bdi>
      <MarkedText text={text} />
    </bdi>
    <Remarks remarks={remarksOf(text)} />
  </div>
);

export const markedTexts: Examples = {
  component: "Marked text",
  examples: [
    { name: "nothing to mark", shown: shown("Register sandbox, for all of 2027") },
    { name: "a space at its end", shown: shown("Filing service ") },
    { name: "a zero-width space, and a no-break one", shown: shown("api\u200b.acme\u00a0example") },
    { name: "a Cyrillic letter in a Latin word", shown: shown("accounts@p\u0430yments.example") },
    { name: "an override of its direction", shown: shown("invoice\u202efdp.exe") },
    { name: "two lines and a tab", shown: shown("one\r\ntwo\tthree") },
    { name: "placeholders of secrets", shown: shown("curl -H 'X-Key: [token 1a2b3c4d5e6f]', see [hidden]") },
    { name: "emoji, Hebrew and Persian as they are", shown: shown("👩‍👩‍👧‍👦 שלום עולם می‌خواهم") },
    {
      name: "two texts that look the same",
      shown: <Remarks remarks={[alikeRemark("paypal", "paypa\u0049") ?? ""]} />,
    },
  ],
};
