/** A process that indexes words in small steps until it is killed; says so once it has begun. Its argument is the database. */
import { openPostgres } from "../../store/postgres/index.ts";
import { wordSlots, wordsOf } from "../event-words.ts";

const store = await openPostgres(process.argv[2] as string);
process.stdout.write("begins\n");
for (;;) {
  const behind = await store.unindexedOrganizations(10);
  for (const organizationId of behind) {
    await store.indexFullText(organizationId, { slots: wordSlots, limit: 25, wordsOf });
  }
  if (behind.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
}
