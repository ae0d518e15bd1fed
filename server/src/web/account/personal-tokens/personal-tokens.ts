/** All pages of personal tokens. */
import type { FastifyInstance } from "fastify";
import type { Web } from "../../base/web.ts";
import { addAddingToken } from "./add.tsx";
import { addEndingToken } from "./end.tsx";

export function addPersonalTokens(app: FastifyInstance, web: Web): void {
  addAddingToken(app, web);
  addEndingToken(app, web);
}
