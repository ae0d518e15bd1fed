/** All pages of the person's second factor. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../base/web.ts";
import { addAddingFactor } from "./add.tsx";
import { addRemovingFactor } from "./remove.tsx";
import { addRenewingCodes } from "./renew-codes.tsx";

export function addSecondFactor(app: FastifyInstance, web: Web): void {
  addAddingFactor(app, web);
  addRenewingCodes(app, web);
  addRemovingFactor(app, web);
}
