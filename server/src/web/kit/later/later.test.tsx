/** Rendering in slices: everything else runs in between, and the page is the same. */
import type { VNode } from "preact";
import { renderToString, renderToStringAsync } from "preact-render-to-string";
import { expect, test } from "vitest";
import { Later, PageSlices, Slices } from "./later.tsx";

/** A list of parts, each of which takes a millisecond of the test's clock. */
function page(parts: number): {
  readonly whole: VNode;
  readonly rendered: () => number;
  readonly now: () => number;
} {
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

test("a long page renders some milliseconds at a time, each part once, in its order", async () => {
  const { whole, rendered, now } = page(100);
  const done = renderToStringAsync(<Slices.Provider value={new PageSlices(now)}>{whole}</Slices.Provider>);
  const counts: number[] = [];
  let isDone = false;
  const html = Promise.resolve(done).finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setImmediate(resolve));
    counts.push(rendered());
  }
  expect(await html).toBe(listOf(100));
  expect(rendered()).toBe(100);
  const steps = counts.map((count, n) => count - (counts[n - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(21);
});

// a usual page takes less than 15 ms, and each wait renders a part again
test("a usual page is rendered at once", async () => {
  const { whole, now } = page(15);
  let turns = 0;
  const counting = setImmediate(() => turns++);
  const html = await renderToStringAsync(
    <Slices.Provider value={new PageSlices(now)}>{whole}</Slices.Provider>,
  );
  clearImmediate(counting);
  expect([html, turns]).toEqual([listOf(15), 0]);
});

test("without slices, a page is rendered as a whole", () => {
  expect(renderToString(page(100).whole)).toBe(listOf(100));
});

test("a part that fails fails the page", async () => {
  const Broken = (): VNode => {
    throw new Error("planned");
  };
  const { whole, now } = page(60);
  const broken = (
    <Slices.Provider value={new PageSlices(now)}>
      {whole}
      <Later>
        <Broken />
      </Later>
    </Slices.Provider>
  );
  await expect(renderToStringAsync(broken)).rejects.toThrow("planned");
});
