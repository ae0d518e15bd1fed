/**
 * The definition of a custom event type from a platform: checks its texts, card, labels and marks, and fills in defaults.
 * `schema-subset.ts` checks the schema of `data`.
 */
import type { EventType } from "daybook/catalogue";
import {
  DaybookError,
  hideTokensIn,
  isCustomType,
  isTargetType,
  type Json,
  type JsonObject,
  limits,
  type Marks,
  pointerNames,
  pointerTo,
  readJson,
} from "daybook/internal";
import { checkExample, makeExample } from "./example.ts";
import { isPlainObject, Problems } from "./problems.ts";
import { checkSchema, declaredMember } from "./schema-subset.ts";
import { checkSentences, checkTypeWords, checkVariants, sentenceLimit, titleLimit } from "./variants.ts";

/** A checked definition: the type as a first version, and the requested version, if any. */
export interface CheckedDefinition {
  readonly type: EventType;
  readonly version: number | undefined;
}

const known = [
  "name",
  "version",
  "title",
  "refusedTitle",
  "sentence",
  "refusedSentence",
  "variants",
  "description",
  "operation",
  "firstTarget",
  "data",
  "card",
  "labels",
  "secret",
  "personal",
  "plain",
  "example",
];
const operations = ["create", "read", "update", "delete", "access"];
const cardFormats = ["text", "word", "date", "time", "list", "code", "yes-no", "number"];
/** The marks that a type can have, and where. */
const markLists = { secret: ["changes"], personal: ["changes", "data"], plain: ["changes", "data"] };

/**
 * Reads a definition. Requires `name`, `title` and `sentence`; `data` is a JSON Schema, or absent or null if the type has none. Throws
 * `json-refused`, or `request-invalid` with an issue for each invalid place.
 */
export function readDefinition(input: Json): CheckedDefinition {
  // the strict reader refuses what can't be stored exactly, and tokens are hidden
  const sent = hideTokensIn(readJson(JSON.stringify(input)));
  const problems = new Problems();
  if (!problems.object(sent, "")) throw refused(problems);
  problems.only(sent, "", known);
  checkFullText(sent, problems);
  if (isPresent(sent.data)) checkSchema(sent.data, "/data", problems);
  checkShown(sent, problems);
  if (problems.found.length > 0) throw refused(problems);
  checkSentences(sent, keptOf(sent), problems);
  checkMarks(sent, problems);
  if (problems.found.length > 0) throw refused(problems);
  const type = complete(sent, problems);
  if (problems.found.length > 0) throw refused(problems);
  return { type, version: sent.version as number | undefined };
}

const refused = ({ found }: Problems): DaybookError =>
  new DaybookError("request-invalid", { detail: found[0]!.detail, issues: found });

const isPresent = (value: Json | undefined): value is Json => value !== undefined && value !== null;

function checkFullText(sent: JsonObject, problems: Problems): void {
  const { name, version } = sent;
  if (typeof name === "string" && name.includes("[token "))
    problems.add("/name", "The name looks like a token.", "Send a name like invoice.paid.");
  else if (typeof name !== "string" || !isCustomType(name))
    problems.add(
      "/name",
      `The name must have 1 to ${limits.eventTypeBytes} letters, digits and . _ : / -. It must start with a letter, end with a letter or digit, and contain a lower-case letter, but not // and not . or .. between slashes.`,
      "Send a name like invoice.paid or s3.amazonaws.com/PutObject.",
    );
  if (version !== undefined && !(Number.isInteger(version) && (version as number) >= 1))
    problems.add(
      "/version",
      "The version must be a whole number from 1.",
      "Leave it out to get the next one.",
    );
  if (sent.title === undefined) problems.text(undefined, "/title", titleLimit);
  if (sent.sentence === undefined) problems.text(undefined, "/sentence", sentenceLimit);
  checkTypeWords(sent, "", problems);
  if (sent.variants !== undefined) checkVariants(sent.variants, problems);
  if (sent.description !== undefined) problems.text(sent.description, "/description", 2_000);
  if (sent.operation !== undefined) problems.oneOf(sent.operation, "/operation", operations);
  if (sent.firstTarget !== undefined)
    problems.list(sent.firstTarget, { pointer: "/firstTarget", limit: 10 }, (type, pointer) => {
      if (typeof type !== "string" || !isTargetType(type))
        problems.add(pointer, "This is no type of a target.", "Send one like api_client.");
    });
}

