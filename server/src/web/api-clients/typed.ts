/** The form of a new API client: its fields, once. */
import { date, many, type TypedForm, type TypedIn, text, typedForm } from "../base/typed-form.ts";

type ClientFields = {
  readonly name: ReturnType<typeof text>;
  readonly expiresOn: ReturnType<typeof date>;
  readonly scopes: ReturnType<typeof many>;
};

export const clientForm: TypedForm<ClientFields> = typedForm({
  name: text(),
  expiresOn: date(),
  scopes: many(),
});

/** A new client, as typed. */
export type ClientValues = TypedIn<ClientFields>;
