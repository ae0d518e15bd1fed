/** Examples of error summaries. */
import type { Examples } from "../example.ts";
import { ErrorSummary } from "./error-summary.tsx";

export const errorSummaries: Examples = {
  component: "Error summary",
  examples: [
    {
      name: "errors of two fields, and one without a field",
      shown: (
        <ErrorSummary
          errors={[
            { field: "email", message: "Enter an email address" },
            { field: "password", message: "Enter a password of at least 12 characters." },
            { message: "Too many sign-in attempts failed." },
          ]}
        />
      ),
    },
  ],
};
