/** What is written as HTML: nothing that a text contains is read as markup, and elements are written as Preact's own renderer writes them. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { type ComponentChildren, h, type VNode } from "preact";
import { renderToString as preacts } from "preact-render-to-string";
import { describe, expect, test } from "vitest";
import { A } from "../address/address.tsx";
import { renderInTurns, renderToString } from "./render.ts";

const hostile = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '" onfocus="alert(1)" autofocus="',
  "</title></textarea></style></script>",
  "<!--",
  "-->",
  "]]>",
  "&lt;b&gt;",
  "&#60;script&#62;",
  "javascript:alert('1')",
  "a\n<b>\t</b>",
  "\ud800<",
  "\u2028<\u2029",
];

/** The text that a browser reads. */
const readAs = (html: string): string =>
  html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&amp;", "&");

describe.each(hostile)("%j is only a text", (text) => {
  test.each<[string, ComponentChildren]>([
    ["as the content of an element", <p>{text}</p>],
    ["among other contents", <p>a{text}</p>],
    ["in a list", <p>{[text, [text]]}</p>],
    ["of a fragment", <p>{<>{text}</>}</p>],
    ["of a component", <p>{h(() => text as unknown as VNode, {})}</p>],
    ["of a window's title", <title>{text}</title>],
    ["of a text area", <textarea>{text}</textarea>],
    ["beside elements", text],
  ])("%s", (_where, element) => {
    const html = renderToString(element);
    const inner = /^(?:<\w+>)?([\s\S]*?)(?:<\/\w+>)?$/.exec(html)?.[1] ?? "";
    expect(inner).not.toMatch(/[<"]/);
    expect(readAs(inner)).toContain(text);
  });

  test.each<[string, (text: string) => VNode]>([
    ["title", (value) => <p title={value} />],
    ["class", (value) => <p class={value} />],
    ["aria-label", (value) => <section aria-label={value} />],
    ["data-zone", (value) => <p data-zone={value} />],
    ["value", (value) => <input value={value} />],
    ["href, of an element", (value) => <link href={value} />],
    ["href, of a path of this site", (value) => <A href={value} />],
    ["datetime", (value) => <time dateTime={value} />],
    ["viewBox", (value) => <svg viewBox={value} />],
  ])("in the attribute %s", (_name, elementOf) => {
    const [, value = ""] =
      /^<\w+ [\w-]+="([^"]*)"(?:\/>|><\/\w+>)$/i.exec(renderToString(elementOf(text))) ?? [];
    expect(value).not.toContain("<");
    expect(readAs(value)).toBe(text);
  });

  test("in the address that a path becomes", () => {
    const html = renderToString(<A href="/x">x</A>, { addressOf: () => text });
    const [, value = ""] = /^<a href="([^"]*)">x<\/a>$/.exec(html) ?? [];
    expect(readAs(value)).toBe(text);
  });
});

test("any text is only a text, and every character of it is there", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom(..."<>&\"'=/ a") }),
  );
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      fc.pre(!/[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/.test(one + other) && one !== "");
      const html = renderToString(<p title={one}>{other}</p>);
      const [, value = "", content = ""] = /^<p title="([^"<]*)">([^"<]*)<\/p>$/.exec(html) ?? [];
      expect([readAs(value), readAs(content)]).toEqual([one, other]);
    }),
  );
});

test("control characters, which HTML can't hold, become their names", () => {
  expect(renderToString(<p title={"a\0b"}>{"c\u001b[1m\u0085"}</p>)).toBe(
    '<p title="a[null character]b">c[escape][1m[control character]</p>',
  );
  expect(renderToString(<pre>{"a\tb\nc\rd"}</pre>)).toBe("<pre>a\tb\nc\rd</pre>");
});

describe("data of an event is never an element:", () => {
  const raw = { dangerouslySetInnerHTML: { __html: "<script>" }, children: "<script>" };
  test.each<[string, object]>([
    ["an object with its fields", { type: "script", props: raw, key: null }],
    ["with a constructor", { type: "script", props: raw, constructor: null }],
    ["with the name of Preact's mark", { type: "script", props: raw, constructor: "Symbol(pv)" }],
    ["with HTML", { html: "<script>", __html: "<script>" }],
    ["with a text of its own", { toString: () => "<script>" }],
  ])("%s", (_what, data) => {
    expect(renderToString(<p>{data as ComponentChildren}</p>)).toBe("<p></p>");
    expect(renderToString(<p>{JSON.parse(JSON.stringify([data])) as ComponentChildren}</p>)).toBe("<p></p>");
  });

  test("nor the value of an attribute", () => {
    for (const value of [{ toString: () => '"><script>' }, ['"><script>'], () => "x"])
      expect(() => renderToString(h("p", { title: value as unknown as string }))).toThrow(TypeError);
  });
});

test.each(["x><script", "x y", "a=b", 'a"', "a'", "", "1", "a\0", "on/x"])(
  "%j is not the name of an element or an attribute",
  (name) => {
    expect(() => renderToString(h(name, {}))).toThrow(TypeError);
    expect(() => renderToString(h("p", { [name]: "1" }))).toThrow(TypeError);
  },
);

test("one component takes HTML as it is: the document, for its style sheet", () => {
  const folder = new URL("../../", import.meta.url);
  const taking = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /(?<!\.test)\.tsx?$/.test(file) &&
      !file.startsWith("kit/html/") &&
      /dangerouslySetInnerHTML|__html/.test(readFileSync(new URL(file, folder), "utf8")),
  );
  expect(taking).toEqual(["kit/components/layout/layout.tsx"]);
});

describe("written as Preact's own renderer writes it:", () => {
  const Wrapped = ({ children }: { readonly children?: ComponentChildren }): VNode => <b>{children}</b>;
  const attributes = fc.record(
    {
      class: fc.string(),
      title: fc.constantFrom("", "a", '"<&'),
      hidden: fc.boolean(),
      "aria-hidden": fc.boolean(),
      "aria-label": fc.constantFrom(undefined, "x"),
      spellcheck: fc.boolean(),
      tabIndex: fc.integer(),
      colSpan: fc.nat(),
      dateTime: fc.constant("2026"),
    },
    { requiredKeys: [] },
  );
  const texts = fc.oneof(fc.constantFrom(null, undefined, true, false, 0, 1.5, "", "a", '<&">'), fc.string());
  const { tree } = fc.letrec<{ tree: ComponentChildren }>((tie) => ({
    tree: fc.oneof(
      { depthSize: "small" },
      texts,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc
        .tuple(
          fc.constantFrom("p", "div", "section", "option"),
          attributes,
          fc.array(tie("tree"), { maxLength: 4 }),
        )
        .map(([name, props, children]) => h(name, props, children)),
      tie("tree").map((child) => <Wrapped>{child}</Wrapped>),
      tie("tree").map((child) => <>{child}</>),
      attributes.map((props) => h("input", props)),
    ),
  }));

  test("any tree", async () => {
    await fc.assert(
      fc.asyncProperty(tree, async (child) => {
        const element = <main>{child}</main>;
        // control characters, which Preact writes as they are
        fc.pre(!/[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]/.test(preacts(element)));
        expect(renderToString(element)).toBe(preacts(element));
        expect(await renderInTurns(element)).toBe(preacts(element));
      }),
    );
  });
});
