/** Examples of text inputs. */
import type { Examples } from "../example.ts";
import { TextInput } from "./text-input.tsx";

export const textInputs: Examples = {
  component: "Text input",
  examples: [
    { name: "default", shown: <TextInput name="client-name" label="Client name" /> },
    {
      name: "with a hint",
      shown: (
        <TextInput name="slug" label="Slug" hint="2 to 39 letters, digits and hyphens, like acme-payments" />
      ),
    },
    {
      name: "with an error",
      shown: <TextInput name="name" label="Client name" error="Enter a client name" />,
    },
    {
      name: "with all of it",
      shown: (
        <TextInput
          name="email"
          label="Email address"
          hint="We only use it to sign you in"
          error="Enter an email address like anne@example.com"
          value="anne@"
          type="email"
          autocomplete="username"
          spellcheck={false}
        />
      ),
    },
    { name: "short", shown: <TextInput name="minutes" label="Minutes" inputmode="numeric" width={4} /> },
  ],
};
