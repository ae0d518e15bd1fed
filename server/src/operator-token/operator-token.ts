/** Replacing the operator token over HTTP: it is shown once, and written to the file only if the file exists. */
import type { EventLog, Initiator } from "../log/index.ts";
import type { Store } from "../store/store.ts";
import { replaceOperatorToken } from "./replace.ts";

export interface OperatorToken {
  /** Whether DAYBOOK_OPERATOR_TOKEN sets it: then it can't be replaced here. */
  readonly isConfigured: boolean;
  /** When it began to work, in microseconds since 1970 UTC. */
  since(): Promise<bigint>;
  /**
   * Replaces the token and returns the new one. The old one is refused from the next request on, in other processes within a second.
   * `shownHash`: SHA-256 of the caller's operator token, if they sent one.
   * @throws DaybookError `operator-token-fixed`; `not-authenticated` if the caller's token no longer works
   */
  replace(request: {
    readonly shownHash: Uint8Array | undefined;
    readonly initiator: Initiator;
  }): Promise<string>;
}

/** The dependencies of this service. */
interface OperatorTokenOptions {
  readonly store: Pick<Store, "deployment" | "write">;
  readonly log: Pick<EventLog, "change">;
  /** DAYBOOK_OPERATOR_TOKEN. */
  readonly configured: string | undefined;
  readonly dataFolder: string;
  /** Called when a new token works. */
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
