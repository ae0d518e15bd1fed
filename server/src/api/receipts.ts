/** Receipts as JSON text. The usual ones are joined from parts, which costs a tenth of a general serializer on the busiest path. */
import type { Receipt, Unrecorded } from "daybook/internal";

/** Ids, origins, times and hashes in Daybook's form: printable ASCII that JSON writes without escapes. */
const plain = /^[ !#-[\]-~]*$/;

/** `{"receipts":[…]}`, in the order given. */
export function receiptsText(receipts: readonly (Receipt | Unrecorded)[]): string {
  let text = "";
  for (const receipt of receipts) text += `${text === "" ? "" : ","}${receiptText(receipt)}`;
  return `{"receipts":[${text}]}`;
}

function receiptText(receipt: Receipt | Unrecorded): string {
  if ("recorded" in receipt || "leafData" in receipt || "disclosures" in receipt)
    return JSON.stringify(receipt);
  const { id, log, seq, recordedAt, leafHash } = receipt;
  if (!plain.test(id + log + recordedAt + leafHash)) return JSON.stringify(receipt);
  return `{"id":"${id}","log":"${log}","seq":${seq},"recordedAt":"${recordedAt}","leafHash":"${leafHash}"}`;
}
