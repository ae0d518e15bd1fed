/** The address and the examples of a server with this configuration, for the output of the demo. */
import { join } from "node:path";
import type { Config } from "../config/index.ts";
import type { Reach } from "../demo/index.ts";
import { paths } from "../paths.ts";

export const reachOf = (
  { operatorToken, dataFolder, publicUrl, port }: Config,
  url: string = publicUrl ?? `http://127.0.0.1:${port}`,
): Reach => ({
  url,
  page: (publicUrl ?? url) + paths.allActivity(),
  setUpLink: undefined,
  tokenFile: operatorToken === undefined ? join(dataFolder, "operator-token") : undefined,
});
