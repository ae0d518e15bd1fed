/** How a server of this configuration is asked, for the commands that the demo prints. */
import { join } from "node:path";
import type { Config } from "../config/index.ts";
import type { Reach } from "../demo/index.ts";

export const reachOf = (
  { operatorToken, dataFolder, publicUrl, port }: Config,
  url: string = publicUrl ?? `http://127.0.0.1:${port}`,
): Reach => ({
  url,
  tokenFile: operatorToken === undefined ? join(dataFolder, "operator-token") : undefined,
});
