/** Examples of textareas. */
import type { Examples } from "../example.ts";
import { Textarea } from "./textarea.tsx";

export const textareas: Examples = {
  component: "Textarea",
  examples: [
    { name: "default", shown: <Textarea name="description" label="Description" /> },
    {
      name: "with a hint and an error",
      shown: (
        <Textarea
          name="description-wrong"
          label="Description"
          hint="At most 1,000 characters"
          error="Description must be 1,000 characters or less."
          value={"Payments for everybody.\nSince 1998."}
        />
      ),
    },
  ],
};
