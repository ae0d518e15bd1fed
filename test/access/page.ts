/** Reads docs/access.md as a specification: which people, scopes and viewers may do an action. */
import { readFileSync } from "node:fs";
import type { Credential } from "./credentials.ts";

interface Promised {
  readonly where: "organization" | "service";
  readonly people: ReadonlySet<string>;
  readonly scope: string;
  readonly viewers: string;
  readonly personalTokens: boolean;
}

/** As the head of the page's tables names them, in its order. */
const columns = ["operator", "OWNER", "DESIGNER", "CONSUMER", "AUDITOR"];

function readPage(): Map<string, Promised> {
  const text = readFileSync(new URL("../../docs/access.md", import.meta.url), "utf8");
  const promised = new Map<string, Promised>();
  const head = `| action | ${columns.map((name) => name.toLowerCase()).join(" | ")} | scope of an API client |`;
  if (!text.includes(head))
    throw new Error("The columns of docs/access.md are not those that this test reads.");
  const [, organization = "", service = ""] = text.split(/^## /m);
  for (const [where, part] of [
    ["organization", organization],
    ["service", service],
  ] as const) {
    for (const line of part.split("\n").filter((each) => each.startsWith("| `"))) {
      const cells = line.split("|").map((cell) => cell.trim());
      const people = new Set(columns.filter((_, i) => cells[i + 2] === "yes"));
      promised.set(cells[1]!.replaceAll("`", ""), {
        where,
        people,
        scope: cells[7]!.replaceAll("`", ""),
        viewers: cells[8]!,
        personalTokens: cells[9] === "yes",
      });
    }
  }
  return promised;
}

const page = readPage();
const open = new Set(["sign-in", "service:read", "catalogue:read"]);

/** The result of authentication: the caller, or an error with that code. */
export type Outcome =
  | "let in"
  | "not-authenticated"
  | "not-allowed"
  | "organization-not-found"
  | "reauthentication-needed";

export interface PageRequest {
  readonly action: string;
  readonly who: Credential;
  readonly works: boolean;
  readonly where: "own" | "another's" | "none";
}

/** The specified result of a request. */
export function promised({ action, who, works, where }: PageRequest): Outcome {
  const row = page.get(action);
  if (row === undefined) throw new Error(`docs/access.md doesn't name ${action}`);
  if (open.has(action)) return "let in";
  if (who.kind === "nobody" || !works) return "not-authenticated";
  if (who.byToken && !row.personalTokens && (row.where === "service" || isVisible(who, where)))
    return "not-allowed";
  const isOperator = who.kind === "operator" || who.kind === "operator token";
  if (row.where === "service") return mayInService(row, who, isOperator) ? "let in" : "not-allowed";
  if (where === "none") return "organization-not-found";
  if (isOperator) return row.people.has("operator") ? "let in" : "not-allowed";
  if (where === "another's" || who.roles.length === 0) return "organization-not-found";
  return mayInOwn(row, who) ? "let in" : "not-allowed";
}

/** Whether they may see that the organization exists. */
const isVisible = (who: Credential, where: PageRequest["where"]): boolean =>
  where !== "none" && (who.kind === "operator" || (where === "own" && who.roles.length > 0));

function mayInService(row: Promised, who: Credential, isOperator: boolean): boolean {
  // the operator token signs nobody in, so it has no account
  if (who.kind === "operator token" && row.people.size === columns.length) return row.scope !== "";
  if (isOperator) return row.people.has("operator");
  if (who.kind === "person") return row.people.has("CONSUMER");
  return who.kind === "api_client" && who.roles.includes(row.scope);
}

function mayInOwn(row: Promised, who: Credential): boolean {
  if (who.kind === "person") return who.roles.some((role) => row.people.has(role));
  if (who.kind === "api_client") return row.scope !== "" && who.roles.includes(row.scope);
  const covers = row.viewers === "yes" || (row.viewers !== "" && !who.onlyTarget);
  return covers && who.roles.some((role) => row.people.has(role));
}
