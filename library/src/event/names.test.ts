/** Ids and names of types. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eventIdTime,
  foldedTypeName,
  isCustomType,
  isEventId,
  isOurType,
  isTargetType,
  newEventId,
} from "./index.ts";

describe("an event id", () => {
  test("carries its time to the millisecond, is valid, and sorts by it", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), (now) => {
        const id = newEventId(now);
        expect(isEventId(id)).toBe(true);
        expect(eventIdTime(id)).toBe(BigInt(now) * 1000n);
        expect(id < newEventId(now + 1)).toBe(true);
      }),
    );
  });

  test("is new each time, also within one millisecond", () => {
    expect(new Set(Array.from({ length: 20_000 }, () => newEventId(1))).size).toBe(20_000);
  });

  test("takes every random bit there is", () => {
    const seen = Array.from({ length: 400 }, () => BigInt(`0x${newEventId(0).replaceAll("-", "")}`));
    const ones = seen.reduce((a, b) => a | b);
    const zeros = seen.reduce((a, b) => a & b);
    const changing = (ones ^ zeros).toString(2);
    expect(changing.split("").filter((bit) => bit === "1").length).toBe(74);
  });

  test("is now's without an argument", () => {
    const before = BigInt(Date.now()) * 1000n;
    const time = eventIdTime(newEventId());
    expect(time >= before && time <= BigInt(Date.now()) * 1000n).toBe(true);
  });

  test.each([-1, 2 ** 48, 0.5, Number.NaN])("is not made for the time %s", (now) => {
    expect(() => newEventId(now)).toThrow(RangeError);
  });

  test.each([
    ["upper case", "01A202E9-B380-7000-8000-000000000000"],
    ["version 4", "01a202e9-b380-4000-8000-000000000000"],
    ["another variant", "01a202e9-b380-7000-c000-000000000000"],
    ["braces", "{01a202e9-b380-7000-8000-000000000000}"],
    ["no hyphens", "01a202e9b38070008000000000000000"],
    ["a line break at its end", "01a202e9-b380-7000-8000-000000000000\n"],
    ["a letter that is no digit", "01a202e9-b380-7000-8000-00000000000g"],
    ["nothing", ""],
  ])("with %s is none", (_, text) => {
    expect(isEventId(text)).toBe(false);
  });
});

describe("an event type", () => {
  test.each(["AB", "API_CLIENT_ADDED", "A1", `A${"B".repeat(63)}`])("%s is of our form", (text) => {
    expect([isOurType(text), isCustomType(text)]).toEqual([true, false]);
  });
  test.each([
    // AWS CloudTrail: eventSource and eventName
    "s3.amazonaws.com/PutObject",
    "iam.amazonaws.com/CreateUser",
    "signin.amazonaws.com/ConsoleLogin",
    "ec2.amazonaws.com/RunInstances",
    "s3.amazonaws.com:PutObject",
    // Google Cloud: methodName
    "google.iam.admin.v1.SetIAMPolicy",
    "google.iam.admin.v1.CreateServiceAccountKey",
    "google.cloud.bigquery.v2.JobService.InsertJob",
    "v1.compute.instances.insert",
    "storage.objects.get",
    "cloudsql.instances.update",
    // GitHub's audit log
    "repo.add_member",
    "org.invite_member",
    "protected_branch.policy_override",
    "two_factor_authentication.disabled",
    "personal_access_token.access_granted",
    // others
    "Microsoft.Compute/virtualMachines/write",
    "Microsoft.Authorization/roleAssignments/delete",
    "Add-MailboxPermission",
    "UserLoggedIn",
    "user.session.start",
    "kubernetes:pods/exec",
    // the form itself
    "a",
    "aB",
    "Ab",
    "invoice.paid",
    "a1.b2_c3-d4",
    "a..b",
    "a.../b",
    "a/.b",
    "a/b./c",
    "A_b",
    "a".repeat(128),
    `A${"B".repeat(126)}c`,
  ])("%s is of the custom form", (text) => {
    expect([isOurType(text), isCustomType(text)]).toEqual([false, true]);
  });
  test.each([
    "",
    "A",
    "1a",
    "a.",
    "a/",
    "a:",
    "a-",
    "a_",
    ".a",
    "/a",
    "a//b",
    "a/./b",
    "a/../b",
    "a b",
    "a%2fb",
    "a?b",
    "a#b",
    "a+b",
    "a\\b",
    "é",
    "aé",
    "_A",
    "A-B",
    "A.B/C",
    "invoice.paid\n",
    "AB\n",
    "a".repeat(129),
    `A${"B".repeat(64)}`,
    `${"a.".repeat(31)}a!`,
  ])("%j is of neither form", (text) => {
    expect([isOurType(text), isCustomType(text)]).toEqual([false, false]);
  });

  test("is of one form at most, and of the custom one exactly where the rules say so", () => {
    const unit = fc.constantFrom(..."aZ9._:/-");
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 12 }), (text) => {
        const isByRules =
          /^[A-Za-z]/.test(text) &&
          /[A-Za-z0-9]$/.test(text) &&
          /[a-z]/.test(text) &&
          !text.includes("//") &&
          !text.split("/").some((segment) => segment === "." || segment === "..");
        expect(isCustomType(text)).toBe(isByRules);
        expect(isOurType(text) && isCustomType(text)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  test("that is folded has neither case nor what stands between words", () => {
    expect(foldedTypeName("s3.amazonaws.com/Put_Object:A-1")).toBe("s3amazonawscomputobjecta1");
    expect(foldedTypeName("API_CLIENT_ADDED")).toBe(foldedTypeName("api.client-Added"));
  });
});

describe("a target's type", () => {
  test.each(["a", "api_client", "x9_", "a".repeat(32)])("%s is one", (text) =>
    expect(isTargetType(text)).toBe(true),
  );
  test.each(["", "A", "api-client", "_a", "9a", "a\n", "a".repeat(33)])("%j is none", (text) => {
    expect(isTargetType(text)).toBe(false);
  });
});
