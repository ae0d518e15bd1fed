/** The operator token as people and programs replace it over HTTP: shown once, and kept in a file only where one is there. Knows no HTTP. */
import type { EventLog, Initiator } from "../log/index.ts";
import type { Store } from "../store/store.ts";
import { replaceOperatorToken } from "./replace.ts";

export interface OperatorToken {
  /** Whether DAYBOOK_OPERATOR_TOKEN sets it: it can't be replaced here then. */
  readonly isConfigured: boolean;
  /** When it began to work, in microseconds since 1970 UTC. */
  since(): Promise<bigint>;
  /**
   * Makes another one and gives it. The old one is refused from the next request on, in other processes within a second.
   * `shownHash`: SHA-256 of the operator token that the caller showed, if they showed one.
   * @throws DaybookError `operator-token-fixed`; `not-authenticated` where the token that was shown no longer works
   */
  replace(request: { readonly shownHash: Uint8Array | undefined; readonly by: Initiator }): Promise<string>;
}

/** What the room stands on. */
interface OperatorTokenOptions {
  readonly store: Pick<Store, "deployment" | "write">;
  readonly log: Pick<EventLog, "change">;
  /** DAYBOOK_OPERATOR_TOKEN. */
  readonly configured: string | undefined;
  readonly dataFolder: string;
  /** Called once another one works. */
  readonly replaced: () => void;
}

export function openOperatorToken({
  store,
  log,
  configured,
  dataFolder,
  replaced,
}: OperatorTokenOptions): OperatorToken {
  return {
    isConfigured: configured !== undefined,
    since: async () => (await store.deployment())?.operatorTokenSince ?? 0n,
    async replace(request) {
      const places = { operatorToken: configured, dataFolder };
      const { token } = await replaceOperatorToken(places, { store, log, file: "keep", ...request });
      replaced();
      return token;
    },
  };
}
