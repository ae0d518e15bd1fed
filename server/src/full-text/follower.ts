/** The follower that indexes the words of events. It works half of the time at most while its process records. */
import type { Follower } from "../followers/index.ts";
import { fullTextFollower } from "../store/contract/full-text.ts";
import { wordSlots, wordsOf } from "./event-words.ts";

export const fullText: Follower = {
  name: fullTextFollower,
  effect: "transaction",
  slots: wordSlots,
  // some milliseconds of work, and some megabytes at most
  batchSize: 200,
  restsWhileRecording: true,
  async handle(events, tx) {
    // what a crash of the database undoes is done again: nobody waits for the disk
    await tx.commitLater();
    await tx.insertWords(events, wordsOf);
  },
};