/** Checks card, labels and marks on their own. */
function checkShown(sent: JsonObject, problems: Problems): void {
  if (sent.card !== undefined)
    problems.list(sent.card, { pointer: "/card", limit: 20 }, (row, at) => checkRow(row, at, problems));
  if (sent.labels !== undefined && problems.object(sent.labels, "/labels"))
    for (const [path, label] of Object.entries(sent.labels)) {
      const at = pointerTo("/labels", path);
      if (problems.pointer(path, at)) problems.text(label, at, titleLimit);
    }
  const paths = (value: Json | undefined, pointer: string): void => {
    if (value === undefined) return;
    problems.list(value, { pointer, limit: 100 }, (path, at) => void problems.pointer(path, at));
  };
  for (const [name, members] of Object.entries(markLists)) {
    const marks = sent[name];
    if (marks === undefined || !problems.object(marks, `/${name}`)) continue;
    problems.only(marks, `/${name}`, members);
    for (const member of members) paths(marks[member], `/${name}/${member}`);
  }
}

function checkRow(row: Json, at: string, problems: Problems): void {
  if (!problems.object(row, at)) return;
  problems.only(row, at, ["label", "path", "was", "format"]);
  problems.text(row.label, `${at}/label`, titleLimit);
  problems.pointer(row.path, `${at}/path`);
  if (row.was !== undefined) problems.pointer(row.was, `${at}/was`);
  if (row.format !== undefined) problems.oneOf(row.format, `${at}/format`, cardFormats);
}

/** The members of `data` that every event has and that are not personal: sentences can name them. */
function keptOf(sent: JsonObject): string[] {
  const required = isPlainObject(sent.data) ? ((sent.data.required as string[] | undefined) ?? []) : [];
  const personal = marksOf(sent.personal).data;
  return required.filter((name) => /^[A-Za-z][A-Za-z0-9]*$/.test(name) && !personal.includes(`/${name}`));
}

const marksOf = (sent: Json | undefined): Marks => {
  const { changes = [], data = [] } = (sent ?? {}) as Partial<Marks>;
  return { changes, data };
};

/** A personal member of `data` must be a declared member of an object, and must not lie within another personal one. */
function checkMarks(sent: JsonObject, problems: Problems): void {
  const marks = marksOf(sent.personal).data;
  for (const [i, mark] of marks.entries()) {
    const at = `/personal/data/${i}`;
    if (declaredMember(sent.data, pointerNames(mark)) === undefined)
      problems.add(
        at,
        "The schema declares no such member, or it lies in a list.",
        "Mark a member that properties names, inside objects whose type is object.",
      );
    if (marks.some((other, j) => i !== j && `${mark}/`.startsWith(`${other}/`)))
      problems.add(at, "This is marked already.", "Mark each member once, and not what lies inside it.");
  }
}

/** The whole type, version 1; the defaults are always the same. */
function complete(sent: JsonObject, problems: Problems): EventType {
  // plain objects, like those from the store
  const definition = JSON.parse(JSON.stringify(sent)) as Partial<EventType> &
    Pick<EventType, "name" | "title" | "sentence">;
  const { name, title, sentence } = definition;
  const type: Omit<EventType, "example"> = {
    name,
    version: 1,
    title,
    sentence,
    refusedTitle: definition.refusedTitle ?? `Tried: ${title}`,
    refusedSentence: definition.refusedSentence ?? `{actor} tried, and did not succeed: ${title}`,
    variants: definition.variants ?? [],
    description: definition.description ?? `${title}.`,
    operation: definition.operation ?? "update",
    about: "custom",
    firstTarget: definition.firstTarget ?? [],
    data: definition.data ?? null,
    card: definition.card ?? [],
    labels: definition.labels ?? {},
    secret: { changes: marksOf(sent.secret).changes },
    personal: marksOf(sent.personal),
    plain: marksOf(sent.plain),
    writer: "producer",
    since: "custom",
  };
  if (sent.example === undefined) return makeExample(type, problems);
  return checkExample({ ...type, example: definition.example! }, problems);
}
