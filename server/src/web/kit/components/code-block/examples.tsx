/** Examples of code blocks. */
import type { Examples } from "../example.ts";
import { CodeBlock } from "./code-block.tsx";

export const codeBlocks: Examples = {
  component: "Code block",
  examples: [
    {
      name: "JSON",
      shown: <CodeBlock what="JSON" text={'{\n  "type": "API_CLIENT_ADDED",\n  "seq": 12\n}'} />,
    },
    {
      name: "a long line",
      shown: (
        <CodeBlock
          what="command"
          text={`curl -fsS "https://daybook.example/v1/organizations/acme/events?${"x".repeat(120)}"`}
        />
      ),
    },
  ],
};
