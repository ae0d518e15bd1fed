/** What OpenAPI says of the routes of the service. */
import { Type } from "typebox";
import { answers, file, json, type RouteSchema } from "./pieces.ts";

const service = ["Service"];

const status = Type.Object({ status: Type.String() });

export const health: RouteSchema = {
  operationId: "readHealth",
  summary: "Is the process alive?",
  tags: service,
  security: [],
  response: answers({ 200: json("It is.", status) }, []),
};

export const readiness: RouteSchema = {
  operationId: "readReadiness",
  summary: "Could events be recorded now?",
  tags: service,
  security: [],
  response: answers({ 200: json("They could.", status) }, ["too-many-requests", "store-unavailable"]),
};

export const metrics: RouteSchema = {
  operationId: "readMetrics",
  summary: "Numbers of this process, in the Prometheus text format",
  description: "For operators: Prometheus sends the operator token as its bearer token.",
  tags: service,
  response: answers({ 200: file("The numbers.", "text/plain") }, ["too-many-requests"]),
};
