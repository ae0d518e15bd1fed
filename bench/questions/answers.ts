/** Answers the questions in Chromium, on a laptop and on a phone, and measures from each action until its page shows the answer. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { chromiumFlags, chromiumPath } from "../../test/browser/installed.ts";
import { type Figure, median } from "../figures.ts";
import { operatorCookie } from "../people.ts";
import { incidentIn } from "./incident.ts";
import { type Action, type Question, questionsAbout } from "./questions.ts";

export interface QuestionOptions {
  readonly url: string;
  readonly organization: string;
  readonly events: number;
  /** Where pictures go. Absent: none are taken. */
  readonly pictures?: string | undefined;
}

const screens = {
  laptop: { width: 1366, height: 768 },
  phone: { width: 390, height: 844 },
} as const;
const rounds = 5;
const most = 2;

/** A row for each question; empty without a Chromium. */
export async function measureQuestions(options: QuestionOptions): Promise<Figure[]> {
  const executablePath = chromiumPath();
  if (executablePath === undefined) return [];
  const questions = questionsAbout(await incidentIn(options.url, options.organization));
  const session = await operatorCookie(options.url);
  if (options.pictures !== undefined) await mkdir(options.pictures, { recursive: true });
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags] });
  try {
    const laptop = await timesOn("laptop", { ...options, browser, session, questions });
    const phone = await timesOn("phone", { ...options, browser, session, questions });
    return questions.map((question, n) => figureOf(question.asked, laptop[n] ?? [], phone[n] ?? []));
  } finally {
    await browser.close();
  }
}

/** How a question was answered in one round. */
interface Round {
  /** Clicks and queries, with that which opens the menu of a phone. */
  readonly actions: number;
  /** Milliseconds from each action until its page shows what follows, added up. */
  readonly time: number;
}

function inWords(rounds: readonly Round[]): string {
  const times = rounds.map(({ time }) => time);
  const actions = rounds[0]?.actions ?? 0;
  return `${actions} ${actions === 1 ? "action" : "actions"}, ${median(times).toFixed(0)} ms (at most ${Math.max(...times).toFixed(0)})`;
}

const figureOf = (asked: string, laptop: readonly Round[], phone: readonly Round[]): Figure => ({
  what: asked,
  measured: `laptop ${inWords(laptop)}; phone ${inWords(phone)}`,
  yardstick: "-",
  ratio: null,
  goal: `<= ${most} actions`,
  met: [...laptop, ...phone].every(({ actions }) => actions <= most),
});

interface Asking extends QuestionOptions {
  readonly browser: Browser;
  readonly session: string;
  readonly questions: readonly Question[];
}

/** The rounds of each question, without the first. */
async function timesOn(screen: keyof typeof screens, asking: Asking): Promise<Round[][]> {
  const context = await asking.browser.newContext({ viewport: screens[screen], locale: "en-GB" });
  const [name = "", value = ""] = asking.session.split("=");
  await context.addCookies([{ name, value, url: asking.url }]);
  const all: Round[][] = [];
  for (const [n, question] of asking.questions.entries()) {
    const times: Round[] = [];
    for (let round = 0; round <= rounds; round++) {
      const page = await context.newPage();
      const answer = await answered(page, question, asking);
      if (round > 0) times.push(answer);
      const file = `${String(n + 1).padStart(2, "0")}-${screen}.png`;
      if (round === rounds && asking.pictures !== undefined)
        await page.screenshot({ path: join(asking.pictures, file) });
      await page.close();
    }
    all.push(times);
  }
  await context.close();
  return all;
}

async function answered(page: Page, question: Question, { url, organization }: Asking): Promise<Round> {
  const log = question.isOfAll === true ? "/activity" : `/orgs/${organization}/activity`;
  await page.goto(url + log);
  let [actions, time] = [0, 0];
  for (const action of question.actions) {
    const { begin, steps } = await ready(page, action);
    actions += steps;
    const startedAt = performance.now();
    await Promise.all([page.waitForEvent("domcontentloaded"), begin()]);
    if (action === question.actions.at(-1))
      for (const text of question.answer)
        await page
          .locator("main")
          .getByText(text)
          .filter({ visible: true })
          .first()
          .waitFor({ timeout: 15_000 });
    time += performance.now() - startedAt;
  }
  return { actions, time };
}

/** An action but for its last key or click, and how many actions it takes. */
interface Ready {
  readonly begin: () => Promise<void>;
  readonly steps: number;
}

async function ready(page: Page, action: Action): Promise<Ready> {
  if ("type" in action) {
    const box = page.locator("#q");
    await box.fill(action.type);
    return { begin: () => box.press("Enter"), steps: 1 };
  }
  const link = page.getByRole("link", { name: action.click }).first();
  const isFolded = !(await link.isVisible());
  if (isFolded) await page.getByText("Menu", { exact: true }).first().click();
  return { begin: () => link.click(), steps: isFolded ? 2 : 1 };
}
