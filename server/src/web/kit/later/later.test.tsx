/** Rendering in turns: everything else runs in between, and the page is the same. */
import type { VNode } from "preact";
import { expect, test } from "vitest";
import { renderInTurns, renderToString } from "../html/render.ts";
import { Later } from "./later.tsx";

interface TimedPage {
  readonly whole: VNode;
  readonly rendered: () => number;
  readonly now: () => number;
}

/** A list of parts, each of which takes a millisecond of the test's clock. */
function page(parts: number): TimedPage {
  let time = 0;
  let rendered = 0;
  const Part = ({ n }: { readonly n: number }): VNode => {
    time++;
    rendered++;
    return <li>{n}</li>;
  };
  const whole = (
    <ul>
      {Array.from({ length: parts }, (_, n) => (
        <Later>
          <Part n={n} />
        </Later>
      ))}
      <li>End</li>
    </ul>
  );
  return { whole, rendered: () => rendered, now: () => time };
}

const listOf = (parts: number): string =>
  `<ul>${Array.from({ length: parts }, (_, n) => `<li>${n}</li>`).join("")}<li>End</li></ul>`;

/** The HTML, and the number of parts that were rendered in each turn. */
async function inTurns(whole: VNode, { rendered, now }: TimedPage): Promise<readonly [string, number[]]> {
  const counts: number[] = [];
  let isDone = false;
  const html = renderInTurns(whole, { now }).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    counts.push(rendered());
    await new Promise((resolve) => setImmediate(resolve));
  }
  counts.push(rendered());
  return [await html, counts.map((count, n) => count - (counts[n - 1] ?? 0))];
}

test("a long page renders some milliseconds at a time, each part once, in its order", async () => {
  const long = page(100);
  const [html, steps] = await inTurns(long.whole, long);
  expect(html).toBe(listOf(100));
  expect(long.rendered()).toBe(100);
  expect(Math.max(...steps)).toBeLessThanOrEqual(21);
});

test("so do parts within a part that waited", async () => {
  const long = page(100);
  const late = page(20);
  const whole = (
    <main>
      {long.whole}
      <Later>
        {long.whole}
        <p>{late.whole}</p>
      </Later>
    </main>
  );
  const [html, steps] = await inTurns(whole, long);
  expect(html).toBe(`<main>${listOf(100)}${listOf(100)}<p>${listOf(20)}</p></main>`);
  expect(Math.max(...steps)).toBeLessThanOrEqual(21);
});

test("a usual page is rendered at once", async () => {
  const { whole, now } = page(15);
  let turns = 0;
  const counting = setImmediate(() => turns++);
  const html = await renderInTurns(whole, { now });
  clearImmediate(counting);
  expect([html, turns]).toEqual([listOf(15), 0]);
});

test("without turns, a page is rendered as a whole", () => {
  expect(renderToString(page(100).whole)).toBe(listOf(100));
});

test("a part that fails fails the page", async () => {
  const Broken = (): VNode => {
    throw new Error("planned");
  };
  const { whole, now } = page(60);
  const broken = (
    <>
      {whole}
      <Later>
        <Broken />
      </Later>
    </>
  );
  await expect(renderInTurns(broken, { now })).rejects.toThrow("planned");
});
