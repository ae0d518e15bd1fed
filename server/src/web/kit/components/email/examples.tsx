/** Examples of email addresses. */
import type { Examples } from "../example.ts";
import { Email } from "./email.tsx";

export const emails: Examples = {
  component: "Email",
  examples: [
    {
      name: "default",
      shown: (
        <p>
          <Email address="anne.wilson@acme.example" />
        </p>
      ),
    },
    {
      name: "of another alphabet",
      shown: (
        <p>
          <Email address="аnne@acme.example" />
        </p>
      ),
    },
  ],
};
