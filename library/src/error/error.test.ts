/** The table of errors, and an error over HTTP. */
import { describe, expect, test } from "vitest";
import { type Code, codes, DaybookError, refuse } from "./index.ts";

const rows = Object.entries(codes);

describe("every code", () => {
  test.each(rows)("%s is written in small letters and hyphens, with a sentence and a remedy", (code, row) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(row.title).toMatch(/^[A-Z].*\.$/);
    expect(row.remedy).toMatch(/^[A-Z].*\.$/);
    expect(row.status === 0 || (row.status >= 400 && row.status < 600)).toBe(true);
  });

  test("has a sentence of its own, within its status", () => {
    const titles = rows.map(([, row]) => `${row.status} ${row.title}`);
    const twice = titles.filter((title, i) => titles.indexOf(title) !== i);
    // a type may be missing at an address (404) and in an event (422), but never twice in one
    expect(twice).toEqual([]);
  });
});

describe("an error", () => {
  test("is a problem document with the words of its code", () => {
    expect(new DaybookError("organization-not-found").toProblem()).toEqual({
      type: "/docs/errors#organization-not-found",
      title: "There is no such organization, or you may not see it.",
      status: 404,
      detail: "There is no such organization, or you may not see it.",
      code: "organization-not-found",
      remedy: "Check the slug or id, and the token.",
    });
  });

  test("carries what is special: detail, remedy, places, seconds, cause", () => {
    const cause = new Error("why");
    const issues = [{ pointer: "/a", detail: "It is wrong.", remedy: "Correct it." }];
    const error = new DaybookError("overloaded", {
      detail: "Full.",
      remedy: "Wait.",
      issues,
      retryAfter: 2,
      cause,
    });
    expect(error.toProblem()).toMatchObject({
      status: 503,
      detail: "Full.",
      remedy: "Wait.",
      errors: issues,
    });
    expect([error.retryAfter, error.cause, error.message]).toEqual([2, cause, "Full."]);
    expect(error instanceof Error && error.name === "DaybookError").toBe(true);
  });

  test("keeps its cause out of the document", () => {
    const error = new DaybookError("internal", { cause: new Error("password=x") });
    expect(JSON.stringify(error.toProblem())).not.toContain("password");
  });

  test("of one place speaks of that place", () => {
    const error = refuse("event-invalid", { pointer: "/type", detail: "The type is missing." });
    expect(error.message).toBe("The type is missing.");
    expect(error.remedy).toBe(codes["event-invalid"].remedy);
    expect(refuse("event-invalid", { pointer: "", detail: "No.", remedy: "Yes." }).remedy).toBe("Yes.");
  });

  test("exists for every code", () => {
    for (const [code, row] of rows) expect(new DaybookError(code as Code).status).toBe(row.status);
  });
});
