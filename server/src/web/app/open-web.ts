/** Collects the dependencies of all handlers. */

import type { RequestServices } from "../../services.ts";
import { addressesFor } from "../base/addresses.ts";
import { attempt } from "../base/attempt.ts";
import type { Web } from "../base/web.ts";
import { type Frame, sendPage, sendPart } from "./send.tsx";

export const openWeb = (services: RequestServices, frame: Omit<Frame, "services">): Web => ({
  services,
  send: (request, reply, page) => sendPage({ services, ...frame }, [request, reply], page),
  sendPart: (request, reply, content) => sendPart([request, reply], content),
  goTo: (reply, path) => reply.code(303).header("location", addressesFor(reply.request)(path)).send(),
  attempt: (work, asking = {}) => attempt(work, { explain: services.explain, ...asking }),
});
