/** Support for the tests of this service: the service over its own database, with a movable clock, and people in it. */
import { type EventInput, joinPersonal, readJson, type Slots } from "daybook/internal";
import { openAccess, type SignedIn } from "../../access/index.ts";
import type { DeniedRequest } from "../../denials/index.ts";
import type { Initiator } from "../../log/index.ts";
import { openTestServices, type TestServices } from "../../log/testing/test-services.ts";
import { openSecretsKeys, type Sealer } from "../../secrets/index.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import type { Entered } from "../base/entered.ts";
import { asThemselves } from "../base/people.ts";
import { type HalfEntered, isHalf } from "../sessions/half-sessions.ts";
import { openSignIn, type SignIn, type SignInOptions } from "../sign-in.ts";

export const password = "correct horse battery";
export const minute = 60_000_000n;
export const day: bigint = 24n * 60n * minute;
export const context = { ip: "192.0.2.7", userAgent: "Firefox", requestId: "r-1" };

/** With a key that is stored nowhere. */
const testSealer: Sealer = openSecretsKeys({
  configured: Buffer.alloc(32, 7).toString("base64"),
  dataFolder: "/nowhere",
  databaseKeyId: null,
  warn: () => {},
}).sealer;
/** No session of the tests ends because a test moved the clock. */
const never = { members: 14n * day, operators: 14n * day };

export interface OpenedSignIn extends TestServices {
  readonly signIn: SignIn;
  /** The denied attempts that were noted. */
  readonly noted: DeniedRequest[];
  /** Moves the clock forward. */
  later(micros: bigint): void;
  /** The holder of a token now, from the authenticators. Throws `not-authenticated`. */
  caller(token: string): Promise<SignedIn>;
  /** A change of the person's own account. */
  own(entered: Pick<Entered, "token">): Promise<{ caller: SignedIn; initiator: Initiator }>;
  /** A new code for the first account. */
  setUpCode(): Promise<string>;
  /** The types of the events of a log, in order, from one on. */
  types(organizationId?: number, from?: bigint): Promise<string[]>;
  /** The events of a log as they are read back. */
  events(organizationId?: number): Promise<(Partial<EventInput> & { type: string; recordedBy?: unknown })[]>;
}

export async function openTestSignIn(more: Partial<SignInOptions> = {}): Promise<OpenedSignIn> {
  const services = await openTestServices();
  let ahead = 0n;
  const clock = (): bigint => BigInt(Date.now()) * 1000n + ahead;
  const noted: DeniedRequest[] = [];
  const denials = { note: (refused: DeniedRequest): void => void noted.push(refused) };
  const signIn = openSignIn({
    ...{ ...services, denials, sealer: testSealer, clock, scryptLn: 4, idle: never },
    ...more,
  });
  const access = openAccess({ store: services.store, authenticators: signIn.authenticators });
  const caller = async (token: string): Promise<SignedIn> => (await access.authenticate(token)) as SignedIn;
  const stored = (organizationId = 0, from = 0n): Promise<StoredEvent[]> =>
    services.store.events(organizationId, 0, from, 1000);
  return {
    ...services,
    signIn,
    noted,
    later: (micros) => {
      ahead += micros;
    },
    caller,
    own: async ({ token }) => {
      const initiator = await caller(token);
      return { caller: initiator, initiator: asThemselves(initiator.user, context) };
    },
    setUpCode: async () => (await signIn.offerSetUp())?.code ?? "",
    types: async (organizationId, from) => (await stored(organizationId, from)).map(({ type }) => type),
    events: async (organizationId) => (await stored(organizationId)).map(readBack),
  };
}

function readBack(event: StoredEvent): Partial<EventInput> & { type: string; recordedBy?: unknown } {
  const slots: Slots = {};
  for (const [name, slot] of Object.entries(event.slots)) {
    if ("json" in slot) slots[name as keyof Slots] = readJson(slot.json);
  }
  const { recordedBy } = slots;
  return { type: event.type, outcome: event.outcome, ...joinPersonal(slots), recordedBy };
}

/** The result of a complete sign-in, without a second factor. */
export function whole(entered: Entered | HalfEntered): Entered {
  if (isHalf(entered)) throw new Error("A second factor is asked for.");
  return entered;
}

/** The first person, signed in. */
export const anne = { name: "Anne Wilson", email: "anne@acme.example", password };
export const setUpAnne = async (services: OpenedSignIn): Promise<Entered> =>
  services.signIn.setUp({ ...anne, code: await services.setUpCode() }, { context });
