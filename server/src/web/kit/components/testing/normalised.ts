/** Normalizes HTML, so that two texts of the same markup are equal: one tag or text a line, attributes in order. */

/** Attributes that only govuk-frontend's own scripts use, and Daybook's islands. */
const ofScripts = /^(data-module|data-island|tabindex|draggable)$/;

interface Tag {
  readonly name: string;
  readonly attributes: readonly string[];
}

function tagOf(text: string): Tag {
  const name = /^<\/?[a-z0-9]+/.exec(text)?.[0] ?? text;
  const attributes = [...text.slice(name.length).matchAll(/([a-z-]+)(?:="([^"]*)")?/g)]
    .filter(([, key = ""]) => !ofScripts.test(key))
    .map(([, key, value]) => `${key}="${key === "class" ? classesOf(value ?? "") : (value ?? "")}"`)
    .sort();
  return { name, attributes };
}

const classesOf = (value: string): string =>
  value
    .split(/\s+/)
    // classes for scripts, for unused sizes, and Daybook's own
    .filter((each) => each !== "" && !/^govuk-js-|--[sml]$|^db-/.test(each))
    .sort()
    .join(" ");

/** The markup, one tag or text a line, without images and Daybook's wrapper. */
export const normalised = (html: string): string =>
  html
    .replace(/^<div class="db-[a-z]+">([\s\S]*)<\/div>$/, "$1")
    .replace(/<svg[\s\S]*?<\/svg>/g, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&gt;", "›")
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith("<") ? part : part.replaceAll(">", "›")).replace(/\s+/g, " ").trim())
    .filter((part) => part !== "")
    .map((part) => {
      if (!part.startsWith("<")) return part;
      const { name, attributes } = tagOf(part);
      return [name, ...attributes].join(" ");
    })
    .join("\n");
