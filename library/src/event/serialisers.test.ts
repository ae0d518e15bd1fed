/**
 * One event as the serializers of other languages write it, with their defaults: null for absent values, their decimals of a second, their
 * escapes, their numbers. All give the same event.
 */
import { describe, expect, test } from "vitest";
import {
  canonicalize,
  formatTime,
  type Json,
  type JsonObject,
  normalise,
  parseTime,
  readJson,
} from "./index.ts";

const written: Readonly<Record<string, string>> = {
  ".NET, System.Text.Json (7 decimals, + and non-ASCII escaped)": String.raw`{"id":null,"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.1234567\u002B00:00","actor":{"type":"user","id":"u_1","name":"Zo\u00EB O\u0027Neil","email":null,"onBehalfOf":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"/net","label":null,"from":null,"to":10.5}],"before":null,"after":null,"outcome":"success","reason":null,"context":{"ip":"192.0.2.7","userAgent":null,"requestId":null,"correlationId":null,"traceparent":null,"interface":null,"adjusted":null},"data":{"note":null,"net":10.50},"producer":{"id":"erp","n":null,"externalId":null}}`,
  ".NET, Newtonsoft (a decimal keeps its zeros, Z)": `{"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.1234567Z","actor":{"type":"user","id":"u_1","name":"Zoë O'Neil","email":null},"targets":[{"type":"invoice","id":"i_9"}],"changes":[{"path":"/net","from":null,"to":10.50}],"context":{"ip":"192.0.2.7"},"data":{"note":null,"net":10.5000},"producer":{"id":"erp"}}`,
  "Java, Jackson (nanoseconds, floats with an exponent)": `{"id":null,"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.123456789Z","actor":{"type":"user","id":"u_1","name":"Zoë O'Neil","email":null,"onBehalfOf":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"/net","label":null,"from":null,"to":1.05E1}],"before":null,"after":null,"outcome":null,"reason":null,"context":{"ip":"192.0.2.7","userAgent":null},"data":{"note":null,"net":10.5},"producer":{"id":"erp","n":null,"externalId":null}}`,
  "Go, encoding/json (nil as null, nanoseconds, a line feed at the end)": `{"id":null,"type":"invoice.paid","occurredAt":"2026-11-22T12:19:31.123456789+01:00","actor":{"type":"user","id":"u_1","name":"Zoë O'Neil","onBehalfOf":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"/net","from":null,"to":10.5}],"context":{"ip":"192.0.2.7","adjusted":null},"data":{"net":10.5,"note":null},"producer":{"id":"erp"}}\n`,
  "Python, json.dumps (spaces, ASCII only)": String.raw`{"type": "invoice.paid", "occurredAt": "2026-11-22T11:19:31.123456+00:00", "actor": {"type": "user", "id": "u_1", "name": "Zo\u00eb O'Neil", "email": null}, "targets": [{"type": "invoice", "id": "i_9"}], "changes": [{"path": "/net", "from": null, "to": 10.5}], "before": null, "context": {"ip": "192.0.2.7", "adjusted": []}, "data": {"note": null, "net": 10.5}, "producer": {"id": "erp"}}`,
  "Python, pydantic (None as null, Z)": `{"id":null,"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.123456Z","actor":{"type":"user","id":"u_1","name":"Zoë O'Neil","email":null,"onBehalfOf":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"/net","label":null,"from":null,"to":10.5}],"before":null,"after":null,"outcome":"success","reason":null,"context":{"ip":"192.0.2.7","userAgent":null,"requestId":null,"correlationId":null,"traceparent":null,"interface":null,"adjusted":[]},"data":{"note":null,"net":10.5},"producer":{"id":"erp","n":null,"externalId":null}}`,
  "Ruby, JSON with iso8601(9)": `{"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.123456789Z","actor":{"type":"user","id":"u_1","name":"Zoë O'Neil","email":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"/net","from":null,"to":10.5}],"reason":null,"context":{"ip":"192.0.2.7"},"data":{"note":null,"net":10.5},"producer":{"id":"erp","n":null}}`,
  "PHP, json_encode (slashes escaped, floats as serialize_precision has them)": String.raw`{"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.123456+00:00","actor":{"type":"user","id":"u_1","name":"Zo\u00eb O'Neil","email":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"\/net","label":null,"from":null,"to":10.5}],"before":null,"after":null,"reason":null,"context":{"ip":"192.0.2.7"},"data":{"note":null,"net":1.05e+1},"producer":{"id":"erp"}}`,
  "PostgreSQL, json_build_object (spaces around colons, a numeric keeps its zeros)": `{"id" : null, "type" : "invoice.paid", "occurredAt" : "2026-11-22T16:49:31.123456+05:30", "actor" : {"type":"user","id":"u_1","name":"Zoë O'Neil","email":null}, "targets" : [{"type" : "invoice", "id" : "i_9"}], "changes" : [{"path" : "/net", "from" : null, "to" : 10.50}], "context" : {"ip" : "192.0.2.7"}, "data" : {"note" : null, "net" : 10.50}, "producer" : {"id" : "erp", "n" : null}}`,
  "Rust, serde_json with chrono (nanoseconds)": `{"id":null,"type":"invoice.paid","occurredAt":"2026-11-22T11:19:31.123456789Z","actor":{"type":"user","id":"u_1","name":"Zoë O'Neil","email":null},"targets":[{"type":"invoice","id":"i_9","name":null}],"changes":[{"path":"/net","from":null,"to":10.5}],"context":{"ip":"192.0.2.7"},"data":{"note":null,"net":10.5},"producer":{"id":"erp","n":null,"externalId":null}}`,
};

const rules = {
  name: "invoice.paid",
  version: 1,
  labels: {},
  secret: { changes: [] },
  personal: { changes: [], data: [] },
  plain: { changes: [], data: [] },
};
const now = parseTime("2026-11-22T11:20:00Z")!;

describe("an event as it is written by", () => {
  test.each(Object.entries(written))("%s", (_, text) => {
    const normal = normalise(readJson(text) as JsonObject, { rules: () => rules, now });
    expect(formatTime(normal.occurredAt!)).toBe("2026-11-22T11:19:31.123456Z");
    expect(normal).toMatchObject({ id: undefined, outcome: "success", unchanged: false });
    expect(canonicalize(normal.slots as Json)).toBe(
      `{"actor":{"id":"u_1","type":"user"},"actorPersonal":{"/name":"Zoë O'Neil"},"changes":[{"from":null,"path":"/net","to":10.5}],"context":{"ip":"192.0.2.7"},"data":{"net":10.5,"note":null},"producer":{"id":"erp"},"targets":[{"id":"i_9","type":"invoice"}]}`,
    );
  });
});
