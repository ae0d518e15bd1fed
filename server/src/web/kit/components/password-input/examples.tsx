/** Examples of password inputs. */
import type { Examples } from "../example.ts";
import { PasswordInput } from "./password-input.tsx";

export const passwordInputs: Examples = {
  component: "Password input",
  examples: [
    { name: "default", shown: <PasswordInput name="password" label="Password" /> },
    {
      name: "new, with a hint and an error",
      shown: (
        <PasswordInput
          name="new-password"
          label="New password"
          hint="At least 12 characters"
          error="Enter a password of at least 12 characters."
          autocomplete="new-password"
        />
      ),
    },
  ],
};
