/** The operator in the address of a page. */
import { DaybookError } from "daybook/internal";
import type { FastifyRequest } from "fastify";
import type { RequestServices } from "../../services.ts";
import { paramOf } from "../base/visible.ts";
import type { Web } from "../base/web.ts";

type Operator = Awaited<ReturnType<RequestServices["signIn"]["operator"]>>;

/** Throws `user-not-found` for someone who isn't an operator. */
export async function operatorOf(web: Web, request: FastifyRequest): Promise<NonNullable<Operator>> {
  const operator = await web.services.signIn.operator(paramOf(request, "user"));
  if (operator === undefined)
    throw new DaybookError("user-not-found", { detail: "There is no such operator." });
  return operator;
}
