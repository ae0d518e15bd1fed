/** The reason of an act that can't be undone, in the person's own words: an input of its form. */
import type { VNode } from "preact";
import { TextInput } from "../kit/components/text-input/text-input.tsx";
import type { RefusedForm } from "./attempt.ts";
import { type TextField, type TypedForm, text, typedForm } from "./typed-form.ts";

export const reasonForm: TypedForm<{ reason: TextField }> = typedForm({ reason: text() });

/** What was typed, and why it was refused. */
export interface ReasonProps {
  readonly typed?: typeof reasonForm.nothing | undefined;
  readonly refused?: RefusedForm | undefined;
}

export const ReasonInput = ({ typed, refused }: ReasonProps): VNode => (
  <TextInput
    {...reasonForm.inputs(typed, refused)("reason")}
    label="Reason (optional)"
    hint="Others can read the reason in the log"
    autocomplete="off"
  />
);
