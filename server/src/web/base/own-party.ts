/** The names of people and machines in Daybook's own rows, where only the holder of the operator token has none. */

interface OwnParty {
  readonly id: string;
  readonly name?: string | undefined;
}

/** `begins`: whether the name begins a text. */
export const ownPartyName = ({ id, name }: OwnParty, begins = false): string =>
  name ?? (id === "operator" ? `${begins ? "The" : "the"} operator token` : id);
