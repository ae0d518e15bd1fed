/** Pages over HTTP, as a browser without scripts requests them. */

import type { TestServer } from "../../api/testing/open-server.ts";
import type { SignedInPerson } from "../../api/testing/people.ts";
import { unmarked } from "./unmarked.ts";

/** The response: the page, and its redirect. */
interface BrowsedPage {
  readonly status: number;
  readonly html: string;
  readonly title: string;
  /** The redirect; empty if there is none. */
  readonly location: string;
  /** The cookies that it sets, as the browser sends them. */
  readonly cookies: readonly string[];
  /** The text, without markup. */
  readonly text: string;
}

export type Browse = (path: string, form?: Readonly<Record<string, string>>) => Promise<BrowsedPage>;

/** Sends a request as that person; with a form, sends it. */
export const browserOf =
  (server: TestServer, { cookie }: Pick<SignedInPerson, "cookie">): Browse =>
  async (path, form) => {
    const answer = await server.call(
      form === undefined ? "GET" : "POST",
      path,
      form && new URLSearchParams(form).toString(),
      {
        cookie,
        accept: "text/html,*/*;q=0.8",
        ...(form === undefined
          ? {}
          : { "content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin" }),
      },
    );
    const { status, headers, text: html } = answer;
    return {
      status,
      html,
      title: /<title>(.*?)<\/title>/s.exec(html)?.[1] ?? "",
      location: headers.get("location") ?? "",
      cookies: headers.getSetCookie().map((cookie) => cookie.split(";", 1)[0] ?? ""),
      text: wordsOf(html),
    };
  };

const wordsOf = (html: string): string =>
  unmarked(html)
    .replaceAll("<wbr/>", "")
    .replace(/<[^>]*>/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ");

/** The value of a hidden field. */
export const hiddenIn = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? "";

/** The texts of a page that could change the direction of their neighbors; empty if each is isolated. */
export const turnedRound = (html: string): string[] =>
  html
    .replace(/<bdi\b[^>]*>[^<]*<\/bdi>|\u2068[^\u2069]*\u2069/g, "")
    .replace(/<textarea\b[^>]*>[^<]*/g, "")
    .split(/<[^>]*>/)
    .filter((words) => words.includes("\u202E"));

/** Texts that break pages: markup, right-to-left text, emoji, and the maximum length of a name (512 bytes). */
export const hostile: Readonly<Record<string, string>> = {
  markup: `<script>alert(1)</script>"'&`,
  rightToLeft: "\u202Eمؤسسة الاختبار",
  faces: "👩‍👩‍👧‍👦🇬🇧",
  long: "é".repeat(200),
};
