/** The source of an event: what Daybook did itself, or what someone else reported. Source: spec/event.md, section 6. */
import type { RecordedBy } from "./event.ts";

/**
 * `daybook`: recorded with a change of Daybook's own rows, or by the server. `others`: the claim of its recorder.
 * @inline
 */
export type Source = "daybook" | "others";
export const sources: readonly Source[] = ["daybook", "others"];

/** If the recorder was erased, the event is a claim of others: nothing shows that it was Daybook's. */
export const sourceOf = ({ recordedBy }: { readonly recordedBy?: RecordedBy }): Source =>
  recordedBy?.own === true || recordedBy?.type === "server" ? "daybook" : "others";

/**
 * Whether a party (`type:id`) can be Daybook's own: an API client, person, team or organization with an id of Daybook's
 * form, or the operator token. Others can name it in what they report, but its history is what Daybook did.
 */
export const isDaybooksParty = (party: string): boolean => ownParty.test(party);

const ownParty =
  /^(?:api_client:client_[a-z0-9]{26}|user:user_[a-z0-9]{26}|team:team_[a-z0-9]{26}|organization:org_[a-z0-9]{26}|user:operator|system:daybook)$/;
