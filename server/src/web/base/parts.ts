/** Parts of a page that its script asks for and puts in place: the address of the page with the name of the part. */
import type { FastifyRequest } from "fastify";

/** The parameter that names the part. */
export const partParameter = "part";

/** Whether the request is for that part of its page alone. */
export const isPart = ({ query }: Pick<FastifyRequest, "query">, name: string): boolean =>
  (query as Readonly<Record<string, unknown>>)[partParameter] === name;
