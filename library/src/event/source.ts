/** Whose word an event is: what Daybook did and saw itself, or what somebody else reported. Source: spec/event.md, section 6. */
import type { RecordedBy } from "./event.ts";

/** `daybook`: recorded with a change of Daybook's own rows, or by the server. `others`: the claim of whoever recorded it. */
export type Source = "daybook" | "others";
export const sources: readonly Source[] = ["daybook", "others"];

/** An event whose recorder was erased is the claim of others: nothing shows that it was Daybook's. */
export const sourceOf = ({ recordedBy }: { readonly recordedBy?: RecordedBy }): Source =>
  recordedBy?.own === true || recordedBy?.type === "server" ? "daybook" : "others";

/**
 * Whether a party (`type:id`) may be Daybook's own: an API client, a person, a team, an organization by an id of the form that
 * Daybook gives, or the operator token. Others may name it in what they report; its history is what Daybook did.
 */
export const isDaybooksParty = (party: string): boolean => ownParty.test(party);

const ownParty =
  /^(?:api_client:client_[a-z0-9]{26}|user:user_[a-z0-9]{26}|team:team_[a-z0-9]{26}|organization:org_[a-z0-9]{26}|user:operator|system:daybook)$/;
