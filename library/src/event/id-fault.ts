/**
 * What is wrong with an event id that `isEventId` refuses, and what to do about it. Covers what real programs write.
 */
import type { Json } from "./event.ts";
import { isEventId } from "./names.ts";
import type { TimeFault } from "./time-fault.ts";

const leaveOut = "Leave it out: the server makes one.";
const keepElsewhere = "Leave it out: the server makes one. An id of your own goes into producer.externalId.";
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function idFault(id: Json): TimeFault {
  if (typeof id !== "string")
    return { detail: "id must be a string: a UUID of version 7.", remedy: keepElsewhere };
  if (id === "") return { detail: "id is empty.", remedy: leaveOut };
  if (isEventId(id.toLowerCase()))
    return { detail: "id has upper-case letters.", remedy: "Write the UUID in lower case." };
  const bare = id
    .trim()
    .replace(/^urn:uuid:/i, "")
    .replace(/^\{(.*)\}$/, "$1");
  if (bare !== id && uuid.test(bare))
    return { detail: "id has more in it than a UUID.", remedy: "Write the 36 characters of the UUID alone." };
  if (/^[0-9a-f]{32}$/i.test(id))
    return {
      detail: "id is a UUID without hyphens.",
      remedy: "Write it with hyphens, as 8-4-4-4-12 digits.",
    };
  const version = uuid.exec(id)?.[1];
  if (version !== undefined && version !== "7")
    return { detail: `id is a UUID of version ${version}, and not of version 7.`, remedy: keepElsewhere };
  return { detail: "id must be a UUID of version 7 in lower case.", remedy: keepElsewhere };
}
