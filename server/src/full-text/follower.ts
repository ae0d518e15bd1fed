/** The follower that indexes the words of events. While its process records, it works at most half of the time. */
import type { Follower } from "../followers/index.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import { wordSlots, wordsOf } from "./event-words.ts";

export const fullText: Follower = {
  name: fullTextFollower,
  effect: "transaction",
  slots: wordSlots,
  // some milliseconds of work, and at most some megabytes
  batchSize: 200,
  restsWhileRecording: true,
  async handle(events, tx) {
    // what a crash of the database undoes is done again, so the commit doesn't wait for the disk
    await tx.commitLater();
    await tx.insertWords(events, wordsOf);
  },
};
