/** Where segments are made: in a thread of its own, so that requests don't wait for it. */
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { inPackage } from "../files/index.ts";
import type { Store } from "../store/store.ts";
import { buildSegment, type IndexedPart, mergeSegments, type WholeSegment } from "./build.ts";
import type { SegmentBlock } from "./segment/index.ts";

export interface SegmentBuilder {
  /** The blocks of a segment of these events, which follow each other in a log. */
  build(events: readonly IndexedPart[]): Promise<SegmentBlock[]>;
  /** The blocks of one segment of several, which follow each other in a log. */
  merge(parts: readonly WholeSegment[]): Promise<SegmentBlock[]>;
  /** Ends the thread; what it is doing rejects. */
  close(): Promise<void>;
}

/** What indexing needs. */
export interface FullTextOptions {
  readonly store: Pick<Store, "segments" | "blocks" | "changedEvents" | "outdatedSegment" | "write">;
  readonly builder: SegmentBuilder;
}

/** What the thread is asked for, and its answer. */
export type BuilderWork =
  | { readonly events: readonly IndexedPart[] }
  | { readonly parts: readonly WholeSegment[] };
type BuilderAnswer = { readonly blocks: SegmentBlock[] } | { readonly error: unknown };

/** Does the work in this thread. */
export const work = (wanted: BuilderWork): SegmentBlock[] =>
  "events" in wanted ? buildSegment(wanted.events) : mergeSegments(wanted.parts);

/** A builder without a thread, for tests and for sources that aren't compiled. */
export const builderHere: SegmentBuilder = {
  build: async (events) => buildSegment(events),
  merge: async (parts) => mergeSegments(parts),
  close: async () => {},
};

/** The compiled thread, in the bundle. */
const threadFile = "dist/bundle/full-text-thread.js";

/** A builder with a thread, which starts with the first work; without a compiled one, it works in this thread. */
export function openBuilder(): SegmentBuilder {
  const file = inPackage(threadFile);
  const isCompiled = import.meta.url.endsWith(".js");
  return isCompiled && existsSync(file) ? builderIn(() => new Worker(file)) : builderHere;
}

interface Asked {
  readonly done: (blocks: SegmentBlock[]) => void;
  readonly failed: (error: unknown) => void;
}

const hasEnded = (): Error => new Error("The thread of the full-text index has ended.");

function builderIn(start: () => Worker): SegmentBuilder {
  let thread: Worker | undefined;
  /** In the order of the answers. */
  const asked: Asked[] = [];

  /** Does nothing for a thread that another has replaced. */
  function end(ended: Worker | undefined, error: unknown): void {
    if (ended === undefined || ended !== thread) return;
    thread = undefined;
    for (const { failed } of asked.splice(0)) failed(error);
  }

  function running(): Worker {
    if (thread !== undefined) return thread;
    const started = start();
    started.on("message", (answer: BuilderAnswer) => {
      if (started !== thread) return;
      const one = asked.shift();
      if ("blocks" in answer) one?.done(answer.blocks);
      else one?.failed(answer.error);
    });
    started.on("error", (error) => end(started, error));
    started.on("exit", () => end(started, hasEnded()));
    // the process ends when nothing else is left to do
    started.unref();
    thread = started;
    return started;
  }

  const ask = (wanted: BuilderWork): Promise<SegmentBlock[]> =>
    new Promise((done, failed) => {
      // if one of these throws, there will be no answer
      running().postMessage(wanted);
      asked.push({ done, failed });
    });
  return {
    build: (events) => ask({ events }),
    merge: (parts) => ask({ parts }),
    async close() {
      const closing = thread;
      end(closing, hasEnded());
      await closing?.terminate();
    },
  };
}
