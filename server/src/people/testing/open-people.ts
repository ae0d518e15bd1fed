/** Support for the tests of this service: the service over its own database, a movable clock, people, and the content of the log. */
import { randomBytes } from "node:crypto";
import { joinPersonal, type MemberRole, type RecordedEvent, readJson, type Slots } from "daybook/internal";
import { openTestServices, type TestServices } from "../../log/testing/test-services.ts";
import type { StoredEvent } from "../../store/contract/events.ts";
import type { Organization } from "../../store/contract/organizations.ts";
import type { UserName } from "../../store/contract/users.ts";
import type { Store } from "../../store/store.ts";
import { anywhere } from "../../store/testing/anywhere.ts";
import { type Accounts, openPeople, type People } from "../index.ts";
import type { PeopleOptions } from "../people.ts";

/** The part of an event that tests compare. */
type PartialEvent = Partial<RecordedEvent> & Pick<RecordedEvent, "type">;

export interface PeopleServices extends TestServices {
  readonly people: People;
  /** Moves the clock forward, by days. */
  wait(days: number): void;
  newUser(email?: string): Promise<UserName>;
  /** A new user who is a member. */
  newMember(organization: Organization, role: MemberRole): Promise<UserName>;
  /** Opens that many sessions of the user. */
  openSessions(user: UserName, count: number): Promise<void>;
  /** The content of the organization's log, without LOG_OPENED. */
  recorded(organization: Pick<Organization, "organizationId">): Promise<PartialEvent[]>;
  /** The types of these events. */
  types(organization: Organization): Promise<string[]>;
}

export const initiator = {
  actor: { type: "user", id: "user_anne", name: "Anne Wilson", email: "anne@acme.example" },
  recordedBy: { type: "operator", id: "operator" },
  context: { ip: "192.0.2.7" },
} as const;

/** The row scope of one organization's own caller. */
export const placeOf = ({ organizationId }: Organization): { organizationId: number; rowScope: number } => ({
  organizationId,
  rowScope: organizationId,
});

/** All items of a list. */
export const all = { after: undefined, limit: 1_000 };

/** Opens the service over a new database; `wrap` puts something between log and store. */
export async function openTestPeople(
  more: Partial<PeopleOptions> & { wrap?: (store: Store) => Store } = {},
): Promise<PeopleServices> {
  const { wrap = (inner: Store) => inner } = more;
  const services = await openTestServices({ wrap });
  let waited = 0n;
  const clock = (): bigint => BigInt(Date.now()) * 1_000n + waited;
  const people = openPeople({ ...services, accounts: accountsOf(), clock, ...more });
  let made = 0;
  const newUser = async (email = `someone-${made++}@example.org`): Promise<UserName> => {
    const user = await services.store.write((tx) => tx.insertUser(userOf(email, "Bob Marsh")), anywhere);
    return { userId: user.userId, id: user.id, name: user.name, email };
  };
  const recorded = async ({
    organizationId,
  }: Pick<Organization, "organizationId">): Promise<PartialEvent[]> =>
    (await services.store.events(organizationId, 0, 1n, 1_000)).map(sayingOf);
  return {
    ...services,
    people,
    wait: (days) => {
      waited += BigInt(days) * 86_400_000_000n;
    },
    newUser,
    async newMember({ organizationId }, role) {
      const user = await newUser();
      await services.store.write(
        (tx) => tx.insertMember({ organizationId, userId: user.userId, role }),
        anywhere,
      );
      return user;
    },
    async openSessions({ userId }, count) {
      await services.store.write(async (tx) => {
        for (let i = 0; i < count; i++) await tx.insertSession(sessionOf(userId));
      }, anywhere);
    },
    recorded,
    types: async (organization) => (await recorded(organization)).map(({ type }) => type),
  };
}

const idOf = (kind: string): string => `${kind}_${randomBytes(8).toString("hex")}`;

const userOf = (email: string, name: string) => ({
  id: idOf("user"),
  email,
  name,
  password: null,
  issuer: null,
  subject: null,
  isOperator: false,
});

const sessionOf = (userId: number) => ({
  id: idOf("session"),
  userId,
  method: "PASSWORD" as const,
  userAgent: null,
  expiresAt: BigInt(Date.now() + 60_000) * 1_000n,
  tokenHash: randomBytes(32),
});

/** Accounts without passwords, like those that `sign-in` makes with one. */
const accountsOf = (): Accounts => ({
  prepare: async ({ email, name }) => {
    const user = userOf(email, String(name));
    return async (tx) => ({
      user: await tx.rows.insertUser(user),
      token: "dbk_session_x",
      expiresAt: 1n,
      browser: { token: "dbk_browser_x", expiresAt: 1n },
    });
  },
});

function sayingOf(event: StoredEvent): PartialEvent {
  const slots: Slots = {};
  for (const [name, slot] of Object.entries(event.slots)) {
    if ("json" in slot) slots[name as keyof Slots] = readJson(slot.json);
  }
  const { type, outcome } = event;
  // the server's own slots aren't part of the content, except for the authenticated caller
  const { recordedBy } = slots;
  return { type, outcome, ...joinPersonal(slots), recordedBy } as unknown as PartialEvent;
}
