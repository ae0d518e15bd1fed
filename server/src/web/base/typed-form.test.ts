/** A form with fields that are declared once: reading, keeping, passing on, and placing errors. */
import type { FastifyRequest } from "fastify";
import { expect, test } from "vitest";
import { RefusedForm } from "./attempt.ts";
import { date, many, readHidden, secret, text, typedForm } from "./typed-form.ts";

const form = typedForm({ name: text(), expiresOn: date(), scopes: many() });
const sent = (body: string): FastifyRequest =>
  ({
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: Buffer.from(body),
  }) as FastifyRequest;
const typed = { name: "Billing", expiresOn: { day: "1", month: "3", year: "2027" }, scopes: ["a", "b"] };
const asSent = "name=Billing&expiresOn-day=1&expiresOn-month=3&expiresOn-year=2027&scopes=a&scopes=b";

test("what is sent is read, and the hidden inputs send it again", () => {
  expect(form.read(sent(asSent)).typed).toEqual(typed);
  expect(new URLSearchParams(form.pairs(typed)).toString()).toBe(asSent);
});

test("what is not sent is as if nothing was typed", () => {
  expect(form.read(sent("")).typed).toEqual(form.nothing);
  expect(form.wanted(form.nothing)).toEqual({ name: "", expiresOn: "", scopes: [] });
});

test("the service gets a date as one text, right or wrong", () => {
  expect(form.wanted(typed)).toEqual({ name: "Billing", expiresOn: "2027-03-01", scopes: ["a", "b"] });
  const wrong = { ...typed, expiresOn: { day: "x", month: "", year: "27" } };
  expect(form.wanted(wrong).expiresOn).toBe("27//x");
});

test("inputs that are no fields are read where they are named, and refused else", () => {
  expect(form.read(sent(`${asSent}&step=add`), ["step"])).toEqual({ typed, also: { step: "add" } });
  expect(() => form.read(sent(`${asSent}&step=add`))).toThrow();
  expect(() => form.read(sent(`${asSent}&name=Other`))).toThrow();
});

test("an error at one of many choices stands at their field", () => {
  expect(form.pointers(typed)).toEqual({ "/scopes/0": "scopes", "/scopes/1": "scopes" });
});

test("an input has the name, the typed value and the error of its field, and a secret shows no value", () => {
  const account = typedForm({ name: text(), password: secret(), expiresOn: date(), scopes: many() });
  const refused = new RefusedForm(422, [{ field: "name", message: "Enter a name" }]);
  const all = { ...typed, password: "hunter2" };
  const input = account.inputs(all, refused);
  expect(input("name")).toEqual({ name: "name", error: "Enter a name", value: "Billing" });
  expect(input("password")).toEqual({ name: "password", error: undefined });
  expect(input("expiresOn")).toMatchObject({ value: typed.expiresOn, wrong: ["day", "month", "year"] });
  expect(input("scopes")).toMatchObject({ name: "scopes", values: ["a", "b"] });
  expect(account.inputs(undefined, undefined)("name")).toEqual({ name: "name" });
});

test("the error of a date leads to its first wrong input", () => {
  const errors = ["name", "expiresOn"].map((field) => ({ field, message: "Wrong" }));
  const partly = { ...typed, expiresOn: { day: "1", month: "", year: "2027" } };
  const linked = form.linked(new RefusedForm(422, [...errors, { message: "All of it" }]), partly);
  expect(linked?.errors.map(({ field }) => field)).toEqual(["name", "expiresOn-month", undefined]);
  expect(form.linked(undefined, partly)).toBe(undefined);
});

test("a form without fields takes its hidden inputs, and no others", () => {
  expect(readHidden(sent("session=s_1"), ["session"])).toEqual({ session: "s_1" });
  expect(readHidden(sent(""))).toEqual({});
  expect(() => readHidden(sent("session=s_1"))).toThrow();
});
