/** What each SQLSTATE means for a caller: whether it may try again, chose a taken name, or found a mistake. */
import pg from "pg";
import { describe, expect, test } from "vitest";
import { StoreError } from "../../contract/errors.ts";
import { storeError } from "./errors.ts";

const databaseError = (code: string, constraint?: string): pg.DatabaseError =>
  Object.assign(new pg.DatabaseError("why", 3, "error"), { code, constraint });

describe("an error of the database", () => {
  test.each([
    ["23505", "busy name", "conflict"],
    ["23503", undefined, "refused"],
    ["22001", undefined, "refused"],
    ["54000", undefined, "refused"],
    ["40001", undefined, "retry"],
    ["40P01", undefined, "retry"],
    ["40003", undefined, "unknown"],
    ["55P03", undefined, "busy"],
    ["57014", undefined, "busy"],
    ["25006", undefined, "unavailable"],
    ["25P03", undefined, "unavailable"],
    ["42501", undefined, "unavailable"],
    ["08006", undefined, "unavailable"],
    ["28000", undefined, "unavailable"],
    ["3D000", undefined, "unavailable"],
    ["53100", undefined, "unavailable"],
    ["57P01", undefined, "unavailable"],
    ["58030", undefined, "unavailable"],
    ["XX000", undefined, "unavailable"],
  ])("%s (%s) is '%s'", (code, constraint, failure) => {
    const error = databaseError(code, constraint);
    const found = storeError(error) as StoreError;
    expect(found).toBeInstanceOf(StoreError);
    expect([found.failure, found.message, found.cause]).toEqual([failure, "why", error]);
    expect(found.constraint).toBe(constraint);
  });

  test.each(["event_pkey", "event_id_key", "event_target_pkey", "tile_pkey"])(
    "about a row of the log that is there already (%s) is no name that is taken",
    (constraint) => {
      expect(storeError(databaseError("23505", constraint))).toMatchObject({
        failure: "refused",
        constraint,
      });
    },
  );

  test.each(["42P01", "25P02", "0A000", ""])("%s, a mistake of Daybook's, stays as it is", (code) => {
    const error = databaseError(code);
    expect(storeError(error)).toBe(error);
  });

  test("leaves it open whether a commit was done, if the connection ended", () => {
    expect(storeError(databaseError("57P01"), "commit")).toMatchObject({ failure: "unknown" });
    expect(storeError(databaseError("40001"), "commit")).toMatchObject({ failure: "retry" });
  });
});

describe("the word for monitoring", () => {
  test.each([
    ["53100", "disk-full"],
    ["53300", "no-connection"],
    ["42501", "not-permitted"],
    ["28P01", "not-permitted"],
    ["55P03", "locked"],
    ["57014", "slow"],
    ["25006", "read-only"],
    ["57P01", "unreachable"],
    ["08006", "unreachable"],
    ["XX000", "database-error"],
  ])("of %s is '%s'", (code, reason) => {
    expect(storeError(databaseError(code))).toMatchObject({ reason });
  });

  test("of a message about space is 'disk-full', whatever its code", () => {
    const error = new pg.DatabaseError('could not write to file "x": No space left on device', 3, "error");
    expect(storeError(Object.assign(error, { code: "58030" }))).toMatchObject({ reason: "disk-full" });
  });

  test.each([
    ["Query read timeout", "no-answer"],
    ["timeout expired", "no-answer"],
    ["Connection terminated unexpectedly", "unreachable"],
  ])("of an error without a code, '%s', is '%s'", (message, reason) => {
    expect(storeError(new Error(message))).toMatchObject({ failure: "unavailable", reason });
  });
});

describe("another error", () => {
  test("is a broken connection", () => {
    const error = new Error("read ECONNRESET");
    expect(storeError(error)).toMatchObject({ failure: "unavailable", message: error.message, cause: error });
    expect(storeError(error, "commit")).toMatchObject({ failure: "unknown" });
  });

  test.each([
    new TypeError("a"),
    new RangeError("a"),
    new SyntaxError("a"),
    new ReferenceError("a"),
    new StoreError("busy", "a"),
    "a text",
  ])("that is a mistake, or known already, stays as it is: %s", (error) => {
    expect(storeError(error)).toBe(error);
  });
});
