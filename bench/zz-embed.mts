import { startEmbedded } from "../server/src/store/embedded/index.ts";

const d = await startEmbedded({ dataFolder: process.argv[2]!, log: () => {} });
console.log(d.url);
setInterval(() => {}, 1 << 30);
process.on("SIGTERM", async () => {
  await d.stop();
  process.exit(0);
});
