/** The rule that pages take their paths from the table in server/src/paths.ts, and write none themselves. */
import { isTest, type SourceFile } from "./house.ts";

/** Links in examples of components lead nowhere; these two files make JSON Pointers and dates. */
const others = /\/examples\.tsx$|\/base\/typed-(form|date)\.ts$/;
const isPage = ({ path }: SourceFile): boolean =>
  path.startsWith("server/src/web/") && !isTest(path) && !others.test(path);

const patterns: readonly RegExp[] = [
  // a text that begins with a slash; the names of members and the arguments of `pointerTo` are JSON Pointers
  /(?<!pointerTo\()["'`](\/[a-z:$][^"'`\n]*)["'`](?!\s*:)/g,
  // one of two, which isn't the name of a member
  /\?\s*["'`](\/[a-z:$][^"'`\n]*)["'`]\s*:/g,
  // what follows a part of a template
  /\$\{[^{}]*\}(\/[a-z:$][^"'`\s]*)/g,
  // the first page
  /(?:href=\{?|action=\{?|href: |action: |goTo\(reply, |redirect\(|withNext\(|app\.(?:get|post)\()"(\/)"/g,
  // a path that is put together from a slash on
  /"(\/)" \+/g,
  // an address that the browser completes
  /(?:href|action)=\{?["'`](?!https?:|mailto:|#)([\w-]+(?:\/[^"'`]*)?)["'`]/g,
];

const withoutComments = (text: string): string =>
  text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(?<![:\w"'`])\/\/.*$/gm, "");

/** One sentence for each path that a page writes itself. */
export const literalPathsOf = (files: readonly SourceFile[]): string[] =>
  files
    .filter(isPage)
    .flatMap((file) =>
      patterns.flatMap((pattern) =>
        [...withoutComments(file.text).matchAll(pattern)].map(
          ([, path]) => `${file.path}: writes the path '${path}', which belongs into server/src/paths.ts`,
        ),
      ),
    );
