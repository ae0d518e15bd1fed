/**
 * Checks every link of the built pages: the file that it leads to is there, and has the place after the `#`. Links to other sites are
 * not followed, for a reference must not fail when someone else's site does. Prints what is broken, and exits with 1.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const folder = resolve(process.argv[2] ?? "html");
const decode = (text) =>
  decodeURIComponent(text.replaceAll("&amp;", "&").replaceAll("&#38;", "&").replaceAll("&quot;", '"'));

const pages = new Map();
for (const name of readdirSync(folder, { recursive: true })) {
  if (!name.endsWith(".html")) continue;
  const html = readFileSync(join(folder, name), "utf8");
  const places = new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, place]) => decode(place)));
  const links = [...html.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, link]) => decode(link));
  pages.set(join(folder, name), { places, links });
}

const broken = [];
let checked = 0;
for (const [page, { links }] of pages) {
  for (const link of links) {
    if (/^[a-z]+:/i.test(link)) continue;
    checked++;
    const [path = "", place] = link.split("#", 2);
    const target = path === "" ? page : resolve(dirname(page), path.split("?", 1)[0]);
    const isThere =
      existsSync(target) && (!place || !pages.has(target) || pages.get(target).places.has(place));
    if (!isThere) broken.push(`${relative(folder, page)}: ${link}`);
  }
}

for (const line of broken) console.error(line);
console.log(`${pages.size} pages, ${checked} links, ${broken.length} broken`);
process.exitCode = pages.size === 0 || broken.length > 0 ? 1 : 0;
