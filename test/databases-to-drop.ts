/** The databases that the tests of one file asked for, dropped after its last hook: it runs once for each file. */
import { afterAll } from "vitest";

/** Each drops one database. */
export const drops: (() => Promise<void>)[] = [];

afterAll(async () => {
  for (const drop of drops.splice(0)) await drop();
});
