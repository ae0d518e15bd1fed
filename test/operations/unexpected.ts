/** What fsck finds in a world, besides what a test has planted there. */
import { fsck } from "../../server/src/integrity/index.ts";
import type { OperationsWorld } from "./world.ts";

/** API clients whose end a test moved, to let time pass. */
export const movedClients = ({ planted }: Pick<OperationsWorld, "planted">): readonly unknown[] =>
  planted.filter(({ text }) => text.startsWith("UPDATE api_client ")).map(({ values }) => values[0]);

/** The sentences of fsck, without those about moved API clients, each of which it must find. */
export async function unexpectedFindings(world: OperationsWorld): Promise<string[]> {
  const sentences: string[] = [];
  for await (const { sentence } of fsck(world.store)) sentences.push(sentence);
  const moved = movedClients(world).map((id) => `api_client ${id}: expires_on is not what the events say.`);
  const missed = [...new Set(moved)].filter((sentence) => !sentences.includes(sentence));
  return [
    ...sentences.filter((sentence) => !moved.includes(sentence)),
    ...missed.map((sentence) => `Not found: ${sentence}`),
  ];
}
