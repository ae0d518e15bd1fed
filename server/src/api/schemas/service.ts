/** OpenAPI schemas for the routes of the service. */
import { Type } from "typebox";
import { answers, file, json, type RouteSchema } from "./pieces.ts";

const service = ["Service"];

const status = Type.Object({ status: Type.String() });

export const health: RouteSchema = {
  operationId: "readHealth",
  summary: "Check whether the process is alive",
  tags: service,
  security: [],
  response: answers({ 200: json("The process is alive.", status) }, []),
};

export const readiness: RouteSchema = {
  operationId: "readReadiness",
  summary: "Check whether events can be recorded and read now",
  description:
    "Tries both without changing a row, and remembers how the last recordings went. The problem has a member `reason`, a word for monitoring: `disk-full`, `not-permitted`, `locked`, `slow`, `read-only`, `no-connection`, `no-answer`, `unreachable`, `rows-hidden`, `clock-disagrees`, `clock-behind` or `database-error`.",
  tags: service,
  security: [],
  response: answers({ 200: json("Events can be recorded and read.", status) }, [
    "too-many-requests",
    "store-unavailable",
    "clock-disagrees",
    "clock-behind",
  ]),
};

export const metrics: RouteSchema = {
  operationId: "readMetrics",
  summary: "Read this process's metrics, in the Prometheus text format",
  description: "For operators. Prometheus sends the operator token as its bearer token.",
  tags: service,
  response: answers({ 200: file("The metrics.", "text/plain") }, ["too-many-requests"]),
};
