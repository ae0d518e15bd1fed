/** The links through the pages of a list, of any length. */
import { expect, test } from "vitest";
import { neighbours } from "./neighbours.ts";
import { mostTrail, type Question, readQuestion } from "./question.ts";

const now = 1_764_000_000_000_000n;
const question = (address: string): Question => {
  const query: Record<string, string> = Object.fromEntries(new URLSearchParams(address.split("?")[1]));
  return readQuestion(query, { zone: "UTC", now });
};

test("Newer leads back page by page, and from a page whose way is forgotten there is Newest", () => {
  const list = "/orgs/acme/activity?type=NEW_TEAM";
  const pages = [list];
  for (let n = 1; n <= mostTrail + 20; n++)
    pages.push(neighbours("/orgs/acme/activity", question(pages.at(-1) ?? ""), `cursor-${n}`).older ?? "");
  let [page = ""] = pages.slice(-1);
  let steps = 0;
  for (;;) {
    const { newer, newest } = neighbours("/orgs/acme/activity", question(page), null);
    if (newer === undefined) {
      expect(newest).toBe(list);
      break;
    }
    expect(question(newer).cursor).toBe(`cursor-${mostTrail + 20 - ++steps}`);
    page = newer;
  }
  expect(steps).toBe(mostTrail - 1);
});

test("the second page leads to the newest by Newer, and the newest nowhere", () => {
  const path = "/orgs/acme/activity";
  expect(neighbours(path, question(path), "a")).toEqual({ older: `${path}?cursor=a` });
  expect(neighbours(path, question(`${path}?cursor=a`), null)).toEqual({ newer: path });
  expect(neighbours(path, question(`${path}?cursor=b&trail=a`), null)).toEqual({
    newer: `${path}?cursor=a`,
    newest: path,
  });
});
