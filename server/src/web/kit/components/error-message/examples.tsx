/** Examples of error messages. */
import type { Examples } from "../example.ts";
import { ErrorMessage } from "./error-message.tsx";

export const errorMessages: Examples = {
  component: "Error message",
  examples: [
    {
      name: "usual",
      shown: <ErrorMessage id="message-error">Enter a day that is not in the past</ErrorMessage>,
    },
  ],
};
