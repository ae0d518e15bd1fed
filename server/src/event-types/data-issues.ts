/**
 * Turns Ajv's errors into issues: the exact place, what is wrong there, what to do. Values never enter a sentence, because they can be
 * personal.
 */
import type { ErrorObject } from "ajv/dist/2020.js";
import { type Issue, meantMember, pointerTo } from "daybook/internal";

/** The maximum number of issues: enough for the sender to start with. */
const mostIssues = 20;

type Params = Readonly<Record<string, unknown>>;
interface IssueTexts {
  readonly detail: string;
  readonly remedy: string;
}

const kinds: Readonly<Record<string, string>> = {
  object: "an object",
  array: "a list",
  string: "a string",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  null: "null",
};

const formats: Readonly<Record<string, string>> = {
  date: "a date that exists, like 2027-05-31",
  "date-time": "a time with its offset, like 2026-11-22T11:20:31Z",
  email: "an email address",
  uri: "a URI, like https://example.org/",
};

const must = (what: string, remedy: string): IssueTexts => ({ detail: `This must be ${what}.`, remedy });
const list = (value: unknown): string =>
  (Array.isArray(value) ? value : [value]).map((each) => kinds[String(each)] ?? String(each)).join(" or ");
const values = (value: unknown): string =>
  (value as unknown[]).map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join(", ");

const sentences: Readonly<Record<string, (params: Params) => IssueTexts>> = {
  type: ({ type }) => must(list(type), `Send ${list(type)}.`),
  enum: ({ allowedValues }) => must(`one of ${values(allowedValues)}`, "Send one of these."),
  const: ({ allowedValue }) => must(JSON.stringify(allowedValue), "Send exactly this."),
  maxLength: ({ limit }) => must(`at most ${limit} characters long`, "Shorten it."),
  minLength: ({ limit }) =>
    limit === 1
      ? { detail: "This is empty.", remedy: "Fill it in." }
      : must(`at least ${limit} characters long`, "Send more of it."),
  pattern: ({ pattern }) => must(`of the form ${pattern}`, "Send it in this form."),
  format: ({ format }) => must(formats[String(format)] ?? String(format), "Send it in this form."),
  maxItems: ({ limit }) => must(`a list of at most ${limit}`, "Send fewer."),
  minItems: ({ limit }) => must(`a list of at least ${limit}`, "Send more."),
  maxProperties: ({ limit }) => must(`an object of at most ${limit} members`, "Send fewer."),
  minProperties: ({ limit }) => must(`an object of at least ${limit} members`, "Send more."),
  multipleOf: ({ multipleOf }) => must(`a multiple of ${multipleOf}`, "Send such a number."),
  minimum: ({ limit }) => must(`${limit} or more`, "Send such a number."),
  maximum: ({ limit }) => must(`${limit} or less`, "Send such a number."),
  exclusiveMinimum: ({ limit }) => must(`more than ${limit}`, "Send such a number."),
  exclusiveMaximum: ({ limit }) => must(`less than ${limit}`, "Send such a number."),
  anyOf: () => must("in one of the forms of its schema", "See the schema for the forms."),
  oneOf: () => must("in exactly one of the forms of its schema", "See the schema for the forms."),
  not: () => must("in another form: its schema excludes this one", "See the schema for what is excluded."),
  "false schema": () => ({ detail: "This member may not be here.", remedy: "Leave it out." }),
};

/** `base` is the pointer of the checked value. */
function issueOf(error: ErrorObject, base: string): Issue {
  const place = base + error.instancePath;
  const { params, keyword } = error;
  if (keyword === "required") {
    const name = String(params.missingProperty);
    return { pointer: place, detail: `The member ${name} is missing.`, remedy: `Add ${name}.` };
  }
  if (keyword === "additionalProperties") {
    const known = Object.keys((error.parentSchema as { properties?: object } | undefined)?.properties ?? {});
    const name = String(params.additionalProperty);
    const meant = meantMember(name, known);
    const instead =
      meant === undefined ? "Leave it out" : `Call it ${meant} if that is what you mean, or leave it out`;
    return {
      pointer: pointerTo(place, name),
      detail: "There is no such member here.",
      remedy: known.length === 0 ? "Leave it out." : `${instead}. Known here: ${known.join(", ")}.`,
    };
  }
  if (keyword === "type" && error.data === null)
    return {
      pointer: place,
      detail: `This is null, and must be ${list(params.type)}.`,
      remedy: "Leave the member out where it is optional: within data, null is a value.",
    };
  const words = sentences[keyword]?.(params) ?? must("as its schema says", "See the schema.");
  return { pointer: place, ...words };
}

const isChoice = (error: ErrorObject): boolean => error.keyword === "anyOf" || error.keyword === "oneOf";

/** A failed choice between schemas: if the value is probably meant for one of them, its faults under that one. */
function settleChoice(errors: readonly ErrorObject[], choice: ErrorObject): ErrorObject[] {
  const below = `${choice.schemaPath}/`;
  const forms = new Map<string, ErrorObject[]>();
  const rest: ErrorObject[] = [];
  for (const error of errors) {
    if (error === choice) continue;
    if (!error.schemaPath.startsWith(below)) rest.push(error);
    else {
      const form = error.schemaPath.slice(below.length).split("/", 1)[0]!;
      forms.set(form, [...(forms.get(form) ?? []), error]);
    }
  }
  const meant = [...forms.values()].filter(
    (found) => !found.some((error) => error.keyword === "type" && error.instancePath === choice.instancePath),
  );
  return [...rest, ...(meant.length === 1 ? meant[0]! : [choice])];
}

/** The issues for all of Ajv's errors, at most 20, each place and sentence once. */
export function issuesOf(found: readonly ErrorObject[], base: string): Issue[] {
  let errors = [...found];
  // an outer choice has the shorter path, and resolves the errors below it first
  const choices = errors.filter(isChoice).sort((a, b) => a.schemaPath.length - b.schemaPath.length);
  for (const choice of choices) if (errors.includes(choice)) errors = settleChoice(errors, choice);
  const issues = new Map<string, Issue>();
  for (const error of errors) {
    const issue = issueOf(error, base);
    issues.set(`${issue.pointer} ${issue.detail}`, issue);
    if (issues.size === mostIssues) break;
  }
  return [...issues.values()];
}
